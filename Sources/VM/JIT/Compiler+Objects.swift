/// References and exceptions, and branches on references (4.4.4, 4.4.8, 4.4.10).
extension Compiler {
  // MARK: References

  mutating func refIsNull() {
    var value = pop()
    value.kind = .i64
    pushBack(value)
    unary(.i64Eqz)
  }

  mutating func refFunc(_ function: UInt32) { interpret(pops: 0, pushes: .reference) { $0.refFunc(function) } }
  mutating func refEqual() { binary(.i64Eq) }
  mutating func branchOnNull(depth: Int) {
    let position = height - 1
    // The reference stays on the way that goes on; the branch does not carry it.
    spill(position)
    let value = storage.values[position]
    storage.assembler.alu(.cmp, place(value.slot), immediate: 0, wide: true)
    height -= 1
    nextSlot = Int(value.slot)
    branchCarrying(.integer(.equal), depth)
    pushSlot(value.kind)
  }

  mutating func branchOnNonNull(depth: Int) {
    let position = height - 1
    spill(position)
    let value = storage.values[position]
    storage.assembler.alu(.cmp, place(value.slot), immediate: 0, wide: true)
    branchCarrying(.integer(.notEqual), depth)
    _ = pop()
  }

  mutating func branchOnCast(depth: Int, _ type: ValueType, fails: Bool) {
    isPositionIndependent = false
    // A copy for the test.
    spill(height - 1)
    let value = storage.values[height - 1]
    storage.assembler.load(Self.scratch, place(value.slot), wide: true)
    pushSlot(.reference)
    storage.assembler.store(Self.scratch, place(storage.values[height - 1].slot), wide: true)
    interpret(pops: 1, pushes: .i32) { $0.refTest(type) }
    let answer = pop()
    storage.assembler.alu(.cmp, place(answer.slot), immediate: 0, wide: false)
    branchCarrying(.integer(fails ? .equal : .notEqual), depth)
  }

  /// Branches where the flags say so; a single value is brought to its register on that way only.
  private mutating func branchCarrying(_ code: FlagCondition, _ depth: Int) { branch(if: code, target(depth)) }

  // MARK: Exceptions (4.4.10)

  mutating func tryTable(_ signature: BlockSignature, _ clauses: UnsafeBufferPointer<CatchClause>) {
    block(signature)
    let position = storage.assembler.count
    let first = storage.clauses.count
    for clause in clauses { storage.clauses.append(clause) }
    let top = storage.blocks.count - 1
    storage.blocks[top].kind = .tryTable
    storage.blocks[top].start = position
    storage.blocks[top].firstClause = first
  }

  mutating func endTryTable(reachable: Bool) {
    let block = storage.blocks[storage.blocks.count - 1]
    if reachable { moveResults(to: block) }
    if storage.clauses.count > block.firstClause {
      var caught = CompiledTry(
        first: Int32(truncatingIfNeeded: block.start), end: Int32(truncatingIfNeeded: storage.assembler.count), clauses: List())
      if reachable { storage.assembler.jump(block.label) }
      for index in block.firstClause..<storage.clauses.count { caught.clauses.append(emitLanding(storage.clauses[index], block)) }
      while storage.clauses.count > block.firstClause { storage.clauses.removeLast() }
      storage.tries.append(caught)
    }
    storage.assembler.bind(block.label)
    storage.blocks.removeLast()
    pushResults(of: block)
  }

  /// Where an exception goes on: its values stand above the block's base.
  private mutating func emitLanding(_ clause: CatchClause, _ block: CompilerBlock) -> CompiledTry.Clause {
    forgetCopies()
    truncate(to: block.height, slot: block.slot)
    let landing = CompiledTry.Clause(
      tag: clause.tag, takesReference: clause.takesReference, position: Int32(truncatingIfNeeded: storage.assembler.count),
      slot: Int32(truncatingIfNeeded: nextSlot))
    if let tag = clause.tag {
      for type in module.context.tags[Int(tag)].pointee.parameters { pushSlot(ValueKind(type)) }
    }
    if clause.takesReference { pushSlot(.reference) }
    // Depths count from outside of the block, whose label is still there.
    branch(depth: clause.depth + 1)
    return landing
  }

  mutating func throwException(tag: UInt32, _ type: BlockSignature) {
    interpret(pops: type.parameters.count, pushes: nil) { $0.throwException(tag: tag, type) }
  }

  mutating func throwReference() { interpret(pops: 1, pushes: nil) { $0.throwReference() } }
}
