/// A bootstrap interval of the ratio of two samples' medians (or another statistic): what is shown beside the Hodges-Lehmann
/// ratio where shapes differ. Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapters 13 and 14.
public struct Bootstrap: Sendable {
  /// The median's jackknife is degenerate, so that BCa corrects only its bias, and covers too little in small or bimodal
  /// samples: percentile is the choice for medians, BCa for means and tail quantiles.
  public enum Method: Sendable { case percentile, biasCorrectedAndAccelerated }

  /// How the interval is read off the resampled ratios.
  public var method: Method
  /// How many ratios are drawn; `ratio` is nil unless there is one.
  public var resamples: Int
  /// Of SplitMix64; the numbers drawn are the same in every language.
  public var seed: UInt64

  /// - Parameter seed: the same seed and samples give the same intervals.
  public init(method: Method = .percentile, resamples: Int = 9999, seed: UInt64) {
    self.method = method
    self.resamples = resamples
    self.seed = seed
  }

  /// statistic(candidate) / statistic(baseline); every resample draws the baseline's numbers first.
  /// The intervals' `coverage` is what was asked for: the real one is not known.
  /// - Returns: nil where a sample is empty or not finite, or a ratio is not finite (a statistic of zero in some resample).
  public func ratio(
    baseline: [Double], candidate: [Double], of statistic: (Sample) -> Double = { $0.median }
  ) -> Estimate? {
    guard let a = Sample(baseline), let b = Sample(candidate), resamples > 0 else { return nil }
    let value = statistic(b) / statistic(a)
    guard value.isFinite else { return nil }
    var random = SplitMix64(seed: seed)
    var (baselines, candidates) = (Resampling(baseline, sorted: a), Resampling(candidate, sorted: b))
    var ratios: [Double] = []
    ratios.reserveCapacity(resamples)
    for _ in 0..<resamples {
      let denominator = statistic(baselines.draw(&random))
      ratios.append(statistic(candidates.draw(&random)) / denominator)
    }
    guard let ratios = Sample(ratios) else { return nil }

    var correction: Correction?
    if method == .biasCorrectedAndAccelerated {
      correction = Correction(value, ratios, jackknife: Self.jackknife(baseline, candidate, statistic))
    }
    func interval(_ level: Double) -> Interval {
      let tail = (1 - level) / 2
      let (low, high) = correction.map { ($0.level(tail), $0.level(1 - tail)) } ?? (tail, 1 - tail)
      return Interval(lower: ratios.quantile(low), upper: ratios.quantile(high), level: level, coverage: level)
    }
    return Estimate(value: value, interval95: interval(0.95), interval99: interval(0.99), count: min(a.count, b.count))
  }

  /// Samples drawn from one, with replacement. Numbers are counted by their rank, not sorted: that takes time for each number once.
  private struct Resampling {
    private let sorted: [Double]
    /// Of the number at each place, as it was given.
    private let ranks: [Int]
    private var counts: [Int]

    init(_ values: [Double], sorted: Sample) {
      self.sorted = sorted.sorted
      var ranks = [Int](repeating: 0, count: values.count)
      for (rank, place) in values.indices.sorted(by: { values[$0] < values[$1] }).enumerated() { ranks[place] = rank }
      self.ranks = ranks
      counts = ranks
    }

    mutating func draw(_ random: inout SplitMix64) -> Sample {
      for rank in counts.indices { counts[rank] = 0 }
      for _ in ranks.indices { counts[ranks[random.index(ranks.count)]] += 1 }
      var drawn: [Double] = []
      drawn.reserveCapacity(sorted.count)
      for rank in counts.indices { for _ in 0..<counts[rank] { drawn.append(sorted[rank]) } }
      return Sample(ascending: drawn)
    }
  }

  /// The ratio without each number in turn, by sample.
  private static func jackknife(_ baseline: [Double], _ candidate: [Double], _ statistic: (Sample) -> Double) -> [[Double]] {
    func without(_ values: [Double]) -> [Double] {
      values.indices.map { index in
        var rest = values
        rest.remove(at: index)
        return Sample(rest).map(statistic) ?? .nan
      }
    }
    guard let a = Sample(baseline).map(statistic), let b = Sample(candidate).map(statistic) else { return [] }
    return [without(baseline).map { b / $0 }, without(candidate).map { $0 / a }]
  }

  /// Efron's correction of the levels for bias and acceleration (1987).
  struct Correction {
    let bias: Double
    let acceleration: Double

    init(_ value: Double, _ ratios: Sample, jackknife: [[Double]]) {
      let below = Double(ratios.sorted.count { $0 < value })
      let equal = Double(ratios.sorted.count { $0 == value })
      // Half of the equal ones; kept from 0 and 1, whose quantiles are infinite.
      let count = Double(ratios.count)
      bias = normalQuantile(min(max((below + equal / 2) / count, 0.5 / count), 1 - 0.5 / count))
      var (cubes, squares) = (0.0, 0.0)
      for values in jackknife {
        let n = Double(values.count)
        let mean = values.reduce(0, +) / n
        for value in values {
          let influence = (n - 1) * (mean - value) / n
          cubes += influence * influence * influence
          squares += influence * influence
        }
      }
      let acceleration = cubes / (6 * squares * squares.squareRoot())
      self.acceleration = acceleration.isFinite ? acceleration : 0
    }

    /// Where the quantile of a nominal level is really to be read.
    func level(_ nominal: Double) -> Double {
      let z = bias + normalQuantile(nominal)
      return normalProbability(bias + z / (1 - acceleration * z))
    }
  }
}
