/// Integer arithmetic (4.4.1): i32 in the lower halves of registers, with zero upper halves.
extension Compiler {
  mutating func binary(_ opcode: Opcode) {
    switch opcode {
    case .i32Add: add(.i32)
    case .i64Add: add(.i64)
    case .i32Sub: subtract(.i32)
    case .i64Sub: subtract(.i64)
    case .i32And: commute(.and, .i32)
    case .i32Or: commute(.or, .i32)
    case .i32Xor: commute(.xor, .i32)
    case .i64And: commute(.and, .i64)
    case .i64Or: commute(.or, .i64)
    case .i64Xor: commute(.xor, .i64)
    case .i32Mul: multiply(.i32)
    case .i64Mul: multiply(.i64)
    case .i32Shl: shift(.left, .i32)
    case .i32ShrS: shift(.arithmeticRight, .i32)
    case .i32ShrU: shift(.right, .i32)
    case .i64Shl: shift(.left, .i64)
    case .i64ShrS: shift(.arithmeticRight, .i64)
    case .i64ShrU: shift(.right, .i64)
    case .i32Rotl: rotate(.rotateLeft, .i32)
    case .i32Rotr: rotate(.rotateRight, .i32)
    case .i64Rotl: rotate(.rotateLeft, .i64)
    case .i64Rotr: rotate(.rotateRight, .i64)
    case .i32DivS: divide(.i32, isSigned: true, isRemainder: false)
    case .i32DivU: divide(.i32, isSigned: false, isRemainder: false)
    case .i32RemS: divide(.i32, isSigned: true, isRemainder: true)
    case .i32RemU: divide(.i32, isSigned: false, isRemainder: true)
    case .i64DivS: divide(.i64, isSigned: true, isRemainder: false)
    case .i64DivU: divide(.i64, isSigned: false, isRemainder: false)
    case .i64RemS: divide(.i64, isSigned: true, isRemainder: true)
    case .i64RemU: divide(.i64, isSigned: false, isRemainder: true)
    case .i32Eq: compare(.equal, .i32)
    case .i32Ne: compare(.notEqual, .i32)
    case .i32LtS: compare(.less, .i32)
    case .i32LtU: compare(.below, .i32)
    case .i32GtS: compare(.greater, .i32)
    case .i32GtU: compare(.above, .i32)
    case .i32LeS: compare(.lessOrEqual, .i32)
    case .i32LeU: compare(.belowOrEqual, .i32)
    case .i32GeS: compare(.greaterOrEqual, .i32)
    case .i32GeU: compare(.aboveOrEqual, .i32)
    case .i64Eq: compare(.equal, .i64)
    case .i64Ne: compare(.notEqual, .i64)
    case .i64LtS: compare(.less, .i64)
    case .i64LtU: compare(.below, .i64)
    case .i64GtS: compare(.greater, .i64)
    case .i64GtU: compare(.above, .i64)
    case .i64LeS: compare(.lessOrEqual, .i64)
    case .i64LeU: compare(.belowOrEqual, .i64)
    case .i64GeS: compare(.greaterOrEqual, .i64)
    case .i64GeU: compare(.aboveOrEqual, .i64)
    default: floatBinary(opcode)
    }
  }

  mutating func unary(_ opcode: Opcode) {
    switch opcode {
    case .i32Eqz: equalsZero(.i32)
    case .i64Eqz: equalsZero(.i64)
    case .i32Clz, .i64Clz, .i32Ctz, .i64Ctz, .i32Popcnt, .i64Popcnt: count(opcode)
    case .i32WrapI64:
      let value = pop()
      if value.place == .constant {
        pushConstant(.i32, value.bits & 0xFFFF_FFFF)
        return
      }
      integerResult(.i32, [value]) { compiler, result in
        // The upper half must be cleared, even where the value stays where it is.
        compiler.storage.assembler.load(result, compiler.source(value), wide: false)
      }
    case .i64ExtendI32U:
      var value = pop()
      if value.place == .flags { value = inFreshRegister(value) }
      value.kind = .i64
      pushBack(value)
    case .i32Extend8S: extend(.i32, 8)
    case .i32Extend16S: extend(.i32, 16)
    case .i64Extend8S: extend(.i64, 8)
    case .i64Extend16S: extend(.i64, 16)
    case .i64Extend32S, .i64ExtendI32S: extend(.i64, 32)
    default: floatUnary(opcode)
    }
  }

