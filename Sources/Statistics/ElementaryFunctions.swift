import Glibc

// The standard library has no public logarithm, exponential or error function: this is the room's only other import.

func logarithm(_ x: Double) -> Double { Glibc.log(x) }
func exponential(_ x: Double) -> Double { Glibc.exp(x) }

/// P(Z ≤ z) of the standard normal distribution.
func normalProbability(_ z: Double) -> Double { Glibc.erfc(-z / 2.0.squareRoot()) / 2 }

/// The z with P(Z ≤ z) = `probability`, for a probability strictly between 0 and 1: bisection, to the last bit that matters.
func normalQuantile(_ probability: Double) -> Double {
  var low = -40.0
  var high = 40.0
  while true {
    let middle = (low + high) / 2
    if middle <= low || middle >= high { return middle }
    if normalProbability(middle) < probability { low = middle } else { high = middle }
  }
}
