import Testing

@testable import Statistics

@Suite struct FalseDiscoveryRateTests {
  static let probabilities = [
    0.001, 0.008, 0.039, 0.041, 0.042, 0.060, 0.074, 0.205, 0.212, 0.216, 0.222, 0.251, 0.269, 0.275, 0.34, 0.341, 0.384, 0.569,
    0.594, 0.696, 0.762, 0.94, 0.942, 0.975, 0.986,
  ]

  /// Seven share the fourteenth's 0.275 · 25 / 14.
  static let adjusted = [
    0.025, 0.1, 0.21, 0.21, 0.21, 0.25, 0.2642857142857143, 0.49107142857142855, 0.49107142857142855, 0.49107142857142855,
    0.49107142857142855, 0.49107142857142855, 0.49107142857142855, 0.49107142857142855, 0.5328125, 0.5328125, 0.5647058823529413,
    0.781578947368421, 0.781578947368421, 0.87, 0.9071428571428571, 0.986, 0.986, 0.986, 0.986,
  ]

  @Test func `the vector`() throws {
    let adjusted = try #require(FalseDiscoveryRate.adjusted(Self.probabilities))
    #expect(adjusted.count == 25 && Self.adjusted.count == 25)
    for (found, expected) in zip(adjusted, Self.adjusted) { #expect(agrees(found, expected)) }
    #expect(adjusted.count { $0 <= 0.05 } == 1)
    #expect(adjusted.count { $0 <= 0.25 } == 6, "the sixth sits exactly on the edge")
    let dependent = try #require(FalseDiscoveryRate.adjusted(Self.probabilities, method: .benjaminiYekutieli))
    #expect(dependent.count == 25)
    for (found, expected) in zip(dependent, [0.095399, 0.381596, 0.801351]) { #expect(abs(found - expected) < 5e-7) }
  }

  @Test func `the order of the comparisons does not matter, and none is adjusted downwards`() throws {
    var random = SplitMix64(seed: 5)
    let order = Self.probabilities.indices.shuffled(using: &random)
    let plain = try #require(FalseDiscoveryRate.adjusted(Self.probabilities))
    let shuffled = try #require(FalseDiscoveryRate.adjusted(order.map { Self.probabilities[$0] }))
    #expect(shuffled == order.map { plain[$0] })
    #expect(zip(plain, Self.probabilities).allSatisfy { $0 >= $1 && $0 <= 1 })
    #expect(FalseDiscoveryRate.adjusted([0.03]) == [0.03])
    #expect(FalseDiscoveryRate.adjusted([]) == [])
    #expect(FalseDiscoveryRate.adjusted([0.5, .nan]) == nil)
    #expect(FalseDiscoveryRate.adjusted([1.5]) == nil)
  }

  @Test func `how many blocks a family needs`() {
    #expect(FalseDiscoveryRate.fewestPairs(comparisons: 160) == 13)
    #expect(FalseDiscoveryRate.fewestPairs(comparisons: 25) == 10)
    #expect(FalseDiscoveryRate.fewestPerArm(comparisons: 160) == 8)
    #expect(FalseDiscoveryRate.fewestPairs(comparisons: 0) == nil)
  }

  @Test func `with the fewest pairs one lone regression is found, with one less it is not`() throws {
    for (pairs, isFound) in [(13, true), (12, false)] {
      let smallest = try #require(SignedRankTest(differences: (1...pairs).map(Double.init))).probability
      let adjusted = try #require(FalseDiscoveryRate.adjusted([smallest] + [Double](repeating: 1, count: 159)))
      #expect((adjusted[0] <= 0.05) == isFound)
    }
  }
}

@Suite struct ProportionTests {
  // Quantiles of the beta distribution; a root finder that stops earlier prints 0.09002753770155869 for the second.
  @Test(arguments: [
    (4, 0.005475565879556446, 0.050413609089896255), (10, 0.024234165472108292, 0.09002753770135137),
    (17, 0.05029591863024178, 0.1326051658295526),
  ])
  func `Clopper and Pearson's interval of the vectors`(successes: Int, lower: Double, upper: Double) throws {
    let interval = try #require(Proportion(successes: successes, trials: 200)).interval()
    #expect(agrees(interval.lower, lower))
    #expect(agrees(interval.upper, upper))
  }

  @Test func `at the ends the interval has its closed form`() throws {
    let none = try #require(Proportion(successes: 0, trials: 1)).interval()
    #expect(none.lower == 0 && agrees(none.upper, 0.975))
    let all = try #require(Proportion(successes: 1, trials: 1)).interval()
    #expect(agrees(all.lower, 0.025) && all.upper == 1)
    #expect(Proportion(successes: 2, trials: 1) == nil)
    #expect(Proportion(successes: 0, trials: 0) == nil)
  }

  @Test func `how many rejections refute a rate of 5 %`() {
    #expect(Proportion.mostExpected(trials: 200) == 18)
    #expect(Proportion.mostExpected(trials: 400) == 31)
    #expect(Proportion.mostExpected(trials: 1000) == 67)
    #expect(Proportion.mostExpected(trials: 0) == nil)
  }
}

@Suite struct StoppingRuleTests {
  static func ratios(_ count: Int, deviation: Double) -> [Double] {
    // Symmetrical, so that the center is zero.
    (0..<count).map { (Double($0) / Double(count - 1) - 0.5) * 2 * deviation }
  }

  @Test func `the rule of a gate`() {
    let rule = StoppingRule(comparisons: 160, threshold: 0.03)
    #expect(rule == StoppingRule(halfWidth: 0.01, fewestBlocks: 13, mostBlocks: 60))
    #expect(agrees(StoppingRule(comparisons: 4, threshold: 0.015).halfWidth, 0.005))
    #expect(StoppingRule(comparisons: 4, threshold: 0.03).fewestBlocks == 10)
    #expect(StoppingRule(comparisons: 1 << 62, threshold: 0.03).mostBlocks == 68, "never fewer than the family needs")
  }

  @Test func `it looks after the fewest blocks, then when it may be precise, and ends at the most`() {
    let rule = StoppingRule(halfWidth: 0.01, fewestBlocks: 10, mostBlocks: 100)
    #expect(rule.decision(logRatios: []) == .measure(until: 10))
    #expect(rule.decision(logRatios: [Self.ratios(9, deviation: 0)]) == .measure(until: 10))
    #expect(rule.decision(logRatios: [Self.ratios(10, deviation: 0.001)]) == .stop(.precise))
    #expect(rule.decision(logRatios: [Self.ratios(12, deviation: 0.001)]) == .stop(.precise))
    #expect(rule.decision(logRatios: [Self.ratios(10, deviation: 0.5)]) == .measure(until: 20), "never more than doubled")
    let almost = Self.ratios(40, deviation: 0.065)
    let width = HodgesLehmann.center(almost)?.interval95.map { ($0.upper - $0.lower) / 2 } ?? 0
    let needed = 40 * width * width / (logarithmOfOnePlus(0.01) * logarithmOfOnePlus(0.01))
    #expect(needed > 45 && needed < 80, "the case is one of neither bound")
    #expect(rule.decision(logRatios: [almost]) == .measure(until: Int(needed.rounded(.up))))
    let barely = Self.ratios(40, deviation: 0.049)
    #expect(rule.decision(logRatios: [barely]) == .measure(until: 45), "five more at least")
    #expect(rule.decision(logRatios: [Self.ratios(60, deviation: 0.5)]) == .measure(until: 100))
    #expect(rule.decision(logRatios: [Self.ratios(100, deviation: 0.5)]) == .stop(.mostBlocks))
  }

  @Test func `every arm has to be precise, and failed blocks make one less so`() {
    let rule = StoppingRule(halfWidth: 0.01, fewestBlocks: 10, mostBlocks: 60)
    let (narrow, wide) = (Self.ratios(10, deviation: 0.001), Self.ratios(10, deviation: 0.5))
    #expect(rule.decision(logRatios: [narrow, wide]) == .measure(until: 20))
    #expect(rule.decision(logRatios: [narrow, narrow]) == .stop(.precise))
    let failed = [Double](repeating: .nan, count: 5) + narrow[..<5]
    #expect(rule.decision(logRatios: [narrow, failed]) == .measure(until: 20), "five pairs give no interval")
  }

  @Test func `an effect, however clear, does not stop it`() {
    let rule = StoppingRule(halfWidth: 0.01, fewestBlocks: 10, mostBlocks: 60)
    #expect(rule.decision(logRatios: [Self.ratios(10, deviation: 0.2).map { $0 + 5 }]) == .measure(until: 20))
  }

  @Test func `counts that never differ are precise at once`() {
    #expect(StoppingRule(comparisons: 1, threshold: 0).decision(logRatios: [[Double](repeating: 0, count: 10)]) == .stop(.precise))
  }
}
