/// Walks over the fields of one message (proto3 encoding).
///
/// A reader does not own its bytes: they must outlive it and its fields.
public struct MessageReader {
  @usableFromInline let bytes: UnsafeRawBufferPointer
  /// Where `bytes` begins in the outermost message.
  @usableFromInline let base: Int
  @usableFromInline var position = 0

  /// At the start of `bytes`.
  /// - Parameter base: where they begin in the outermost message; errors count from there.
  @inlinable
  public init(_ bytes: UnsafeRawBufferPointer, base: Int = 0) {
    self.bytes = bytes
    self.base = base
  }

  /// Whether nothing is left.
  @inlinable
  public var isAtEnd: Bool { position == bytes.count }

  /// The next field, or nil at the end.
  /// - Throws: `WireError` where the bytes are no field.
  public mutating func next() throws(WireError) -> Field? {
    guard position < bytes.count else { return nil }
    let start = position
    let key = try varint()
    let number = key >> 3
    guard number >= 1, number < 1 << 29 else { throw WireError(.fieldNumber, at: base + start) }
    switch UInt8(truncatingIfNeeded: key & 7) {
    case WireType.varint.rawValue:
      let valueStart = position
      return field(number, .varint, at: valueStart, bits: try varint())
    case WireType.lengthDelimited.rawValue:
      let length = try varint()
      guard length <= UInt64(bytes.count - position) else { throw WireError(.truncated, at: base + start) }
      return field(number, .lengthDelimited, at: position, content: take(Int(length)))
    case WireType.eightBytes.rawValue: return field(number, .eightBytes, at: position, bits: try littleEndian(8))
    case WireType.fourBytes.rawValue: return field(number, .fourBytes, at: position, bits: try littleEndian(4))
    case 3, 4: throw WireError(.group, at: base + start)
    case let other: throw WireError(.wireType(other), at: base + start)
    }
  }

  /// The next number: seven bits a byte, the least significant first, the top bit set on all but the last byte.
  /// - Throws: `WireError` where it goes on beyond 10 bytes or 64 bits, or the bytes end.
  public mutating func varint() throws(WireError) -> UInt64 {
    let start = position
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      // The tenth byte has room for the 64th bit alone.
      guard shift < 63 || byte <= 1 else { throw WireError(.varintTooLong, at: base + start) }
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    throw WireError(.truncated, at: base + start)
  }

  private mutating func littleEndian(_ count: Int) throws(WireError) -> UInt64 {
    guard count <= bytes.count - position else { throw WireError(.truncated, at: base + position) }
    var value: UInt64 = 0
    for index in 0..<count { value |= UInt64(bytes[position + index]) << UInt64(8 * index) }
    position += count
    return value
  }

  private mutating func take(_ count: Int) -> UnsafeRawBufferPointer {
    defer { position += count }
    return UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])
  }

  private func field(
    _ number: UInt64, _ type: WireType, at start: Int, bits: UInt64 = 0,
    content: UnsafeRawBufferPointer = UnsafeRawBufferPointer(start: nil, count: 0)
  ) -> Field {
    Field(number: Int(number), type: type, offset: base + start, bits: bits, content: content)
  }
}