  /// Pushes a value that was just popped, perhaps as another kind.
  mutating func pushBack(_ value: StackValue) {
    switch value.place {
    case .register: pushRegister(value.kind, value.register)
    case .local:
      push(value)
      aliasCount += 1
      storage.aliases[value.local] += 1
    default: push(value)
    }
  }

  private mutating func inFreshRegister(_ value: StackValue) -> StackValue {
    var value = value
    let register = newInteger()
    load(value, register)
    value.place = .register
    value.register = register.number
    return value
  }

  /// Runs `body` with the register for a result: that of the local which is set next, else a temporary. Operands are released after it.
  @inline(__always)
  mutating func integerResult(_ kind: ValueKind, _ operands: InlineArray<1, StackValue>, _ body: (inout Compiler, Register) -> Void) {
    let target = hint(kind, offset + 1)
    let value = operands[0]
    if target == Self.noRegister {
      // The operand's own temporary will do.
      let result =
        value.place == .register && !value.kind.isFloat && Self.integerTemporaries & 1 << UInt32(value.register) != 0
        ? Register(value.register) : newInteger()
      body(&self, result)
      if value.kind.isFloat { release(value) }
      pushRegister(kind, result.number)
    } else {
      body(&self, Register(target))
      release(value)
      pushRegister(kind, target)
    }
  }

  // MARK: Results

  /// Where the result of a two-operand instruction goes, with the left operand already there. `right` may be swapped with the left one
  /// where that makes no difference.
  mutating func prepare(
    _ kind: ValueKind, _ left: inout StackValue, _ right: inout StackValue, commutes: Bool
  ) -> Register {
    let target = hint(kind, offset + 1)
    if target != Self.noRegister {
      if registerNumber(right) != target {
        load(left, Register(target))
        return Register(target)
      }
      if commutes {
        swap(&left, &right)
        return Register(target)
      }
    }
    if left.place == .register, Self.integerTemporaries & 1 << UInt32(left.register) != 0 { return Register(left.register) }
    if commutes, right.place == .register, Self.integerTemporaries & 1 << UInt32(right.register) != 0 {
      swap(&left, &right)
      return Register(left.register)
    }
    let register = newInteger()
    load(left, register)
    return register
  }

  /// Releases the operands, but not the one whose register is the result's, and pushes the result.
  mutating func finish(_ kind: ValueKind, _ left: StackValue, _ right: StackValue, _ result: Register) {
    release(right)
    if left.place == .register, left.register != result.number { release(left) }
    pushRegister(kind, result.number)
  }

  /// A constant that an instruction can take as its immediate, sign-extended.
  @inline(__always)
  private static func immediate(_ value: StackValue, _ kind: ValueKind) -> Int32? {
    guard value.place == .constant else { return nil }
    if kind == .i32 { return Int32(truncatingIfNeeded: value.bits) }
    return Int64(bitPattern: value.bits) == Int64(Int32(truncatingIfNeeded: value.bits)) ? Int32(truncatingIfNeeded: value.bits) : nil
  }

  /// An operand that an instruction can read where it is; a constant gets a register.
  private mutating func readable(_ value: inout StackValue) -> MachineOperand {
    if value.place == .constant || value.place == .flags { return MachineOperand(inRegister(&value)) }
    return source(value)
  }

  private mutating func popTwo() -> (StackValue, StackValue) {
    let right = pop()
    let left = pop()
    return (left, right)
  }

  // MARK: Operations

  private mutating func add(_ kind: ValueKind) {
    var (left, right) = popTwo()
    if left.place == .constant { swap(&left, &right) }
    if left.place == .constant {
      let sum = left.bits &+ right.bits
      pushConstant(kind, kind == .i32 ? sum & 0xFFFF_FFFF : sum)
      return
    }
    let wide = kind.isWide
    let leftNumber = registerNumber(left)
    // Three operands: an address that is not used as one.
    if leftNumber != Self.noRegister {
      let target = hint(kind, offset + 1)
      let isInPlace = target == leftNumber || (target == Self.noRegister && left.place == .register)
      if let immediate = Self.immediate(right, kind), !isInPlace {
        let result = target != Self.noRegister ? Register(target) : newInteger()
        storage.assembler.lea(result, MachineOperand(base: Register(leftNumber), immediate), wide: wide)
        finish(kind, left, right, result)
        return
      }
      let rightNumber = registerNumber(right)
      if rightNumber != Self.noRegister, !isInPlace, target != rightNumber,
        target != Self.noRegister || right.place != .register
      {
        let result = target != Self.noRegister ? Register(target) : newInteger()
        storage.assembler.lea(result, MachineOperand(base: Register(leftNumber), index: Register(rightNumber)), wide: wide)
        finish(kind, left, right, result)
        return
      }
    }
    let result = prepare(kind, &left, &right, commutes: true)
    if let immediate = Self.immediate(right, kind) {
      storage.assembler.alu(.add, MachineOperand(result), immediate: immediate, wide: wide)
    } else {
      let operand = readable(&right)
      storage.assembler.alu(.add, result, operand, wide: wide)
    }
    finish(kind, left, right, result)
  }

