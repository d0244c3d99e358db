/// Floating-point arithmetic and conversions (4.4.1).
extension Compiler {
  mutating func floatBinary(_ opcode: Opcode) {
    switch opcode {
    case .f32Add: arithmetic(VEX.add, .f32)
    case .f64Add: arithmetic(VEX.add, .f64)
    case .f32Sub: arithmetic(VEX.subtract, .f32)
    case .f64Sub: arithmetic(VEX.subtract, .f64)
    case .f32Mul: arithmetic(VEX.multiply, .f32)
    case .f64Mul: arithmetic(VEX.multiply, .f64)
    case .f32Div: arithmetic(VEX.divide, .f32)
    case .f64Div: arithmetic(VEX.divide, .f64)
    case .f32Min: extreme(.f32, isMinimum: true)
    case .f64Min: extreme(.f64, isMinimum: true)
    case .f32Max: extreme(.f32, isMinimum: false)
    case .f64Max: extreme(.f64, isMinimum: false)
    case .f32Copysign: copySign(.f32)
    case .f64Copysign: copySign(.f64)
    case .f32Eq: compareFloats(.f32, .equal, swapped: false)
    case .f64Eq: compareFloats(.f64, .equal, swapped: false)
    case .f32Ne: compareFloats(.f32, .notEqual, swapped: false)
    case .f64Ne: compareFloats(.f64, .notEqual, swapped: false)
    case .f32Lt: compareFloats(.f32, .above, swapped: true)
    case .f64Lt: compareFloats(.f64, .above, swapped: true)
    case .f32Gt: compareFloats(.f32, .above, swapped: false)
    case .f64Gt: compareFloats(.f64, .above, swapped: false)
    case .f32Le: compareFloats(.f32, .aboveOrEqual, swapped: true)
    case .f64Le: compareFloats(.f64, .aboveOrEqual, swapped: true)
    case .f32Ge: compareFloats(.f32, .aboveOrEqual, swapped: false)
    case .f64Ge: compareFloats(.f64, .aboveOrEqual, swapped: false)
    default: preconditionFailure("no binary operator: \(opcode)")
    }
  }

  mutating func floatUnary(_ opcode: Opcode) {
    switch opcode {
    case .f32Abs: logical(VEX.and, .f32, 0x7FFF_FFFF)
    case .f64Abs: logical(VEX.and, .f64, 0x7FFF_FFFF_FFFF_FFFF)
    case .f32Neg: logical(VEX.xor, .f32, 0x8000_0000)
    case .f64Neg: logical(VEX.xor, .f64, 0x8000_0000_0000_0000)
    case .f32Ceil: round(.f32, 10)
    case .f64Ceil: round(.f64, 10)
    case .f32Floor: round(.f32, 9)
    case .f64Floor: round(.f64, 9)
    case .f32Trunc: round(.f32, 11)
    case .f64Trunc: round(.f64, 11)
    case .f32Nearest: round(.f32, 8)
    case .f64Nearest: round(.f64, 8)
    case .f32Sqrt: squareRoot(.f32)
    case .f64Sqrt: squareRoot(.f64)
    case .f32DemoteF64: convertFloat(.f32)
    case .f64PromoteF32: convertFloat(.f64)
    case .f32ConvertI32S: convertInteger(opcode, .f32, from: .i32, isSigned: true)
    case .f32ConvertI32U: convertInteger(opcode, .f32, from: .i32, isSigned: false)
    case .f32ConvertI64S: convertInteger(opcode, .f32, from: .i64, isSigned: true)
    case .f32ConvertI64U: convertInteger(opcode, .f32, from: .i64, isSigned: false)
    case .f64ConvertI32S: convertInteger(opcode, .f64, from: .i32, isSigned: true)
    case .f64ConvertI32U: convertInteger(opcode, .f64, from: .i32, isSigned: false)
    case .f64ConvertI64S: convertInteger(opcode, .f64, from: .i64, isSigned: true)
    case .f64ConvertI64U: convertInteger(opcode, .f64, from: .i64, isSigned: false)
    case .i32ReinterpretF32: toInteger(.i32)
    case .i64ReinterpretF64: toInteger(.i64)
    case .f32ReinterpretI32: toFloat(.f32)
    case .f64ReinterpretI64: toFloat(.f64)
    default: truncate(opcode)
    }
  }

