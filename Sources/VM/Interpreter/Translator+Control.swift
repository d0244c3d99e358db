// Control instructions (4.4.8).
extension Translator {
  mutating func unreachable() { emit(.unreachableTrap) }

  // MARK: Blocks

  mutating func open(_ kind: Label.Kind, _ signature: BlockSignature) {
    settleAliases()
    storage.labels.append(
      Label(
        kind: kind, base: height - signature.parameters.slotCount, parameterCount: signature.parameters.slotCount,
        resultCount: signature.results.slotCount, start: storage.count, branches: -1, elseBranch: -1, writtenAtEntry: written,
        writtenAtBranches: .max))
  }

  mutating func block(_ signature: BlockSignature) {
    open(.block, signature)
    lastResult = -1
  }

  mutating func loop(_ signature: BlockSignature) {
    settleTop(signature.parameters.slotCount)
    settleAliases()
    open(.loop, signature)
    loopDepth += 1
    barrier()
    if observation.contains(.heat) { emitHeat(.countLoop, UInt64(CompilerTier.hotLoops) | UInt64(loopCount) << 32) }
    loopCount += 1
  }

  mutating func ifThen(_ signature: BlockSignature) {
    let condition = popCondition()
    // What both arms find on the stack must stand in its slots before they part. The condition's operands are safe: they lie above.
    settleTop(signature.parameters.slotCount)
    settleAliases()
    open(.ifThen, signature)
    let jump = emitBranch(unless: condition)
    storage.labels[storage.labels.count - 1].elseBranch = addFixup(jump, to: -1)
    lastResult = -1
  }

  mutating func elseArm(reachable: Bool) {
    let top = storage.labels.count - 1
    if reachable {
      settleTop(storage.labels[top].resultCount)
      storage.labels[top].writtenAtBranches &= written
      let jump = emitJump()
      storage.labels[top].branches = addFixup(jump, to: storage.labels[top].branches)
    }
    bind(storage.labels[top].elseBranch)
    storage.labels[top].elseBranch = -1
    storage.labels[top].kind = .elseArm
    written = storage.labels[top].writtenAtEntry
    truncate(to: storage.labels[top].base)
    for _ in 0..<storage.labels[top].parameterCount { push(.temporary) }
    barrier()
  }

  mutating func endBlock(reachable: Bool) {
    let label = storage.labels[storage.labels.count - 1]
    if label.kind == .loop { loopDepth -= 1 }
    if label.kind == .tryTable {
      endTryTable(reachable: reachable)
      return
    }
    let isMerge = label.kind != .loop && (label.kind != .block || label.branches >= 0)
    if isMerge {
      if reachable { settleTop(label.resultCount) }
      bind(label.branches)
      if label.kind == .ifThen {
        bind(label.elseBranch)
        written = label.writtenAtEntry
      } else {
        written = (reachable ? written : .max) & label.writtenAtBranches
      }
      barrier()
    } else if !reachable {
      written = label.writtenAtEntry
    }
    if isMerge || !reachable {
      truncate(to: label.base)
      for _ in 0..<label.resultCount { push(.temporary) }
      barrier()
    }
    storage.labels.removeLast()
  }

  /// Drops operands down to a height: what a path that does not arrive leaves behind.
  mutating func truncate(to base: Int) {
    while height > base { _ = pop() }
    // An unreachable end may also have fewer operands than the block began with; they are all in their slots.
    while height < base { push(.temporary) }
  }

  // MARK: Branches

  func label(at depth: Int) -> Int { storage.labels.count - 1 - depth }

  mutating func branch(depth: Int) {
    let index = label(at: depth)
    guard index >= 0 else {
      emitReturn()
      return
    }
    moveOperands(to: index)
    jump(to: index)
  }

  mutating func branchIf(depth: Int) { branch(if: popCondition(), depth: depth) }

  /// Branches where the condition holds; what the label takes is on top of the stack and stays there.
  mutating func branch(if condition: Condition, depth: Int) {
    let index = label(at: depth)
    if index >= 0, !needsMoves(to: index) {
      let jump = emitBranch(if: condition)
      noteBranch(index)
      connect(jump, to: index)
    } else {
      let skip = emitBranch(unless: condition)
      let (integer, float) = (integerInRegister, floatInRegister)
      if index >= 0 {
        moveOperands(to: index)
        jump(to: index)
      } else {
        emitReturnKeepingOperands()
      }
      bind(addFixup(skip, to: -1))
      // The path that goes on comes from before the moves.
      (integerInRegister, floatInRegister) = (integer, float)
    }
    lastResult = -1
  }

