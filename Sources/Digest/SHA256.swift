/// SHA-256 (FIPS 180-4), in pieces: `update` any number of times, then `finish` once.
///
/// A digest holds its state inline and allocates nothing; it is a value, so a copy continues on its own.
public struct SHA256: Sendable {
  private var state: SIMD8<UInt32> = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]
  /// Bytes that do not fill a block yet.
  private var pending: SIMD64<UInt8> = .zero
  private var pendingCount = 0
  private var byteCount: UInt64 = 0

  /// The state before the first byte (FIPS 180-4, 5.3.3).
  public init() {}

  /// The digest of some bytes as 64 lower-case hexadecimal digits.
  public static func hexadecimal(of bytes: some Sequence<UInt8>) -> String {
    var digest = SHA256()
    if bytes.withContiguousStorageIfAvailable({ digest.update(UnsafeRawBufferPointer($0)) }) == nil {
      Array(bytes).withUnsafeBytes { digest.update($0) }
    }
    return digest.finish().hexadecimal
  }

  /// Takes the next bytes of the message.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    guard var next = bytes.baseAddress else { return }
    var rest = bytes.count
    byteCount &+= UInt64(rest)
    if pendingCount > 0 {
      let taken = min(64 - pendingCount, rest)
      withUnsafeMutableBytes(of: &pending) {
        ($0.baseAddress! + pendingCount).copyMemory(from: next, byteCount: taken)
      }
      pendingCount += taken
      next += taken
      rest -= taken
      guard pendingCount == 64 else { return }
      withUnsafeBytes(of: pending) { SHA256Block.absorb($0.baseAddress!, blocks: 1, into: &state) }
      pendingCount = 0
    }
    SHA256Block.absorb(next, blocks: rest / 64, into: &state)
    next += rest & ~63
    rest &= 63
    if rest > 0 {
      withUnsafeMutableBytes(of: &pending) { $0.baseAddress!.copyMemory(from: next, byteCount: rest) }
      pendingCount = rest
    }
  }

  /// Takes the next bytes of the message.
  public mutating func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { update($0) } }

  /// Ends the message (5.1.1: a one bit, zeros, the length in bits) and gives its digest.
  public consuming func finish() -> Value {
    let bitCount = byteCount &* 8
    var padding: SIMD64<UInt8> = .zero
    padding[0] = 0x80
    let zeros = (pendingCount < 56 ? 56 : 120) - pendingCount
    withUnsafeBytes(of: padding) { update(UnsafeRawBufferPointer(rebasing: $0[..<zeros])) }
    withUnsafeBytes(of: bitCount.bigEndian) { update($0) }
    return Value(words: state)
  }

  /// A finished digest: 32 bytes.
  public struct Value: Sendable, Equatable, CustomStringConvertible {
    fileprivate let words: SIMD8<UInt32>

    /// The digest's 32 bytes, the first word's most significant byte first.
    public var bytes: [UInt8] {
      (0..<32).map { UInt8(truncatingIfNeeded: words[$0 / 4] >> UInt32(24 - $0 % 4 * 8)) }
    }

    /// 64 lower-case hexadecimal digits.
    public var hexadecimal: String {
      let digits = Array("0123456789abcdef".utf8)
      return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    public var description: String { hexadecimal }
  }
}
