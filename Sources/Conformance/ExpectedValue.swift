import JSON
import VM

/// What an assertion accepts as a result.
indirect enum ExpectedValue {
  /// Exactly this one; floats bit by bit.
  case value(Value)
  /// A NaN whose payload is the canonical one, of either sign.
  case canonicalNaN(ValueType)
  /// A NaN whose quiet bit is set, of either sign.
  case arithmeticNaN(ValueType)
  /// A vector of float lanes, each of this many bits, that match one by one.
  case lanes([ExpectedValue], bits: Int)
  /// A reference that is not null.
  case anyReference(ValueType)
  /// An object or a small integer, of the kind that the type says.
  case object(ValueType)
  /// A number of the host's as an internal reference.
  case internalNumber(UInt64)
  /// Null, of any type, or of one hierarchy.
  case anyNull
  case null(ValueType)
  case either([ExpectedValue])
  /// A type that the machine has no values of: nothing matches.
  case unsupported(String)

  init(_ json: JSONValue, _ line: Int) throws(ScriptError) {
    guard let type = json["type"]?.string else { throw ScriptError(description: "line \(line): a value without a type") }
    let text = json["value"]?.string
    func bits<T: FixedWidthInteger & UnsignedInteger>(_ type: T.Type) throws(ScriptError) -> T {
      // Integers come signed from one converter and unsigned from another.
      guard let text, let bits = T(text) ?? Int64(text).flatMap({ $0 < 0 ? T(truncatingIfNeeded: $0) : nil }) else {
        throw ScriptError(description: "line \(line): '\(text ?? "")' is not a value of \(T.bitWidth) bits")
      }
      return bits
    }
    switch (type, text) {
    case ("i32", _): self = .value(.i32(try bits(UInt32.self)))
    case ("i64", _): self = .value(.i64(try bits(UInt64.self)))
    case ("f32", "nan:canonical"): self = .canonicalNaN(.f32)
    case ("f64", "nan:canonical"): self = .canonicalNaN(.f64)
    case ("f32", "nan:arithmetic"): self = .arithmeticNaN(.f32)
    case ("f64", "nan:arithmetic"): self = .arithmeticNaN(.f64)
    case ("f32", _): self = .value(.f32(try bits(UInt32.self)))
    case ("f64", _): self = .value(.f64(try bits(UInt64.self)))
    case ("v128", _): self = try Self.vector(json, line)
    case ("anyref", "null"), ("eqref", "null"), ("i31ref", "null"), ("structref", "null"), ("arrayref", "null"), ("nullref", "null"):
      self = .value(.null(.anyref))
    case ("exnref", "null"), ("nullexnref", "null"): self = .value(.null(.exnref))
    case ("nullfuncref", "null"): self = .value(.funcref(nil))
    case ("nullexternref", "null"): self = .value(.externref(nil))
    case ("nullref", nil), ("nullfuncref", nil), ("nullexternref", nil), ("nullexnref", nil):
      self = .null(Self.hierarchies[type] ?? .anyref)
    case ("anyref", nil): self = .object(.anyref)
    case ("eqref", nil): self = .object(.eqref)
    case ("i31ref", nil): self = .object(.i31ref)
    case ("structref", nil): self = .object(.structref)
    case ("arrayref", nil): self = .object(.arrayref)
    case ("exnref", nil): self = .object(.exnref)
    case ("anyref", _): self = .internalNumber(try bits(UInt64.self))
    case ("funcref", "null"): self = .value(.funcref(nil))
    case ("externref", "null"): self = .value(.externref(nil))
    case ("funcref", _): self = .anyReference(.funcref)
    case ("externref", nil): self = .anyReference(.externref)
    case ("externref", _): self = .value(.externref(try bits(UInt64.self)))
    case ("refnull", _): self = .anyNull
    case ("either", _):
      var values: [ExpectedValue] = []
      for value in json["values"]?.array ?? [] { values.append(try ExpectedValue(value, line)) }
      self = .either(values)
    default: self = .unsupported(type)
    }
  }

  func matches(_ value: Value) -> Bool {
    switch (self, value) {
    case (.value(let expected), _): return expected == value
    case (.canonicalNaN(.f32), .f32(let bits)): return bits & 0x7FFF_FFFF == 0x7FC0_0000
    case (.canonicalNaN(.f64), .f64(let bits)): return bits & 0x7FFF_FFFF_FFFF_FFFF == 0x7FF8_0000_0000_0000
    case (.arithmeticNaN(.f32), .f32(let bits)): return bits & 0x7FC0_0000 == 0x7FC0_0000
    case (.arithmeticNaN(.f64), .f64(let bits)): return bits & 0x7FF8_0000_0000_0000 == 0x7FF8_0000_0000_0000
    case (.lanes(let lanes, let bits), .v128(let low, let high)): return Self.match(lanes, bits, low, high)
    case (.anyReference(.funcref), .funcref(let function)): return function != nil
    case (.anyReference(.externref), .externref(let number)): return number != nil
    case (.anyReference(.externref), .object(let reference)): return reference.type == .externref.nonNull
    case (.object(let type), .object(let reference)): return Self.matches(reference, type)
    case (.internalNumber(let number), .object(let reference)): return reference.kind == .host(number)
    case (.anyNull, .funcref(let function)): return function == nil
    case (.anyNull, .externref(let number)): return number == nil
    case (.anyNull, .null): return true
    case (.null(.funcref), .funcref(let function)): return function == nil
    case (.null(.externref), .externref(let number)): return number == nil
    case (.null(let type), .null(let hierarchy)): return type == hierarchy
    case (.either(let alternatives), _): return alternatives.contains { $0.matches(value) }
    default: return false
    }
  }

  private static let hierarchies: [String: ValueType] = [
    "nullref": .anyref, "nullfuncref": .funcref, "nullexternref": .externref, "nullexnref": .exnref,
  ]

  private static func matches(_ reference: ObjectReference, _ type: ValueType) -> Bool {
    switch reference.kind {
    case .i31: type == .i31ref || type == .eqref || type == .anyref
    case .structure: type == .structref || type == .eqref || type == .anyref
    case .array: type == .arrayref || type == .eqref || type == .anyref
    case .exception: type == .exnref
    case .host: type == .anyref
    }
  }
}

