import Foundation
import Testing

@testable import Statistics

@Suite struct SpecialFunctionTests {
  static let numbers: [Double] = {
    var random = SplitMix64(seed: 1)
    return (0..<5000).map { _ in (Double(random.next() >> 11) * 0x1p-53 - 0.5) * 1400 }
  }()

  @Test func `the logarithm agrees with the mathematics library`() {
    for x in Self.numbers {
      let y = Foundation.exp(x)
      #expect(abs(logarithm(y) - Foundation.log(y)) <= 2 * Foundation.log(y).ulp)
      let near = 1 + x / 10_000
      #expect(abs(logarithm(near) - Foundation.log(near)) <= 2 * Foundation.log(near).ulp)
      #expect(abs(logarithmOfOnePlus(x / 1e9) - Foundation.log1p(x / 1e9)) <= 4 * Foundation.log1p(x / 1e9).ulp)
    }
    #expect(logarithm(1) == 0)
    #expect(logarithm(.leastNonzeroMagnitude) == Foundation.log(.leastNonzeroMagnitude))
    #expect(logarithm(0) == -.infinity && logarithm(.infinity) == .infinity)
    #expect(logarithm(-1).isNaN && logarithm(.nan).isNaN)
  }

  @Test func `the exponential agrees with the mathematics library`() {
    for x in Self.numbers {
      #expect(abs(exponential(x) - Foundation.exp(x)) <= 2 * Foundation.exp(x).ulp)
    }
    #expect(exponential(0) == 1)
    #expect(exponential(1000) == .infinity && exponential(-1000) == 0)
    #expect(exponential(709.7) < .infinity && exponential(-745) > 0)
    #expect(exponential(.nan).isNaN && exponential(.infinity) == .infinity && exponential(-.infinity) == 0)
  }

  @Test func `the normal distribution agrees with the mathematics library in both tails`() {
    for tenth in -370...370 {
      let z = Double(tenth) / 10
      #expect(agrees(normalProbability(z), Foundation.erfc(-z / 2.0.squareRoot()) / 2))
    }
    for probability in [1e-300, 1e-20, 0.001, 0.3, 0.4999, 0.7] {
      #expect(agrees(normalProbability(normalQuantile(probability)), probability))
    }
  }

  @Test func `the incomplete beta function agrees with its closed forms`() {
    for x in [1e-8, 0.01, 0.2, 0.5, 0.77, 0.999] {
      #expect(agrees(incompleteBeta(x, 1, 1), x))
      #expect(agrees(incompleteBeta(x, 4, 1), x * x * x * x))
      #expect(agrees(incompleteBeta(x, 2, 2), x * x * (3 - 2 * x)))
      #expect(agrees(incompleteBeta(x, 3, 7) + incompleteBeta(1 - x, 7, 3), 1))
    }
    #expect(incompleteBeta(0, 2, 3) == 0)
    #expect(incompleteBeta(1, 2, 3) == 1)
  }

  @Test func `Student's distribution agrees with its closed forms`() {
    for t in [1e-6, 0.5, 2, 40, 1e6] {
      #expect(agrees(studentTwoSided(t, freedom: 1), 2 * Foundation.atan(1 / t) / Double.pi))
      let root = (2 + t * t).squareRoot()
      #expect(agrees(studentTwoSided(t, freedom: 2), 2 / (root * (root + t))))
    }
    #expect(studentTwoSided(0, freedom: 5) == 1)
    #expect(studentTwoSided(.infinity, freedom: 5) == 0)
  }
}
