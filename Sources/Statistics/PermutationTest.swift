/// A permutation test that two samples are interchangeable, judged by any statistic of them; two-sided.
public struct PermutationTest: Sendable, Equatable {
  /// The statistic of the samples as they are.
  public let statistic: Double
  /// In (0, 1]: twice the smaller of both tails.
  public let probability: Double
  /// True where every arrangement was formed.
  public let isExact: Bool
  /// Arrangements looked at, the observed one apart where they are drawn.
  public let arrangements: Int

  /// Forms all arrangements where there are at most 10,000 of them, otherwise draws `resamples`: then a tail of b has
  /// probability (b + 1) / (R + 1), never zero (Phipson and Smyth 2010).
  /// - Returns: nil where a sample is empty, or a number or a value of the statistic is not finite.
  public init?(
    _ first: [Double], _ second: [Double], resamples: Int = 9999, seed: UInt64 = 1, statistic: ([Double], [Double]) -> Double
  ) {
    guard !first.isEmpty, !second.isEmpty, resamples > 0 else { return nil }
    var pool = first + second
    let observed = statistic(first, second)
    guard pool.allSatisfy(\.isFinite), observed.isFinite else { return nil }
    // The same arrangement summed in another order may differ in its last bits.
    let tolerance = 100 * Double.ulpOfOne * abs(observed)
    var (low, high) = (0, 0)
    var finite = true
    func count(_ value: Double) {
      if value <= observed + tolerance { low += 1 }
      if value >= observed - tolerance { high += 1 }
      if !value.isFinite { finite = false }
    }

    if let total = Self.choices(pool.count, first.count, atMost: 10_000) {
      Self.forEachChoice(of: first.count, from: pool.count) { chosen in
        var isFirst = [Bool](repeating: false, count: pool.count)
        for index in chosen { isFirst[index] = true }
        count(statistic(chosen.map { pool[$0] }, pool.indices.filter { !isFirst[$0] }.map { pool[$0] }))
      }
      (isExact, arrangements) = (true, total)
      probability = min(1, 2 * Double(min(low, high)) / Double(total))
    } else {
      var random = SplitMix64(seed: seed)
      for _ in 0..<resamples {
        random.shuffle(&pool)
        count(statistic(Array(pool[..<first.count]), Array(pool[first.count...])))
      }
      (isExact, arrangements) = (false, resamples)
      probability = min(1, 2 * Double(min(low, high) + 1) / Double(resamples + 1))
    }
    guard finite else { return nil }
    self.statistic = observed
  }

  /// Ways to choose `few` of `count`, or nil where they are more than `limit`.
  private static func choices(_ count: Int, _ few: Int, atMost limit: Int) -> Int? {
    var ways = 1
    for i in stride(from: 1, through: min(few, count - few), by: 1) {
      ways = ways * (count - i + 1) / i
      if ways > limit { return nil }
    }
    return ways
  }

  private static func forEachChoice(of few: Int, from count: Int, _ body: ([Int]) -> Void) {
    var chosen = Array(0..<few)
    while true {
      body(chosen)
      guard let last = chosen.indices.last(where: { chosen[$0] < count - few + $0 }) else { return }
      chosen[last] += 1
      for index in chosen.indices where index > last { chosen[index] = chosen[index - 1] + 1 }
    }
  }
}

extension SplitMix64 {
  /// Fisher and Yates' shuffle, from the end.
  mutating func shuffle(_ values: inout [Double]) {
    for i in stride(from: values.count - 1, to: 0, by: -1) { values.swapAt(i, index(i + 1)) }
  }
}
