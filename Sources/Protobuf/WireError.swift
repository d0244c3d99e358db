/// Bytes that are no message, or not this message: what is wrong and where.
public struct WireError: Error, CustomStringConvertible, Equatable, Sendable {
  /// What can be wrong.
  public enum Kind: Equatable, Sendable {
    /// The bytes end inside a key, a number or a value.
    case truncated
    /// A number of more than 10 bytes, or of more than 64 bits.
    case varintTooLong
    /// A key whose field number is 0 or above 2^29 - 1.
    case fieldNumber
    /// A group (wire types 3 and 4), which proto3 does not have.
    case group
    /// Wire type 6 or 7, which do not exist.
    case wireType(UInt8)
    /// A known field that is laid out in another way than its type is.
    case unexpectedType(field: Int)
    /// A string that is not UTF-8.
    case invalidUTF8(field: Int)
  }

  /// What is wrong.
  public var kind: Kind
  /// Bytes from the start of the outermost message to where the trouble begins.
  public var offset: Int

  /// - Parameter offset: bytes from the start of the outermost message.
  public init(_ kind: Kind, at offset: Int) {
    self.kind = kind
    self.offset = offset
  }

  public var description: String {
    switch kind {
    case .truncated: "the message ends too early (byte \(offset))"
    case .varintTooLong: "a number of more than 64 bits (byte \(offset))"
    case .fieldNumber: "a field number out of range (byte \(offset))"
    case .group: "a group (byte \(offset))"
    case .wireType(let type): "unknown wire type \(type) (byte \(offset))"
    case .unexpectedType(let field): "field \(field) is not laid out as its type is (byte \(offset))"
    case .invalidUTF8(let field): "field \(field) is not UTF-8 (byte \(offset))"
    }
  }
}
