/// What the specification (3.0) and proposals have that this engine does not: a module that needs it may well be valid.
///
/// Only bytes that announce such a feature where they stand are known here; any other byte that we have no meaning for is malformed.
enum MissingFeature: String {
  case severalMemories = "several memories"
  case wideMemories = "64-bit memories and tables"
  case threads = "atomic instructions and shared memories"
  case exceptions = "exceptions"
  case typedReferences = "typed function references"
  case garbageCollection = "garbage-collected types"
  case relaxedVectors = "relaxed vector instructions"

  /// - Parameter code: the one byte of a value, reference or heap type (5.3.1 to 5.3.5).
  init?(type code: UInt8) {
    switch code {
    case 0x63, 0x64: self = .typedReferences
    case 0x69, 0x74: self = .exceptions
    case 0x6A...0x6E, 0x71...0x73: self = .garbageCollection
    default: return nil
    }
  }

  /// - Parameter form: the first byte of a type definition (5.3.8 to 5.3.9).
  init?(definition form: UInt8) {
    switch form {
    case 0x4E...0x50, 0x5E, 0x5F: self = .garbageCollection
    default: return nil
    }
  }

  /// - Parameter flags: the first byte of limits (5.3.12).
  init?(limits flags: UInt8) {
    switch flags {
    case 2, 3: self = .threads
    case 4...7: self = .wideMemories
    default: return nil
    }
  }

  /// - Parameter number: what follows the byte, where that is a prefix (5.4).
  init?(opcode byte: UInt8, _ number: UInt32) {
    switch (byte, number) {
    case (0x06...0x0A, _), (0x18...0x19, _), (0x1F, _): self = .exceptions
    case (0x14...0x15, _), (0xD4...0xD6, _): self = .typedReferences
    case (0xD3, _), (0xFB, 0...30): self = .garbageCollection
    case (0xFD, 0x100...0x113): self = .relaxedVectors
    case (0xFE, 0...0x4E): self = .threads
    default: return nil
    }
  }
}

extension ModuleError {
  /// A module that needs what this engine does not have. `place` says what announces it.
  static func missing(_ feature: MissingFeature, at offset: Int, _ place: String) -> ModuleError {
    ModuleError(.unsupported, at: offset, "needs \(feature.rawValue) (\(place))")
  }

  /// A module beyond our own limits (`ImplementationLimits`), which the specification's appendix allows an engine to have.
  static func limit(at offset: Int, _ message: String) -> ModuleError {
    ModuleError(.unsupported, at: offset, "implementation limit: \(message)")
  }
}

extension ByteReader {
  /// An error about the opcode that was just read and that we have no meaning for.
  ///
  /// - Parameter start: offset of its first byte; a prefix's number is behind it.
  @inline(never)
  func illegalOpcode(from start: Int) -> ModuleError {
    var rest = self
    rest.seek(start + 1)
    let byte = self.start[start]
    let number = 0xFB...0xFE ~= byte ? (try? rest.u32()) ?? .max : 0
    let bytes = (start..<rest.offset).map { String(self.start[$0], radix: 16) }.joined(separator: " ")
    if let feature = MissingFeature(opcode: byte, number) { return .missing(feature, at: start, "opcode \(bytes)") }
    return ModuleError(.malformed, at: start, "illegal opcode \(bytes)")
  }
}
