/// Control instructions (4.4.8).
extension Compiler {
  mutating func unreachable() {
    let trap = newCold(.trap)
    storage.assembler.jump(trap.label)
    addCold(trap, code: CompiledTrap.unreachable)
  }

  // MARK: Blocks

  private mutating func open(_ kind: CompilerBlock.Kind, _ signature: BlockSignature) {
    var slots = 0
    for type in signature.parameters { slots += ValueKind(type).slotCount }
    storage.blocks.append(
      CompilerBlock(
        kind: kind, label: storage.assembler.newLabel(), elseLabel: CodeLabel(index: -1), height: height - signature.parameters.count,
        slot: nextSlot - slots, parameters: signature.parameters, results: signature.results, region: region))
  }

  mutating func block(_ signature: BlockSignature) {
    spillAll()
    settleTop(signature.parameters.count)
    open(.block, signature)
  }

  mutating func loop(_ signature: BlockSignature) {
    spillAll()
    settleTop(signature.parameters.count)
    loopDepth += 1
    if loopDepth == 1 { enterRegion() }
    open(.loop, signature)
    let label = storage.blocks[storage.blocks.count - 1].label
    // Short loops fit a line of the instruction cache and no branch of theirs lies across two (0.73 of the time for a sieve).
    storage.assembler.align(32)
    storage.assembler.bind(label)
    forgetCopies()
    // The interpreter knows constant vectors as constants, which have no slots.
    var isEnterable = true
    for position in 0..<height where storage.values[position].kind == .v128 { isEnterable = false }
    storage.loops.append(CompilerLoop(header: label, entry: storage.assembler.newLabel(), region: region, isEnterable: isEnterable))
  }

  mutating func ifThen(_ signature: BlockSignature) {
    let condition = pop()
    spillAll()
    settleTop(signature.parameters.count)
    open(.ifThen, signature)
    let elseLabel = storage.assembler.newLabel()
    storage.blocks[storage.blocks.count - 1].elseLabel = elseLabel
    let code = flags(of: condition)
    release(condition)
    jump(code.negated, elseLabel)
  }

  mutating func elseArm(reachable: Bool) {
    let top = storage.blocks.count - 1
    let block = storage.blocks[top]
    if reachable {
      moveResults(to: block)
      storage.assembler.jump(block.label)
    }
    storage.assembler.bind(block.elseLabel)
    forgetCopies()
    storage.blocks[top].kind = .elseArm
    truncate(to: block.height, slot: block.slot)
    for type in block.parameters { pushSlot(ValueKind(type)) }
  }

  mutating func endBlock(reachable: Bool) {
    let block = storage.blocks[storage.blocks.count - 1]
    if block.kind == .tryTable {
      endTryTable(reachable: reachable)
      return
    }
    if block.kind == .loop {
      endLoop(block, reachable: reachable)
      return
    }
    if reachable { moveResults(to: block) }
    if block.kind == .ifThen {
      // Without an else arm the parameters are the results, and stand in their slots.
      if block.results.count == 1 {
        if reachable { storage.assembler.jump(block.label) }
        storage.assembler.bind(block.elseLabel)
        truncate(to: block.height, slot: block.slot)
        pushSlot(ValueKind(block.parameters[0]))
        moveResults(to: block)
      } else {
        storage.assembler.bind(block.elseLabel)
      }
    }
    storage.assembler.bind(block.label)
    storage.blocks.removeLast()
    pushResults(of: block)
  }

  private mutating func endLoop(_ block: CompilerBlock, reachable: Bool) {
    storage.blocks.removeLast()
    loopDepth -= 1
    let isOutermost = loopDepth == 0
    if reachable {
      if block.results.count == 0 {
        if isOutermost { moveLocals(to: 0) }
        truncate(to: block.height, slot: block.slot)
      } else {
        // The results stay where they are; those in locals' registers would lose them.
        if isOutermost {
          spillAll()
          moveLocals(to: 0)
        }
      }
    }
    if isOutermost { setRegion(0) }
    if !reachable {
      truncate(to: block.height, slot: block.slot)
      for type in block.results { pushSlot(ValueKind(type)) }
    }
  }

