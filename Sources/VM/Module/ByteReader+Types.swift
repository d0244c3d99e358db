/// The types that indices name at a point of a module (5.3.3).
struct TypeSpace {
  /// Canonical numbers of the types defined so far.
  var numbers: UnsafePointer<UInt32>?
  var count: Int
  /// Types of the recursion group being read, which follow.
  var recursiveCount = 0

  /// A reference to the type of an index, or nil if there is none.
  func reference(_ index: Int64, isNullable: Bool) -> ValueType? {
    guard index >= 0, index < count + recursiveCount else { return nil }
    guard index < count, let numbers else { return ValueType(recursive: UInt32(Int(index) - count), isNullable: isNullable) }
    return ValueType(defined: numbers[Int(index)], isNullable: isNullable)
  }
}

/// Types in the binary format (5.3), checked as far as one can without the rest of the module.
extension ByteReader {
  @inline(__always)
  mutating func valueType(in types: TypeSpace) throws(ModuleError) -> ValueType {
    if let byte = next, 0x7B...0x7F ~= byte {
      _ = take()
      return ValueType(code: UInt32(byte))
    }
    return try otherType("value type", in: types)
  }

  /// A reference type (5.3.5).
  mutating func referenceType(in types: TypeSpace) throws(ModuleError) -> ValueType { try otherType("reference type", in: types) }

  @inline(never)
  private mutating func otherType(_ what: String, in types: TypeSpace) throws(ModuleError) -> ValueType {
    let code = try byte()
    switch code {
    case 0x63, 0x64: return try heapType(isNullable: code == 0x63, in: types)
    case 0x69...0x74: return ValueType(code: UInt32(code))
    default: throw refusal(type: what, code)
    }
  }

  /// A heap type (5.3.4), as a reference to it.
  mutating func heapType(isNullable: Bool, in types: TypeSpace) throws(ModuleError) -> ValueType {
    let first = offset
    if let byte = next, byte & 0xC0 == 0x40 {
      _ = take()
      guard 0x69...0x74 ~= byte else { throw refusal(type: "heap type", byte) }
      let type = ValueType(code: UInt32(byte))
      return isNullable ? type : type.nonNull
    }
    let index = try s33()
    guard let type = types.reference(index, isNullable: isNullable) else {
      guard index >= 0 else { throw ModuleError(.malformed, at: first, "malformed heap type") }
      throw ModuleError(.invalid, at: first, "unknown type \(index)")
    }
    return type
  }

  mutating func resultType(in types: TypeSpace) throws(ModuleError) -> List<ValueType> {
    let first = offset
    let count = try u32()
    guard count <= ImplementationLimits.valuesPerType else {
      guard count <= remaining else { throw ModuleError(.malformed, at: first, "length out of bounds") }
      throw .limit(at: first, "more than \(ImplementationLimits.valuesPerType) parameters or results")
    }
    var list = List<ValueType>()
    for _ in 0..<count { list.append(try valueType(in: types)) }
    return list
  }

  /// A field of a structure or an array's elements (5.3.8).
  mutating func fieldType(in types: TypeSpace) throws(ModuleError) -> FieldType {
    let storage: ValueType
    if let byte = next, byte == 0x77 || byte == 0x78 {
      _ = take()
      storage = ValueType(code: UInt32(byte))
    } else {
      storage = try valueType(in: types)
    }
    return FieldType(storage: storage, isMutable: try isMutable())
  }

  mutating func tableType(in types: TypeSpace) throws(ModuleError) -> TableType {
    let element = try referenceType(in: types)
    let first = offset
    let flags = try limitsFlags(known: 0b101, .standard)
    let limits = try limits(flags)
    let address: AddressType = flags & 4 != 0 ? .i64 : .i32
    try check(limits, at: first, upTo: address == .i32 ? UInt64(UInt32.max) : .max, "table size must be at most 2^32-1")
    return TableType(element: element, limits: limits, address: address)
  }

  mutating func memoryType(_ features: Features) throws(ModuleError) -> MemoryType {
    let first = offset
    let flags = try limitsFlags(known: 0b1111, features)
    let limits = try limits(flags)
    var type = MemoryType(limits: limits, address: flags & 4 != 0 ? .i64 : .i32, isShared: flags & 2 != 0)
    if flags & 8 != 0 {
      let place = offset
      let shift = try u32()
      guard shift < 64 else { throw ModuleError(.malformed, at: place, "invalid custom page size 2^\(shift)") }
      guard shift == 0 || shift == 16 else {
        throw ModuleError(.invalid, at: place, "invalid custom page size 2^\(shift): it must be 1 or 65536")
      }
      type.pageShift = UInt8(shift)
    }
    let most = type.mostPages
    try check(
      limits, at: first, upTo: most,
      type.address == .i32 && type.pageShift == 16
        ? "memory size must be at most 65536 pages (4GiB)" : "memory size must be at most \(most) pages")
    guard !type.isShared || limits.maximum != nil else {
      throw ModuleError(.invalid, at: first, "shared memory must have maximum")
    }
    return type
  }

  mutating func globalType(in types: TypeSpace) throws(ModuleError) -> GlobalType {
    let value = try valueType(in: types)
    return GlobalType(value: value, isMutable: try isMutable())
  }

  private mutating func isMutable() throws(ModuleError) -> Bool {
    let mutability = try byte()
    guard mutability <= 1 else { throw malformed("mutability", mutability) }
    return mutability == 1
  }

  /// Flags of limits (5.3.12): 1 a maximum follows, 2 shared, 4 64-bit addresses, 8 a page size follows.
  private mutating func limitsFlags(known: UInt8, _ features: Features) throws(ModuleError) -> UInt8 {
    let flags = try byte()
    guard flags & ~known == 0 else { throw malformed("limits flags", flags) }
    for (bit, feature) in [(2, Features.threads), (8, .customPageSizes)] as [(UInt8, Features)]
    where flags & bit != 0 && !features.contains(feature) {
      // In the specification's words: without the feature there are no such flags.
      throw ModuleError(
        .unsupported, at: offset - 1, "malformed limits flags \(flags): needs \(feature.name), which is switched off")
    }
    return flags
  }

  private mutating func limits(_ flags: UInt8) throws(ModuleError) -> Limits {
    let minimum = try u64()
    return Limits(minimum: minimum, maximum: flags & 1 != 0 ? try u64() : nil)
  }

  /// 3.2.12 and 3.2.16 to 3.2.17.
  private func check(_ limits: Limits, at offset: Int, upTo bound: UInt64, _ message: String) throws(ModuleError) {
    guard limits.minimum <= bound, limits.maximum ?? 0 <= bound else { throw ModuleError(.invalid, at: offset, message) }
    guard limits.minimum <= limits.maximum ?? bound else {
      throw ModuleError(.invalid, at: offset, "size minimum must not be greater than maximum")
    }
  }

  /// An error about a type's code, just read: a signed number in LEB128, of which only one-byte ones exist.
  @inline(never)
  func refusal(type: String, _ code: UInt8) -> ModuleError {
    guard code < 0x80 else { return ModuleError(.malformed, at: offset - 1, "integer representation too long") }
    return malformed(type, code)
  }

  /// An error about the byte just read.
  @inline(never)
  func malformed(_ what: String, _ byte: UInt8) -> ModuleError {
    ModuleError(.malformed, at: offset - 1, "malformed \(what) 0x\(String(byte, radix: 16))")
  }
}
