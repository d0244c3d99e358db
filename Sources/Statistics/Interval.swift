/// A two-sided confidence interval.
public struct Interval: Sendable, Equatable, Codable {
  /// The bound itself belongs to the interval.
  public let lower: Double
  /// The bound itself belongs to the interval.
  public let upper: Double
  /// What was asked for, for instance 0.95.
  public let level: Double
  /// The probability of covering, never below `level`: an interval between order statistics cannot have just any. Exact but
  /// for more than 200 pairs (see `RankDistribution`).
  public let coverage: Double

  /// - Parameters: as the properties of the same names; nothing is checked.
  public init(lower: Double, upper: Double, level: Double, coverage: Double) {
    self.lower = lower
    self.upper = upper
    self.level = level
    self.coverage = coverage
  }

  /// Whether the value lies between the bounds or on one.
  public func contains(_ value: Double) -> Bool { lower <= value && value <= upper }

  /// Of an interval of a ratio: half its width on the log scale, as a fraction (0.01 is one per cent).
  public var halfWidthAsRatio: Double { (upper / lower).squareRoot() - 1 }

  func map(_ transform: (Double) -> Double) -> Interval {
    Interval(lower: transform(lower), upper: transform(upper), level: level, coverage: coverage)
  }
}

/// A number with its intervals; an interval is nil where there are too few replicates for its level.
public struct Estimate: Sendable, Equatable, Codable {
  /// The point estimate.
  public let value: Double
  /// Of medians and paired ratios nil below 6 replicates.
  public let interval95: Interval?
  /// Of medians and paired ratios nil below 8 replicates.
  public let interval99: Interval?
  /// Replicates (or pairs) it rests on.
  public let count: Int

  /// - Parameters: as the properties of the same names.
  public init(value: Double, interval95: Interval?, interval99: Interval?, count: Int) {
    self.value = value
    self.interval95 = interval95
    self.interval99 = interval99
    self.count = count
  }

  func map(_ transform: (Double) -> Double) -> Estimate {
    Estimate(
      value: transform(value), interval95: interval95?.map(transform), interval99: interval99?.map(transform), count: count)
  }
}
