/// Mann and Whitney's test (1947) that neither of two unpaired samples tends to be the larger, two-sided.
public struct MannWhitneyTest: Sendable, Equatable {
  /// U: the pairs in which the first sample's number is the larger, ties counting half.
  public let statistic: Double
  /// In (0, 1].
  public let probability: Double
  /// True where the probability comes from counting, false where from the normal approximation.
  public let isExact: Bool

  /// Exact for up to 50 numbers a sample without ties; otherwise normal, with the variance corrected for ties and 0.5 for
  /// continuity.
  /// - Returns: nil where a sample is empty or contains an infinity or a NaN.
  public init?(_ first: [Double], _ second: [Double]) { self.init(first, second, exactUpTo: 50, continuity: 0.5) }

  /// - Parameters:
  ///   - exactUpTo: numbers a sample up to which the probability is counted.
  ///   - continuity: taken off the distance of the normal approximation.
  init?(_ first: [Double], _ second: [Double], exactUpTo: Int, continuity: Double) {
    guard let x = Sample(first), let y = Sample(second) else { return nil }
    let (m, n) = (x.count, y.count)
    statistic = Dominance(x, y).statistic
    let ties = Self.tieSum((x.sorted + y.sorted).sorted())
    let center = Double(m) * Double(n) / 2
    let distance = abs(statistic - center)
    isExact = ties == 0 && max(m, n) <= exactUpTo
    if isExact {
      probability = min(1, 2 * RankDistribution.mannWhitney(m, n).cumulative(Int(center - distance)))
    } else {
      let total = Double(m + n)
      let variance = center / 6 * (total + 1 - ties / (total * (total - 1)))
      let shortened = max(0, distance - continuity)
      probability = shortened == 0 ? 1 : max(.leastNonzeroMagnitude, 2 * normalProbability(-shortened / variance.squareRoot()))
    }
  }

  /// Σ t³ − t over groups of t equal numbers.
  private static func tieSum(_ sorted: [Double]) -> Double {
    var sum = 0.0
    var first = 0
    while first < sorted.count {
      var next = first
      while next < sorted.count, sorted[next] == sorted[first] { next += 1 }
      let size = Double(next - first)
      sum += size * size * size - size
      first = next
    }
    return sum
  }
}
