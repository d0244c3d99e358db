// Numeric and reference operators (4.4.1, 4.4.2).
extension Translator {
  mutating func unary(_ opcode: Opcode) {
    switch opcode {
    // Slots hold zero-extended bits: these change nothing.
    case .i64ExtendI32U, .i32ReinterpretF32, .i64ReinterpretF64, .f32ReinterpretI32, .f64ReinterpretI64: return
    case .i32Eqz, .i64Eqz:
      equalZero(opcode == .i32Eqz ? .i32 : .i64)
      return
    default: break
    }
    let forms = OperatorForms.unary[Int(opcode.rawValue)].unsafelyUnwrapped
    let operand = pop()
    let source = inSlot(operand, height)
    let destination = slot(height)
    beginResult()
    if let register = forms.register, integerInRegister == source {
      place(instruction(register, destination, 0, 0))
    } else {
      place(instruction(forms.slot, destination, source, 0))
    }
    if forms.isFloat == 0 { integerResult(destination) } else { floatResult(destination, inRegister: forms.isFloat == 2) }
  }

  /// eqz: turns a comparison around if that made the operand.
  private mutating func equalZero(_ operands: ComparisonForms.Operands) {
    if operands == .i32, let comparison = lastComparison, isLastOnTop {
      let negated = comparison.negated
      if negated.relation != .notLess && negated.relation != .notLessEqual {
        _ = pop()
        undoLast()
        emitComparison(negated)
        return
      }
    }
    let operand = pop()
    emitComparison(
      Comparison(operands: operands, relation: .equal, left: inSlot(operand, height), right: 0, immediate: 0))
  }

  mutating func refIsNull() {
    let operand = pop()
    emitComparison(Comparison(operands: .i64, relation: .equal, left: inSlot(operand, height), right: 0, immediate: 0))
  }

  mutating func refFunc(_ function: UInt32) { emitIntegerWide(.refFunc, function) }

  mutating func binary(_ opcode: Opcode) {
    if let comparison = OperatorForms.comparisons[Int(opcode.rawValue)] {
      compare(comparison)
      return
    }
    let forms = OperatorForms.binary[Int(opcode.rawValue)].unsafelyUnwrapped
    var right = pop()
    var left = pop()
    var leftHeight = height
    var rightHeight = height + 1
    if forms.kind == .commutative, left.place == .constant, right.place != .constant {
      swap(&left, &right)
      swap(&leftHeight, &rightHeight)
    }
    if opcode == .i32Sub || opcode == .i64Sub, right.place == .constant, let negative = Self.negatedImmediate(right.bits, opcode) {
      let source = inSlot(left, leftHeight)
      let addition: Opcode = opcode == .i32Sub ? .i32Add : .i64Add
      emitImmediate(addition, OperatorForms.binary[Int(addition.rawValue)].unsafelyUnwrapped, source, negative)
      return
    }
    if right.place == .constant, forms.slotImmediate != nil, let immediate = Self.smallImmediate(right.bits, opcode) {
      let source = inSlot(left, leftHeight)
      emitImmediate(opcode, forms, source, immediate)
      return
    }
    if right.place == .constant, let form = forms.slotWord, loopDepth == 0 || !hasConstantSlot(right.bits) {
      let source = inSlot(left, leftHeight)
      emitInteger(form, source, 0)
      word(right.bits)
      return
    }
    if opcode == .i32Add, lastShift != nil, lastResult >= 0, addShifted(left, right) { return }
    let leftSlot = inSlot(left, leftHeight)
    let rightSlot = inSlot(right, rightHeight)
    let destination = slot(height)
    beginResult()
    if forms.isFloat {
      if let form = forms.registerSlot, floatInRegister == leftSlot {
        place(instruction(form, destination, 0, rightSlot))
      } else if let form = forms.slotRegister, floatInRegister == rightSlot {
        place(registerRight(forms, form, destination, leftSlot, rightSlot))
      } else {
        place(instruction(forms.slots, destination, leftSlot, rightSlot))
      }
      floatResult(destination, inRegister: forms.isFloat64)
      return
    }
    if let form = forms.registerSlot, integerInRegister == leftSlot {
      place(instruction(form, destination, leftSlot, rightSlot))
    } else if let form = forms.slotRegister, integerInRegister == rightSlot {
      place(registerRight(forms, form, destination, leftSlot, rightSlot))
    } else {
      place(instruction(forms.slots, destination, leftSlot, rightSlot))
    }
    if opcode == .i32Add { lastAddition = Addition(left: leftSlot, right: rightSlot, shift: 0) }
    if opcode == .i32And { fusible = lastResult }
    integerResult(destination)
  }

