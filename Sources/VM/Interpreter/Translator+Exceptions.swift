/// A `try_table` block of a function, as throwing finds it.
struct TryRange {
  struct Clause {
    /// Nil: any exception.
    var tag: UInt32?
    var takesReference: Bool
    /// Word of the code that takes the values on to the clause's label.
    var word: Int
    /// Where that code finds the first value.
    var slot: Int
  }
  /// Words of the code in the block.
  var first: Int
  var end: Int
  var clauses: List<Clause>
}

/// Exceptions (4.4.10). Entering a `try_table` costs nothing: throwing looks the blocks up by the place of the instruction.
///
/// Behind the block's code stands a landing for each clause: the thrower puts the exception's values into the slots above the block's
/// base, and the landing moves them on to the label as any branch does.
extension Translator {
  mutating func tryTable(_ signature: BlockSignature, _ clauses: UnsafeBufferPointer<CatchClause>) {
    settleTop(signature.parameters.slotCount)
    open(.tryTable, signature)
    storage.labels[storage.labels.count - 1].firstClause = storage.clauses.count
    for clause in clauses { storage.clauses.append(clause) }
    barrier()
  }

  mutating func endTryTable(reachable: Bool) {
    let top = storage.labels.count - 1
    let label = storage.labels[top]
    var block = TryRange(first: label.start, end: 0, clauses: List())
    let hasLandings = storage.clauses.count > label.firstClause
    if reachable {
      settleTop(label.resultCount)
      storage.labels[top].writtenAtBranches &= written
      if hasLandings {
        let jump = emitJump()
        storage.labels[top].branches = addFixup(jump, to: storage.labels[top].branches)
      }
    }
    block.end = storage.count
    for index in label.firstClause..<storage.clauses.count {
      block.clauses.append(emitLanding(storage.clauses[index], label))
    }
    while storage.clauses.count > label.firstClause { storage.clauses.removeLast() }
    if hasLandings { storage.tries.append(block) }
    bind(storage.labels[top].branches)
    written = storage.labels[top].writtenAtBranches == .max ? label.writtenAtEntry : storage.labels[top].writtenAtBranches
    truncate(to: label.base)
    for _ in 0..<label.resultCount { push(.temporary) }
    barrier()
    storage.labels.removeLast()
  }

  private mutating func emitLanding(_ clause: CatchClause, _ label: Label) -> TryRange.Clause {
    barrier()
    truncate(to: label.base)
    written = label.writtenAtEntry
    let landing = TryRange.Clause(tag: clause.tag, takesReference: clause.takesReference, word: storage.count, slot: slot(label.base))
    var slots = clause.takesReference ? 1 : 0
    if let tag = clause.tag { slots += module.context.tags[Int(tag)].pointee.parameters.slotCount }
    for _ in 0..<slots { push(.temporary) }
    // Depths count from outside of the block, whose label is still there.
    branch(depth: clause.depth + 1)
    return landing
  }

  mutating func throwException(tag: UInt32, _ type: BlockSignature) {
    let first = operandsInSlots(type.parameters.slotCount)
    emit(.throwTag, first)
    word(UInt64(tag))
  }

  mutating func throwReference() {
    let operand = pop()
    emit(.throwReference, inSlot(operand, height))
  }
}
