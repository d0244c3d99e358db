import Statistics

/// What a comparison lets one say, at 95 %.
public enum Verdict: String, Codable, Sendable {
  /// The whole interval of the ratio lies below 1.
  case less
  /// The whole interval of the ratio lies above 1.
  case more
  /// The interval contains 1.
  case noDifferenceFound = "no-difference-found"
  /// There is no interval: fewer than six blocks in which both arms passed, or numbers a ratio cannot be formed of.
  case tooFewBlocks = "too-few-blocks"

  init(_ ratio: Estimate?) {
    guard let interval = ratio?.interval95 else {
      self = .tooFewBlocks
      return
    }
    self = interval.lower > 1 ? .more : interval.upper < 1 ? .less : .noDifferenceFound
  }

  public func words(for quantity: Quantity) -> String {
    switch self {
    case .less: quantity.dimension == .time ? "faster" : "smaller"
    case .more: quantity.dimension == .time ? "slower" : "larger"
    case .noDifferenceFound: "no difference found"
    case .tooFewBlocks: "too few blocks"
    }
  }
}