  // MARK: Destinations

  /// The register for a float result, of the local that is set next or a temporary. Operands are released by `finishFloat`.
  mutating func floatDestination(
    _ kind: ValueKind, _ left: StackValue, _ right: StackValue? = nil, length: Int = 1
  ) -> VectorRegister {
    let target = hint(kind, offset + length)
    if target != Self.noRegister { return VectorRegister(target) }
    // An operand's own temporary; one that a local has a copy in only if there is no other.
    var ofOperands: UInt32 = 0
    if left.place == .register, left.kind.isFloat { ofOperands |= 1 << UInt32(left.register) & Self.floatTemporaries }
    if let right, right.place == .register, right.kind.isFloat { ofOperands |= 1 << UInt32(right.register) & Self.floatTemporaries }
    let copied = copies >> 16
    if ofOperands & ~copied != 0 { return VectorRegister(UInt8((ofOperands & ~copied).trailingZeroBitCount)) }
    if ofOperands != 0, freeFloats == 0 { return VectorRegister(UInt8(ofOperands.trailingZeroBitCount)) }
    return newFloat()
  }

  mutating func finishFloat(_ kind: ValueKind, _ left: StackValue, _ right: StackValue?, _ result: VectorRegister) {
    if !(left.kind.isFloat && left.place == .register && left.register == result.number) { release(left) }
    if let right, !(right.kind.isFloat && right.place == .register && right.register == result.number) { release(right) }
    pushRegister(kind, result.number)
  }

  // MARK: Operations

  private mutating func arithmetic(_ operation: UInt8, _ kind: ValueKind) {
    let right = pop()
    var left = pop()
    let first = inFloatRegister(&left)
    let second = floatSource(right)
    let result = floatDestination(kind, left, right)
    storage.assembler.vector(VEX.scalar(operation, kind == .f64), result, first, second)
    finishFloat(kind, left, right, result)
  }

  private mutating func logical(_ operation: UInt8, _ kind: ValueKind, _ mask: UInt64) {
    var value = pop()
    let first = inFloatRegister(&value)
    let second = constant(mask, 0)
    let result = floatDestination(kind, value)
    storage.assembler.vector(VEX.packed(operation, kind == .f64), result, first, second)
    finishFloat(kind, value, nil, result)
  }

  private mutating func round(_ kind: ValueKind, _ mode: UInt8) {
    var value = pop()
    let first = inFloatRegister(&value)
    let result = floatDestination(kind, value)
    storage.assembler.vex(VEX.round(kind == .f64), result.number, first.number, MachineOperand(first), immediate: mode)
    finishFloat(kind, value, nil, result)
  }

  private mutating func squareRoot(_ kind: ValueKind) {
    var value = pop()
    let first = inFloatRegister(&value)
    let result = floatDestination(kind, value)
    storage.assembler.vector(VEX.scalar(VEX.squareRoot, kind == .f64), result, first, first)
    finishFloat(kind, value, nil, result)
  }

  private mutating func copySign(_ kind: ValueKind) {
    var right = pop()
    var left = pop()
    let sign: UInt64 = kind == .f64 ? 0x8000_0000_0000_0000 : 0x8000_0000
    let rest: UInt64 = kind == .f64 ? 0x7FFF_FFFF_FFFF_FFFF : 0x7FFF_FFFF
    let first = inFloatRegister(&left)
    let second = inFloatRegister(&right)
    storage.assembler.vector(VEX.packed(VEX.and, true), Self.scratchFloat, second, constant(sign, 0))
    let result = floatDestination(kind, left, right)
    storage.assembler.vector(VEX.packed(VEX.and, true), result, first, constant(rest, 0))
    storage.assembler.vector(VEX.packed(VEX.or, true), result, result, Self.scratchFloat)
    finishFloat(kind, left, right, result)
  }