  mutating func branchTable(depths: UnsafeBufferPointer<UInt32>) {
    let operand = pop()
    let index = inSlot(operand, height)
    let instructionWord = storage.count
    emit(.brTable, index, (depths.count - 1) & 0xFFFF, (depths.count - 1) >> 16)
    for _ in depths { word(0) }
    var firstReturn = 0
    for (position, depth) in depths.enumerated() {
      let target = label(at: Int(depth))
      let word = instructionWord + 1 + position
      let first = target >= 0 ? Int(storage.labels[target].tableEntry) : firstReturn
      // What an earlier table left in the label lies before this one.
      guard first <= instructionWord else {
        share(first, word, target)
        continue
      }
      if target >= 0 { storage.labels[target].tableEntry = Int32(word) } else { firstReturn = word }
      lead(Jump(form: .entry, word: word, base: instructionWord), to: target)
    }
    lastResult = -1
  }

  /// Makes a branch table's first entry of a label lead there: directly, or by way of moves or a return behind the table.
  private mutating func lead(_ entry: Jump, to target: Int) {
    if target >= 0, !needsMoves(to: target) {
      noteBranch(target)
      connect(entry, to: target)
      return
    }
    bind(addFixup(entry, to: -1))
    barrier()
    if target >= 0 {
      moveOperands(to: target)
      jump(to: target)
    } else {
      emitReturnKeepingOperands()
    }
  }

  /// Makes another entry lead where the label's first one does. A table of any length so takes a word an entry, and moves once a label.
  private mutating func share(_ first: Int, _ word: Int, _ target: Int) {
    let isUnbound = target >= 0 && storage.labels[target].kind != .loop && !needsMoves(to: target)
    storage.words[word] = storage.words[first]
    // Entries that wait for the label are a list in their own words, which begins at the first one.
    if isUnbound { storage.words[first] = UInt64(word) }
  }

  mutating func returnFromFunction() { emitReturn() }

  /// Returns on one of several paths: the operand stack of the others stays as it is.
  mutating func emitReturnKeepingOperands() {
    let saved = (0..<resultCount).map { storage.operands[height - 1 - $0] }
    let aliases = aliasCount
    emitReturn()
    for (position, operand) in saved.enumerated() { storage.operands[height - 1 - position] = operand }
    aliasCount = aliases
  }

  /// Brings the results to the frame's first slots and returns.
  mutating func emitReturn() {
    switch resultCount {
    case 0: emit(.ret, headerSlot)
    case 1: emit(.retValue, headerSlot, inSlot(storage.operands[height - 1], height - 1))
    default:
      // A result that is a parameter could be overwritten by another one: those go through the slots of their heights.
      for position in height - resultCount..<height
      where storage.operands[position].place == .local && Int(storage.operands[position].slot) < resultCount {
        settle(position)
      }
      for result in 0..<resultCount { moveOperand(at: height - resultCount + result, to: result) }
      emit(.ret, headerSlot)
    }
  }

  mutating func needsMoves(to index: Int) -> Bool {
    let label = storage.labels[index]
    guard label.arity > 0 else { return false }
    if height - label.arity != label.base { return true }
    return (label.base..<height).contains { storage.operands[$0].place != .temporary }
  }

  /// Copies what a branch carries to the slots where the label expects it. Ascending order is safe: a source never lies below its destination.
  mutating func moveOperands(to index: Int) {
    let label = storage.labels[index]
    for value in 0..<label.arity { moveOperand(at: height - label.arity + value, to: slot(label.base + value)) }
  }

  /// Copies an operand without changing the stack.
  private mutating func moveOperand(at position: Int, to destination: Int) {
    let operand = storage.operands[position]
    switch operand.place {
    case .temporary: if slot(position) != destination { emitCopy(from: slot(position), to: destination) }
    case .local: emitCopy(from: Int(operand.slot), to: destination)
    case .constant: emitConstant(operand.bits, to: destination)
    }
  }

  mutating func jump(to index: Int) {
    noteBranch(index)
    connect(emitJump(), to: index)
  }

  mutating func noteBranch(_ index: Int) { storage.labels[index].writtenAtBranches &= written }

  // MARK: Conditions

  /// What a conditional branch tests.
  enum Condition {
    case comparison(Comparison)
    /// Whether the i32 in a slot is not zero.
    case nonzero(slot: Int)
  }

  /// Pops an i32; a comparison emitted last is taken back to be done by the branch.
  private mutating func popCondition() -> Condition {
    let isLast = isLastOnTop
    let operand = pop()
    if isLast, let comparison = lastComparison {
      undoLast()
      return .comparison(comparison)
    }
    return .nonzero(slot: inSlot(operand, height))
  }

