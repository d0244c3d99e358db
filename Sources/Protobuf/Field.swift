/// One field of a message as it was met: its number, its layout and its value, which is asked for by type.
///
/// A field points into the bytes it was read from: it must not outlive them.
public struct Field {
  /// From 1 to 2^29 - 1; what it means is the message's.
  public let number: Int
  /// How the value is laid out.
  public let type: WireType
  /// Bytes from the start of the outermost message to the value, without its length.
  public let offset: Int
  /// The value of a varint or of four or eight bytes.
  @usableFromInline let bits: UInt64
  /// The value of a length-delimited field.
  @usableFromInline let content: UnsafeRawBufferPointer

  /// - Throws: unless the value is laid out so.
  @inlinable
  func expect(_ expected: WireType) throws(WireError) {
    guard type == expected else { throw WireError(.unexpectedType(field: number), at: offset) }
  }

  /// A `uint64`.
  @inlinable
  public func uint64() throws(WireError) -> UInt64 {
    try expect(.varint)
    return bits
  }

  /// An `int64`.
  @inlinable
  public func int64() throws(WireError) -> Int64 { Int64(bitPattern: try uint64()) }

  /// A `uint32`. Of more than 32 bits the lower ones count, as the encoding says.
  @inlinable
  public func uint32() throws(WireError) -> UInt32 { UInt32(truncatingIfNeeded: try uint64()) }

  /// An `int32` or an enumeration, of which a negative one comes as 64 bits. Of more than 32 bits the lower ones count.
  @inlinable
  public func int32() throws(WireError) -> Int32 { Int32(truncatingIfNeeded: try uint64()) }

  /// A `bool`: everything but 0 is true.
  @inlinable
  public func bool() throws(WireError) -> Bool { try uint64() != 0 }

  /// A `fixed64`.
  @inlinable
  public func fixed64() throws(WireError) -> UInt64 {
    try expect(.eightBytes)
    return bits
  }

  /// A `string`.
  /// - Throws: where it is not UTF-8, too.
  public func string() throws(WireError) -> String {
    try expect(.lengthDelimited)
    guard let text = String(validating: content, as: UTF8.self) else { throw WireError(.invalidUTF8(field: number), at: offset) }
    return text
  }

  /// A `bytes`, copied.
  public func bytes() throws(WireError) -> [UInt8] {
    try expect(.lengthDelimited)
    return [UInt8](content)
  }

  /// The content of any length-delimited value where it lies, valid as long as the bytes the field was read from.
  @inlinable
  public func rawBytes() throws(WireError) -> UnsafeRawBufferPointer {
    try expect(.lengthDelimited)
    return content
  }

  /// The fields of a nested message.
  @inlinable
  public func reader() throws(WireError) -> MessageReader {
    try expect(.lengthDelimited)
    return MessageReader(content, base: offset)
  }

  /// A nested message.
  @inlinable
  public func message<Nested: Message>(_ type: Nested.Type = Nested.self) throws(WireError) -> Nested {
    var nested = Nested()
    try nested.merge(try reader())
    return nested
  }

  /// Merges a nested message into one that may have been met before: the encoding allows to send it in parts.
  @inlinable
  public func merge<Nested: Message>(into nested: inout Nested?) throws(WireError) {
    let reader = try reader()
    var merged = nested ?? Nested()
    nested = nil
    try merged.merge(reader)
    nested = merged
  }

  /// Appends a repeated `uint64`: one number, or many of them packed into one value.
  public func append(to numbers: inout [UInt64]) throws(WireError) {
    guard type == .lengthDelimited else {
      numbers.append(try uint64())
      return
    }
    var packed = try reader()
    while !packed.isAtEnd { numbers.append(try packed.varint()) }
  }
}
