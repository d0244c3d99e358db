/// A value type (WebAssembly 2.0, 5.3.1 to 5.3.4). A struct over its binary code, so that typed references find their place later.
public struct ValueType: Equatable, Hashable, Sendable, CustomStringConvertible {
  /// The type's byte in the binary format.
  public let code: UInt32

  /// Does not check that there is a type of this code: `description` names unknown ones by number.
  @inlinable
  public init(code: UInt32) { self.code = code }

  /// Number type (5.3.1); the same for signed and unsigned integers.
  public static let i32 = ValueType(code: 0x7F)
  /// Number type (5.3.1); the same for signed and unsigned integers.
  public static let i64 = ValueType(code: 0x7E)
  /// Number type (5.3.1): IEEE 754 binary32.
  public static let f32 = ValueType(code: 0x7D)
  /// Number type (5.3.1): IEEE 754 binary64.
  public static let f64 = ValueType(code: 0x7C)
  /// Vector type (5.3.2): 128 bits, two slots.
  public static let v128 = ValueType(code: 0x7B)
  /// Reference type (5.3.3): a function of any type, or null.
  public static let funcref = ValueType(code: 0x70)
  /// Reference type (5.3.3): the host's own value, or null.
  public static let externref = ValueType(code: 0x6F)

  /// True for `funcref` and `externref`, the types that a table's elements may have (5.3.3).
  public var isReference: Bool { self == .funcref || self == .externref }

  /// How many 64-bit slots a value takes in frames, globals and host calls.
  public var slotCount: Int { self == .v128 ? 2 : 1 }

  public var description: String {
    switch code {
    case 0x7F: "i32"
    case 0x7E: "i64"
    case 0x7D: "f32"
    case 0x7C: "f64"
    case 0x7B: "v128"
    case 0x70: "funcref"
    case 0x6F: "externref"
    default: "type 0x\(String(code, radix: 16))"
    }
  }
}

extension Sequence where Element == ValueType {
  /// How many slots values of these types take together.
  var slotCount: Int { reduce(0) { $0 + $1.slotCount } }
}

/// A function type (5.3.6).
public struct FunctionType: Equatable, Hashable, Sendable, CustomStringConvertible {
  /// Arguments, the first one first: the deepest on the operand stack.
  public var parameters: List<ValueType>
  /// More than one is allowed (multi-value); the last one is on top of the operand stack.
  public var results: List<ValueType>

  /// - Parameters: as the properties of the same names.
  public init(_ parameters: List<ValueType>, _ results: List<ValueType>) {
    self.parameters = parameters
    self.results = results
  }

  /// The same, from arrays; no results where none are given.
  public init(_ parameters: [ValueType], _ results: [ValueType] = []) { self.init(List(parameters), List(results)) }

  /// Neither parameters nor results.
  public init() { self.init(List(), List()) }

  public var description: String {
    "(\(parameters.map(\.description).joined(separator: " "))) -> (\(results.map(\.description).joined(separator: " ")))"
  }
}

/// Size limits of a table (elements) or a memory (pages of 64 KiB) (5.3.7).
public struct Limits: Equatable, Hashable, Sendable {
  /// At least so many; in the type of a living table or memory, its present size.
  public var minimum: UInt64
  /// Nil: no bound but the engine's own.
  public var maximum: UInt64?
  /// Does not check that `minimum` is at most `maximum`; decoding does (3.2.1).
  public init(minimum: UInt64, maximum: UInt64? = nil) {
    self.minimum = minimum
    self.maximum = maximum
  }
}

/// A memory type (5.3.8): limits in pages of 64 KiB.
public struct MemoryType: Equatable, Hashable, Sendable {
  /// In pages; a valid module asks for at most 65536 (3.2.5).
  public var limits: Limits
  /// - Parameter limits: in pages, not in bytes.
  public init(limits: Limits) { self.limits = limits }
}

/// A table type (5.3.9): limits in elements.
public struct TableType: Equatable, Hashable, Sendable {
  /// `funcref` or `externref`.
  public var element: ValueType
  /// In elements, not in bytes.
  public var limits: Limits
  /// - Parameters: as the properties of the same names.
  public init(element: ValueType, limits: Limits) {
    self.element = element
    self.limits = limits
  }
}

/// A global type (5.3.10).
public struct GlobalType: Equatable, Hashable, Sendable {
  /// Type of the content.
  public var value: ValueType
  /// False for a constant, which neither `global.set` nor `Global.set` changes.
  public var isMutable: Bool
  /// - Parameters: as the properties of the same names.
  public init(value: ValueType, isMutable: Bool) {
    self.value = value
    self.isMutable = isMutable
  }
}
