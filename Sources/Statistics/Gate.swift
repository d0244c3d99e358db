/// All comparisons of one gate, judged together: as one family, a false discovery rate holds over them.
public enum Gate {
  /// One comparison of the family, paired by block.
  public struct Comparison: Sendable, Equatable {
    /// The i-th numbers of both belong to one block.
    public var baseline: [Double]
    /// As many numbers as `baseline` has, or nothing can be said.
    public var candidate: [Double]
    /// Tolerated worsening: 0.03 is 3 %.
    public var threshold: Double

    /// - Parameters: as the properties of the same names.
    public init(baseline: [Double], candidate: [Double], threshold: Double) {
      self.baseline = baseline
      self.candidate = candidate
      self.threshold = threshold
    }
  }

  /// What is found of one comparison.
  public struct Result: Sendable, Equatable {
    /// Candidate over baseline; nil where a number is missing or no ratio can be formed.
    public let ratio: Estimate?
    /// Of no difference: the signed-rank test over the log ratios, 1 where nothing differs or nothing can be compared.
    public let probability: Double
    /// Within the family of all comparisons given (`FalseDiscoveryRate.adjusted`).
    public let adjustedProbability: Double
    /// As a fraction: 0.01 is one per cent; nil for fewer than two pairs and where a number is not positive.
    public let minimumDetectableEffect: Double?
    /// From `ratio`, `adjustedProbability` and the comparison's threshold.
    public let verdict: GateVerdict
  }

  /// - Parameter rate: the false discovery rate over all comparisons.
  /// - Returns: a result for every comparison, in the order given.
  public static func results(
    _ comparisons: [Comparison], rate: Double = 0.05, method: FalseDiscoveryRate.Method = .benjaminiHochberg
  ) -> [Result] {
    let ratios = comparisons.map(ratio)
    let probabilities = comparisons.map(probability)
    // Probabilities are in 0…1 by construction.
    let adjusted = FalseDiscoveryRate.adjusted(probabilities, method: method) ?? probabilities
    return comparisons.indices.map { i in
      let effect = minimumDetectableEffect(baseline: comparisons[i].baseline, candidate: comparisons[i].candidate)
      return Result(
        ratio: ratios[i], probability: probabilities[i], adjustedProbability: adjusted[i], minimumDetectableEffect: effect,
        verdict: GateVerdict(
          ratio: ratios[i], adjustedProbability: adjusted[i], threshold: comparisons[i].threshold, rate: rate,
          minimumDetectableEffect: effect))
    }
  }

  /// Counts that are all zero on both sides have no ratio, and yet are equal in every block.
  private static func ratio(_ comparison: Comparison) -> Estimate? {
    if let ratio = HodgesLehmann.pairedRatio(baseline: comparison.baseline, candidate: comparison.candidate) { return ratio }
    guard comparison.baseline == comparison.candidate, !comparison.baseline.isEmpty else { return nil }
    return HodgesLehmann.center(zip(comparison.baseline, comparison.candidate).map { $1 - $0 })?.map { 1 + $0 }
  }

  private static func probability(_ comparison: Comparison) -> Double {
    let (a, b) = (comparison.baseline, comparison.candidate)
    guard a.count == b.count, (a + b).allSatisfy({ $0 > 0 && $0.isFinite }) else { return 1 }
    return SignedRankTest(differences: zip(a, b).map { logarithm($1) - logarithm($0) })?.probability ?? 1
  }
}
