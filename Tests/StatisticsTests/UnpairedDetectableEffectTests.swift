import Testing

@testable import Statistics

@Suite struct UnpairedDetectableEffectTests {
  private let a = [12.41, 12.38, 12.55, 12.47, 12.40, 12.62, 12.44, 12.51, 12.39, 12.46, 13.90, 12.43]
  private let b = [12.96, 12.88, 13.05, 12.91, 12.99, 13.12, 12.94, 13.01, 12.90, 12.97, 13.04, 14.75]

  @Test func `it does not depend on units or on which side is which`() throws {
    let effect = try #require(minimumDetectableEffect(unpairedBaseline: a, candidate: b))
    #expect(effect > 0)
    let scaled = try #require(minimumDetectableEffect(unpairedBaseline: a.map { $0 * 1e6 }, candidate: b.map { $0 * 1e6 }))
    #expect(abs(scaled - effect) < 1e-9)
    let swapped = try #require(minimumDetectableEffect(unpairedBaseline: b, candidate: a))
    #expect(abs(swapped - effect) < 1e-12)
  }

  @Test func `four times the numbers halve it on the log scale`() throws {
    let one = try #require(minimumDetectableEffect(unpairedBaseline: a, candidate: b))
    let four = try #require(
      minimumDetectableEffect(unpairedBaseline: a + a + a + a, candidate: b + b + b + b))
    #expect(abs(logarithm(1 + one) - 2 * logarithm(1 + four)) < 1e-12)
  }

  /// The effect so found is found about four times out of five: normal noise of 2 %, 30 a side.
  @Test func `an effect of that size is found about four times in five`() throws {
    var random = SplitMix64(seed: 7)
    func sample(_ center: Double) -> [Double] {
      (0..<30).map { _ in center * exponential(0.02 * (0..<12).reduce(-6.0) { sum, _ in sum + Double(random.next() >> 11) * 0x1p-53 }) }
    }
    // exp(2.80 · 0.02 · √(2 / 30 / 0.955)) − 1
    let effect = exponential(2.8016 * 0.02 * (2.0 / 30 / 0.955).squareRoot()) - 1
    let found = (0..<400).count { _ in
      (MannWhitneyTest(sample(10), sample(10 * (1 + effect)))?.probability ?? 1) <= 0.05
    }
    // Three binomial deviations of 400 tries at 0.8 are 0.06.
    #expect(abs(Double(found) / 400 - 0.8) <= 0.06)
  }

  @Test func `there is none without two positive numbers a side`() {
    #expect(minimumDetectableEffect(unpairedBaseline: [1], candidate: [1, 2]) == nil)
    #expect(minimumDetectableEffect(unpairedBaseline: [1, 0], candidate: [1, 2]) == nil)
    #expect(minimumDetectableEffect(unpairedBaseline: [1, .nan], candidate: [1, 2]) == nil)
  }
}
