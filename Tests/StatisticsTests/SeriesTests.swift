import Testing

@testable import Statistics

@Suite struct LineFitTests {
  @Test func `the line of least squares`() throws {
    let points: [(x: Double, y: Double)] = [(1, 2), (2, 4), (3, 9)]
    let line = try #require(LineFit(points))
    #expect(agrees(line.slope, 3.5, within: 1e-12) && agrees(line.intercept, -2, within: 1e-12))
    #expect(agrees(line.value(at: 10), 33, within: 1e-12))
  }

  @Test func `far from zero it keeps what differs`() throws {
    let (x, y) = (1e9, 1e15)
    let points = [0.0, 1, 2].map { (x: x + $0, y: y + 1 + 3 * $0) }
    let line = try #require(LineFit(points))
    #expect(agrees(line.slope, 3, within: 1e-9))
  }

  @Test func `one place, nothing and what is no number make no line`() {
    #expect(LineFit([]) == nil && LineFit([(1, 2)]) == nil && LineFit([(1, 2), (1, 3)]) == nil)
    #expect(LineFit([(1, 2), (2, .nan)]) == nil && LineFit([(1, 2), (.infinity, 3)]) == nil)
  }
}

@Suite struct WarmUpTests {
  static let series = [
    9.8, 7.9, 6.6, 5.9, 5.41, 5.20, 5.11, 5.05, 5.02, 5.04, 4.99, 5.01, 5.03, 4.98, 5.00, 5.02, 4.97, 5.01, 5.00, 4.99, 5.03, 5.00,
    4.98, 5.02, 5.01, 4.99, 5.00, 5.02, 4.98, 5.01,
  ]

  @Test func `the vector`() throws {
    let warmUp = try #require(WarmUp(Self.series))
    #expect(warmUp.count == 10)
    #expect(agrees(warmUp.error, 1.43e-5, within: 1e-11))
    #expect(warmUp.isSettled)
  }

  /// The error of leaving out the first `count` numbers: that of the rest in an order in which no further cut is worth it.
  static func error(_ series: [Double], leavingOut count: Int) -> Double? {
    let rest = series[count...]
    let mean = rest.reduce(0, +) / Double(rest.count)
    guard let warmUp = WarmUp(rest.sorted { abs($0 - mean) < abs($1 - mean) }), warmUp.count == 0 else { return nil }
    return warmUp.error
  }

