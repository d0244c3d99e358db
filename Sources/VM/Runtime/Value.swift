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
  /// A host reference is any number of the host's choosing below 2^62.
  case externref(UInt64?)
  /// A reference that is neither null, nor a function, nor an external number. It may be used in its own store only.
  case object(ObjectReference)
  /// The null reference of another hierarchy than functions and external references: of `anyref` or `exnref`.
  case null(ValueType)

  /// The type that a value has at least. Null references keep their hierarchy: `funcref`, `externref`, `anyref` or `exnref`.
  public var type: ValueType {
    switch self {
    case .i32: .i32
    case .i64: .i64
    case .f32: .f32
    case .f64: .f64
    case .v128: .v128
    case .funcref(let function): function.map { ValueType(defined: $0.record.pointee.type, isNullable: false) } ?? .funcref
    case .externref(let number): number == nil ? .externref : .externref.nonNull
    case .object(let reference): reference.type
    case .null(let type): type
    }
  }

  /// The value as a 64-bit slot, of a vector the lower half: 32-bit values zero-extended, references as `HeapObject` has them.
  var slot: UInt64 {
    switch self {
    case .i32(let bits), .f32(let bits): UInt64(bits)
    case .i64(let bits), .f64(let bits), .v128(let bits, _): bits
    case .funcref(let function): function.map { UInt64(UInt(bitPattern: $0.record)) } ?? 0
    case .externref(let number): number.map(HeapObject.slot(host:)) ?? 0
    case .object(let reference): reference.slot
    case .null: 0
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
    default:
      let hierarchy = type.hierarchyTop
      switch hierarchy {
      case .funcref: self = .funcref(FunctionRecord.Pointer(slot: slot).map { Function(record: $0, store: store) })
      case .externref where slot == 0: self = .externref(nil)
      case .externref where HeapObject.isHost(slot): self = .externref(slot >> 2)
      default: self = slot == 0 ? .null(hierarchy) : .object(ObjectReference(slot: slot, hierarchy: hierarchy, store: store))
      }
    }
  }
}
