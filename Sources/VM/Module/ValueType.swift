/// A value type (5.3.1 to 5.3.5): a number in 32 bits that two types share exactly when they are equal, also across modules.
///
/// The lowest byte is the type's code in the binary format, of a nullable reference the short form's. Bit 8 says that a reference is never
/// null. A reference to a defined type has the byte 0x63 and the type's canonical number (`TypeRegistry`) from bit 9 on.
public struct ValueType: Equatable, Hashable, Sendable, CustomStringConvertible {
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
  /// Reference type (5.3.4): a function of any type, or null.
  public static let funcref = ValueType(code: 0x70)
  /// Reference type (5.3.4): the host's own value, or null.
  public static let externref = ValueType(code: 0x6F)
  /// Reference type (5.3.4): anything that lives in the guest's heap, a small integer or an internalised host value, or null.
  public static let anyref = ValueType(code: 0x6E)
  /// Reference type (5.3.4): what `ref.eq` compares.
  public static let eqref = ValueType(code: 0x6D)
  /// Reference type (5.3.4): an integer of 31 bits, or null.
  public static let i31ref = ValueType(code: 0x6C)
  /// Reference type (5.3.4): any structure, or null.
  public static let structref = ValueType(code: 0x6B)
  /// Reference type (5.3.4): any array, or null.
  public static let arrayref = ValueType(code: 0x6A)
  /// Reference type (5.3.4): a thrown exception, or null.
  public static let exnref = ValueType(code: 0x69)
  /// Reference type (5.3.4): null alone, below every type of `anyref`.
  public static let nullref = ValueType(code: 0x71)
  /// Reference type (5.3.4): null alone, below `externref`.
  public static let nullexternref = ValueType(code: 0x72)
  /// Reference type (5.3.4): null alone, below `funcref`.
  public static let nullfuncref = ValueType(code: 0x73)
  /// Reference type (5.3.4): null alone, below `exnref`.
  public static let nullexnref = ValueType(code: 0x74)

  /// Packed storage types (5.3.8): fields of structures and arrays only.
  static let packedI8 = ValueType(code: 0x78)
  static let packedI16 = ValueType(code: 0x77)

  /// The lowest byte of a reference to a defined type.
  static let definedByte: UInt32 = 0x63
  /// The lowest byte of a reference to a type of the recursion group being read, by its place in the group.
  static let recursiveByte: UInt32 = 0x62
  static let nonNullBit: UInt32 = 0x100
  static let numberShift: UInt32 = 9

  /// A reference to a defined type.
  init(defined number: UInt32, isNullable: Bool) {
    code = Self.definedByte | (isNullable ? 0 : Self.nonNullBit) | number << Self.numberShift
  }

  /// A reference to a type of the recursion group being read.
  init(recursive place: UInt32, isNullable: Bool) {
    code = Self.recursiveByte | (isNullable ? 0 : Self.nonNullBit) | place << Self.numberShift
  }

  /// True for every type of references, the types that a table's elements may have (5.3.5).
  public var isReference: Bool { Self.definedByte - 1...0x74 ~= code & 0xFF }

  /// Whether null is among the references of the type.
  public var isNullable: Bool { code & Self.nonNullBit == 0 }
  /// The same references and null.
  public var nullable: ValueType { ValueType(code: code & ~Self.nonNullBit) }
  /// The same references without null.
  public var nonNull: ValueType { ValueType(code: code | Self.nonNullBit) }
  /// The canonical number of the defined type referred to, or nil.
  var definedNumber: UInt32? { code & 0xFF == Self.definedByte ? code >> Self.numberShift : nil }
  /// Whether a value exists from the start (3.2.18): not of references that are never null.
  var isDefaultable: Bool { !isReference || isNullable }
  var isPacked: Bool { self == .packedI8 || self == .packedI16 }
  /// What a field of this storage type is on the operand stack (3.2.13).
  var unpacked: ValueType { isPacked ? .i32 : self }

  /// How many 64-bit slots a value takes in frames, globals and host calls.
  public var slotCount: Int { self == .v128 ? 2 : 1 }

  public var description: String {
    let name: String
    switch code & ~Self.nonNullBit {
    case 0x7F: name = "i32"
    case 0x7E: name = "i64"
    case 0x7D: name = "f32"
    case 0x7C: name = "f64"
    case 0x7B: name = "v128"
    case 0x78: name = "i8"
    case 0x77: name = "i16"
    case 0x69...0x74:
      let heap = Self.heapNames[Int(code & 0xFF) - 0x69]
      guard isNullable else { return "(ref \(heap))" }
      return heap.hasPrefix("no") ? "null\(heap == "none" ? "" : String(heap.dropFirst(2)))ref" : "\(heap)ref"
    default:
      guard let number = definedNumber else { return "type 0x\(String(code, radix: 16))" }
      return "(ref \(isNullable ? "null " : "")\(TypeRegistry.shared.row(number).pointee.kind.word) type \(number))"
    }
    return name
  }

  /// Abstract heap types (5.3.3), from 0x69 on.
  private static let heapNames = ["exn", "array", "struct", "i31", "eq", "any", "extern", "func", "none", "noextern", "nofunc", "noexn"]
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

/// Size limits of a table (elements) or a memory (pages) (5.3.12).
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

/// How wide a memory's addresses and a table's indices are (2.3.11).
public enum AddressType: UInt8, Sendable {
  case i32, i64
  /// The type of addresses on the operand stack.
  var valueType: ValueType { self == .i32 ? .i32 : .i64 }
}

/// A memory type (5.3.13): limits in pages.
public struct MemoryType: Equatable, Hashable, Sendable {
  /// In pages; a valid module asks for at most 4 GiB, with 64-bit addresses 2^64 bytes (3.2.16).
  public var limits: Limits
  public var address: AddressType
  /// Whether other threads may use the memory at the same time (threads proposal).
  public var isShared: Bool
  /// Binary logarithm of the bytes of a page: 16, or 0 (custom page sizes proposal).
  public var pageShift: UInt8
  /// - Parameter limits: in pages, not in bytes.
  public init(limits: Limits, address: AddressType = .i32, isShared: Bool = false, pageShift: UInt8 = 16) {
    self.limits = limits
    self.address = address
    self.isShared = isShared
    self.pageShift = pageShift
  }

  /// The greatest number of pages that addresses can reach (3.2.16).
  var mostPages: UInt64 {
    switch address {
    case .i32: pageShift == 0 ? UInt64(UInt32.max) : 1 << UInt64(32 - pageShift)
    case .i64: pageShift == 0 ? .max : 1 << UInt64(64 - pageShift)
    }
  }
}

/// A table type (5.3.14): limits in elements.
public struct TableType: Equatable, Hashable, Sendable {
  /// A type of references.
  public var element: ValueType
  /// In elements, not in bytes.
  public var limits: Limits
  public var address: AddressType
  /// - Parameters: as the properties of the same names.
  public init(element: ValueType, limits: Limits, address: AddressType = .i32) {
    self.element = element
    self.limits = limits
    self.address = address
  }
}

/// A global type (5.3.15).
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
