/// Why bytes are no module we can run: the first defect found, and where.
///
/// Messages begin with the words of the specification's reference interpreter, so that test scripts can compare them by prefix.
public struct ModuleError: Error, Equatable, CustomStringConvertible {
  /// What is wrong, as far as callers react to it differently.
  public enum Kind: Sendable, Equatable {
    /// The bytes do not follow the binary format (5).
    case malformed
    /// The module breaks a validation rule (3).
    case invalid
    /// The module needs a feature that this engine does not have, or more than its limits allow: nothing is said of its validity.
    case unsupported
    /// The bytes cannot be had: no such file, a directory, an empty file, …
    case unreadable
    /// There is no memory for it.
    case tooLarge
  }

  /// Says whether `offset` means anything and how `description` begins.
  public var kind: Kind
  /// Byte offset in the module where the defect was noticed; 0 if unreadable or too large.
  public var offset: Int
  /// One line without the place; never the kind.
  public var message: String

  /// - Parameter offset: in bytes from the module's start.
  public init(_ kind: Kind, at offset: Int = 0, _ message: String) {
    self.kind = kind
    self.offset = offset
    self.message = message
  }

  public var description: String {
    switch kind {
    case .malformed: "malformed module: \(message), at byte 0x\(String(offset, radix: 16))"
    case .invalid: "invalid module: \(message), at byte 0x\(String(offset, radix: 16))"
    case .unsupported: "unsupported module: \(message), at byte 0x\(String(offset, radix: 16))"
    case .unreadable, .tooLarge: message
    }
  }
}
