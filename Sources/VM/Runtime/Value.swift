/// A value at the VM's boundary (4.2.1). Floats are bit patterns, so that NaN payloads survive.
public enum Value: Equatable, Sendable {
  /// Without a sign; a signed number is the bit pattern of its two's complement.
  case i32(UInt32)
  /// Without a sign; a signed number is the bit pattern of its two's complement.
  case i64(UInt64)
  /// Bit pattern of a binary32.
  case f32(UInt32)
  /// Bit pattern of a binary64.
  case f64(UInt64)
  /// Sixteen bytes, the first ones in `low`, as in memory.
  case v128(low: UInt64, high: UInt64)
  /// Nil is the null reference. A function may be used in its own store only.
  case funcref(Function?)
  /// A host reference is any number of the host's choosing below 2^64 - 1.
  case externref(UInt64?)

  /// Null references keep their type, `funcref` or `externref`.
  public var type: ValueType {
    switch self {
    case .i32: .i32
    case .i64: .i64
    case .f32: .f32
    case .f64: .f64
    case .v128: .v128
    case .funcref: .funcref
    case .externref: .externref
    }
  }

  /// The value as a 64-bit slot, of a vector the lower half: 32-bit values zero-extended, references as a record's address or the host's number plus one, null as 0.
  var slot: UInt64 {
    switch self {
    case .i32(let bits), .f32(let bits): UInt64(bits)
    case .i64(let bits), .f64(let bits), .v128(let bits, _): bits
    case .funcref(let function): function.map { UInt64(UInt(bitPattern: $0.record)) } ?? 0
    case .externref(let number): number.map { $0 &+ 1 } ?? 0
    }
  }

  /// Writes the value's slots: one, of a vector two.
  func write(to slots: UnsafeMutablePointer<UInt64>) {
    slots[0] = slot
    if case .v128(_, let high) = self { slots[1] = high }
  }

  /// The value of the given type in slots of `store`.
  init(slots: UnsafePointer<UInt64>, type: ValueType, store: Store) {
    self = type == .v128 ? .v128(low: slots[0], high: slots[1]) : Value(slot: slots[0], type: type, store: store)
  }

  /// The value of the given type, not v128, in a slot of `store`.
  init(slot: UInt64, type: ValueType, store: Store) {
    switch type {
    case .i32: self = .i32(UInt32(truncatingIfNeeded: slot))
    case .i64: self = .i64(slot)
    case .f32: self = .f32(UInt32(truncatingIfNeeded: slot))
    case .f64: self = .f64(slot)
    case .externref: self = .externref(slot == 0 ? nil : slot &- 1)
    default: self = .funcref(FunctionRecord.Pointer(slot: slot).map { Function(record: $0, store: store) })
    }
  }
}