  private mutating func emitBranch(if condition: Condition) -> Jump {
    switch condition {
    case .comparison(let comparison): return emitComparisonBranch(comparison)
    case .nonzero(let slot):
      if let jump = fuse(Comparison(operands: .i32, relation: .notEqual, left: slot, right: 0, immediate: 0)) { return jump }
      return emitConditional(integerInRegister == slot ? .brI32NonzeroR : .brI32NonzeroS, slot, 0)
    }
  }

  private mutating func emitBranch(unless condition: Condition) -> Jump {
    switch condition {
    case .comparison(let comparison): return emitComparisonBranch(comparison.negated)
    case .nonzero(let slot):
      if let jump = fuse(Comparison(operands: .i32, relation: .equal, left: slot, right: 0, immediate: 0)) { return jump }
      return emitConditional(integerInRegister == slot ? .brI32ZeroR : .brI32ZeroS, slot, 0)
    }
  }

  private mutating func emitComparisonBranch(_ original: Comparison) -> Jump {
    if let jump = fuse(original) { return jump }
    var comparison = original
    if comparison.immediate == 0, comparison.relation == .equal || comparison.relation == .notEqual {
      let isEqual = comparison.relation == .equal
      let isInRegister = comparison.left == integerInRegister
      switch (comparison.operands, isInRegister) {
      case (.i32, true): return emitConditional(isEqual ? .brI32ZeroR : .brI32NonzeroR, comparison.left, 0)
      case (.i32, false): return emitConditional(isEqual ? .brI32ZeroS : .brI32NonzeroS, comparison.left, 0)
      case (.i64, true): return emitConditional(isEqual ? .brI64ZeroR : .brI64NonzeroR, comparison.left, 0)
      default: return emitConditional(isEqual ? .brI64ZeroS : .brI64NonzeroS, comparison.left, 0)
      }
    }
    var form = comparison.form(integerInRegister: integerInRegister)
    if form == .slotRegister, comparison.relation == .equal || comparison.relation == .notEqual {
      swap(&comparison.left, &comparison.right)
      form = .registerSlot
    }
    return emitConditional(
      comparison.branchInstruction(form), comparison.left, comparison.immediate.map(Int.init) ?? comparison.right)
  }

  /// Takes the last instruction into a branch on its result, if there is an instruction for both.
  private mutating func fuse(_ comparison: Comparison) -> Jump? {
    guard fusible >= 0, fusible == storage.count - 1, comparison.operands == .i32 else { return nil }
    let last = storage.words[fusible]
    let destination = Int(UInt16(truncatingIfNeeded: last >> 16))
    guard let operation = Instruction(rawValue: UInt16(truncatingIfNeeded: last)),
      let (fused, extra) = FusedForms.branch(operation, destination, comparison)
    else { return nil }
    storage.count = fusible
    emit(fused, destination, Int(UInt16(truncatingIfNeeded: last >> 32)), Int(UInt16(truncatingIfNeeded: last >> 48)))
    word(UInt64(UInt16(truncatingIfNeeded: extra)))
    integerInRegister = destination
    return Jump(form: .long, word: storage.count - 1, base: storage.count - 2)
  }

  // MARK: Labels

  /// A branch instruction whose distance is still to be written.
  struct Jump {
    var form: Fixup.Form
    var word: Int
    var base: Int
  }

  private mutating func emitConditional(_ operation: Instruction, _ a: Int, _ b: Int) -> Jump {
    guard hasFarBranches else {
      emit(operation, a, b, 0)
      return Jump(form: .short, word: storage.count - 1, base: storage.count - 1)
    }
    // The condition jumps over a jump over the long branch.
    emit(operation, a, b, 2)
    place(wide(.br, 0, 2))
    return emitJump()
  }

  mutating func emitJump() -> Jump {
    emit(.br)
    return Jump(form: .long, word: storage.count - 1, base: storage.count - 1)
  }

  mutating func addFixup(_ jump: Jump, to list: Int32) -> Int32 {
    storage.fixups.append(
      Fixup(form: jump.form, word: Int32(jump.word), base: Int32(jump.base), next: list))
    return Int32(storage.fixups.count - 1)
  }

  mutating func connect(_ jump: Jump, to index: Int) {
    if storage.labels[index].kind == .loop {
      write(storage.labels[index].start - jump.base, form: jump.form, word: jump.word)
    } else {
      storage.labels[index].branches = addFixup(jump, to: storage.labels[index].branches)
    }
  }

  /// Makes all branches of a list lead here.
  mutating func bind(_ list: Int32) {
    var index = list
    while index >= 0 {
      let fixup = storage.fixups[Int(index)]
      if fixup.form == .entry {
        bindEntries(fixup)
      } else {
        write(storage.count - Int(fixup.base), form: fixup.form, word: Int(fixup.word))
      }
      index = fixup.next
    }
    lastResult = -1
    fusible = -1
  }

