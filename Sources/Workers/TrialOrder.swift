/// The order of the arms inside a block.
///
/// Drawn by Fisher-Yates from SplitMix64 (Steele, Lea, Flood 2014), whose state starts at
/// `seed + FNV-1a64(workload name) + (block index + 1) × 0x9E3779B97F4A7C15`, all modulo 2^64, and takes one step before the first draw.
/// The order depends on nothing else, so that a resumed or repeated run has the same orders.
public enum TrialOrder {
  /// The arms in the order of this block.
  public static func shuffled(_ arms: [String], seed: UInt64, workload: String, block: Int) -> [String] {
    let offset = (UInt64(bitPattern: Int64(block)) &+ 1) &* SplitMix64.increment
    var generator = SplitMix64(state: seed &+ nameHash(workload) &+ offset)
    _ = generator.next()
    var result = arms
    for last in stride(from: result.count - 1, to: 0, by: -1) {
      result.swapAt(last, generator.below(UInt64(last) + 1))
    }
    return result
  }

  /// FNV-1a, 64 bits.
  static func nameHash(_ name: String) -> UInt64 {
    name.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}

/// Sebastiano Vigna's splitmix64: 64 bits of state, every value once per period.
struct SplitMix64 {
  static let increment: UInt64 = 0x9e37_79b9_7f4a_7c15
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= Self.increment
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// Evenly distributed below `bound`: draws that would favour small numbers are thrown away.
  mutating func below(_ bound: UInt64) -> Int {
    let uneven = (0 &- bound) % bound
    while true {
      let (high, low) = next().multipliedFullWidth(by: bound)
      if low >= uneven { return Int(high) }
    }
  }
}
