/// P(Z ≤ z) of the standard normal distribution, to about 1e-13 of its value in both tails.
func normalProbability(_ z: Double) -> Double {
  if z.isNaN { return z }
  return z < 0 ? normalTail(-z) : 1 - normalTail(z)
}

/// The z with P(Z ≤ z) = `probability`, for a probability strictly between 0 and 1: bisection, to the last bit that matters.
func normalQuantile(_ probability: Double) -> Double {
  if probability == 0.5 { return 0 }
  if probability > 0.5 { return -normalQuantile(1 - probability) }
  var low = -40.0
  var high = 0.0
  while true {
    let middle = (low + high) / 2
    if middle <= low || middle >= high { return middle }
    if normalProbability(middle) < probability { low = middle } else { high = middle }
  }
}

/// P(Z > z) for z ≥ 0 (Abramowitz and Stegun 26.2.11 and 26.2.14).
private func normalTail(_ z: Double) -> Double {
  let density = exponential(-z * z / 2) * 0.3989422804014327
  if z < 2.5 {
    // ½ − φ(z) (z + z³/3 + z⁵/15 + …)
    var term = z
    var sum = z
    var k = 1.0
    while term > sum * 1e-17 {
      k += 2
      term *= z * z / k
      sum += term
    }
    return 0.5 - density * sum
  }
  // φ(z) / (z + 1/(z + 2/(z + 3/(z + …)))), from the inside out.
  var fraction = z
  for k in stride(from: 120.0, through: 1, by: -1) { fraction = z + k / fraction }
  return density / fraction
}
