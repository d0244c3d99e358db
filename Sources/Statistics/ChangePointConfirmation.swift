extension ChangePointDetection {
  /// The change points that a permutation test confirms too: Student's test alone believes in normal noise, and a few spikes
  /// convince it of changes that are none.
  ///
  /// Of the segments beside a point, the numbers next to it (at most one window on each side) are shuffled together; the
  /// point stands if at most 1 % of the shuffles, (b + 1) / (R + 1), can be split as sharply as the series is.
  /// - Returns: nil where a number is infinite or NaN.
  public func confirmedPoints(in series: [Double], resamples: Int = 999, seed: UInt64 = 1) -> [ChangePoint]? {
    guard let points = points(in: series) else { return nil }
    return zip(points, confirmations(of: points, in: series, resamples: resamples, seed: seed)).filter(\.1).map(\.0)
  }

  /// Whether the permutation test confirms each of the points that were found in a series, as `confirmedPoints` asks it.
  public func confirmations(of points: [ChangePoint], in series: [Double], resamples: Int = 999, seed: UInt64 = 1) -> [Bool] {
    let bounds = [0] + points.map(\.index) + [series.count]
    return points.indices.map { i in
      let index = points[i].index
      let range = max(bounds[i], index - window)..<min(bounds[i + 2], index + window)
      return permutationProbability(of: Array(series[range]), resamples: resamples, seed: seed &+ UInt64(index)) <= 0.01
    }
  }

  /// How often a shuffled series can be split with a divergence as large as the best split of this one.
  func permutationProbability(of series: [Double], resamples: Int, seed: UInt64) -> Double {
    guard let observed = EnergySplit(series, 0..<series.count)?.divergence else { return 1 }
    var random = SplitMix64(seed: seed)
    var shuffled = series
    var asLarge = 0
    for _ in 0..<resamples {
      random.shuffle(&shuffled)
      if let split = EnergySplit(shuffled, 0..<shuffled.count), split.divergence >= observed { asLarge += 1 }
    }
    return Double(asLarge + 1) / Double(resamples + 1)
  }
}
