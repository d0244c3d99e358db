/// The compression function (FIPS 180-4, 6.2.2), over whole blocks of 64 bytes.
///
/// The eight working variables stay in registers: instead of moving them after each round, eight rounds are written out
/// with their names rotated. The whole message schedule is laid out before them.
enum SHA256Block {
  /// - Parameter bytes: `64 * blocks` readable bytes.
  static func absorb(_ bytes: UnsafeRawPointer, blocks: Int, into state: inout SIMD8<UInt32>) {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { schedule in
      roundConstants.withUnsafeBufferPointer { constants in
        let w = schedule.baseAddress!
        let k = constants.baseAddress!
        var block = bytes
        for _ in 0..<blocks {
          lay(block, w, k)
          compress(w, &state)
          block += 64
        }
      }
    }
  }

  /// The message schedule (6.2.2, step 1), each word with its round's constant already added.
  @inline(__always)
  private static func lay(_ block: UnsafeRawPointer, _ w: UnsafeMutablePointer<UInt32>, _ k: UnsafePointer<UInt32>) {
    var t = 0
    while t < 16 {
      w[t] = UInt32(bigEndian: block.loadUnaligned(fromByteOffset: 4 &* t, as: UInt32.self))
      t &+= 1
    }
    while t < 64 {
      let old15 = w[t &- 15]
      let old2 = w[t &- 2]
      let sigma0 = rotate(old15, 7) ^ rotate(old15, 18) ^ (old15 &>> 3)
      let sigma1 = rotate(old2, 17) ^ rotate(old2, 19) ^ (old2 &>> 10)
      w[t] = w[t &- 16] &+ sigma0 &+ w[t &- 7] &+ sigma1
      t &+= 1
    }
    for t in 0..<64 { w[t] = w[t] &+ k[t] }
  }

  /// The 64 rounds (6.2.2, steps 2 to 4).
  @inline(__always)
  private static func compress(_ w: UnsafePointer<UInt32>, _ state: inout SIMD8<UInt32>) {
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    var t = 0
    while t < 64 {
      round(a, b, c, &d, e, f, g, &h, w[t])
      round(h, a, b, &c, d, e, f, &g, w[t &+ 1])
      round(g, h, a, &b, c, d, e, &f, w[t &+ 2])
      round(f, g, h, &a, b, c, d, &e, w[t &+ 3])
      round(e, f, g, &h, a, b, c, &d, w[t &+ 4])
      round(d, e, f, &g, h, a, b, &c, w[t &+ 5])
      round(c, d, e, &f, g, h, a, &b, w[t &+ 6])
      round(b, c, d, &e, f, g, h, &a, w[t &+ 7])
      t &+= 8
    }
    state &+= SIMD8(a, b, c, d, e, f, g, h)
  }

  @inline(__always)
  private static func rotate(_ x: UInt32, _ count: UInt32) -> UInt32 { (x &>> count) | (x &<< (32 &- count)) }

  /// One round; `word` is the schedule's word with the round's constant.
  @inline(__always)
  private static func round(
    _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32, _ e: UInt32, _ f: UInt32, _ g: UInt32, _ h: inout UInt32,
    _ word: UInt32
  ) {
    let choice = g ^ (e & (f ^ g))
    let majority = (a & b) | (c & (a | b))
    let first = h &+ (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) &+ choice &+ word
    d = d &+ first
    h = first &+ (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) &+ majority
  }

  /// FIPS 180-4, 4.2.2: fractional parts of the cube roots of the first 64 primes.
  private static let roundConstants: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
    0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
    0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
    0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
    0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
    0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
    0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
  ]
}
