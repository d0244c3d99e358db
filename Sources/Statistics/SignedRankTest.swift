/// Wilcoxon's signed-rank test that paired differences are symmetrical about zero, two-sided.
public struct SignedRankTest: Sendable, Equatable {
  /// The smaller of the rank sums above and below zero.
  public let statistic: Double
  /// In (0, 1].
  public let probability: Double
  /// True where the probability comes from counting, false where from the normal approximation.
  public let isExact: Bool

  /// Zeros are dropped and ties get the mean of their ranks. Exact for up to 50 differences without zeros and ties;
  /// otherwise normal, with the variance corrected for ties and 0.5 for continuity.
  /// - Returns: nil where a difference is infinite or NaN, or none is left that is not zero.
  public init?(differences: [Double]) {
    guard differences.allSatisfy(\.isFinite) else { return nil }
    let nonzero = differences.filter { $0 != 0 }.sorted { abs($0) < abs($1) }
    guard !nonzero.isEmpty else { return nil }

    var above = 0.0
    var tieCorrection = 0.0
    var first = 0
    while first < nonzero.count {
      var next = first
      while next < nonzero.count, abs(nonzero[next]) == abs(nonzero[first]) { next += 1 }
      let size = Double(next - first)
      let rank = Double(first + 1 + next) / 2
      above += rank * Double(nonzero[first..<next].count { $0 > 0 })
      tieCorrection += size * size * size - size
      first = next
    }

    let n = Double(nonzero.count)
    let total = n * (n + 1) / 2
    statistic = min(above, total - above)
    isExact = nonzero.count == differences.count && tieCorrection == 0 && nonzero.count <= 50
    if isExact {
      probability = min(1, 2 * RankDistribution.signedRank(nonzero.count).cumulative(Int(statistic)))
    } else {
      let variance = n * (n + 1) * (2 * n + 1) / 24 - tieCorrection / 48
      let distance = max(0, total / 2 - statistic - 0.5)
      probability = min(1, max(.leastNonzeroMagnitude, 2 * normalProbability(-distance / variance.squareRoot())))
    }
  }
}
