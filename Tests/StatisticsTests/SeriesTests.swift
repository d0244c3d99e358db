import Testing

@testable import Statistics

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
    // 1,000 ratios of which 48.78 % lie below the value: z0 is that quantile; without a jackknife nothing accelerates.
    let correction = Bootstrap.Correction(487.8, Sample((0..<1000).map(Double.init))!, jackknife: [])
    #expect(agrees(correction.bias, normalQuantile(0.488)))
    #expect(correction.acceleration == 0)
    #expect(correction.level(0.025) < 0.025)
  }

  @Test func `nothing, zeros and NaN have no ratio`() {
    #expect(Bootstrap(seed: 1).ratio(baseline: [], candidate: [1]) == nil)
    #expect(Bootstrap(seed: 1).ratio(baseline: [0, 0], candidate: [1]) == nil)
    #expect(Bootstrap(seed: 1).ratio(baseline: [1], candidate: [.nan]) == nil)
  }
}
