/// The regularised incomplete beta function I_x(a, b) = P(Beta(a, b) ≤ x), for positive a and b.
///
/// Continued fraction (DLMF 8.17.22) in front of which stands the density, written as a saddle-point expansion (Loader 2000,
/// "Fast and accurate computation of binomial probabilities"): no logarithms of gamma functions cancel, so small tails and
/// large parameters keep their digits.
/// - Parameter complement: 1 − x, given apart because a caller often knows it to more digits than a subtraction leaves.
func incompleteBeta(_ x: Double, complement: Double, _ a: Double, _ b: Double) -> Double {
  guard x > 0 else { return 0 }
  guard complement > 0 else { return 1 }
  if x * (a + b + 2) > a + 1 { return 1 - incompleteBetaFraction(complement, x, b, a) }
  return incompleteBetaFraction(x, complement, a, b)
}

func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double { incompleteBeta(x, complement: 1 - x, a, b) }

/// Lentz's evaluation; converges fast for x < (a + 1) / (a + b + 2).
private func incompleteBetaFraction(_ x: Double, _ complement: Double, _ a: Double, _ b: Double) -> Double {
  let tiny = 1e-300
  func kept(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
  var c = 1.0
  var d = 1 / kept(1 - (a + b) * x / (a + 1))
  var fraction = d
  var m = 1.0
  while m < 100_000 {
    let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / kept(1 + even * d)
    c = kept(1 + even / c)
    fraction *= d * c
    let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / kept(1 + odd * d)
    c = kept(1 + odd / c)
    fraction *= d * c
    if abs(d * c - 1) < 1e-16 { break }
    m += 1
  }
  return betaWeight(x, complement, a, b) / a * fraction
}

/// x^a (1 − x)^b / B(a, b).
private func betaWeight(_ x: Double, _ complement: Double, _ a: Double, _ b: Double) -> Double {
  let n = a + b
  let exponent =
    stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, n * x) - deviance(b, n * complement)
  return (a * b / (2 * Double.pi * n)).squareRoot() * exponential(exponent)
}

/// ln Γ(z) − ((z − ½) ln z − z + ½ ln 2π).
private func stirlingError(_ z: Double) -> Double {
  if z < 16 { return stirlingError(z + 1) + (z + 0.5) * logarithmOfOnePlus(1 / z) - 1 }
  let w = 1 / (z * z)
  var series = 1.0 / 156
  series = series * -w + 691.0 / 360_360
  series = series * -w + 1.0 / 1_188
  series = series * -w + 1.0 / 1_680
  series = series * -w + 1.0 / 1_260
  series = series * -w + 1.0 / 360
  series = series * -w + 1.0 / 12
  return series / z
}

/// x ln(x / mean) + mean − x, which is never negative, without cancellation near x = mean.
private func deviance(_ x: Double, _ mean: Double) -> Double {
  let v = (x - mean) / (x + mean)
  guard abs(v) < 0.1 else { return x * logarithm(x / mean) + mean - x }
  var sum = (x - mean) * v
  var power = 2 * x * v
  var k = 1.0
  while true {
    power *= v * v
    k += 2
    let next = sum + power / k
    if next == sum { return next }
    sum = next
  }
}
