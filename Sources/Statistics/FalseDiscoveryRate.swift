/// Many comparisons at once: of those called different, at most a given share is so by chance.
public enum FalseDiscoveryRate {
  /// How much dependence among the comparisons is allowed for.
  public enum Method: Sendable {
    /// Benjamini and Hochberg (1995): for independent or positively dependent comparisons, as those of one machine are.
    case benjaminiHochberg
    /// Benjamini and Yekutieli (2001): for any dependence.
    case benjaminiYekutieli
  }

  /// The smallest rate at which each comparison is still called different: min over j ≥ i of p(j) m / j, in the order given.
  /// - Returns: nil where a probability is not in 0…1.
  public static func adjusted(_ probabilities: [Double], method: Method = .benjaminiHochberg) -> [Double]? {
    guard probabilities.allSatisfy({ $0 >= 0 && $0 <= 1 }) else { return nil }
    let m = probabilities.count
    var factor = Double(m)
    if method == .benjaminiYekutieli { factor *= (0..<m).reduce(0) { $0 + 1 / Double($1 + 1) } }
    let order = probabilities.indices.sorted { probabilities[$0] < probabilities[$1] }
    var adjusted = probabilities
    var smallest = 1.0
    for (rank, index) in zip(1...max(m, 1), order).reversed() {
      smallest = min(smallest, probabilities[index] * factor / Double(rank))
      adjusted[index] = smallest
    }
    return adjusted
  }

  /// Pairs without which the signed-rank test cannot find one lone difference among so many comparisons: its smallest
  /// probability is 2^(1−n), and rate / comparisons is asked for.
  /// - Returns: nil where there is no comparison or the rate is not in 0…1.
  public static func fewestPairs(comparisons: Int, rate: Double = 0.05) -> Int? {
    guard comparisons > 0, rate > 0, rate <= 1 else { return nil }
    var (pairs, probability) = (1, 1.0)
    while probability * Double(comparisons) > rate {
      pairs += 1
      probability /= 2
    }
    return pairs
  }

  /// The same for unpaired samples of equal size: the smallest probability of U is 2 / C(2n, n).
  public static func fewestPerArm(comparisons: Int, rate: Double = 0.05) -> Int? {
    guard comparisons > 0, rate > 0, rate <= 1 else { return nil }
    var (count, probability) = (1, 1.0)
    while probability * Double(comparisons) > rate {
      count += 1
      // C(2n, n) / C(2n − 2, n − 1) = 2 (2n − 1) / n
      probability *= Double(count) / Double(2 * (2 * count - 1))
    }
    return count
  }
}