  /// base + index << 1, 2 or 3 as one instruction, where the last one is the shift and one operand its result. The operands are popped.
  private mutating func addShifted(_ left: Operand, _ right: Operand) -> Bool {
    guard let shift = lastShift else { return false }
    // The last result is the topmost operand that is in the slot of its height.
    let isRight = right.place == .temporary
    let base = isRight ? left : right
    guard isRight || left.place == .temporary, base.place != .constant else { return false }
    undoLast()
    let addition = Addition(left: inSlot(base, height), right: shift.slot, shift: shift.distance)
    let form: Instruction = shift.distance == 1 ? .i32AddShl1 : shift.distance == 2 ? .i32AddShl2 : .i32AddShl3
    emitInteger(form, addition.left, addition.right)
    lastAddition = addition
    return true
  }

  /// Where the right operand is in the register: a commutative operator takes its register form with the other operand as c.
  private mutating func registerRight(_ forms: BinaryForms, _ form: Instruction, _ destination: Int, _ left: Int, _ right: Int) -> UInt64 {
    form == forms.registerSlot ? instruction(form, destination, right, left) : instruction(form, destination, left, right)
  }

  private mutating func emitImmediate(_ opcode: Opcode, _ forms: BinaryForms, _ source: Int, _ immediate: Int16) {
    let destination = slot(height)
    let isInRegister = integerInRegister == source
    beginResult()
    if isInRegister, let form = forms.registerImmediate {
      place(instruction(form, destination, source, Int(immediate)))
    } else {
      place(instruction(forms.slotImmediate.unsafelyUnwrapped, destination, source, Int(immediate)))
    }
    integerResult(destination)
    switch opcode {
    case .i32Add, .i32And: fusible = lastResult
    case .i32Shl where (1...3).contains(immediate): lastShift = (source, Int(immediate))
    default: break
    }
  }

  private static func is64(_ opcode: Opcode) -> Bool {
    opcode.rawValue >= Opcode.i64Clz.rawValue && opcode.rawValue <= Opcode.i64Rotr.rawValue
  }

  /// A constant as a sign-extended 16-bit immediate, if it fits.
  private static func smallImmediate(_ bits: UInt64, _ opcode: Opcode) -> Int16? { immediate16(bits, is64: is64(opcode)) }

  private static func negatedImmediate(_ bits: UInt64, _ opcode: Opcode) -> Int16? {
    immediate16(is64(opcode) ? 0 &- bits : UInt64(0 &- UInt32(truncatingIfNeeded: bits)), is64: is64(opcode))
  }

  static func immediate16(_ bits: UInt64, is64: Bool) -> Int16? {
    is64 ? Int16(exactly: Int64(bitPattern: bits)) : Int16(exactly: Int32(truncatingIfNeeded: bits))
  }

  // MARK: Comparisons

  private mutating func compare(_ forms: ComparisonForms) {
    var right = pop()
    var left = pop()
    var leftHeight = height
    var rightHeight = height + 1
    var relation = forms.relation
    let isFloat = forms.operands == .f32 || forms.operands == .f64
    if !isFloat {
      if left.place == .constant, right.place != .constant {
        swap(&left, &right)
        swap(&leftHeight, &rightHeight)
        relation = Comparison.mirrored(relation)
      }
      if right.place == .constant, let value = Translator.immediate16(right.bits, is64: forms.operands == .i64),
        let (adjusted, immediate) = Comparison.withImmediate(relation, value)
      {
        emitComparison(
          Comparison(operands: forms.operands, relation: adjusted, left: inSlot(left, leftHeight), right: 0, immediate: immediate))
        return
      }
    }
    // Greater and less-or-equal are less and greater-or-equal with the operands changed over; for floats greater ones are less ones.
    let mustSwap =
      isFloat
      ? relation == .greaterSigned || relation == .greaterEqualSigned
      : relation == .greaterSigned || relation == .greaterUnsigned || relation == .lessEqualSigned || relation == .lessEqualUnsigned
    var leftSlot = inSlot(left, leftHeight)
    var rightSlot = inSlot(right, rightHeight)
    if mustSwap {
      swap(&leftSlot, &rightSlot)
      relation = Comparison.mirrored(relation)
    }
    emitComparison(Comparison(operands: forms.operands, relation: relation, left: leftSlot, right: rightSlot, immediate: nil))
  }

  /// Emits a comparison that makes 0 or 1 and remembers it for a branch.
  private mutating func emitComparison(_ comparison: Comparison) {
    let destination = slot(height)
    var form = comparison.form(integerInRegister: integerInRegister)
    var comparison = comparison
    if form == .slotRegister, comparison.relation == .equal || comparison.relation == .notEqual {
      swap(&comparison.left, &comparison.right)
      form = .registerSlot
    }
    beginResult()
    place(
      instruction(comparison.valueInstruction(form), destination, comparison.left, comparison.immediate.map(Int.init) ?? comparison.right))
    integerResult(destination)
    lastComparison = comparison
  }

  /// Whether the instruction emitted last made the operand on top of the stack, still in its own slot.
  var isLastOnTop: Bool { mutating get { lastResult >= 0 && storage.operands[height - 1].place == .temporary } }

  /// Takes the last instruction back; its operand is popped already.
  mutating func undoLast() {
    storage.count = lastResult
    lastResult = -1
    lastComparison = nil
    lastAddition = nil
    lastShift = nil
    integerInRegister = integerBefore
  }
}
