/// When a comparison has been measured often enough. It looks at how wide the intervals are and never at whether they show a
/// difference: stopping on a small p-value raises the false alarms of a 5 % test to 17 %, stopping on precision does not.
public struct StoppingRule: Sendable, Equatable {
  /// Enough once every arm's 95 % interval of the paired ratio reaches at most this far: 0.01 is one per cent.
  public var halfWidth: Double
  /// With fewer it always goes on; at least 1.
  public var fewestBlocks: Int
  /// With so many blocks it stops, precise or not; at least `fewestBlocks`.
  public var mostBlocks: Int
  /// Blocks between two looks, at least.
  public var step: Int

  /// Moves what is out of its range to the nearest bound.
  public init(halfWidth: Double, fewestBlocks: Int, mostBlocks: Int, step: Int = 5) {
    self.halfWidth = max(0, halfWidth)
    self.fewestBlocks = max(1, fewestBlocks)
    self.mostBlocks = max(self.fewestBlocks, mostBlocks)
    self.step = max(1, step)
  }

  /// The rule for a gate: a third of its threshold but never wider than 1 %, and no fewer blocks than its family of
  /// comparisons needs to find one lone regression.
  public init(comparisons: Int, threshold: Double, mostBlocks: Int = 60) {
    let needed = FalseDiscoveryRate.fewestPairs(comparisons: max(1, comparisons)) ?? 10
    self.init(halfWidth: min(0.01, threshold / 3), fewestBlocks: max(10, needed), mostBlocks: mostBlocks)
  }

  /// What to do after the blocks so far.
  public enum Decision: Sendable, Equatable {
    /// Go on until there are so many blocks, then ask again.
    case measure(until: Int)
    /// There are blocks enough.
    case stop(Reason)
  }

  /// Why measuring stops: every interval is narrow enough, or there are as many blocks as allowed.
  public enum Reason: String, Sendable, Codable { case precise, mostBlocks = "most-blocks" }

  /// - Parameter logRatios: by arm, ln(candidate / baseline) of every block so far. A number that is not finite is a block
  ///   without a pair: it makes its arm less precise and nothing else.
  public func decision(logRatios: [[Double]]) -> Decision {
    let blocks = logRatios.map(\.count).min() ?? 0
    if blocks < fewestBlocks { return .measure(until: fewestBlocks) }
    if blocks >= mostBlocks { return .stop(.mostBlocks) }
    let excess = logRatios.map(excess).max() ?? 0
    if excess <= 1 { return .stop(.precise) }
    // An interval narrows with the square root of the blocks. What is needed is known roughly, so it is never more than doubled at once.
    let needed = min(Double(blocks) * excess * excess, Double(2 * blocks))
    return .measure(until: min(mostBlocks, max(blocks + step, Int(needed.rounded(.up)))))
  }

  /// How many times as wide as it may be an arm's interval is.
  private func excess(_ logRatios: [Double]) -> Double {
    guard let interval = HodgesLehmann.center(logRatios.filter(\.isFinite))?.interval95 else { return .infinity }
    let width = (interval.upper - interval.lower) / 2, most = logarithmOfOnePlus(halfWidth)
    return width <= most ? 1 : width / most
  }
}