  /// The values of a block that ended are on the stack, wherever it was left.
  mutating func pushResults(of block: CompilerBlock) {
    forgetCopies()
    truncate(to: block.height, slot: block.slot)
    if block.results.count == 1 {
      let kind = ValueKind(block.results[0])
      if kind.isFloat { freeFloats &= ~1 } else { freeIntegers &= ~1 }
      pushRegister(kind, 0)
    } else {
      for type in block.results { pushSlot(ValueKind(type)) }
    }
  }

  /// A single result is in rax or xmm0 at the label. A reference too: nothing is collected between a branch and its label.
  @inline(__always)
  private func isInRegister(_ block: CompilerBlock) -> Bool { block.kind != .loop && block.results.count == 1 }

  // MARK: Branches

  /// The block that a depth names, or -1 for the function.
  @inline(__always) func target(_ depth: Int) -> Int { storage.blocks.count - 1 - depth }

  mutating func branch(depth: Int) {
    let index = target(depth)
    guard index >= 0 else {
      emitReturn()
      return
    }
    let block = storage.blocks[index]
    moveResults(to: block)
    moveLocals(to: block.region)
    storage.assembler.jump(block.label)
  }

  mutating func branchIf(depth: Int) {
    let condition = pop()
    let code: FlagCondition
    let index = target(depth)
    if index >= 0, isInRegister(storage.blocks[index]) {
      // The value goes to its register before the paths part: moves leave the flags alone.
      code = flags(of: condition)
      release(condition)
      bringTopToRegister()
    } else {
      code = flags(of: condition)
      release(condition)
    }
    branch(if: code, index)
  }

  /// Branches where the flags say so. The stack stays as it is.
  mutating func branch(if code: FlagCondition, _ index: Int) {
    if index >= 0 {
      let block = storage.blocks[index]
      if !needsMoves(to: block), !needsLocalMoves(to: block.region) {
        jump(code, block.label)
        return
      }
    }
    let skip = storage.assembler.newLabel()
    jump(code.negated, skip)
    if index >= 0 {
      let block = storage.blocks[index]
      moveResults(to: block)
      moveLocals(to: block.region)
      storage.assembler.jump(block.label)
    } else {
      emitReturn()
    }
    storage.assembler.bind(skip)
  }

  /// Jumps where the flags say so.
  mutating func jump(_ condition: FlagCondition, _ label: CodeLabel) {
    guard condition.isFloatEquality else {
      storage.assembler.jump(condition.code, label)
      return
    }
    if condition.code == .equal {
      let skip = storage.assembler.newLabel()
      storage.assembler.jump(.parity, skip)
      storage.assembler.jump(.equal, label)
      storage.assembler.bind(skip)
    } else {
      storage.assembler.jump(.parity, label)
      storage.assembler.jump(.notEqual, label)
    }
  }