extension ExpectedValue: CustomStringConvertible {
  var description: String {
    switch self {
    case .value(let value): value.text
    case .canonicalNaN(let type): "\(type) nan:canonical"
    case .arithmeticNaN(let type): "\(type) nan:arithmetic"
    case .lanes(let lanes, let bits): "v128 of \(bits) bits a lane: \(lanes.map(\.description).joined(separator: ", "))"
    case .anyReference(let type): "\(type) not null"
    case .object(let type): "\(type) not null"
    case .internalNumber(let number): "anyref of the host's \(number)"
    case .anyNull: "null"
    case .null(let type): "\(type) null"
    case .either(let alternatives): alternatives.map(\.description).joined(separator: " or ")
    case .unsupported(let type): "a value of type \(type)"
    }
  }
}

extension Value {
  /// For messages: integers signed, floats with their bits.
  var text: String {
    switch self {
    case .i32(let bits): "i32 \(Int32(bitPattern: bits))"
    case .i64(let bits): "i64 \(Int64(bitPattern: bits))"
    case .f32(let bits): "f32 \(Float(bitPattern: bits)) (0x\(String(bits, radix: 16)))"
    case .f64(let bits): "f64 \(Double(bitPattern: bits)) (0x\(String(bits, radix: 16)))"
    case .v128(let low, let high): "v128 0x\(String(high, radix: 16)) 0x\(String(low, radix: 16))"
    case .funcref(let function): function == nil ? "funcref null" : "funcref"
    case .externref(let number): "externref " + (number.map { "\($0)" } ?? "null")
    case .object(let reference): "reference of type \(reference.type)"
    case .null(let type): "\(type) null"
    }
  }
}