  @Test(arguments: [(0, 0.0344063, 5e-8), (8, 1.5176559e-5, 5e-13), (10, 1.43e-5, 5e-15), (12, 1.7009602e-5, 5e-13)])
  func `the vector's cuts one by one, of which the tenth is the best`(count: Int, expected: Double, lastDigit: Double) throws {
    let error = try #require(Self.error(Self.series, leavingOut: count))
    #expect(abs(error - expected) < lastDigit)
    let best = try #require(WarmUp(Self.series))
    if count != best.count { #expect(error > best.error) }
  }

  @Test func `a series that never settles, a constant and nothing`() throws {
    #expect(try #require(WarmUp((0..<40).map { -Double($0) })).isSettled == false)
    #expect(try #require(WarmUp([5, 5, 5, 5])).count == 0)
    #expect(WarmUp([1]) == nil)
    #expect(WarmUp([1, .nan, 2]) == nil)
  }

  @Test func `classes of processes`() throws {
    let settled = Array(Self.series[10...])
    #expect(SteadyState(Self.series) == .warmUp)
    #expect(SteadyState(settled) == .flat)
    #expect(SteadyState([3.1, 3.2, 3.4, 3.9, 4.4] + settled) == .slowdown)
    #expect(SteadyState(settled + settled.map { $0 * 1.5 }) == SteadyState.none)
    #expect(SteadyState((0..<40).map { 100 - Double($0) }) == SteadyState.none)
    #expect(SteadyState([1, 2, 3]) == nil)
  }

  @Test func `processes that disagree are inconsistent`() {
    #expect(SteadyState.ofAll([.flat, .flat]) == .flat)
    #expect(SteadyState.ofAll([.flat, .warmUp]) == .inconsistent)
    #expect(SteadyState.ofAll([.flat, .none, .flat]) == SteadyState.none)
    #expect(SteadyState.ofAll([]) == nil)
  }
}

@Suite struct OutlierLabelTests {
  @Test func `the vector`() throws {
    let fences = OutlierFences(try #require(Sample(Vectors.a)))
    #expect(agrees(fences.mild.lowerBound, 12.23875) && agrees(fences.mild.upperBound, 12.68875))
    #expect(agrees(fences.severe.upperBound, 12.8575))
    #expect(agrees(fences.modifiedZ(13.90), 17.782029113474266, within: 1e-11))
    #expect(fences.label(13.90) == [.mild, .severe, .deviant])
    #expect(fences.label(12.7) == .mild.union(.deviant) || fences.label(12.7) == .mild)
    #expect(Vectors.a.count { !fences.label($0).isEmpty } == 1)
  }

  @Test func `without a deviation nothing is deviant`() throws {
    let fences = OutlierFences(try #require(Sample([1, 1, 1, 1, 1, 9])))
    #expect(fences.modifiedZ(9) == nil)
    #expect(fences.label(9) == [.mild, .severe])
  }
}

@Suite struct BootstrapTests {
  @Test func `the percentile interval of the vectors`() throws {
    let ratio = try #require(Bootstrap(seed: 42).ratio(baseline: Vectors.a, candidate: Vectors.b))
    #expect(agrees(ratio.value, 1.0425702811244981))
    #expect(agrees(ratio.interval95?.lower, 1.0348676456195016))
    #expect(agrees(ratio.interval95?.upper, 1.0491935483870967))
  }

  @Test func `the corrected interval of the vectors`() throws {
    let bootstrap = Bootstrap(method: .biasCorrectedAndAccelerated, seed: 42)
    let ratio = try #require(bootstrap.ratio(baseline: Vectors.a, candidate: Vectors.b))
    #expect(agrees(ratio.interval95?.lower, 1.034417655985814))
    #expect(agrees(ratio.interval95?.upper, 1.0490748189863233))
  }

  @Test func `the correction is that of the vectors`() throws {
    // What the bootstrap draws, and the ratio without each number in turn.
    let (a, b) = (Vectors.a, Vectors.b)
    var random = SplitMix64(seed: 42)
    func median(_ values: [Double]) -> Double { Sample(values)!.median }
    func drawn(_ values: [Double]) -> Double { median(values.indices.map { _ in values[random.index(values.count)] }) }
    func without(_ index: Int, _ values: [Double]) -> Double {
      var rest = values
      rest.remove(at: index)
      return median(rest)
    }
    let ratios = (0..<9999).map { _ in
      let denominator = drawn(a)
      return drawn(b) / denominator
    }
    let jackknife = [a.indices.map { median(b) / without($0, a) }, b.indices.map { without($0, b) / median(a) }]
    let correction = Bootstrap.Correction(median(b) / median(a), try #require(Sample(ratios)), jackknife: jackknife)
    #expect(agrees(correction.bias, -0.030588692817575487))
    #expect(abs(correction.acceleration) < 1e-13, "the jackknife of a median says nothing: -1.99e-14")
    #expect(agrees(correction.level(0.025), 0.021632566428117995))
    #expect(agrees(correction.level(0.975), 0.9712037300530026))
  }

  @Test func `half of the equal ones lie below, and without a jackknife nothing accelerates`() {
    let correction = Bootstrap.Correction(487, Sample((0..<1000).map(Double.init))!, jackknife: [])
    #expect(agrees(correction.bias, normalQuantile(0.4875)))
    #expect(correction.acceleration == 0)
    #expect(correction.level(0.025) < 0.025)
  }

  @Test func `nothing, zeros and NaN have no ratio`() {
    #expect(Bootstrap(seed: 1).ratio(baseline: [], candidate: [1]) == nil)
    #expect(Bootstrap(seed: 1).ratio(baseline: [0, 0], candidate: [1]) == nil)
    #expect(Bootstrap(seed: 1).ratio(baseline: [1], candidate: [.nan]) == nil)
  }
}
