/// A protobuf message of proto3.
///
/// A conforming type says only which field is what: `take` reads one field, `write` writes all of them.
public protocol Message: Sendable {
  /// Every field at its default.
  init()

  /// Takes over what one field says. Fields with an unknown number are to be left alone.
  /// - Throws: `WireError` where a known field is laid out wrongly.
  mutating func take(_ field: Field) throws(WireError)

  /// Appends every field that is not at its default.
  func write(to writer: inout MessageWriter)
}

extension Message {
  /// Reads a message that fills `bytes`.
  /// - Throws: `WireError` for anything that is not a message, or not this one.
  @inlinable
  public init(reading bytes: UnsafeRawBufferPointer) throws(WireError) {
    self.init()
    try merge(MessageReader(bytes))
  }

  /// Reads a message that fills `bytes`.
  /// - Throws: `WireError` for anything that is not a message, or not this one.
  @inlinable
  public init(reading bytes: [UInt8]) throws(WireError) {
    self = try bytes.withUnsafeBufferPointer { (buffer) throws(WireError) in try Self(reading: UnsafeRawBufferPointer(buffer)) }
  }

  /// Reads a message that fills `bytes`. An error's offset counts from the start of the slice.
  /// - Throws: `WireError` for anything that is not a message, or not this one.
  @inlinable
  public init(reading bytes: ArraySlice<UInt8>) throws(WireError) {
    self = try bytes.withUnsafeBufferPointer { (buffer) throws(WireError) in try Self(reading: UnsafeRawBufferPointer(buffer)) }
  }

  /// Takes over every field of a further message of this type: the later of two values counts, lists grow, nested messages are merged.
  /// - Throws: `WireError`; what came before the trouble has been taken over.
  @inlinable
  public mutating func merge(_ reader: MessageReader) throws(WireError) {
    var reader = reader
    while let field = try reader.next() { try take(field) }
  }

  /// The message's bytes.
  @inlinable
  public func encode() -> [UInt8] {
    var writer = MessageWriter()
    write(to: &writer)
    return writer.bytes
  }
}
