import Testing

@testable import Statistics

/// What the procedures promise, counted over seeded data sets: within three binomial deviations of the nominal rate.
@Suite struct SimulationTests {
  /// The sum of four uniform numbers, near enough to normal noise of this deviation.
  static func noise(_ deviation: Double, _ random: inout SplitMix64) -> Double {
    var sum = -2.0
    for _ in 0..<4 { sum += Double(random.next() >> 11) * 0x1p-53 }
    return sum * deviation * 1.7320508075688772
  }

  static func expect(_ count: Int, of trials: Int, atMost rate: Double, _ what: Comment) {
    let limit = Double(trials) * rate + 3 * (Double(trials) * rate * (1 - rate)).squareRoot()
    #expect(Double(count) <= limit, what)
  }

  @Test func `comparing equals finds a difference in one of twenty, and the interval covers the truth in the others`() {
    var random = SplitMix64(seed: 100)
    let trials = 600
    var (signed, unpaired, missed) = (0, 0, 0)
    for _ in 0..<trials {
      let a = (0..<12).map { _ in Self.noise(0.02, &random) }
      let b = (0..<12).map { _ in Self.noise(0.02, &random) }
      let differences = zip(a, b).map { $1 - $0 }
      if (SignedRankTest(differences: differences)?.probability ?? 1) <= 0.05 { signed += 1 }
      if (MannWhitneyTest(a, b)?.probability ?? 1) <= 0.05 { unpaired += 1 }
      if HodgesLehmann.center(differences)?.interval95?.contains(0) != true { missed += 1 }
    }
    Self.expect(signed, of: trials, atMost: 0.05, "signed rank")
    Self.expect(unpaired, of: trials, atMost: 0.05, "Mann and Whitney")
    Self.expect(missed, of: trials, atMost: 0.05, "interval")
    #expect(min(signed, unpaired, missed) > trials / 60, "a test that never rejects is none")
  }

  @Test func `stopping on precision keeps false alarms where they were`() {
    var random = SplitMix64(seed: 200)
    let rule = StoppingRule(halfWidth: 0.01, fewestBlocks: 10, mostBlocks: 60)
    let trials = 150
    var alarms = 0
    for _ in 0..<trials {
      var ratios: [Double] = []
      var target = 10
      while true {
        while ratios.count < target { ratios.append(Self.noise(0.02, &random)) }
        guard case .measure(let more) = rule.decision(logRatios: [ratios]) else { break }
        target = more
      }
      if (SignedRankTest(differences: ratios)?.probability ?? 1) <= 0.05 { alarms += 1 }
    }
    Self.expect(alarms, of: trials, atMost: 0.068, "false alarms under the stopping rule")
  }

  @Test func `a gate of equals raises hardly an alarm and finds 10 % almost always`() {
    var random = SplitMix64(seed: 300)
    func comparison(_ factor: Double) -> Gate.Comparison {
      Gate.Comparison(
        baseline: (0..<20).map { _ in exponential(Self.noise(0.02, &random)) },
        candidate: (0..<20).map { _ in factor * exponential(Self.noise(0.02, &random)) }, threshold: 0.03)
    }
    let equal = Gate.results((0..<100).map { _ in comparison(1) })
    #expect(equal.count { $0.verdict == .regression } == 0)
    #expect(equal.count { $0.verdict == .pass } > 80)
    let worse = (0..<60).map { _ in Gate.results([comparison(1.1)])[0] }
    #expect(worse.allSatisfy { $0.verdict == .regression })
  }
}
