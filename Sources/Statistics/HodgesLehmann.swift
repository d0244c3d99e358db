/// Hodges and Lehmann's estimate of a shift, and on the log scale of a ratio, with exact rank intervals.
///
/// Preferred to bootstrap intervals: exact for every sample size, free of random numbers, in agreement with the rank
/// tests, and narrower at the same coverage. It estimates a shift: where two distributions differ in shape, also look at
/// the ratio of their medians. O(n log n) in time and O(n) in memory. Hodges and Lehmann, Ann. Math. Stat. 34 (1963);
/// intervals: Hollander and Wolfe, Nonparametric Statistical Methods.
public enum HodgesLehmann {
  /// How far `candidate` lies above `baseline`, from unpaired samples.
  /// - Returns: nil where a sample is empty or contains an infinity or a NaN.
  public static func shift(baseline: [Double], candidate: [Double]) -> Estimate? {
    guard let a = Sample(baseline), let b = Sample(candidate) else { return nil }
    let null = RankDistribution.mannWhitney(a.count, b.count)
    return estimate(
      SortedSums(differences: b.sorted, minus: a.sorted), count: min(a.count, b.count), critical: null.criticalRank)
  }

  /// How many times as large as `baseline` `candidate` is, from unpaired samples.
  /// - Returns: nil where a sample is empty or contains a number that is not positive and finite.
  public static func ratio(baseline: [Double], candidate: [Double]) -> Estimate? {
    guard let a = logarithms(baseline), let b = logarithms(candidate) else { return nil }
    return shift(baseline: a, candidate: b)?.map(exponential)
  }

  /// How far `candidate` lies above `baseline`, where the i-th numbers of both were measured side by side.
  /// - Returns: nil where the samples are empty, of different sizes, or contain an infinity or a NaN.
  public static func pairedShift(baseline: [Double], candidate: [Double]) -> Estimate? {
    guard baseline.count == candidate.count else { return nil }
    return center(zip(baseline, candidate).map { $1 - $0 })
  }

  /// How many times as large as `baseline` `candidate` is, where the i-th numbers of both were measured side by side.
  /// - Returns: nil where the samples are empty, of different sizes, or contain a number that is not positive and finite.
  public static func pairedRatio(baseline: [Double], candidate: [Double]) -> Estimate? {
    guard let a = logarithms(baseline), let b = logarithms(candidate) else { return nil }
    return pairedShift(baseline: a, candidate: b)?.map(exponential)
  }

  /// The center of a sample of differences: the median of all means of two of them (Walsh averages).
  static func center(_ differences: [Double]) -> Estimate? {
    guard let differences = Sample(differences) else { return nil }
    return estimate(SortedSums(pairsOf: differences.sorted), count: differences.count) {
      SignedRankIntervals.criticalRank(count: differences.count, level: $0)
    }?.map { $0 / 2 }
  }

  /// The median of the contrasts and [d(q), d(N+1−q)], q the critical rank of the test's null distribution.
  private static func estimate(_ contrasts: SortedSums, count: Int, critical: (Double) -> CriticalRank) -> Estimate? {
    let lower = contrasts.select((contrasts.count + 1) / 2)
    let upper = contrasts.count % 2 == 1 ? lower : contrasts.select(contrasts.count / 2 + 1)
    guard lower.isFinite, upper.isFinite else { return nil }
    func interval(_ level: Double) -> Interval? {
      let critical = critical(level)
      guard critical.rank >= 1 else { return nil }
      let (low, high) = (contrasts.select(critical.rank), contrasts.select(contrasts.count + 1 - critical.rank))
      guard low.isFinite, high.isFinite else { return nil }
      return Interval(lower: low, upper: high, level: level, coverage: critical.coverage)
    }
    return Estimate(
      value: lower + (upper - lower) / 2, interval95: interval(0.95), interval99: interval(0.99), count: count)
  }

  private static func logarithms(_ values: [Double]) -> [Double]? {
    guard values.allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
    return values.map(logarithm)
  }
}