  private mutating func subtract(_ kind: ValueKind) {
    var (left, right) = popTwo()
    let wide = kind.isWide
    if let immediate = Self.immediate(right, kind), immediate != .min {
      let leftNumber = registerNumber(left)
      let target = leftNumber == Self.noRegister ? Self.noRegister : hint(kind, offset + 1)
      if leftNumber != Self.noRegister, left.place == .local || target != Self.noRegister, target != leftNumber {
        let result = target != Self.noRegister ? Register(target) : newInteger()
        storage.assembler.lea(result, MachineOperand(base: Register(leftNumber), -immediate), wide: wide)
        finish(kind, left, right, result)
        return
      }
    }
    let result = prepare(kind, &left, &right, commutes: false)
    if let immediate = Self.immediate(right, kind) {
      storage.assembler.alu(.sub, MachineOperand(result), immediate: immediate, wide: wide)
    } else {
      let operand = readable(&right)
      storage.assembler.alu(.sub, result, operand, wide: wide)
    }
    finish(kind, left, right, result)
  }

  private mutating func commute(_ operation: ALU, _ kind: ValueKind) {
    var (left, right) = popTwo()
    if left.place == .constant { swap(&left, &right) }
    let result = prepare(kind, &left, &right, commutes: true)
    if right.place == .constant, let immediate = Self.immediate(right, kind) {
      storage.assembler.alu(operation, MachineOperand(result), immediate: immediate, wide: kind.isWide)
    } else if kind == .i64, operation == .and, right.place == .constant, right.bits <= UInt64(UInt32.max) {
      // The upper half becomes zero by itself.
      storage.assembler.alu(.and, MachineOperand(result), immediate: Int32(truncatingIfNeeded: right.bits), wide: false)
    } else {
      let operand = readable(&right)
      storage.assembler.alu(operation, result, operand, wide: kind.isWide)
    }
    finish(kind, left, right, result)
  }

  private mutating func multiply(_ kind: ValueKind) {
    var (left, right) = popTwo()
    if left.place == .constant { swap(&left, &right) }
    let wide = kind.isWide
    if let immediate = Self.immediate(right, kind), left.place != .constant, left.place != .flags {
      let target = hint(kind, offset + 1)
      let result =
        target != Self.noRegister
        ? Register(target) : (left.place == .register ? writable(left) : newInteger())
      if immediate > 0, immediate & (immediate - 1) == 0 {
        load(left, result)
        if immediate > 1 {
          storage.assembler.shift(.left, MachineOperand(result), by: UInt8(immediate.trailingZeroBitCount), wide: wide)
        }
      } else {
        storage.assembler.multiply(result, source(left), immediate: immediate, wide: wide)
      }
      finish(kind, left, right, result)
      return
    }
    let result = prepare(kind, &left, &right, commutes: true)
    let operand = readable(&right)
    storage.assembler.multiply(result, operand, wide: wide)
    finish(kind, left, right, result)
  }

  private mutating func shift(_ operation: Shift, _ kind: ValueKind) {
    var (left, right) = popTwo()
    let wide = kind.isWide
    if right.place == .constant {
      let distance = UInt8(right.bits & (wide ? 63 : 31))
      let result = prepare(kind, &left, &right, commutes: false)
      if distance != 0 { storage.assembler.shift(operation, MachineOperand(result), by: distance, wide: wide) }
      finish(kind, left, right, result)
      return
    }
    let distance = inRegister(&right)
    let target = hint(kind, offset + 1)
    let operand = readable(&left)
    let result: Register
    if target != Self.noRegister {
      result = Register(target)
    } else if left.place == .register, Self.integerTemporaries & 1 << UInt32(left.register) != 0 {
      result = Register(left.register)
    } else {
      result = newInteger()
    }
    storage.assembler.shiftX(operation, result, operand, by: distance, wide: wide)
    finish(kind, left, right, result)
  }

