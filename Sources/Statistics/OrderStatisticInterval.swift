extension Sample {
  /// An interval for a quantile of the population between two order statistics, without any assumption about its shape.
  ///
  /// The number of replicates below the quantile is binomial, so [x(k), x(l)] covers it with a known probability:
  /// k is the largest rank with P(Bin(n, p) ≤ k−1) ≤ α/2, and l the smallest with P(Bin(n, p) ≥ l) ≤ α/2.
  /// - Returns: nil where no such ranks exist. At 95 % the median needs 6 replicates, and the 90th, 95th and 99th
  ///   percentiles need 36, 72 and 368: below that a tail quantile has no interval and must not decide anything.
  public func quantileInterval(_ probability: Double, level: Double = 0.95) -> Interval? {
    guard probability > 0, probability < 1, level > 0, level < 1 else { return nil }
    let tail = (1 - level) / 2
    let mass = binomialProbabilities(trials: count, success: probability)

    var lowerRank = 0
    var below = 0.0
    while lowerRank < count, below + mass[lowerRank] <= tail {
      below += mass[lowerRank]
      lowerRank += 1
    }
    var upperRank = count + 1
    var above = 0.0
    while upperRank > 1, above + mass[upperRank - 1] <= tail {
      above += mass[upperRank - 1]
      upperRank -= 1
    }
    guard lowerRank >= 1, upperRank <= count, lowerRank <= upperRank else { return nil }
    return Interval(
      lower: sorted[lowerRank - 1], upper: sorted[upperRank - 1], level: level, coverage: 1 - below - above)
  }

  /// The median with its intervals at 95 % and 99 %.
  public var medianEstimate: Estimate {
    Estimate(
      value: median, interval95: quantileInterval(0.5, level: 0.95), interval99: quantileInterval(0.5, level: 0.99), count: count)
  }

  /// A quantile with its intervals at 95 % and 99 %.
  public func quantileEstimate(_ probability: Double) -> Estimate {
    Estimate(
      value: quantile(probability), interval95: quantileInterval(probability, level: 0.95),
      interval99: quantileInterval(probability, level: 0.99), count: count)
  }
}
