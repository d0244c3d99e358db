// References, structures and arrays (4.4.4, 4.4.5), and branches on references (4.4.8).
extension Translator {
  // MARK: References

  /// Pops an operand that may be needed again; `pushBack` undoes it.
  private mutating func pushBack(_ operand: Operand) {
    push(operand)
    if operand.place == .local { aliasCount += 1 }
  }

  /// The slot of the operand on top, which stays.
  private mutating func topSlot() -> Int { inSlot(storage.operands[height - 1], height - 1) }

  private static func isNull(_ slot: Int) -> Condition {
    .comparison(Comparison(operands: .i64, relation: .equal, left: slot, right: 0, immediate: 0))
  }

  mutating func branchOnNull(depth: Int) {
    lastResult = -1
    let slot = topSlot()
    let operand = pop()
    branch(if: Self.isNull(slot), depth: depth)
    pushBack(operand)
    lastResult = -1
  }

  mutating func branchOnNonNull(depth: Int) {
    lastResult = -1
    let slot = topSlot()
    branch(if: .comparison(Comparison(operands: .i64, relation: .notEqual, left: slot, right: 0, immediate: 0)), depth: depth)
    _ = pop()
    lastResult = -1
  }

  mutating func branchOnCast(depth: Int, _ type: ValueType, fails: Bool) {
    lastResult = -1
    let reference = topSlot()
    let answer = slot(height)
    // The answer stands above the operands for the branch alone.
    push(.temporary)
    _ = pop()
    emit(.refTest, answer, reference)
    word(UInt64(type.code))
    if floatInRegister == answer { floatInRegister = -1 }
    integerInRegister = answer
    branch(
      if: .comparison(Comparison(operands: .i32, relation: fails ? .equal : .notEqual, left: answer, right: 0, immediate: 0)), depth: depth)
    lastResult = -1
  }

  mutating func refEqual() { binary(.i64Eq) }

  /// Checks where the reference is, and leaves it there.
  mutating func refAsNonNull() {
    lastResult = -1
    emit(.refAsNonNull, topSlot())
  }

  mutating func refCast(_ type: ValueType) {
    lastResult = -1
    emit(.refCast, topSlot())
    word(UInt64(type.code))
  }

  mutating func refTest(_ type: ValueType) {
    let operand = pop()
    emitInteger(.refTest, inSlot(operand, height), 0)
    word(UInt64(type.code))
  }

  mutating func refI31() {
    let operand = pop()
    emitInteger(.refI31, inSlot(operand, height), 0)
  }

  mutating func i31Get(isSigned: Bool) {
    let operand = pop()
    emitInteger(isSigned ? .i31GetS : .i31GetU, inSlot(operand, height), 0)
  }

  // MARK: Structures

  private static func typeWord(_ type: DefinedType.Pointer) -> UInt64 { UInt64(UInt(bitPattern: type)) }

  mutating func structNew(_ type: DefinedType.Pointer, isDefault: Bool) {
    let slots = isDefault ? 0 : type.pointee.fields.reduce(0) { $0 + $1.storage.slotCount }
    emitNew(isDefault ? .structNewDefault : .structNew, operands: slots, 0, Self.typeWord(type))
  }

  /// An instruction with the type in the extra word that makes an object of consecutive operands.
  private mutating func emitNew(
    _ operation: Instruction, operands: Int, _ b: Int, _ type: UInt64, _ more: UInt64? = nil, charging: Int = -1
  ) {
    let first = operandsInSlots(operands)
    if charging >= 0 { charge(first + operands - 1, shift: charging) }
    emit(operation, first, b)
    word(type)
    if let more { word(more) }
    integerResult(first)
    lastResult = -1
    fusible = -1
  }

  mutating func structGet(_ type: DefinedType.Pointer, field: Int, isSigned: Bool) {
    let operand = pop()
    let form = ObjectForms.of(type.pointee.fields[field])
    emitGet(form.structGet(isSigned), form, inSlot(operand, height), fieldPlace(type, field, form))
  }

  private mutating func emitGet(_ operation: Instruction, _ form: ObjectForms, _ b: Int, _ c: Int) {
    guard form == .bits128 else { return emitInteger(operation, b, c) }
    emitVector(operation, b, c)
  }

  /// Offset of a field in units of its alignment.
  private mutating func fieldPlace(_ type: DefinedType.Pointer, _ field: Int, _ form: ObjectForms) -> Int {
    let place = Int(type.pointee.offsets[field]) / form.alignment
    if place > Int(UInt16.max) { hasTooLargeOffset = true }
    return place
  }

  mutating func structSet(_ type: DefinedType.Pointer, field: Int) {
    let form = ObjectForms.of(type.pointee.fields[field])
    let value = popFieldValue(form)
    let operand = pop()
    let reference = inSlot(operand, height)
    emit(form.structSet, reference, value, fieldPlace(type, field, form))
  }

