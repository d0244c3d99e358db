/// Appends the fields of messages to an array of bytes (proto3 encoding).
///
/// A field at its default (0, false, empty) is left out, as proto3 does, unless `always` is set.
public struct MessageWriter: Sendable {
  /// What has been written.
  public private(set) var bytes: [UInt8]

  /// - Parameter bytes: what is to stand in front of the first field, such as the room for a frame's header.
  public init(after bytes: [UInt8] = []) { self.bytes = bytes }

  /// A `uint64`.
  public mutating func field(_ number: Int, _ value: UInt64, always: Bool = false) {
    guard value != 0 || always else { return }
    key(number, .varint)
    varint(value)
  }

  /// A `uint32`.
  public mutating func field(_ number: Int, _ value: UInt32, always: Bool = false) { field(number, UInt64(value), always: always) }

  /// An `int64`.
  public mutating func field(_ number: Int, _ value: Int64, always: Bool = false) {
    field(number, UInt64(bitPattern: value), always: always)
  }

  /// An `int32` or an enumeration; a negative one is sent as 64 bits.
  public mutating func field(_ number: Int, _ value: Int32, always: Bool = false) { field(number, Int64(value), always: always) }

  /// A `bool`.
  public mutating func field(_ number: Int, _ value: Bool, always: Bool = false) { field(number, value ? 1 : 0 as UInt64, always: always) }

  /// A `fixed64`.
  public mutating func field(_ number: Int, fixed64 value: UInt64, always: Bool = false) {
    guard value != 0 || always else { return }
    key(number, .eightBytes)
    for index in 0..<8 as Range<UInt64> { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * index))) }
  }

  /// A `string`.
  public mutating func field(_ number: Int, _ value: String, always: Bool = false) {
    let text = value.utf8
    guard !text.isEmpty || always else { return }
    key(number, .lengthDelimited)
    varint(UInt64(text.count))
    bytes.append(contentsOf: text)
  }

  /// A `bytes`.
  public mutating func field(_ number: Int, _ value: [UInt8], always: Bool = false) {
    guard !value.isEmpty || always else { return }
    key(number, .lengthDelimited)
    varint(UInt64(value.count))
    bytes.append(contentsOf: value)
  }

  /// A repeated `string`; empty ones are items, too.
  public mutating func field(_ number: Int, _ values: [String]) {
    for value in values { field(number, value, always: true) }
  }

  /// A repeated `uint64`, packed.
  public mutating func field(_ number: Int, _ values: [UInt64]) {
    guard !values.isEmpty else { return }
    nested(number) { writer in
      for value in values { writer.varint(value) }
    }
  }

  /// A nested message. One that is there is written even when all of its fields are at their defaults.
  @inlinable
  public mutating func field<Nested: Message>(_ number: Int, _ value: Nested?) {
    guard let value else { return }
    nested(number) { value.write(to: &$0) }
  }

  /// Repeated nested messages, and the entries of a map.
  @inlinable
  public mutating func field<Nested: Message>(_ number: Int, _ values: [Nested]) {
    for value in values { nested(number) { value.write(to: &$0) } }
  }

  /// A length-delimited value whose content `body` writes.
  @inlinable
  public mutating func nested(_ number: Int, _ body: (inout MessageWriter) -> Void) {
    let start = open(number)
    body(&self)
    close(from: start)
  }

  /// Writes the key and room for a length of one byte, which nearly every nested message does with.
  /// - Returns: where the content begins.
  @usableFromInline
  mutating func open(_ number: Int) -> Int {
    key(number, .lengthDelimited)
    bytes.append(0)
    return bytes.count
  }

  /// Writes the length of what has been appended since `start`, and moves that if the length needs more than its byte.
  @usableFromInline
  mutating func close(from start: Int) {
    var length = UInt64(bytes.count - start)
    guard length >= 0x80 else {
      bytes[start - 1] = UInt8(length)
      return
    }
    bytes[start - 1] = UInt8(length & 0x7F) | 0x80
    length >>= 7
    let more = (64 - length.leadingZeroBitCount + 6) / 7
    bytes.insert(contentsOf: repeatElement(0x80, count: more), at: start)
    for index in start..<start + more {
      bytes[index] |= UInt8(length & 0x7F)
      length >>= 7
    }
    bytes[start + more - 1] &= 0x7F
  }

  /// Overwrites bytes that have been written before: the room in front of the first field.
  /// - Precondition: as many bytes are there.
  public mutating func overwrite(at offset: Int, with replacement: some Collection<UInt8>) {
    bytes.replaceSubrange(offset..<offset + replacement.count, with: replacement)
  }

  private mutating func key(_ number: Int, _ type: WireType) {
    precondition(number >= 1 && number < 1 << 29, "a field number is out of range")
    varint(UInt64(number) << 3 | UInt64(type.rawValue))
  }

  private mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
