/// Kolmogorov and Smirnov's test that two samples come from one distribution, two-sided. It sees differences of shape that a
/// shift does not describe.
public struct KolmogorovSmirnovTest: Sendable, Equatable {
  /// The largest distance between the two empirical distribution functions, in 0…1.
  public let statistic: Double
  /// In 0…1.
  public let probability: Double
  /// False where the probability is Kolmogorov's limit for large samples.
  public let isExact: Bool

  /// Below this probability the shapes differ so much that a Hodges-Lehmann ratio is to be read beside the ratio of medians.
  public static let shapesDiffer = 0.01

  /// Exact (conservative under ties) while the product of the counts is at most `limit`, 200 against 200; otherwise
  /// Kolmogorov's limit.
  /// - Returns: nil where a sample is empty or contains an infinity or a NaN.
  public init?(_ first: [Double], _ second: [Double], exactUpTo limit: Int = 40_000) {
    guard let x = Sample(first)?.sorted, let y = Sample(second)?.sorted else { return nil }
    let (m, n) = (x.count, y.count)
    var (i, j) = (0, 0)
    var distance = 0  // in units of 1 / (m n), so that no rounding decides
    while i < m, j < n {
      let value = min(x[i], y[j])
      while i < m, x[i] == value { i += 1 }
      while j < n, y[j] == value { j += 1 }
      distance = max(distance, abs(i * n - j * m))
    }
    statistic = Double(distance) / (Double(m) * Double(n))
    isExact = m * n <= limit
    if isExact {
      probability = Self.reaching(distance, m, n)
    } else {
      probability = Self.limit(statistic * (Double(m) * Double(n) / Double(m + n)).squareRoot())
    }
  }

  /// The probability that the path of a random merge strays from the diagonal by `distance` (Hodges 1957), summed from
  /// positive terms alone so that small probabilities keep their digits.
  private static func reaching(_ distance: Int, _ m: Int, _ n: Int) -> Double {
    var row = [Double](repeating: 0, count: n + 1)
    for i in 0...m {
      for j in 0...n {
        if abs(i * n - j * m) >= distance {
          row[j] = 1
        } else {
          // The last of the i + j merged numbers is one of the i with probability i / (i + j).
          let above = i == 0 ? 0 : Double(i) * row[j]
          let before = j == 0 ? 0 : Double(j) * row[j - 1]
          row[j] = i + j == 0 ? 0 : (above + before) / Double(i + j)
        }
      }
    }
    return min(1, row[n])
  }

  /// 2 Σ (−1)^(k−1) exp(−2 k² λ²); for small λ the equivalent theta series, which converges there.
  static func limit(_ lambda: Double) -> Double {
    guard lambda > 0 else { return 1 }
    if lambda < 1.2 {
      let q = -Double.pi * Double.pi / (8 * lambda * lambda)
      let sum = [1.0, 3, 5, 7, 9].reduce(0) { $0 + exponential(q * $1 * $1) }
      return 1 - (2 * Double.pi).squareRoot() / lambda * sum
    }
    var sum = 0.0
    for k in stride(from: 1.0, through: 9, by: 2) {
      sum += exponential(-2 * k * k * lambda * lambda) - exponential(-2 * (k + 1) * (k + 1) * lambda * lambda)
    }
    return min(1, 2 * sum)
  }
}
