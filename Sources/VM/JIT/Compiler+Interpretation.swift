/// What the compiler leaves to the interpreter, and what stands behind a function's code: seldom-run paths, constants, tables, the
/// interpreter's instructions.
extension Compiler {
  // MARK: The interpreter's handlers

  /// Runs the instructions that the Translator makes of an operator. Operands and results are in their slots.
  mutating func interpret(
    pops: Int, pushes: UnsafeBufferPointer<ValueType>, _ translate: (inout Translator) -> Void
  ) {
    settleForInterpreter(pops)
    let label = snippet(pops, translate)
    runSnippet(label)
    for _ in 0..<pops { _ = pop() }
    for type in pushes { pushSlot(ValueKind(type)) }
  }

  mutating func interpret(pops: Int, pushes kind: ValueKind?, _ translate: (inout Translator) -> Void) {
    settleForInterpreter(pops)
    let label = snippet(pops, translate)
    runSnippet(label)
    for _ in 0..<pops { _ = pop() }
    if let kind { pushSlot(kind) }
  }

  private mutating func settleForInterpreter(_ pops: Int) {
    settleTop(pops)
    spillTemporaries()
    forgetCopies()
    hasCalls = true
  }

  private mutating func runSnippet(_ label: CodeLabel, keepsTemporaries: Bool = false) {
    storage.assembler.lea(Self.scratch, MachineOperand(label), wide: true)
    callStub(keepsTemporaries ? .interpretKeeping : .interpret)
  }

  /// The instructions that the Translator makes of an operator whose operands are on top, in slots.
  mutating func snippet(_ pops: Int, _ translate: (inout Translator) -> Void) -> CodeLabel {
    let slots = nextSlot - translator.firstTemporary
    let operands = pops == 0 ? 0 : nextSlot - Int(storage.values[height - pops].slot)
    translator.beginSnippet(height: slots, operands: operands)
    translate(&translator)
    // The Translator may have used slots above for a moment.
    noteSlots(translator.firstTemporary + max(slots, translator.height) + 4)
    return translatedSnippet()
  }

  /// The instructions of an operator whose only operand is on top, in its slot or not: who jumps there brings it there.
  mutating func snippetOfTop(_ translate: (inout Translator) -> Void) -> CodeLabel { snippet(1, translate) }

  /// The interpreter's instruction for an operator whose operand would be next on the stack, in its slot.
  mutating func snippetAbove(_ opcode: Opcode) -> CodeLabel {
    let slots = nextSlot + 1 - translator.firstTemporary
    translator.beginSnippet(height: slots, operands: 1)
    translator.unary(opcode)
    noteSlots(translator.firstTemporary + slots + 4)
    return translatedSnippet()
  }

  mutating func interpreterSnippet(_ words: [UInt64]) -> CodeLabel {
    let first = storage.snippetWords.count
    for word in words { storage.snippetWords.append(word) }
    return finishSnippet(first)
  }

  /// What the Translator has just made.
  private mutating func translatedSnippet() -> CodeLabel {
    let words = translator.storage
    let first = storage.snippetWords.count
    for index in 0..<words.count { storage.snippetWords.append(words.words[index]) }
    return finishSnippet(first)
  }

  private mutating func finishSnippet(_ first: Int) -> CodeLabel {
    storage.snippetWords.append(UInt64(Instruction.resumeCompiled.rawValue))
    let label = storage.assembler.newLabel()
    storage.snippets.append(CodeData(label: label, first: first, count: storage.snippetWords.count - first))
    return label
  }

  mutating func callStub(_ stub: CompiledStub) {
    let place = storage.assembler.callLater()
    storage.calls.append(PendingCall(place: Int32(truncatingIfNeeded: place), function: stub.callNumber))
  }

  private mutating func jumpToStub(_ stub: CompiledStub) {
    let place = storage.assembler.jumpLater()
    storage.calls.append(PendingCall(place: Int32(truncatingIfNeeded: place), function: stub.callNumber))
  }

  // MARK: Cold paths

  mutating func newCold(_ kind: ColdPath.Kind) -> ColdPath {
    ColdPath(
      kind: kind, label: storage.assembler.newLabel(), back: storage.assembler.newLabel(), offset: offset,
      origin: storage.assembler.count)
  }