  private mutating func rotate(_ operation: Shift, _ kind: ValueKind) {
    var (left, right) = popTwo()
    let wide = kind.isWide
    if right.place == .constant {
      let bits: UInt8 = wide ? 64 : 32
      let distance = UInt8(right.bits & UInt64(bits - 1))
      let toTheRight = operation == .rotateRight ? distance : (bits - distance) & (bits - 1)
      let target = hint(kind, offset + 1)
      let operand = readable(&left)
      let result: Register
      if target != Self.noRegister {
        result = Register(target)
      } else if left.place == .register, Self.integerTemporaries & 1 << UInt32(left.register) != 0 {
        result = Register(left.register)
      } else {
        result = newInteger()
      }
      storage.assembler.rotateRightX(result, operand, by: toTheRight, wide: wide)
      finish(kind, left, right, result)
      return
    }
    // By cl. Nothing that was popped may stand in rcx but the distance.
    if left.place == .register, left.register == Register.rcx.number {
      let register = newInteger()
      storage.assembler.move(register, .rcx)
      left.register = register.number
      if right.place != .register || right.register != Register.rcx.number { releaseInteger(Register.rcx.number) }
    }
    if right.place != .register || right.register != Register.rcx.number {
      take(.rcx)
      load(right, .rcx)
      release(right)
      right.place = .register
      right.register = Register.rcx.number
    }
    let result = writable(left)
    storage.assembler.shift(operation, MachineOperand(result), wide: wide)
    finish(kind, left, right, result)
  }

  private mutating func divide(_ kind: ValueKind, isSigned: Bool, isRemainder: Bool) {
    var (left, right) = popTwo()
    let wide = kind.isWide
    if right.place == .constant, !isSigned, right.bits != 0, right.bits & (right.bits - 1) == 0 {
      // By a power of two.
      let result = prepare(kind, &left, &right, commutes: false)
      let distance = UInt8(right.bits.trailingZeroBitCount)
      if !isRemainder {
        if distance > 0 { storage.assembler.shift(.right, MachineOperand(result), by: distance, wide: wide) }
      } else if right.bits <= 1 << 31 {
        storage.assembler.alu(.and, MachineOperand(result), immediate: Int32(truncatingIfNeeded: right.bits &- 1), wide: wide)
      } else {
        storage.assembler.move(Self.scratch, immediate: right.bits &- 1)
        storage.assembler.alu(.and, result, Self.scratch, wide: wide)
      }
      finish(kind, left, right, result)
      return
    }
    if kind == .i32, divideByConstant(&left, &right, isSigned: isSigned, isRemainder: isRemainder) { return }
    // rdx:rax is divided. What was popped leaves both registers, except for the dividend in rax.
    let isKnown = right.place == .constant && right.bits != 0 && !(right.bits == (wide ? UInt64.max : UInt64(UInt32.max)))
    right = outOf(right, .rax, .rdx)
    left = outOf(left, .rdx, .rdx)
    if left.place != .register || left.register != Register.rax.number {
      take(.rax)
      load(left, .rax)
      release(left)
    }
    forgetCopy(Register.rax.number, kind)
    take(.rdx)
    let divisor = inRegister(&right)
    let done = storage.assembler.newLabel()
    if !isKnown {
      var zero = newCold(.trap)
      zero.isWide = wide
      storage.assembler.test(divisor, divisor, wide: wide)
      storage.assembler.jump(.equal, zero.label)
      addCold(zero, code: CompiledTrap.divideByZero)
      if isSigned {
        var minusOne = newCold(isRemainder ? .zeroRemainder : .negate)
        minusOne.isWide = wide
        minusOne.back = done
        storage.assembler.alu(.cmp, MachineOperand(divisor), immediate: -1, wide: wide)
        storage.assembler.jump(.equal, minusOne.label)
        addCold(minusOne, code: CompiledTrap.integerOverflow)
      }
    }
    if isSigned {
      storage.assembler.signExtendAccumulator(wide: wide)
      storage.assembler.group3(.idiv, MachineOperand(divisor), wide: wide)
    } else {
      storage.assembler.zero(.rdx)
      storage.assembler.group3(.div, MachineOperand(divisor), wide: wide)
    }
    storage.assembler.bind(done)
    release(right)
    let result: Register = isRemainder ? .rdx : .rax
    releaseInteger(isRemainder ? Register.rax.number : Register.rdx.number)
    pushRegister(kind, result.number)
  }