  /// Minimum and maximum (4.3.3): of unequal numbers the instruction's; NaN by adding; zeros by their signs.
  private mutating func extreme(_ kind: ValueKind, isMinimum: Bool) {
    let isDouble = kind == .f64
    var right = pop()
    var left = pop()
    let first = inFloatRegister(&left)
    let second = inFloatRegister(&right)
    let done = storage.assembler.newLabel()
    let unordered = storage.assembler.newLabel()
    let different = storage.assembler.newLabel()
    storage.assembler.vector(VEX.compareUnordered(isDouble), first, second)
    storage.assembler.jump(.parity, unordered)
    storage.assembler.jump(.notEqual, different)
    storage.assembler.vector(VEX.packed(isMinimum ? VEX.or : VEX.and, isDouble), Self.scratchFloat, first, second)
    storage.assembler.jump(done)
    storage.assembler.bind(unordered)
    storage.assembler.vector(VEX.scalar(VEX.add, isDouble), Self.scratchFloat, first, second)
    storage.assembler.jump(done)
    storage.assembler.bind(different)
    storage.assembler.vector(VEX.scalar(isMinimum ? VEX.minimum : VEX.maximum, isDouble), Self.scratchFloat, first, second)
    storage.assembler.bind(done)
    let result = floatDestination(kind, left, right)
    storage.assembler.moveVector(result, Self.scratchFloat)
    finishFloat(kind, left, right, result)
  }

  private mutating func compareFloats(_ kind: ValueKind, _ code: ConditionCode, swapped: Bool) {
    var right = pop()
    var left = pop()
    if swapped { swap(&left, &right) }
    let first = inFloatRegister(&left)
    storage.assembler.vector(VEX.compareUnordered(kind == .f64), first, floatSource(right))
    release(left)
    release(right)
    pushFlags(FlagCondition(code: code, isFloatEquality: code == .equal || code == .notEqual))
  }

  // MARK: Conversions

  /// Instructions of one source keep what was in the destination beside their result: from a zero, so that f32 has a zero upper half and
  /// nothing waits for an older value.
  private mutating func zeroScratch() { storage.assembler.zeroVector(Self.scratchFloat) }

  private mutating func convertFloat(_ kind: ValueKind) {
    let value = pop()
    let source = floatSource(value)
    zeroScratch()
    let result = floatDestination(kind, value)
    storage.assembler.vector(VEX.convertFloat(fromDouble: kind == .f32), result, Self.scratchFloat, source)
    finishFloat(kind, value, nil, result)
  }

  private mutating func convertInteger(_ opcode: Opcode, _ kind: ValueKind, from: ValueKind, isSigned: Bool) {
    var value = pop()
    let slot = Int32(truncatingIfNeeded: nextSlot)
    let isDouble = kind == .f64
    let register = inRegister(&value)
    let result = floatDestination(kind, value)
    zeroScratch()
    if from == .i64 && !isSigned {
      // Half of the numbers are negative to the instruction.
      var cold = newCold(.interpret)
      storage.assembler.test(register, register, wide: true)
      storage.assembler.jump(.sign, cold.label)
      storage.assembler.vex(
        VEX.convertInteger(isDouble, wide: true), result.number, Self.scratchFloat.number, MachineOperand(register))
      storage.assembler.bind(cold.back)
      cold.register = register.number
      cold.operandKind = .i64
      cold.operandSlot = slot
      cold.result = result.number
      cold.resultKind = kind
      cold.resultSlot = slot
      cold.keepsTemporaries = true
      cold.snippet = conversionSnippet(opcode)
      addCold(cold, code: 0)
    } else {
      // An unsigned i32 is a signed i64.
      storage.assembler.vex(
        VEX.convertInteger(isDouble, wide: from == .i64 || !isSigned), result.number, Self.scratchFloat.number, MachineOperand(register))
    }
    finishFloat(kind, value, nil, result)
  }

