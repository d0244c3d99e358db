import Testing

@testable import Statistics

@Suite struct GateTests {
  /// Twenty pairs with 1 % of noise, the candidate `factor` times as large.
  static func pairs(_ factor: Double, count: Int = 20, noise: Double = 0.01) -> Gate.Comparison {
    var random = SplitMix64(seed: 8)
    func draw() -> Double { 1 + noise * (Double(random.next() >> 11) * 0x1p-53 - 0.5) }
    return Gate.Comparison(
      baseline: (0..<count).map { _ in draw() }, candidate: (0..<count).map { _ in draw() * factor }, threshold: 0.03)
  }

  static func verdict(_ comparison: Gate.Comparison) -> GateVerdict { Gate.results([comparison])[0].verdict }

  @Test func `the four verdicts`() {
    #expect(Self.verdict(Self.pairs(1.05)) == .regression)
    #expect(Self.verdict(Self.pairs(0.95)) == .improvement)
    #expect(Self.verdict(Self.pairs(1)) == .pass)
    #expect(Self.verdict(Self.pairs(1.01)) == .pass, "worse, but by less than the threshold")
    guard case .inconclusive(.imprecise, let effect?) = Self.verdict(Self.pairs(1.03, noise: 0.5)) else {
      Issue.record("noise of this size hides the threshold")
      return
    }
    #expect(effect > 0.05)
  }

  @Test func `the vectors against three thresholds`() {
    // Ratio 1.0405 up to 1.0459, p = 0.02685546875.
    func result(_ threshold: Double) -> Gate.Result {
      Gate.results([Gate.Comparison(baseline: Vectors.a, candidate: Vectors.b, threshold: threshold)])[0]
    }
    #expect(agrees(result(0.03).ratio?.value, 1.0404753065034507))
    #expect(agrees(result(0.03).probability, 0.02685546875))
    #expect(result(0.03).verdict == .regression)
    guard case .inconclusive(.imprecise, _?) = result(0.043).verdict else {
      Issue.record("the interval reaches over a threshold that the ratio does not reach")
      return
    }
    #expect(result(0.05).verdict == .pass)
  }

  @Test func `the edges of a regression belong to it, that of a pass does not`() {
    func verdict(_ ratio: Double, upper: Double, probability: Double) -> GateVerdict {
      let interval = Interval(lower: 1.01, upper: upper, level: 0.95, coverage: 0.95)
      return GateVerdict(
        ratio: Estimate(value: ratio, interval95: interval, interval99: nil, count: 20), adjustedProbability: probability,
        threshold: 0.03)
    }
    let imprecise = GateVerdict.inconclusive(.imprecise, minimumDetectableEffect: nil)
    #expect(verdict(1.03, upper: 1.05, probability: 0.05) == .regression)
    #expect(verdict(1.03, upper: 1.05, probability: 0.0501) == imprecise)
    #expect(verdict(1.0299, upper: 1.05, probability: 0.05) == imprecise)
    #expect(verdict(1.02, upper: 1.03, probability: 0.05) == imprecise)
    #expect(verdict(1.02, upper: 1.0299, probability: 0.05) == .pass)
  }

  @Test func `swapping the arms mirrors the verdict`() {
    for factor in [1.05, 1.2, 0.9] {
      let there = Self.pairs(factor)
      let back = Gate.Comparison(baseline: there.candidate, candidate: there.baseline, threshold: there.threshold)
      let pair = [Self.verdict(there), Self.verdict(back)]
      #expect(pair == [.regression, .improvement] || pair == [.improvement, .regression])
    }
  }

  @Test func `equal samples pass, also where nothing at all is tolerated and where all counts are zero`() {
    for values in [[Double](repeating: 7, count: 10), Array(Vectors.a), [Double](repeating: 0, count: 10)] {
      let result = Gate.results([Gate.Comparison(baseline: values, candidate: values, threshold: 0)])[0]
      #expect(result.verdict == .pass)
      #expect(result.ratio?.value == 1)
      #expect(result.probability == 1)
    }
  }

  @Test func `one more in every block is a regression where nothing is tolerated`() {
    let counts = (0..<10).map { Double(100 + $0) }
    #expect(Self.verdict(Gate.Comparison(baseline: counts, candidate: counts.map { $0 + 1 }, threshold: 0)) == .regression)
  }

  @Test func `too few samples and numbers without a ratio are inconclusive, never a crash`() {
    let few = Gate.Comparison(baseline: [1, 1, 1, 1, 1], candidate: [2, 2.1, 2.2, 2.3, 2.4], threshold: 0.03)
    guard case .inconclusive(.tooFewSamples, _) = Self.verdict(few) else {
      Issue.record("five pairs have no interval")
      return
    }
    let ten = [Double](repeating: 1, count: 10)
    let bad: [([Double], [Double])] = [
      ([], []), ([1], []), (ten, Array(ten.dropLast()) + [.nan]), (ten, Array(ten.dropLast()) + [.infinity]),
      (Array(ten.dropLast()) + [0], ten), (ten, ten.map { -$0 }), ([.nan], [.nan]),
    ]
    for (baseline, candidate) in bad {
      let result = Gate.results([Gate.Comparison(baseline: baseline, candidate: candidate, threshold: 0.03)])[0]
      #expect(result.verdict == .inconclusive(.notComparable, minimumDetectableEffect: nil))
      #expect(result.ratio == nil)
    }
    #expect(Gate.results([]).isEmpty)
  }

  @Test func `nonsense in place of a probability or threshold is inconclusive`() throws {
    let ratio = try #require(HodgesLehmann.pairedRatio(baseline: Vectors.a, candidate: Vectors.b))
    for (probability, threshold) in [(Double.nan, 0.03), (-1, 0.03), (0.5, .nan), (0.5, -1)] {
      #expect(
        GateVerdict(ratio: ratio, adjustedProbability: probability, threshold: threshold)
          == .inconclusive(.notComparable, minimumDetectableEffect: nil))
    }
  }

  @Test func `a family makes a weak finding weaker`() {
    // p = 0.03 alone, and far more among a hundred that show nothing.
    let weak = Gate.Comparison(
      baseline: [Double](repeating: 1, count: 12), candidate: zip(Vectors.a, Vectors.b).map { $1 / $0 }, threshold: 0.03)
    #expect(Self.verdict(weak) == .regression)
    let family = Gate.results([weak] + (0..<99).map { _ in Self.pairs(1) })
    #expect(family[0].adjustedProbability > 0.05)
    #expect(family[0].verdict != .regression)
  }
}