  /// Binds a list of a branch table's entries (`share`).
  private mutating func bindEntries(_ fixup: Fixup) {
    var word = Int(fixup.word)
    while word != 0 {
      let next = Int(storage.words[word])
      write(storage.count - Int(fixup.base), form: .entry, word: word)
      word = next
    }
  }

  private mutating func write(_ distance: Int, form: Fixup.Form, word: Int) {
    switch form {
    case .short:
      if Int16(exactly: distance) == nil { needsFarBranches = true }
      storage.words[word] = storage.words[word] & 0x0000_FFFF_FFFF_FFFF | UInt64(UInt16(truncatingIfNeeded: distance)) << 48
    case .long: storage.words[word] = storage.words[word] & 0xFFFF_FFFF | UInt64(UInt32(truncatingIfNeeded: distance)) << 32
    case .entry: storage.words[word] = UInt64(bitPattern: Int64(distance))
    }
  }

  // MARK: Calls

  /// Arguments go to the slots of their heights, where the callee's frame begins.
  private mutating func takeArguments(_ count: Int) -> Int {
    settleTop(count)
    for _ in 0..<count { _ = pop() }
    return slot(height)
  }

  private mutating func pushResults(_ type: BlockSignature, _ base: Int) {
    for _ in 0..<type.results.slotCount { push(.temporary) }
    barrier()
    // A return leaves the first result's bits in r0.
    if type.results.slotCount > 0 { integerInRegister = base }
  }

  private static func header(_ type: BlockSignature) -> Int { max(type.parameters.slotCount, type.results.slotCount) }

  private mutating func codeWord(_ function: UInt32) -> UInt64 { UInt64(UInt(bitPattern: module.lockedCode(function))) }

  mutating func call(function: UInt32, type: BlockSignature) {
    let base = takeArguments(type.parameters.slotCount)
    emitCall(function, type, base)
    pushResults(type, base)
  }

  private mutating func emitCall(_ function: UInt32, _ type: BlockSignature, _ base: Int) {
    if Int(function) < module.context.importedFunctionCount {
      emit(.callImport, base)
      word(UInt64(function))
    } else {
      emit(.call, base, Self.header(type))
      word(codeWord(function))
    }
  }

  mutating func callIndirect(table: UInt32, type: DefinedType.Pointer) {
    let signature = type.pointee.signature
    let operand = pop()
    let index = inSlot(operand, height)
    let base = takeArguments(signature.parameters.slotCount)
    emit(.callIndirect, base, Self.header(signature), index)
    word(UInt64(type.pointee.number) | UInt64(table) << 32)
    pushResults(signature, base)
  }

  mutating func callReference(_ type: DefinedType.Pointer) {
    let signature = type.pointee.signature
    let operand = pop()
    let reference = inSlot(operand, height)
    let base = takeArguments(signature.parameters.slotCount)
    emit(.callReference, base, Self.header(signature), reference)
    pushResults(signature, base)
  }

  mutating func returnCall(function: UInt32, type: BlockSignature) {
    let base = takeArguments(type.parameters.slotCount)
    if Int(function) < module.context.importedFunctionCount {
      emit(.returnCallImport, headerSlot, base, type.parameters.slotCount)
      word(UInt64(function))
      returnResults(type, base)
    } else {
      emit(.returnCall, headerSlot, base, type.parameters.slotCount)
      word(codeWord(function))
    }
  }

  mutating func returnCallIndirect(table: UInt32, type: DefinedType.Pointer) {
    let signature = type.pointee.signature
    let operand = pop()
    let index = inSlot(operand, height)
    let base = takeArguments(signature.parameters.slotCount)
    emit(.returnCallIndirect, headerSlot, base, signature.parameters.slotCount)
    word(UInt64(type.pointee.number) | UInt64(table) << 32)
    word(UInt64(index))
    returnResults(signature, base)
  }

  mutating func returnCallReference(_ type: DefinedType.Pointer) {
    let signature = type.pointee.signature
    let operand = pop()
    let reference = inSlot(operand, height)
    let base = takeArguments(signature.parameters.slotCount)
    emit(.returnCallReference, headerSlot, base, signature.parameters.slotCount)
    word(UInt64(reference))
    returnResults(signature, base)
  }

  /// Returns what a host function left at `base`: only such a callee comes back from a tail call.
  private mutating func returnResults(_ type: BlockSignature, _ base: Int) {
    barrier()
    if type.results.slotCount == 1 {
      emit(.retValue, headerSlot, base)
    } else {
      for result in 0..<type.results.slotCount { emitCopy(from: base + result, to: result) }
      emit(.ret, headerSlot)
    }
  }
}
