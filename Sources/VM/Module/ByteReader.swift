/// Reads the elements of the binary format (5.2) from a module's bytes.
///
/// Invariant: `start <= cursor <= end`, and [start, end) is readable while the reader lives.
struct ByteReader {
  let start: UnsafePointer<UInt8>
  private(set) var cursor: UnsafePointer<UInt8>
  let end: UnsafePointer<UInt8>

  /// Reads a module, or a range of it; whoever calls keeps `bytes` alive.
  init(_ bytes: ModuleBytes, in range: Range<Int>? = nil) {
    let range = range ?? 0..<bytes.count
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count)
    start = bytes.base.assumingMemoryBound(to: UInt8.self)
    cursor = start + range.lowerBound
    end = start + range.upperBound
  }

  /// Byte offset in the module of what is read next.
  @inline(__always) var offset: Int { cursor - start }
  @inline(__always) var remaining: Int { end - cursor }

  /// Moves to a place inside the module.
  mutating func seek(_ offset: Int) {
    precondition(offset >= 0 && offset <= end - start)
    cursor = start + offset
  }

  /// The next byte, which stays; nil at the end.
  @inline(__always) var next: UInt8? { cursor < end ? cursor.pointee : nil }

  @inline(__always)
  mutating func byte() throws(ModuleError) -> UInt8 {
    guard _fastPath(cursor < end) else { throw endOfInput() }
    let byte = cursor.pointee
    cursor += 1
    return byte
  }

  /// The next byte, or nil at the end.
  @inline(__always)
  mutating func take() -> UInt8? {
    guard _fastPath(cursor < end) else { return nil }
    defer { cursor += 1 }
    return cursor.pointee
  }

  /// Skips `count` bytes and returns their range in the module.
  mutating func skip(_ count: Int) throws(ModuleError) -> Range<Int> {
    let first = offset
    guard count <= remaining else { throw endOfInput() }
    cursor += count
    return first..<first + count
  }

  // Integers in LEB128 (5.2.2). One byte is by far the most frequent length; the rest works on a copy, so that the reader itself can
  // live in registers.

  @inline(__always)
  mutating func u32() throws(ModuleError) -> UInt32 {
    if _fastPath(cursor < end && cursor.pointee < 0x80) {
      let byte = cursor.pointee
      cursor += 1
      return UInt32(byte)
    }
    var slow = self
    defer { self = slow }
    return UInt32(truncatingIfNeeded: try slow.unsigned(bits: 32))
  }

  @inline(__always)
  mutating func u64() throws(ModuleError) -> UInt64 {
    if _fastPath(cursor < end && cursor.pointee < 0x80) {
      let byte = cursor.pointee
      cursor += 1
      return UInt64(byte)
    }
    var slow = self
    defer { self = slow }
    return try slow.unsigned(bits: 64)
  }

  @inline(__always)
  mutating func s32() throws(ModuleError) -> Int32 {
    if _fastPath(cursor < end && cursor.pointee < 0x80) {
      let byte = cursor.pointee
      cursor += 1
      return Int32(Int8(bitPattern: byte << 1) >> 1)
    }
    var slow = self
    defer { self = slow }
    return Int32(truncatingIfNeeded: try slow.signed(bits: 32))
  }

  mutating func s33() throws(ModuleError) -> Int64 { try signed(bits: 33) }

  @inline(__always)
  mutating func s64() throws(ModuleError) -> Int64 {
    if _fastPath(cursor < end && cursor.pointee < 0x80) {
      let byte = cursor.pointee
      cursor += 1
      return Int64(Int8(bitPattern: byte << 1) >> 1)
    }
    var slow = self
    defer { self = slow }
    return try slow.signed(bits: 64)
  }

  @inline(never)
  private mutating func unsigned(bits: Int) throws(ModuleError) -> UInt64 {
    let first = offset
    var result: UInt64 = 0
    var shift = 0
    while true {
      let left = bits - shift
      guard left > 0 else { throw ModuleError(.malformed, at: first, "integer representation too long") }
      let byte = try byte()
      let payload = byte & 0x7F
      guard left >= 7 || payload < 1 << UInt8(left) else { throw ModuleError(.malformed, at: first, "integer too large") }
      result |= UInt64(payload) << UInt64(shift)
      if byte < 0x80 { return result }
      shift += 7
    }
  }

  @inline(never)
  private mutating func signed(bits: Int) throws(ModuleError) -> Int64 {
    let first = offset
    var result: Int64 = 0
    var shift = 0
    while true {
      let left = bits - shift
      guard left > 0 else { throw ModuleError(.malformed, at: first, "integer representation too long") }
      let byte = try byte()
      if left < 7 {
        // The bits beyond the integer must repeat its sign.
        let sign: UInt8 = (0x7F << UInt8(left - 1)) & 0x7F
        guard byte & sign == 0 || byte & sign == sign else { throw ModuleError(.malformed, at: first, "integer too large") }
      }
      result |= Int64(byte & 0x7F) << Int64(shift)
      shift += 7
      if byte < 0x80 {
        if shift < 64 && byte & 0x40 != 0 { result |= -1 << Int64(shift) }
        return result
      }
    }
  }

  // Floats as bit patterns (5.2.3), little endian.

  mutating func f32() throws(ModuleError) -> UInt32 { try word() }

  /// Four bytes, little endian.
  mutating func word() throws(ModuleError) -> UInt32 {
    guard remaining >= 4 else { throw endOfInput() }
    let bits = UnsafeRawPointer(cursor).loadUnaligned(as: UInt32.self)
    cursor += 4
    return UInt32(littleEndian: bits)
  }

  mutating func f64() throws(ModuleError) -> UInt64 {
    guard remaining >= 8 else { throw endOfInput() }
    let bits = UnsafeRawPointer(cursor).loadUnaligned(as: UInt64.self)
    cursor += 8
    return UInt64(littleEndian: bits)
  }

  /// 16 bytes, in two halves.
  mutating func v128() throws(ModuleError) -> (low: UInt64, high: UInt64) {
    let low = try f64()
    return (low, try f64())
  }

  /// The length of something that is counted in bytes.
  mutating func length() throws(ModuleError) -> Int {
    let first = offset
    let length = Int(try u32())
    guard length <= remaining else { throw ModuleError(.malformed, at: first, "length out of bounds") }
    return length
  }

  /// A name (5.2.4).
  mutating func name() throws(ModuleError) -> String {
    let length = try length()
    let first = offset
    let content = UnsafeBufferPointer(start: cursor, count: length)
    guard content.isValidUTF8 else { throw ModuleError(.malformed, at: first, "malformed UTF-8 encoding") }
    cursor += length
    return String(decoding: content, as: UTF8.self)
  }

  @inline(never)
  private func endOfInput() -> ModuleError {
    ModuleError(.malformed, at: end - start, "unexpected end of section or function")
  }
}