  mutating func branchTable(depths: UnsafeBufferPointer<UInt32>) {
    var index = pop()
    let last = depths.count - 1
    if last == 0 {
      release(index)
      branch(depth: Int(depths[0]))
      return
    }
    // The entry: the index, or the last one. The register becomes an address, so a local has no copy in it any more.
    let entry = writable(index)
    index.place = .register
    index.register = entry.number
    storage.assembler.move(Self.scratch, immediate: UInt64(last))
    storage.assembler.alu(.cmp, entry, Self.scratch, wide: false)
    storage.assembler.moveIf(.above, entry, MachineOperand(Self.scratch), wide: false)
    let table = storage.assembler.newLabel()
    storage.assembler.lea(Self.scratch, MachineOperand(table), wide: true)
    storage.assembler.loadExtended(entry, MachineOperand(base: Self.scratch, index: entry, scale: 2), bits: 32, isSigned: true, wide: true)
    storage.assembler.alu(.add, entry, Self.scratch, wide: true)
    storage.assembler.jump(MachineOperand(entry))
    release(index)

    let first = storage.tableEntries.count
    let number = storage.tables.count
    storage.tables.append(CodeData(label: table, first: first, count: depths.count))
    var returnLabel: CodeLabel?
    for depth in depths {
      let index = target(Int(depth))
      guard index >= 0 else {
        if returnLabel == nil {
          let label = storage.assembler.newLabel()
          storage.assembler.bind(label)
          returnLabel = label
          emitReturn()
        }
        storage.tableEntries.append(returnLabel!)
        continue
      }
      let block = storage.blocks[index]
      if block.table == number {
        storage.tableEntries.append(block.tableLabel)
        continue
      }
      var label = block.label
      if needsMoves(to: block) || needsLocalMoves(to: block.region) {
        label = storage.assembler.newLabel()
        storage.assembler.bind(label)
        moveResults(to: block)
        moveLocals(to: block.region)
        storage.assembler.jump(block.label)
      }
      storage.blocks[index].table = number
      storage.blocks[index].tableLabel = label
      storage.tableEntries.append(label)
    }
  }

  mutating func returnFromFunction() { emitReturn() }

  // MARK: What branches carry

  /// Makes the value on top stand in rax or xmm0. Moves only: flags stay.
  private mutating func bringTopToRegister() {
    let value = storage.values[height - 1]
    if value.place == .register, value.register == 0 { return }
    if value.kind.isFloat {
      takeFloat(VectorRegister(0))
      let popped = pop()
      if popped.place == .constant {
        storage.assembler.loadFloat(VectorRegister(0), constant(popped.bits, 0), width: popped.kind == .f32 ? 4 : 8)
      } else {
        loadFloat(popped, VectorRegister(0))
      }
      release(popped)
    } else {
      take(.rax)
      let popped = pop()
      load(popped, .rax)
      release(popped)
    }
    pushRegister(value.kind, 0)
  }

  private mutating func needsMoves(to block: CompilerBlock) -> Bool {
    let types = block.labelTypes
    guard types.count > 0 else { return false }
    if isInRegister(block) {
      let value = storage.values[height - 1]
      return !(value.place == .register && value.register == 0)
    }
    let first = height - types.count
    if first != block.height { return true }
    for position in first..<height where storage.values[position].place != .slot { return true }
    return Int(storage.values[first].slot) != block.slot
  }

  /// Brings what a branch to the label carries to where the label expects it. The stack is not changed: another path may need it.
  mutating func moveResults(to block: CompilerBlock) {
    let types = block.labelTypes
    guard types.count > 0 else { return }
    if isInRegister(block) {
      let value = storage.values[height - 1]
      if value.kind.isFloat { loadFloat(value, VectorRegister(0)) } else { load(value, .rax) }
      return
    }
    var slot = Int32(truncatingIfNeeded: block.slot)
    // Ascending: a source never lies below its destination.
    for position in height - types.count..<height {
      let value = storage.values[position]
      copy(value, to: slot)
      slot += Int32(value.kind.slotCount)
    }
  }

  /// Copies a value to a slot without changing the stack.
  mutating func copy(_ value: StackValue, to slot: Int32) {
    let destination = place(slot)
    switch value.place {
    case .constant: storeConstant(value.bits, destination)
    case .flags:
      setScratch(value.condition)
      storage.assembler.store(Self.scratch, destination, wide: true)
    case .slot where value.slot == slot: break
    default:
      if value.kind == .v128 {
        loadFloat(value, Self.scratchFloat)
        storage.assembler.storeFloat(Self.scratchFloat, destination, width: 16)
      } else if value.kind.isFloat, registerNumber(value) != Self.noRegister {
        storage.assembler.storeFloat(VectorRegister(registerNumber(value)), destination, width: 8)
      } else if registerNumber(value) != Self.noRegister {
        storage.assembler.store(Register(registerNumber(value)), destination, wide: true)
      } else {
        storage.assembler.load(Self.scratch, floatOrIntegerSource(value), wide: true)
        storage.assembler.store(Self.scratch, destination, wide: true)
      }
    }
  }

