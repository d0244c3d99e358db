/// Calls (4.4.8). The callee's frame begins where its arguments stand on the caller's operand stack, as in the interpreter. Return addresses
/// are on the host's stack; behind each stands the instruction that takes the frame pointer back, from which `CompiledFrames` reads how far.
extension Compiler {
  mutating func call(function: UInt32, type: BlockSignature) {
    guard Int(function) >= module.context.importedFunctionCount else {
      interpret(pops: type.parameters.count, pushes: type.results) { $0.call(function: function, type: type) }
      return
    }
    let base = takeArguments(type)
    moveFrame(base, .add)
    let place = storage.assembler.callLater()
    storage.calls.append(PendingCall(place: Int32(truncatingIfNeeded: place), function: function))
    moveFrame(base, .sub)
    pushCallResults(type.results)
  }

  /// Brings arguments to their slots, and what temporaries hold to its own; pops the arguments. Returns the callee's first slot.
  private mutating func takeArguments(_ type: BlockSignature) -> Int {
    settleTop(type.parameters.count)
    spillTemporaries()
    for _ in type.parameters { _ = pop() }
    return nextSlot
  }

  private mutating func moveFrame(_ slots: Int, _ operation: ALU) {
    storage.assembler.alu(operation, MachineOperand(Self.frame), immediate: Int32(truncatingIfNeeded: slots * 8), wide: true)
  }

  private mutating func pushCallResults(_ types: UnsafeBufferPointer<ValueType>) {
    forgetCopies()
    if types.count == 1 {
      let kind = ValueKind(types[0])
      if kind.isFloat { freeFloats &= ~1 } else { freeIntegers &= ~1 }
      pushRegister(kind, 0)
    } else {
      for type in types { pushSlot(ValueKind(type)) }
    }
  }

  mutating func callIndirect(table: UInt32, type: DefinedType.Pointer) {
    let signature = type.pointee.signature
    let typeIndex = module.context.index(of: type)
    var index = pop()
    let indexSlot = Int32(truncatingIfNeeded: nextSlot)
    let base = prepareIndirect(&index, signature)
    var cold = newCold(.interpret)
    checkCallee(index, table, typeIndex, cold.label)
    moveFrame(base, .add)
    storage.assembler.call(MachineOperand(base: .rax, Int32(FunctionCodeLayout.native)))
    moveFrame(base, .sub)
    cold.snippet = interpreterSnippet([
      translator.instruction(.callIndirectByIndex, base, max(signature.parameters.slotCount, signature.results.slotCount), Int(indexSlot)),
      UInt64(typeIndex) | UInt64(table) << 32,
    ])
    finishIndirect(&cold, index, indexSlot, base, signature)
    release(index)
    pushCallResults(signature.results)
  }

  /// The operand that says what is called, in a register; the arguments in their slots. Returns the callee's first slot.
  private mutating func prepareIndirect(_ operand: inout StackValue, _ signature: BlockSignature) -> Int {
    // Nothing but this register is in use at a call.
    _ = inRegister(&operand)
    let base = takeArguments(signature)
    if operand.place == .register, operand.register == Register.rax.number {
      let moved = newInteger()
      storage.assembler.move(moved, .rax)
      operand.register = moved.number
      releaseInteger(Register.rax.number)
    }
    return base
  }

  /// Leaves the callee's code in rax, if it is a function of this instance and of exactly the type that is named.
  private mutating func checkCallee(_ index: StackValue, _ table: UInt32, _ typeIndex: Int, _ otherwise: CodeLabel) {
    let register = Register(registerNumber(index))
    storage.assembler.load(Self.scratch, field(ContextField.tables), wide: true)
    storage.assembler.load(Self.scratch, MachineOperand(base: Self.scratch, Int32(truncatingIfNeeded: Int(table) * 8)), wide: true)
    // A table's storage: its elements, then how many there are.
    storage.assembler.alu(.cmp, register, MachineOperand(base: Self.scratch, 8), wide: true)
    storage.assembler.jump(.aboveOrEqual, otherwise)
    storage.assembler.load(Self.scratch, MachineOperand(base: Self.scratch), wide: true)
    storage.assembler.load(.rax, MachineOperand(base: Self.scratch, index: register, scale: 3), wide: true)
    storage.assembler.test(.rax, .rax, wide: true)
    storage.assembler.jump(.equal, otherwise)
    storage.assembler.load(Self.scratch, field(ContextField.typeNumbers), wide: true)
    storage.assembler.load(Self.scratch, MachineOperand(base: Self.scratch, Int32(truncatingIfNeeded: typeIndex * 4)), wide: false)
    storage.assembler.alu(.cmp, Self.scratch, MachineOperand(base: .rax, Int32(FunctionRecordLayout.type)), wide: false)
    storage.assembler.jump(.notEqual, otherwise)
    enterRecord(otherwise)
  }

  /// From a function's record in rax to its code, if it is one of this instance.
  private mutating func enterRecord(_ otherwise: CodeLabel) {
    forgetCopy(Register.rax.number, .i64)
    storage.assembler.alu(.cmp, Self.context, MachineOperand(base: .rax, Int32(FunctionRecordLayout.context)), wide: true)
    storage.assembler.jump(.notEqual, otherwise)
    storage.assembler.load(.rax, MachineOperand(base: .rax, Int32(FunctionRecordLayout.code)), wide: true)
  }

