/// Types in the binary format (5.3), checked as far as one can without the rest of the module.
extension ByteReader {
  @inline(__always)
  mutating func valueType() throws(ModuleError) -> ValueType {
    let code = try byte()
    switch code {
    case 0x7B...0x7F, 0x6F...0x70: return ValueType(code: UInt32(code))
    default: throw refusal(type: "value type", code, MissingFeature(type: code))
    }
  }

  mutating func referenceType() throws(ModuleError) -> ValueType {
    let code = try byte()
    guard code == 0x70 || code == 0x6F else { throw refusal(type: "reference type", code, MissingFeature(type: code)) }
    return ValueType(code: UInt32(code))
  }

  /// What `ref.null` is of: a reference type's byte, or, which typed references have brought, a type's index (5.3.3).
  mutating func heapType() throws(ModuleError) -> ValueType {
    if let byte = next, byte < 0x40 { throw .missing(.typedReferences, at: offset, "heap type \(byte)") }
    return try referenceType()
  }

  mutating func resultType() throws(ModuleError) -> List<ValueType> {
    let first = offset
    let count = try u32()
    guard count <= ImplementationLimits.valuesPerType else {
      guard count <= remaining else { throw ModuleError(.malformed, at: first, "length out of bounds") }
      throw .limit(at: first, "more than \(ImplementationLimits.valuesPerType) parameters or results")
    }
    var types = List<ValueType>()
    for _ in 0..<count { types.append(try valueType()) }
    return types
  }

  mutating func functionType() throws(ModuleError) -> FunctionType {
    let form = try byte()
    guard form == 0x60 else { throw refusal(type: "definition type", form, MissingFeature(definition: form)) }
    let parameters = try resultType()
    return FunctionType(parameters, try resultType())
  }

  mutating func limits() throws(ModuleError) -> Limits {
    let flags = try byte()
    guard flags <= 1 else { throw refusal("limits flags", flags, MissingFeature(limits: flags)) }
    let minimum = try u64()
    return Limits(minimum: minimum, maximum: flags == 1 ? try u64() : nil)
  }

  mutating func tableType() throws(ModuleError) -> TableType {
    let element = try referenceType()
    let first = offset
    let limits = try limits()
    try check(limits, at: first, upTo: UInt64(UInt32.max), "table size must be at most 2^32-1")
    return TableType(element: element, limits: limits)
  }

  mutating func memoryType() throws(ModuleError) -> MemoryType {
    let first = offset
    let limits = try limits()
    try check(limits, at: first, upTo: 65536, "memory size must be at most 65536 pages (4GiB)")
    return MemoryType(limits: limits)
  }

  mutating func globalType() throws(ModuleError) -> GlobalType {
    let value = try valueType()
    let mutability = try byte()
    guard mutability <= 1 else { throw malformed("mutability", mutability) }
    return GlobalType(value: value, isMutable: mutability == 1)
  }

  /// 3.2.1 and 3.2.5 to 3.2.6.
  private func check(_ limits: Limits, at offset: Int, upTo bound: UInt64, _ message: String) throws(ModuleError) {
    guard limits.minimum <= bound, limits.maximum ?? 0 <= bound else { throw ModuleError(.invalid, at: offset, message) }
    guard limits.minimum <= limits.maximum ?? bound else {
      throw ModuleError(.invalid, at: offset, "size minimum must not be greater than maximum")
    }
  }

  /// An error about a type's code, just read: a signed number in LEB128, of which only one-byte ones exist.
  @inline(never)
  private func refusal(type: String, _ code: UInt8, _ feature: MissingFeature?) -> ModuleError {
    guard code < 0x80 else { return ModuleError(.malformed, at: offset - 1, "integer representation too long") }
    return refusal(type, code, feature)
  }

  /// An error about the byte just read, which announces a feature or has no meaning.
  @inline(never)
  func refusal(_ what: String, _ byte: UInt8, _ feature: MissingFeature?) -> ModuleError {
    guard let feature else { return malformed(what, byte) }
    return .missing(feature, at: offset - 1, "\(what) 0x\(String(byte, radix: 16))")
  }

  /// An error about the byte just read.
  @inline(never)
  func malformed(_ what: String, _ byte: UInt8) -> ModuleError {
    ModuleError(.malformed, at: offset - 1, "malformed \(what) 0x\(String(byte, radix: 16))")
  }
}