  mutating func addCold(_ path: ColdPath, code: UInt64) {
    var path = path
    path.code = code
    storage.coldPaths.append(path)
  }

  mutating func emitColdPaths() {
    for index in 0..<storage.coldPaths.count {
      let path = storage.coldPaths[index]
      if recordsOffsets { storage.offsets.append((storage.assembler.count, path.offset)) }
      storage.assembler.bind(path.label)
      switch path.kind {
      case .trap: emitTrap(path.code)
      case .interpret:
        let first = storage.assembler.count
        emitInterpretation(path)
        guard storage.use.hasTry else { continue }
        storage.detours.append(
          CompiledDetour(
            first: Int32(truncatingIfNeeded: first), end: Int32(truncatingIfNeeded: storage.assembler.count),
            origin: Int32(truncatingIfNeeded: path.origin)))
      case .negate:
        // The only quotient that does not fit is that of the least number.
        let overflow = storage.assembler.newLabel()
        storage.assembler.group3(.neg, MachineOperand(.rax), wide: path.isWide)
        storage.assembler.jump(.overflow, overflow)
        storage.assembler.jump(path.back)
        storage.assembler.bind(overflow)
        emitTrap(path.code)
      case .zeroRemainder:
        storage.assembler.zero(.rdx)
        storage.assembler.jump(path.back)
      }
    }
  }

  private mutating func emitTrap(_ code: UInt64) {
    // Two instructions at most, and the lower half says which trap.
    storage.assembler.move(.rdi, immediate: code)
    // No room on the stacks: nothing of this function's is on them yet, so its caller is where the trap happened.
    if code == CompiledTrap.stackOverflow {
      jumpToStub(.trap)
    } else {
      callStub(.trap)
      // What stands behind a call says how far the frame moved (`CompiledFrames`).
      storage.assembler.undefined()
    }
  }

  private mutating func emitInterpretation(_ path: ColdPath) {
    if path.operandKind.isFloat {
      storage.assembler.storeFloat(VectorRegister(path.register), place(path.operandSlot), width: path.operandKind.slotBytes)
    } else {
      storage.assembler.store(Register(path.register), place(path.operandSlot), wide: true)
    }
    runSnippet(path.snippet, keepsTemporaries: path.keepsTemporaries)
    if path.hasResult {
      let source = place(path.resultSlot)
      if path.resultKind.isFloat {
        storage.assembler.loadFloat(
          VectorRegister(path.result), source, width: path.resultKind == .f32 ? 4 : (path.resultKind == .f64 ? 8 : 16))
      } else {
        storage.assembler.load(Register(path.result), source, wide: path.resultKind.isWide)
      }
    }
    storage.assembler.jump(path.back)
  }

  // MARK: Data

  /// Constants, tables and the interpreter's instructions, behind the code.
  mutating func emitData() {
    guard !storage.constants.isEmpty || !storage.tables.isEmpty || !storage.snippets.isEmpty else { return }
    storage.assembler.align(16)
    for position in 0..<storage.constants.count {
      let entry = storage.constants[position]
      storage.assembler.bind(entry.label)
      storage.assembler.data(entry.low)
      storage.assembler.data(entry.high)
    }
    for position in 0..<storage.snippets.count {
      let snippet = storage.snippets[position]
      storage.assembler.bind(snippet.label)
      for index in snippet.first..<snippet.first + snippet.count { storage.assembler.data(storage.snippetWords[index]) }
    }
    for position in 0..<storage.tables.count {
      let table = storage.tables[position]
      storage.assembler.bind(table.label)
      let start = storage.assembler.count
      for index in table.first..<table.first + table.count {
        storage.assembler.data32(Int32(truncatingIfNeeded: storage.assembler.position(storage.tableEntries[index]) - start))
      }
    }
  }
}

extension Translator {
  /// Begins the instructions of one operator for the compiler: all operands are in their slots.
  mutating func beginSnippet(height: Int, operands: Int) {
    storage.count = 0
    self.height = height
    aliasCount = 0
    loopDepth = 0
    barrier()
    while storage.operandCapacity < height + 8 { storage.growOperands() }
    for position in height - operands..<height { storage.operands[position] = .temporary }
  }
}