  /// The interpreter's conversion of the value that was popped, back to its slot.
  private mutating func conversionSnippet(_ opcode: Opcode) -> CodeLabel {
    // The operand is above what is on the stack now.
    let label = snippetAbove(opcode)
    return label
  }

  private mutating func toInteger(_ kind: ValueKind) {
    var value = pop()
    if value.place == .constant {
      pushConstant(kind, value.bits)
      return
    }
    let target = hint(kind, offset + 1)
    let result = target != Self.noRegister ? Register(target) : newInteger()
    if registerNumber(value) == Self.noRegister {
      value.kind = kind
      load(value, result)
    } else {
      storage.assembler.moveFromVector(MachineOperand(result), VectorRegister(registerNumber(value)), wide: kind == .i64)
      release(value)
    }
    pushRegister(kind, result.number)
  }

  private mutating func toFloat(_ kind: ValueKind) {
    var value = pop()
    if value.place == .constant {
      pushConstant(kind, value.bits)
      return
    }
    let result: VectorRegister
    if value.place != .flags, registerNumber(value) == Self.noRegister {
      result = floatDestination(kind, value)
      storage.assembler.loadFloat(result, source(value), width: kind == .f64 ? 8 : 4)
    } else {
      let register = inRegister(&value)
      result = floatDestination(kind, value)
      storage.assembler.moveToVector(result, MachineOperand(register), wide: kind == .f64)
      release(value)
    }
    pushRegister(kind, result.number)
  }

  private mutating func truncate(_ opcode: Opcode) {
    let row = opcode.row
    let from = ValueKind(row.firstOperand)
    let kind = ValueKind(row.result)
    let isDouble = from == .f64
    let isSigned: Bool
    var length = 1
    switch opcode {
    case .i32TruncF32S, .i32TruncF64S, .i64TruncF32S, .i64TruncF64S: isSigned = true
    case .i32TruncF32U, .i32TruncF64U, .i64TruncF32U, .i64TruncF64U: isSigned = false
    default:
      length = 2
      isSigned = opcode == .i32TruncSatF32S || opcode == .i32TruncSatF64S || opcode == .i64TruncSatF32S || opcode == .i64TruncSatF64S
    }
    var value = pop()
    let slot = Int32(truncatingIfNeeded: nextSlot)
    let operand = inFloatRegister(&value)
    let target = hint(kind, offset + length)
    let result = target != Self.noRegister ? Register(target) : newInteger()
    var cold = newCold(.interpret)
    // What does not fit gives the least number: the interpreter looks closer.
    storage.assembler.vex(
      VEX.truncate(isDouble, wide: kind == .i64 || !isSigned), result.number, 0, MachineOperand(operand))
    if isSigned {
      storage.assembler.alu(.cmp, MachineOperand(result), immediate: 1, wide: kind == .i64)
      storage.assembler.jump(.overflow, cold.label)
    } else if kind == .i32 {
      storage.assembler.move(Self.scratch, result)
      storage.assembler.shift(.right, MachineOperand(Self.scratch), by: 32, wide: true)
      storage.assembler.jump(.notEqual, cold.label)
    } else {
      storage.assembler.test(result, result, wide: true)
      storage.assembler.jump(.sign, cold.label)
    }
    storage.assembler.bind(cold.back)
    cold.register = operand.number
    cold.operandKind = from
    cold.operandSlot = slot
    cold.result = result.number
    cold.resultKind = kind
    cold.resultSlot = slot
    cold.keepsTemporaries = true
    cold.snippet = conversionSnippet(opcode)
    addCold(cold, code: 0)
    release(value)
    pushRegister(kind, result.number)
  }
}
