/// Popping with the rules of unreachable code, and the errors of the validator.
extension Validator {
  @inline(__always)
  mutating func pop(_ expected: ValueType) throws(ModuleError) {
    if _slowPath(!operands.popExact(expected)) { try popSlowly(expected) }
  }

  @inline(never)
  private mutating func popSlowly(_ expected: ValueType) throws(ModuleError) {
    guard operands.matches(context.single(expected)) else { throw mismatch(context.single(expected)) }
    operands.remove(atMost: 1)
  }

  @inline(__always)
  mutating func popAny() throws(ModuleError) -> ValueType {
    guard let type = operands.popAny() else { throw invalid("type mismatch: instruction requires a value but stack has []") }
    return type
  }

  mutating func pop(_ expected: UnsafeBufferPointer<ValueType>) throws(ModuleError) {
    guard operands.matches(expected) else { throw mismatch(expected) }
    operands.remove(atMost: expected.count)
  }

  mutating func push(_ types: UnsafeBufferPointer<ValueType>) {
    guard types.count > 0 else { return }
    operands.reserve(types.count + reader.remaining)
    for type in types { operands.push(type) }
  }

  /// The signature that the table gives: for rare operators, and where the operands are not plainly there.
  @inline(never)
  mutating func applySlowly(_ row: UnsafePointer<OpcodeRow>) throws(ModuleError) {
    let (first, second, third) = row.pointee.operandCodes
    if third != 0 { try pop(ValueType(code: UInt32(third))) }
    if second != 0 { try pop(ValueType(code: UInt32(second))) }
    if first != 0 { try pop(ValueType(code: UInt32(first))) }
    if row.pointee.resultCode != 0 { operands.push(row.pointee.result) }
  }

  /// The rest of the block cannot be reached.
  mutating func becomeUnreachable() {
    operands.becomePolymorphic()
    isLive = false
  }

  @inline(never)
  func invalid(_ message: String) -> ModuleError { ModuleError(.invalid, at: operatorOffset, message) }

  @inline(never)
  func mismatch(_ expected: UnsafeBufferPointer<ValueType>) -> ModuleError {
    let wanted = expected.map(\.description).joined(separator: " ")
    return invalid("type mismatch: instruction requires [\(wanted)] but stack has \(operands.description)")
  }

  @inline(never)
  func illegalOpcode() -> ModuleError { reader.illegalOpcode(from: operatorOffset) }

  /// The body ended and blocks are open.
  @inline(never)
  func missingEnd() -> ModuleError {
    let offset = reader.offset
    guard offset < context.module.count else { return ModuleError(.malformed, at: offset, "unexpected end of section or function") }
    // Would the next byte end the function, then its size was given too small.
    let isShort = blocks.count == 1 && reader.start[offset] == 0x0B
    return ModuleError(.malformed, at: offset, isShort ? "section size mismatch" : "END opcode expected")
  }
}
