/// Cliff's δ: how much more often the candidate is the larger than the smaller, −1…1. A label beside the ratio, which decides.
public struct CliffsDelta: Sendable, Equatable {
  /// P(candidate > baseline) − P(candidate < baseline), in −1…1; positive where the candidate is the larger.
  public let value: Double

  /// - Returns: nil where a sample is empty or contains an infinity or a NaN.
  public init?(baseline: [Double], candidate: [Double]) {
    guard let a = Sample(baseline), let b = Sample(candidate) else { return nil }
    value = 2 * Dominance(b, a).statistic / (Double(a.count) * Double(b.count)) - 1
  }

  /// Romano's thresholds (2006).
  public enum Magnitude: String, Sendable, Codable { case negligible, small, medium, large }

  /// By |`value`| alone: below 0.147 negligible, below 0.33 small, below 0.474 medium.
  public var magnitude: Magnitude {
    switch abs(value) {
    case ..<0.147: .negligible
    case ..<0.33: .small
    case ..<0.474: .medium
    default: .large
    }
  }
}
