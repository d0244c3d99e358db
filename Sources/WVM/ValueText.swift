import VM

extension Value {
  /// A command line argument as a value of a parameter's type: integers signed or unsigned, decimal or after `0x`; floats as Swift
  /// reads them; vectors as 32 hexadecimal digits after `0x`; references as `null` or, external ones, as a number. Nil if it is none.
  init?(_ text: String, as type: ValueType) {
    switch type {
    case .i32:
      guard let bits = Self.integer(text, UInt32.self) else { return nil }
      self = .i32(bits)
    case .i64:
      guard let bits = Self.integer(text, UInt64.self) else { return nil }
      self = .i64(bits)
    case .f32:
      guard let value = Float(text) else { return nil }
      self = .f32(value.bitPattern)
    case .f64:
      guard let value = Double(text) else { return nil }
      self = .f64(value.bitPattern)
    case .funcref where text == "null": self = .funcref(nil)
    case .externref where text == "null": self = .externref(nil)
    case .externref:
      guard let number = UInt64(text), number >> 62 == 0 else { return nil }
      self = .externref(number)
    case .v128:
      guard text.hasPrefix("0x"), text.utf8.count == 34, let low = UInt64(text.suffix(16), radix: 16),
        let high = UInt64(text.dropFirst(2).prefix(16), radix: 16)
      else { return nil }
      self = .v128(low: low, high: high)
    default:
      guard type.isReference, type.isNullable, text == "null" else { return nil }
      self = .null(type)
    }
  }

  private static func integer<T: FixedWidthInteger & UnsignedInteger>(_ text: String, _ type: T.Type) -> T? {
    let isNegative = text.hasPrefix("-")
    let digits = isNegative ? text.dropFirst() : text[...]
    let isHexadecimal = digits.hasPrefix("0x")
    guard let magnitude = T(isHexadecimal ? digits.dropFirst(2) : digits, radix: isHexadecimal ? 16 : 10) else { return nil }
    guard isNegative else { return magnitude }
    return magnitude <= T(1) << (T.bitWidth - 1) ? 0 &- magnitude : nil
  }

  /// A result as `--invoke` prints it: integers signed.
  var text: String {
    switch self {
    case .i32(let bits): "\(Int32(bitPattern: bits))"
    case .i64(let bits): "\(Int64(bitPattern: bits))"
    case .f32(let bits): "\(Float(bitPattern: bits))"
    case .f64(let bits): "\(Double(bitPattern: bits))"
    case .v128(let low, let high):
      "0x"
        + [high, low].map { word in
          let digits = String(word, radix: 16)
          return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    case .funcref(let function): function == nil ? "null" : "function"
    case .externref(let number): number.map { "\($0)" } ?? "null"
    case .object(let reference):
      switch reference.kind {
      case .i31(let bits): "i31 \(Int32(bitPattern: bits << 1) >> 1)"
      case .structure: "structure"
      case .array: "array"
      case .exception: "exception"
      case .host(let number): "\(number)"
      }
    case .null: "null"
    }
  }
}
