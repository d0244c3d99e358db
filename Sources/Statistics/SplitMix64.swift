/// Steele, Lea and Flood's SplitMix64 (OOPSLA 2014): small, seedable with any number, the same in every language.
public struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// Any seed is as good as another, zero included.
  public init(seed: UInt64) { state = seed }

  /// Every number of 64 bits comes once in the period of 2^64.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number in 0..<count: the high half of the product, without rejection, so that one call takes one number. The bias
  /// is below count / 2^64.
  public mutating func index(_ count: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(count)).high)
  }
}
