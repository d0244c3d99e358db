/// Objects of the collector (4.4.4, 4.4.5). Reading and writing them is inline, checks included; making them, and everything that touches
/// many elements, is the interpreter's work. Offsets of fields follow from the types alone, so code that only reads and writes can be kept;
/// the interpreter's instructions for the others hold addresses of types.
extension Compiler {
  // MARK: Checks

  /// A reference in a register, which traps where it is null.
  private mutating func checked(_ reference: inout StackValue, _ what: Trap.NullReference) -> Register {
    let register = inRegister(&reference)
    let trap = newCold(.trap)
    storage.assembler.test(register, register, wide: true)
    storage.assembler.jump(.equal, trap.label)
    addCold(trap, code: CompiledTrap.null(what))
    return register
  }

  mutating func refAsNonNull() {
    var reference = pop()
    _ = checked(&reference, .reference)
    pushBack(reference)
  }

  mutating func refI31() {
    let value = pop()
    let result = writable(value)
    // The lowest bit tells small integers from objects.
    storage.assembler.lea(result, MachineOperand(base: result, index: result, 1), wide: false)
    pushRegister(.reference, result.number)
  }

  mutating func i31Get(isSigned: Bool) {
    var value = pop()
    _ = checked(&value, .i31)
    let result = writable(value)
    storage.assembler.shift(isSigned ? .arithmeticRight : .right, MachineOperand(result), by: 1, wide: false)
    pushRegister(.i32, result.number)
  }

  /// Casts to a type that a module defines are decided here where the object is of exactly that type; the interpreter decides the others.
  mutating func refCast(_ type: ValueType) {
    isPositionIndependent = false
    var reference = pop()
    let slot = Int32(truncatingIfNeeded: nextSlot)
    let register = inRegister(&reference)
    var cold = newCold(.interpret)
    decide(type, register, otherwise: cold.label, isNull: cold.back)
    storage.assembler.bind(cold.back)
    pushBack(reference)
    cold.register = register.number
    cold.operandKind = .reference
    cold.operandSlot = slot
    cold.hasResult = false
    cold.keepsTemporaries = true
    cold.snippet = snippetOfTop { $0.refCast(type) }
    addCold(cold, code: 0)
  }

  mutating func refTest(_ type: ValueType) {
    isPositionIndependent = false
    var reference = pop()
    let slot = Int32(truncatingIfNeeded: nextSlot)
    let register = inRegister(&reference)
    let result = newInteger()
    var cold = newCold(.interpret)
    decide(type, register, otherwise: cold.label, isNull: cold.label)
    storage.assembler.move(result, immediate: 1)
    storage.assembler.bind(cold.back)
    cold.register = register.number
    cold.operandKind = .reference
    cold.operandSlot = slot
    cold.result = result.number
    cold.resultKind = .i32
    cold.resultSlot = slot
    cold.keepsTemporaries = true
    pushSlot(.reference)
    cold.snippet = snippetOfTop { $0.refTest(type) }
    _ = pop()
    addCold(cold, code: 0)
    release(reference)
    pushRegister(.i32, result.number)
  }

  /// Goes on where the object is of exactly the type.
  private mutating func decide(_ type: ValueType, _ register: Register, otherwise: CodeLabel, isNull: CodeLabel) {
    storage.assembler.test(register, register, wide: true)
    storage.assembler.jump(.equal, type.isNullable ? isNull : otherwise)
    guard let number = type.definedNumber, TypeRegistry.shared.row(number).pointee.kind != .function else {
      storage.assembler.jump(otherwise)
      return
    }
    storage.assembler.test(MachineOperand(register), immediate: 3, wide: false)
    storage.assembler.jump(.notEqual, otherwise)
    storage.assembler.alu(.cmp, MachineOperand(base: register), immediate: Int32(bitPattern: number), wide: false)
    storage.assembler.jump(.notEqual, otherwise)
  }

  // MARK: Fields

  private mutating func loadField(_ field: FieldType, _ source: MachineOperand, isSigned: Bool) {
    let kind = ValueKind(field.storage.unpacked)
    if kind.isFloat {
      let result = newFloat()
      storage.assembler.loadFloat(result, source, width: field.byteCount)
      pushRegister(kind, result.number)
    } else {
      let result = newInteger()
      if field.byteCount == 8 {
        storage.assembler.load(result, source, wide: true)
      } else {
        storage.assembler.loadExtended(result, source, bits: field.byteCount * 8, isSigned: isSigned, wide: false)
      }
      pushRegister(kind, result.number)
    }
  }

