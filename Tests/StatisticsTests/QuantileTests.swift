import Statistics
import Testing

@Suite struct QuantileTests {
  @Test func `the median is the middle value or the mean of the two in the middle`() throws {
    #expect(try #require(Sample([3, 1, 2])).median == 2)
    #expect(try #require(Sample([4, 1, 3, 2])).median == 2.5)
    #expect(agrees(Sample(Vectors.a)?.median, 12.45))
  }

  @Test func `quantiles interpolate between order statistics`() throws {
    let sample = try #require(Sample([1, 2, 3, 4]))
    #expect(sample.quantile(0) == 1)
    #expect(sample.quantile(0.25) == 1.75)
    #expect(agrees(sample.quantile(0.9), 3.7))
    #expect(sample.quantile(1) == 4)
    #expect(Sample([7])?.quantile(0.3) == 7)
    // Fences of `a`: 12.23875 and 12.68875 are q1 − 1.5 IQR and q3 + 1.5 IQR.
    let a = try #require(Sample(Vectors.a))
    let (q1, q3) = (a.quantile(0.25), a.quantile(0.75))
    #expect(agrees(q1 - 1.5 * (q3 - q1), 12.23875))
    #expect(agrees(q3 + 1.5 * (q3 - q1), 12.68875))
  }

  @Test func `the median absolute deviation`() throws {
    #expect(agrees(Sample(Vectors.a)?.medianAbsoluteDeviation, 0.055, within: 1e-10))
  }

  @Test func `nothing, infinities and NaN make no sample`() {
    #expect(Sample([]) == nil)
    #expect(Sample([1, .infinity]) == nil)
    #expect(Sample([.nan, 1]) == nil)
  }

  @Test func `the interval of a median lies between order statistics of known coverage`() throws {
    let interval = try #require(Sample(Vectors.a)?.quantileInterval(0.5))
    #expect(interval.lower == 12.40)
    #expect(interval.upper == 12.55)
    #expect(agrees(interval.coverage, 0.96142578125))
  }

  @Test(arguments: [(0.5, 6), (0.9, 36), (0.95, 72), (0.99, 368)])
  func `a quantile has no 95 % interval below its smallest sample`(probability: Double, smallest: Int) throws {
    func estimate(_ count: Int) throws -> Estimate {
      try #require(Sample((0..<count).map { Double($0) })).quantileEstimate(probability)
    }
    #expect(try estimate(smallest - 1).interval95 == nil)
    let enough = try estimate(smallest)
    #expect(try #require(enough.interval95).contains(enough.value))
  }

  @Test func `a 99 % interval of the median needs eight replicates`() throws {
    #expect(try #require(Sample((1...7).map(Double.init))).medianEstimate.interval99 == nil)
    #expect(try #require(Sample((1...8).map(Double.init))).medianEstimate.interval99 != nil)
  }

  @Test(arguments: [6, 7, 12, 30, 100, 999, 5000])
  func `coverage is at least the level, and would not be with one rank less`(count: Int) throws {
    let sample = try #require(Sample((1...count).map(Double.init)))
    for level in [0.9, 0.95] {
      let interval = try #require(sample.quantileInterval(0.5, level: level))
      #expect(interval.coverage >= level)
      #expect(interval.coverage < level + 0.11)
      #expect(interval.lower + interval.upper == Double(count + 1), "the ranks are symmetrical")
    }
  }
}