  private mutating func popFieldValue(_ form: ObjectForms) -> Int {
    if form == .bits128 { return popVector() }
    let operand = pop()
    return inSlot(operand, height)
  }

  // MARK: Arrays

  mutating func arrayNew(_ type: DefinedType.Pointer, isDefault: Bool) {
    let slots = isDefault ? 0 : type.pointee.element.storage.slotCount
    emitNew(isDefault ? .arrayNewDefault : .arrayNew, operands: slots + 1, 0, Self.typeWord(type), charging: 3)
  }

  mutating func arrayNewFixed(_ type: DefinedType.Pointer, count: UInt32) {
    emitNew(.arrayNewFixed, operands: Int(count) * type.pointee.element.storage.slotCount, Int(count), Self.typeWord(type))
  }

  mutating func arrayNew(_ type: DefinedType.Pointer, segment: UInt32) {
    emitNew(.arrayNewSegment, operands: 2, 0, Self.typeWord(type), UInt64(segment), charging: 3)
  }

  mutating func arrayGet(_ type: DefinedType.Pointer, isSigned: Bool) {
    let index = pop()
    let indexSlot = inSlot(index, height)
    let array = pop()
    let form = ObjectForms.of(type.pointee.element)
    emitGet(form.arrayGet(isSigned), form, inSlot(array, height), indexSlot)
  }

  mutating func arraySet(_ type: DefinedType.Pointer) {
    let form = ObjectForms.of(type.pointee.element)
    let value = popFieldValue(form)
    let index = pop()
    let indexSlot = inSlot(index, height)
    let array = pop()
    emit(form.arraySet, inSlot(array, height), indexSlot, value)
  }

  mutating func arrayLength() {
    let operand = pop()
    emitInteger(.arrayLength, inSlot(operand, height), 0)
  }

  mutating func arrayFill(_ type: DefinedType.Pointer) {
    emitBulk(.arrayFill, operands: 3 + type.pointee.element.storage.slotCount, b: 0, c: 0, charging: 3)
    word(Self.typeWord(type))
  }

  mutating func arrayCopy(_ destination: DefinedType.Pointer, _ source: DefinedType.Pointer) {
    emitBulk(.arrayCopy, operands: 5, b: 0, c: 0, charging: 3)
    word(Self.typeWord(destination))
  }

  mutating func arrayInit(_ type: DefinedType.Pointer, segment: UInt32) {
    emitBulk(.arrayInit, operands: 4, b: 0, c: 0, charging: 3)
    word(Self.typeWord(type))
    word(UInt64(segment))
  }

  // MARK: Wide arithmetic

  mutating func wideArithmetic(_ opcode: Opcode) {
    let (operation, operands): (Instruction, Int) =
      switch opcode {
      case .i64Add128: (.i64Add128, 4)
      case .i64Sub128: (.i64Sub128, 4)
      case .i64MulWideS: (.i64MulWideS, 2)
      default: (.i64MulWideU, 2)
      }
    emit(operation, operandsInSlots(operands))
    push(.temporary)
    push(.temporary)
    barrier()
  }
}

/// The instructions of fields and elements by what they hold.
enum ObjectForms {
  case bits8, bits16, bits32, bits64, bits128

  static func of(_ field: FieldType) -> ObjectForms {
    switch field.byteCount {
    case 1: .bits8
    case 2: .bits16
    case 4: .bits32
    case 8: .bits64
    default: .bits128
    }
  }

  var alignment: Int {
    switch self {
    case .bits8: 1
    case .bits16: 2
    case .bits32: 4
    case .bits64, .bits128: 8
    }
  }

  func structGet(_ isSigned: Bool) -> Instruction {
    switch self {
    case .bits8: isSigned ? .structGet8S : .structGet8U
    case .bits16: isSigned ? .structGet16S : .structGet16U
    case .bits32: .structGet32
    case .bits64: .structGet64
    case .bits128: .structGet128
    }
  }

  var structSet: Instruction {
    switch self {
    case .bits8: .structSet8
    case .bits16: .structSet16
    case .bits32: .structSet32
    case .bits64: .structSet64
    case .bits128: .structSet128
    }
  }

  func arrayGet(_ isSigned: Bool) -> Instruction {
    switch self {
    case .bits8: isSigned ? .arrayGet8S : .arrayGet8U
    case .bits16: isSigned ? .arrayGet16S : .arrayGet16U
    case .bits32: .arrayGet32
    case .bits64: .arrayGet64
    case .bits128: .arrayGet128
    }
  }

  var arraySet: Instruction {
    switch self {
    case .bits8: .arraySet8
    case .bits16: .arraySet16
    case .bits32: .arraySet32
    case .bits64: .arraySet64
    case .bits128: .arraySet128
    }
  }
}
