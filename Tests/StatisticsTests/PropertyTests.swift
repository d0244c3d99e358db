import Statistics
import Testing

/// Properties that hold for every sample, tried on seeded random ones (whole numbers in half of them, so that ties occur).
@Suite struct PropertyTests {
  static let cases: [(a: [Double], b: [Double])] = (0..<60).map { seed in
    var random = SplitMix64(seed: UInt64(seed))
    let count = 1 + random.index(40)
    let ties = seed % 2 == 0
    func draw() -> Double { ties ? Double(1 + random.index(12)) : 1 + Double(random.next() >> 11) * 0x1p-53 * 9 }
    return ((0..<count).map { _ in draw() }, (0..<count).map { _ in draw() })
  }

  typealias Estimator = @Sendable ([Double], [Double]) -> Estimate?
  static let ratios: [Estimator] = [
    { HodgesLehmann.ratio(baseline: $0, candidate: $1) }, { HodgesLehmann.pairedRatio(baseline: $0, candidate: $1) },
  ]
  static let shifts: [Estimator] = [
    { HodgesLehmann.shift(baseline: $0, candidate: $1) }, { HodgesLehmann.pairedShift(baseline: $0, candidate: $1) },
  ]

  @Test func `every interval contains its estimate and the wider level the narrower`() throws {
    for (a, b) in Self.cases {
      let estimates = (Self.ratios + Self.shifts).map { estimator in estimator(a, b) } + [Sample(a)?.medianEstimate]
      for estimate in estimates {
        let estimate = try #require(estimate)
        if let interval = estimate.interval95 { #expect(interval.contains(estimate.value)) }
        if let wide = estimate.interval99, let narrow = estimate.interval95 {
          #expect(wide.lower <= narrow.lower && narrow.upper <= wide.upper)
        }
        if estimate.count >= 6 { #expect(estimate.interval95 != nil) }
      }
    }
  }

  @Test func `scaling the candidate scales the ratio and its interval`() throws {
    for (a, b) in Self.cases {
      for estimator in Self.ratios {
        let plain = try #require(estimator(a, b))
        let scaled = try #require(estimator(a, b.map { $0 * 3.5 }))
        #expect(agrees(scaled.value, plain.value * 3.5, within: 1e-11))
        if let interval = plain.interval95 {
          #expect(agrees(scaled.interval95?.lower, interval.lower * 3.5, within: 1e-11))
          #expect(agrees(scaled.interval95?.upper, interval.upper * 3.5, within: 1e-11))
        }
      }
    }
  }

  @Test func `shifting the candidate shifts the estimate and its interval`() throws {
    for (a, b) in Self.cases {
      for estimator in Self.shifts {
        let plain = try #require(estimator(a, b))
        let shifted = try #require(estimator(a, b.map { $0 + 100 }))
        #expect(abs(shifted.value - plain.value - 100) < 1e-9)
        if let interval = plain.interval95 {
          #expect(abs(try #require(shifted.interval95).lower - interval.lower - 100) < 1e-9)
        }
      }
    }
  }

  @Test func `swapping the samples inverts the ratio and its interval`() throws {
    for (a, b) in Self.cases {
      for estimator in Self.ratios {
        let there = try #require(estimator(a, b))
        let back = try #require(estimator(b, a))
        #expect(agrees(back.value, 1 / there.value, within: 1e-11))
        if let interval = there.interval95 {
          #expect(agrees(back.interval95?.lower, 1 / interval.upper, within: 1e-11))
          #expect(agrees(back.interval95?.upper, 1 / interval.lower, within: 1e-11))
        }
      }
    }
  }

  @Test func `the order of the replicates does not matter`() throws {
    var random = SplitMix64(seed: 99)
    for (a, b) in Self.cases {
      let order = a.indices.shuffled(using: &random)
      for estimator in Self.ratios + Self.shifts {
        let plain = try #require(estimator(a, b))
        let shuffled = try #require(estimator(order.map { a[$0] }, order.map { b[$0] }))
        #expect(shuffled == plain)
      }
      #expect(Sample(order.map { a[$0] }) == Sample(a))
    }
  }

  @Test func `a sample beside itself has the ratio one`() throws {
    for (a, _) in Self.cases {
      for estimator in Self.ratios { #expect(try #require(estimator(a, a)).value == 1) }
    }
  }

  @Test func `more of the same replicates never widen the interval`() throws {
    for (a, b) in Self.cases where a.count >= 6 {
      let once = try #require(HodgesLehmann.pairedRatio(baseline: a, candidate: b)?.interval95)
      let often = try #require(
        HodgesLehmann.pairedRatio(
          baseline: Array(repeating: a, count: 4).flatMap(\.self), candidate: Array(repeating: b, count: 4).flatMap(\.self))?
          .interval95)
      #expect(often.upper / often.lower <= once.upper / once.lower * (1 + 1e-12))
    }
  }
}

@Suite struct DetectableEffectTests {
  @Test func `blocks needed for a power of 80 % as published for this formula`() throws {
    // Per-run deviation 1 %, so √2 % in the paired ratios: 17 blocks detect 1 %.
    let deviation = 0.01 * 2.0.squareRoot()
    // Ratios whose MAD is exactly deviation / 1.4826, half above and half below.
    let step = deviation / 1.4826
    let candidate = (0..<17).map { $0 == 0 ? 1.0 : power(step * ($0 % 2 == 0 ? 1 : -1)) }
    let effect = try #require(minimumDetectableEffect(baseline: [Double](repeating: 1, count: 17), candidate: candidate))
    #expect(effect > 0.0095 && effect < 0.0105)
  }

  @Test(arguments: [
    (1, 1, 17), (1, 2, 5), (1, 3, 2), (2, 1, 67), (2, 2, 17), (2, 3, 8), (5, 1, 416), (5, 2, 105), (5, 3, 48), (5, 5, 18),
  ])
  func `so many blocks find an effect in runs that deviate by so many per cent`(deviation: Int, effect: Int, blocks: Int) throws {
    let step = Double(deviation) / 100 * 2.0.squareRoot() / 1.4826
    /// Half of the pairs above and half below the ratio one, all at the distance whose robust deviation is that of the pairs.
    func detectable(_ count: Int) -> Double? {
      var candidate = (0..<count).map { $0 % 2 == 0 ? power(step) : 1 / power(step) }
      if count % 2 == 1 { candidate[0] = 1 }
      return minimumDetectableEffect(baseline: [Double](repeating: 1, count: count), candidate: candidate)
    }
    let wanted = Double(effect) / 100
    #expect(try #require(detectable(blocks)) <= wanted)
    if blocks > 2 { #expect(try #require(detectable(blocks - 1)) > wanted, "one block less is too few") }
  }

  @Test func `no noise detects everything and one pair nothing`() {
    #expect(minimumDetectableEffect(baseline: [1, 2, 3], candidate: [2, 4, 6]) == 0)
    #expect(minimumDetectableEffect(baseline: [1], candidate: [2]) == nil)
    #expect(minimumDetectableEffect(baseline: [1, 0], candidate: [2, 1]) == nil)
  }

  @Test func `the geometric mean does not overflow`() {
    #expect(agrees(geometricMean([2, 8]), 4))
    #expect(agrees(geometricMean([Double](repeating: 1e300, count: 50)), 1e300, within: 1e-9))
    #expect(geometricMean([]) == nil)
    #expect(geometricMean([1, 0]) == nil)
  }

  /// e^x by its series: enough for small x, and independent of the code under test.
  private func power(_ x: Double) -> Double { 1 + x + x * x / 2 + x * x * x / 6 }
}