  private mutating func storeField(_ field: FieldType, _ value: inout StackValue, _ destination: MachineOperand) {
    if value.kind.isFloat {
      let register = inFloatRegister(&value)
      storage.assembler.storeFloat(register, destination, width: field.byteCount)
      return
    }
    let register = inRegister(&value)
    switch field.byteCount {
    case 1: storage.assembler.store8(register, destination)
    case 2: storage.assembler.store16(register, destination)
    default: storage.assembler.store(register, destination, wide: field.byteCount == 8)
    }
  }

  mutating func structGet(_ type: DefinedType.Pointer, field: Int, isSigned: Bool) {
    var reference = pop()
    let register = checked(&reference, .structure)
    release(reference)
    loadField(
      type.pointee.fields[field], MachineOperand(base: register, Int32(bitPattern: type.pointee.offsets[field])), isSigned: isSigned)
  }

  mutating func structSet(_ type: DefinedType.Pointer, field: Int) {
    var value = pop()
    var reference = pop()
    let register = checked(&reference, .structure)
    storeField(type.pointee.fields[field], &value, MachineOperand(base: register, Int32(bitPattern: type.pointee.offsets[field])))
    release(value)
    release(reference)
  }

  // MARK: Elements

  /// Where an element is, of an array that has it.
  private mutating func element(_ field: FieldType, _ reference: inout StackValue, _ index: inout StackValue) -> MachineOperand {
    let array = checked(&reference, .array)
    let position = inRegister(&index)
    let trap = newCold(.trap)
    // The count stands behind the type.
    storage.assembler.alu(.cmp, position, MachineOperand(base: array, 4), wide: false)
    storage.assembler.jump(.aboveOrEqual, trap.label)
    addCold(trap, code: CompiledTrap.arrayOutOfBounds)
    let header = Int32(DefinedType.headerBytes)
    guard field.byteCount == 16 else {
      return MachineOperand(base: array, index: position, scale: UInt8(field.byteCount.trailingZeroBitCount), header)
    }
    storage.assembler.move(Self.scratch, position)
    storage.assembler.shift(.left, MachineOperand(Self.scratch), by: 4, wide: true)
    return MachineOperand(base: array, index: Self.scratch, header)
  }

  mutating func arrayGet(_ type: DefinedType.Pointer, isSigned: Bool) {
    var index = pop()
    var reference = pop()
    let source = element(type.pointee.element, &reference, &index)
    release(index)
    release(reference)
    loadField(type.pointee.element, source, isSigned: isSigned)
  }

  mutating func arraySet(_ type: DefinedType.Pointer) {
    var value = pop()
    var index = pop()
    var reference = pop()
    if value.kind.isFloat { _ = inFloatRegister(&value) }
    let destination = element(type.pointee.element, &reference, &index)
    storeField(type.pointee.element, &value, destination)
    release(value)
    release(index)
    release(reference)
  }

  mutating func arrayLength() {
    var reference = pop()
    let register = checked(&reference, .array)
    release(reference)
    let result = newInteger()
    storage.assembler.load(result, MachineOperand(base: register, 4), wide: false)
    pushRegister(.i32, result.number)
  }

  // MARK: What the interpreter does

  private mutating func object(pops: Int, pushes kind: ValueKind?, _ translate: (inout Translator) -> Void) {
    isPositionIndependent = false
    interpret(pops: pops, pushes: kind, translate)
  }

  mutating func structNew(_ type: DefinedType.Pointer, isDefault: Bool) {
    object(pops: isDefault ? 0 : type.pointee.fields.count, pushes: .reference) { $0.structNew(type, isDefault: isDefault) }
  }
  mutating func arrayNew(_ type: DefinedType.Pointer, isDefault: Bool) {
    object(pops: isDefault ? 1 : 2, pushes: .reference) { $0.arrayNew(type, isDefault: isDefault) }
  }
  mutating func arrayNewFixed(_ type: DefinedType.Pointer, count: UInt32) {
    object(pops: Int(count), pushes: .reference) { $0.arrayNewFixed(type, count: count) }
  }
  mutating func arrayNew(_ type: DefinedType.Pointer, segment: UInt32) {
    object(pops: 2, pushes: .reference) { $0.arrayNew(type, segment: segment) }
  }
  mutating func arrayFill(_ type: DefinedType.Pointer) { object(pops: 4, pushes: nil) { $0.arrayFill(type) } }
  mutating func arrayCopy(_ destination: DefinedType.Pointer, _ source: DefinedType.Pointer) {
    object(pops: 5, pushes: nil) { $0.arrayCopy(destination, source) }
  }
  mutating func arrayInit(_ type: DefinedType.Pointer, segment: UInt32) {
    object(pops: 4, pushes: nil) { $0.arrayInit(type, segment: segment) }
  }
}