  /// A popped value in another register than these two temporaries.
  private mutating func outOf(_ value: StackValue, _ first: Register, _ second: Register) -> StackValue {
    guard value.place == .register, value.register == first.number || value.register == second.number else { return value }
    var free = freeIntegers & ~(1 << UInt32(first.number) | 1 << UInt32(second.number)) & ~(1 << UInt32(Register.rax.number))
    if free == 0 {
      // What is lowest on the stack makes room, as often as it takes.
      for number in 0..<8 where integerOwners[number] >= 0 && free == 0 {
        spill(Int(integerOwners[number]))
        free = freeIntegers & ~(1 << UInt32(first.number) | 1 << UInt32(second.number)) & ~(1 << UInt32(Register.rax.number))
      }
    }
    precondition(free != 0, "no register for a divisor")
    let register = Register(UInt8(free.trailingZeroBitCount))
    freeIntegers &= ~(1 << UInt32(register.number))
    forgetCopy(register.number, value.kind)
    storage.assembler.move(register, Register(value.register))
    releaseInteger(value.register)
    var moved = value
    moved.register = register.number
    return moved
  }

  private mutating func count(_ opcode: Opcode) {
    var value = pop()
    let wide = opcode == .i64Clz || opcode == .i64Ctz || opcode == .i64Popcnt
    if value.place == .constant || value.place == .flags { value = inFreshRegister(value) }
    let operand = source(value)
    integerResult(wide ? .i64 : .i32, [value]) { compiler, result in
      switch opcode {
      case .i32Clz, .i64Clz: compiler.storage.assembler.countLeadingZeros(result, operand, wide: wide)
      case .i32Ctz, .i64Ctz: compiler.storage.assembler.countTrailingZeros(result, operand, wide: wide)
      default: compiler.storage.assembler.countOnes(result, operand, wide: wide)
      }
    }
  }

  private mutating func extend(_ kind: ValueKind, _ bits: Int) {
    var value = pop()
    if value.place == .constant || value.place == .flags { value = inFreshRegister(value) }
    let operand = source(value)
    integerResult(kind, [value]) { compiler, result in
      compiler.storage.assembler.loadExtended(result, operand, bits: bits, isSigned: true, wide: kind == .i64)
    }
  }

  // MARK: Comparisons

  /// Whether the operator behind the present one uses a condition where it is: in the flags.
  @inline(__always)
  mutating func nextTakesFlags(_ next: Int) -> Bool {
    switch module.context.module.base.load(fromByteOffset: next, as: UInt8.self) {
    case 0x04, 0x0D, 0x1B, 0x45: true
    default: false
    }
  }

  /// Pushes a condition that the flags hold.
  mutating func pushFlags(_ condition: FlagCondition, length: Int = 1) {
    if nextTakesFlags(offset + length) {
      push(StackValue(place: .flags, kind: .i32, condition: condition))
      return
    }
    let target = hint(.i32, offset + length)
    let result = target != Self.noRegister ? Register(target) : newInteger()
    set(result, condition)
    pushRegister(.i32, result.number)
  }

  private mutating func compare(_ code: ConditionCode, _ kind: ValueKind) {
    var (left, right) = popTwo()
    var code = code
    if left.place == .constant, right.place != .constant {
      swap(&left, &right)
      code = code.mirrored
    }
    let wide = kind.isWide
    if let immediate = Self.immediate(right, kind) {
      if left.place == .constant { left = inFreshRegister(left) }
      let number = registerNumber(left)
      if immediate == 0, number != Self.noRegister {
        storage.assembler.test(Register(number), Register(number), wide: wide)
      } else {
        storage.assembler.alu(.cmp, source(left), immediate: immediate, wide: wide)
      }
    } else {
      let register = inRegister(&left)
      let operand = readable(&right)
      storage.assembler.alu(.cmp, register, operand, wide: wide)
    }
    release(left)
    release(right)
    pushFlags(.integer(code))
  }

  private mutating func equalsZero(_ kind: ValueKind) {
    var value = pop()
    if value.place == .flags {
      pushFlags(value.condition.negated)
      return
    }
    if value.place == .constant { value = inFreshRegister(value) }
    let number = registerNumber(value)
    if number != Self.noRegister {
      storage.assembler.test(Register(number), Register(number), wide: kind.isWide)
    } else {
      storage.assembler.alu(.cmp, source(value), immediate: 0, wide: kind.isWide)
    }
    release(value)
    pushFlags(.integer(.equal))
  }
}

extension ConditionCode {
  /// What holds of the operands in the other order.
  var mirrored: ConditionCode {
    switch self {
    case .less: .greater
    case .greater: .less
    case .lessOrEqual: .greaterOrEqual
    case .greaterOrEqual: .lessOrEqual
    case .below: .above
    case .above: .below
    case .belowOrEqual: .aboveOrEqual
    case .aboveOrEqual: .belowOrEqual
    default: self
    }
  }
}