  private mutating func finishIndirect(
    _ cold: inout ColdPath, _ operand: StackValue, _ slot: Int32, _ base: Int, _ signature: BlockSignature
  ) {
    cold.register = registerNumber(operand)
    cold.operandKind = .i64
    cold.operandSlot = slot
    cold.hasResult = signature.results.count == 1
    cold.resultSlot = Int32(truncatingIfNeeded: base)
    if cold.hasResult {
      cold.resultKind = ValueKind(signature.results[0])
      cold.result = 0
    }
    storage.assembler.bind(cold.back)
    addCold(cold, code: 0)
    hasCalls = true
  }

  mutating func callReference(_ type: DefinedType.Pointer) {
    let signature = type.pointee.signature
    var reference = pop()
    let slot = Int32(truncatingIfNeeded: nextSlot)
    let base = prepareIndirect(&reference, signature)
    var cold = newCold(.interpret)
    let register = Register(registerNumber(reference))
    storage.assembler.move(.rax, register)
    storage.assembler.test(.rax, .rax, wide: true)
    storage.assembler.jump(.equal, cold.label)
    enterRecord(cold.label)
    moveFrame(base, .add)
    storage.assembler.call(MachineOperand(base: .rax, Int32(FunctionCodeLayout.native)))
    moveFrame(base, .sub)
    cold.snippet = interpreterSnippet([
      translator.instruction(.callReference, base, max(signature.parameters.slotCount, signature.results.slotCount), Int(slot))
    ])
    finishIndirect(&cold, reference, slot, base, signature)
    release(reference)
    pushCallResults(signature.results)
  }

  // MARK: Tail calls (4.4.8.12)

  mutating func returnCall(function: UInt32, type: BlockSignature) {
    guard Int(function) >= module.context.importedFunctionCount else {
      // Only the host's functions and other instances' are imported: called, and their results returned.
      call(function: function, type: type)
      emitReturn()
      return
    }
    hasCalls = true
    moveToFirstSlots(type.parameters.count)
    emitEpilogue()
    let place = storage.assembler.jumpLater()
    storage.calls.append(PendingCall(place: Int32(truncatingIfNeeded: place), function: function))
  }

  mutating func returnCallIndirect(table: UInt32, type: DefinedType.Pointer) {
    let signature = type.pointee.signature
    let typeIndex = module.context.index(of: type)
    var index = pop()
    let indexSlot = Int32(truncatingIfNeeded: nextSlot)
    _ = inRegister(&index)
    // The index stays clear of rax, which gets the callee.
    settleTop(signature.parameters.count)
    spillTemporaries()
    if index.place == .register, index.register == Register.rax.number {
      let moved = newInteger()
      storage.assembler.move(moved, .rax)
      index.register = moved.number
      releaseInteger(Register.rax.number)
    }
    var cold = newCold(.interpret)
    checkCallee(index, table, typeIndex, cold.label)
    moveToFirstSlots(signature.parameters.count)
    emitEpilogue()
    storage.assembler.jump(MachineOperand(base: .rax, Int32(FunctionCodeLayout.native)))
    let base = argumentBase(signature)
    cold.snippet = interpreterSnippet([
      translator.instruction(.callIndirectByIndex, base, max(signature.parameters.slotCount, signature.results.slotCount), Int(indexSlot)),
      UInt64(typeIndex) | UInt64(table) << 32,
    ])
    finishTailCall(&cold, index, indexSlot, base, signature)
  }

  private mutating func argumentBase(_ signature: BlockSignature) -> Int {
    signature.parameters.count == 0 ? nextSlot : Int(storage.values[height - signature.parameters.count].slot)
  }

  /// The slow path of a tail call is a call; its results are returned.
  private mutating func finishTailCall(
    _ cold: inout ColdPath, _ operand: StackValue, _ slot: Int32, _ base: Int, _ signature: BlockSignature
  ) {
    release(operand)
    for _ in signature.parameters { _ = pop() }
    finishIndirect(&cold, operand, slot, base, signature)
    pushCallResults(signature.results)
    emitReturn()
  }

  mutating func returnCallReference(_ type: DefinedType.Pointer) {
    let signature = type.pointee.signature
    var reference = pop()
    let slot = Int32(truncatingIfNeeded: nextSlot)
    _ = inRegister(&reference)
    settleTop(signature.parameters.count)
    spillTemporaries()
    var cold = newCold(.interpret)
    let register = Register(registerNumber(reference))
    if register != .rax { storage.assembler.move(.rax, register) }
    if register == .rax {
      // The slow path needs the reference, which the code's address takes the place of.
      let moved = newInteger()
      storage.assembler.move(moved, .rax)
      reference.register = moved.number
      releaseInteger(Register.rax.number)
    }
    storage.assembler.test(.rax, .rax, wide: true)
    storage.assembler.jump(.equal, cold.label)
    enterRecord(cold.label)
    moveToFirstSlots(signature.parameters.count)
    emitEpilogue()
    storage.assembler.jump(MachineOperand(base: .rax, Int32(FunctionCodeLayout.native)))
    let base = argumentBase(signature)
    cold.snippet = interpreterSnippet([
      translator.instruction(.callReference, base, max(signature.parameters.slotCount, signature.results.slotCount), Int(slot))
    ])
    finishTailCall(&cold, reference, slot, base, signature)
  }
}
