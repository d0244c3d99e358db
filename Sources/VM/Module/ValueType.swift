/// A value type (WebAssembly 2.0, 5.3.1 to 5.3.4). A struct over its binary code, so that typed references find their place later.
public struct ValueType: Equatable, Hashable, Sendable, CustomStringConvertible {
  /// The type's byte in the binary format.
  public let code: UInt32

  @inlinable
  public init(code: UInt32) { self.code = code }

  public static let i32 = ValueType(code: 0x7F)
  public static let i64 = ValueType(code: 0x7E)
  public static let f32 = ValueType(code: 0x7D)
  public static let f64 = ValueType(code: 0x7C)
  public static let v128 = ValueType(code: 0x7B)
  public static let funcref = ValueType(code: 0x70)
  public static let externref = ValueType(code: 0x6F)

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
  public var parameters: [ValueType]
  public var results: [ValueType]

  public init(_ parameters: [ValueType] = [], _ results: [ValueType] = []) {
    self.parameters = parameters
    self.results = results
  }

  public var description: String {
    "(\(parameters.map(\.description).joined(separator: " "))) -> (\(results.map(\.description).joined(separator: " ")))"
  }
}

/// Size limits of a table (elements) or a memory (pages of 64 KiB) (5.3.7).
public struct Limits: Equatable, Hashable, Sendable {
  public var minimum: UInt64
  public var maximum: UInt64?
  public init(minimum: UInt64, maximum: UInt64? = nil) {
    self.minimum = minimum
    self.maximum = maximum
  }
}

/// A memory type (5.3.8): limits in pages of 64 KiB.
public struct MemoryType: Equatable, Hashable, Sendable {
  public var limits: Limits
  public init(limits: Limits) { self.limits = limits }
}

/// A table type (5.3.9): limits in elements.
public struct TableType: Equatable, Hashable, Sendable {
  public var element: ValueType
  public var limits: Limits
  public init(element: ValueType, limits: Limits) {
    self.element = element
    self.limits = limits
  }
}

/// A global type (5.3.10).
public struct GlobalType: Equatable, Hashable, Sendable {
  public var value: ValueType
  public var isMutable: Bool
  public init(value: ValueType, isMutable: Bool) {
    self.value = value
    self.isMutable = isMutable
  }
}
