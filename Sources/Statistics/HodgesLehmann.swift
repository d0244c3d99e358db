/// Hodges and Lehmann's estimate of a shift, and on the log scale of a ratio, with exact rank intervals.
///
/// Preferred to bootstrap intervals: exact for every sample size, free of random numbers, in agreement with the rank
/// tests, and narrower at the same coverage. It estimates a shift: where two distributions differ in shape, also look at
/// the ratio of their medians.
public enum HodgesLehmann {
  /// How far `candidate` lies above `baseline`, from unpaired samples.
  /// - Returns: nil where a sample is empty or contains an infinity or a NaN.
  public static func shift(baseline: [Double], candidate: [Double]) -> Estimate? {
    guard !baseline.isEmpty, !candidate.isEmpty else { return nil }
    var differences: [Double] = []
    differences.reserveCapacity(baseline.count * candidate.count)
    for a in baseline { for b in candidate { differences.append(b - a) } }
    return estimate(
      differences, count: min(baseline.count, candidate.count), null: .mannWhitney(baseline.count, candidate.count))
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
    guard !differences.isEmpty else { return nil }
    var averages: [Double] = []
    averages.reserveCapacity(differences.count * (differences.count + 1) / 2)
    for i in differences.indices {
      for j in i..<differences.count { averages.append((differences[i] + differences[j]) / 2) }
    }
    return estimate(averages, count: differences.count, null: .signedRank(differences.count))
  }

  private static func estimate(_ contrasts: [Double], count: Int, null: RankDistribution) -> Estimate? {
    guard let contrasts = Sample(contrasts) else { return nil }
    return Estimate(
      value: contrasts.median, interval95: interval(contrasts, null: null, level: 0.95),
      interval99: interval(contrasts, null: null, level: 0.99), count: count)
  }

  /// [d(q), d(N+1−q)], q the critical rank of the test's null distribution.
  private static func interval(_ contrasts: Sample, null: RankDistribution, level: Double) -> Interval? {
    let rank = null.quantile((1 - level) / 2)
    guard rank >= 1 else { return nil }
    return Interval(
      lower: contrasts.sorted[rank - 1], upper: contrasts.sorted[contrasts.count - rank], level: level,
      coverage: 1 - 2 * null.cumulative(rank - 1))
  }

  private static func logarithms(_ values: [Double]) -> [Double]? {
    guard values.allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
    return values.map(logarithm)
  }
}
