/// What one comparison of a gate says. A larger number is the worse one.
public enum GateVerdict: Sendable, Equatable, Codable {
  /// Different, and larger by the threshold or more.
  case regression
  /// Different, and smaller by as much: the ratio is at most 1 / (1 + threshold).
  case improvement
  /// Worse by less than the threshold, or not at all: the whole interval says so.
  case pass
  /// Neither; with the smallest effect these measurements could have found, where that is known.
  case inconclusive(Reason, minimumDetectableEffect: Double?)

  /// What keeps a comparison from a verdict.
  public enum Reason: String, Sendable, Codable {
    /// The interval reaches over the threshold.
    case imprecise
    /// Too few pairs for a 95 % interval.
    case tooFewSamples = "too-few-samples"
    /// A number is missing, infinite, or not positive where a ratio is asked for.
    case notComparable = "not-comparable"
  }

  /// - Parameters:
  ///   - ratio: candidate over baseline with its intervals; nil where there is none.
  ///   - adjustedProbability: of no difference, adjusted for the family the comparison belongs to.
  ///   - threshold: the fraction by which a worse candidate is tolerated: 0.03 is 3 %, 0 none at all.
  public init(
    ratio: Estimate?, adjustedProbability: Double, threshold: Double, rate: Double = 0.05, minimumDetectableEffect: Double? = nil
  ) {
    guard let ratio, ratio.value.isFinite, ratio.value > 0, adjustedProbability >= 0, adjustedProbability <= 1, threshold >= 0 else {
      self = .inconclusive(.notComparable, minimumDetectableEffect: minimumDetectableEffect)
      return
    }
    guard let interval = ratio.interval95 else {
      self = .inconclusive(.tooFewSamples, minimumDetectableEffect: minimumDetectableEffect)
      return
    }
    let isDifferent = adjustedProbability <= rate && ratio.value != 1
    if isDifferent, ratio.value >= 1 + threshold {
      self = .regression
    } else if isDifferent, ratio.value <= 1 / (1 + threshold) {
      self = .improvement
    } else if interval.upper < 1 + threshold || interval.upper <= 1 {
      self = .pass
    } else {
      self = .inconclusive(.imprecise, minimumDetectableEffect: minimumDetectableEffect)
    }
  }
}
