import Statistics

/// What a comparison lets one say, at 95 %.
public enum Verdict: String, Codable, Sendable {
  /// The whole interval of the ratio lies below 1.
  case less
  /// The whole interval of the ratio lies above 1.
  case more
  /// The interval contains 1.
  case noDifferenceFound = "no-difference-found"
  /// The interval lies on one side of 1, but the medians differ by less than can be told apart.
  case belowResolution = "below-resolution"
  /// There is no interval: fewer than six blocks in which both arms passed.
  case tooFewBlocks = "too-few-blocks"
  /// There are blocks, but numbers that form no ratio: an execution no longer than the start-up taken off it.
  case noRatio = "no-ratio"
  /// One of the arms was disturbed too often to say anything.
  case noisyHost = "noisy-host"

  /// - Parameter difference: of the medians, in the quantity's unit.
  init(_ ratio: Estimate?, pairs: Int, difference: Double? = nil, resolution: Double = 0) {
    guard let interval = ratio?.interval95 else {
      self = ratio == nil && pairs > 0 ? .noRatio : .tooFewBlocks
      return
    }
    let side: Verdict = interval.lower > 1 ? .more : interval.upper < 1 ? .less : .noDifferenceFound
    let isTiny = difference.map { abs($0) < resolution } ?? false
    self = isTiny && side != .noDifferenceFound ? .belowResolution : side
  }

  /// One to three words for a table's cell: less of a time is "faster", less memory "smaller".
  public func words(for quantity: Quantity) -> String {
    switch self {
    case .less: quantity.dimension == .time ? "faster" : quantity.dimension == .count ? "fewer" : "smaller"
    case .more: quantity.dimension == .time ? "slower" : quantity.dimension == .count ? "more" : "larger"
    case .noDifferenceFound: "no difference found"
    case .belowResolution: "below the resolution"
    case .tooFewBlocks: "too few blocks"
    case .noRatio: "no ratio"
    case .noisyHost: "noisy host"
    }
  }
}