  private mutating func floatOrIntegerSource(_ value: StackValue) -> MachineOperand {
    value.place == .slot ? place(value.slot) : place(storage.slots[value.local])
  }

  /// Brings the results to where the caller expects them and returns: one in rax or xmm0, several in the frame's first slots.
  /// The stack is not changed.
  mutating func emitReturn() {
    if results.count == 1 {
      let value = storage.values[height - 1]
      if value.kind.isFloat { loadFloat(value, VectorRegister(0)) } else { load(value, .rax) }
    } else if results.count > 1 {
      moveToFirstSlots(results.count)
    }
    emitEpilogue()
    storage.assembler.returnFromCall()
  }

  /// Copies the top values to the frame's first slots. A value that is a parameter could be overwritten by another one: those go by way of
  /// their own slots.
  mutating func moveToFirstSlots(_ count: Int) {
    for position in height - count..<height
    where storage.values[position].place == .local && storage.registers[storage.values[position].local] == Self.noRegister {
      copy(storage.values[position], to: storage.values[position].slot)
    }
    var slot: Int32 = 0
    for position in height - count..<height {
      var value = storage.values[position]
      if value.place == .local, storage.registers[value.local] == Self.noRegister { value.place = .slot }
      copy(value, to: slot)
      slot += Int32(value.kind.slotCount)
    }
  }

  // MARK: Regions

  /// At the header of an outermost loop: its locals get their registers.
  private mutating func enterRegion() {
    guard !storage.use.hasTry else { return }
    let address = UInt(bitPattern: module.context.module.base + offset)
    var index = lastEnteredRegion + 1
    while index < storage.use.regionCount, storage.use.starts[index] != address { index += 1 }
    guard index < storage.use.regionCount else { return }
    lastEnteredRegion = index
    moveLocals(to: index)
    setRegion(index)
  }

  private mutating func needsLocalMoves(to other: Int) -> Bool {
    guard other != region else { return false }
    let from = assignments(region)
    let to = assignments(other)
    for index in 0..<LocalUse.registersPerRegion where from[index].local != to[index].local { return true }
    return false
  }

  /// Moves locals from where the present region has them to where another one does.
  mutating func moveLocals(to other: Int) {
    guard other != region else { return }
    let from = assignments(region)
    let to = assignments(other)
    for index in 0..<LocalUse.registersPerRegion where from[index].local != to[index].local {
      if from[index].local >= 0, from[index].isWritten || region == 0 { storeLocal(Int(from[index].local), Self.register(at: index)) }
    }
    for index in 0..<LocalUse.registersPerRegion where from[index].local != to[index].local {
      if to[index].local >= 0 { loadLocal(Int(to[index].local), Self.register(at: index)) }
    }
  }

  private mutating func setRegion(_ other: Int) {
    guard other != region else { return }
    forgetCopies()
    let from = assignments(region)
    let to = assignments(other)
    for index in 0..<LocalUse.registersPerRegion where from[index].local >= 0 {
      storage.registers[Int(from[index].local)] = Self.noRegister
    }
    for index in 0..<LocalUse.registersPerRegion where to[index].local >= 0 {
      storage.registers[Int(to[index].local)] = Self.register(at: index)
    }
    region = other
  }

  /// Where a loop that already runs in the interpreter goes on: all locals and operands are in their slots.
  mutating func emitLoopEntries() {
    for position in 0..<storage.loops.count {
      let loop = storage.loops[position]
      storage.assembler.bind(loop.entry)
      emitSavingOfRegisters()
      if !storage.use.hasTry {
        let row = assignments(loop.region)
        for index in 0..<LocalUse.registersPerRegion where row[index].local >= 0 {
          loadLocal(Int(row[index].local), Self.register(at: index))
        }
      }
      storage.assembler.jump(loop.header)
    }
  }
}
