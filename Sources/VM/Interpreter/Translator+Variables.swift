// Variable instructions (4.4.5).
extension Translator {
  // MARK: Locals

  mutating func localGet(_ index: UInt32) {
    noteRead(index)
    pushLocal(index)
  }

  private mutating func pushLocal(_ index: UInt32) {
    let slot = localSlot(index)
    if _slowPath(isVector(local: index)) {
      pushVectorLocal(slot)
      return
    }
    push(.local(slot))
    aliasCount += 1
    if _slowPath(height > Translator.deepestAlias) { settle(height - 1) }
  }

  mutating func localSet(_ index: UInt32) {
    setLocal(index)
    noteWrite(index)
  }

  mutating func localTee(_ index: UInt32) {
    setLocal(index)
    noteWrite(index)
    pushLocal(index)
  }

  private mutating func setLocal(_ index: UInt32) {
    let destination = localSlot(index)
    if _slowPath(isVector(local: index)) {
      setVectorLocal(destination)
      return
    }
    let isTemporary = storage.operands[height - 1].place == .temporary
    let isLast = isTemporary && lastResult >= 0
    let operand = pop()
    if aliasCount > 0, hasAlias(of: destination) {
      preserve(destination)
    } else if isLast {
      redirectLast(from: slot(height), to: destination)
      return
    }
    switch operand.place {
    case .constant: emitConstant(operand.bits, to: destination)
    case .temporary: emitCopy(from: slot(height), to: destination)
    case .local: if Int(operand.slot) != destination { emitCopy(from: Int(operand.slot), to: destination) }
    }
  }

  /// Makes the last instruction write to a local instead of the slot of its height.
  private mutating func redirectLast(from temporary: Int, to destination: Int) {
    let old = storage.words[lastResult]
    storage.words[lastResult] = old & ~0xFFFF_0000 | UInt64(UInt16(truncatingIfNeeded: destination)) << 16
    if integerInRegister == temporary {
      integerInRegister = destination
    } else if integerInRegister == destination {
      integerInRegister = -1
    }
    if floatInRegister == temporary { floatInRegister = destination } else if floatInRegister == destination { floatInRegister = -1 }
    // The comparison's operands may be the local itself: it can no longer be repeated in a branch.
    lastResult = -1
  }

  mutating func hasAlias(of local: Int) -> Bool {
    for position in aliasPositions where storage.operands[position].place == .local && Int(storage.operands[position].slot) == local {
      return true
    }
    return false
  }

  /// Copies the operands that stand for a local which is about to be written.
  private mutating func preserve(_ local: Int) {
    for position in aliasPositions where storage.operands[position].place == .local && Int(storage.operands[position].slot) == local {
      settle(position)
    }
  }

  private mutating func bit(_ index: UInt32) -> UInt64 {
    if _slowPath(vectorLocals != nil) { return vectorBits(index) }
    return Int(index) < parameterCount ? 0 : 1 << UInt64(min(Int(index) - parameterCount, 63))
  }

  /// As `bit`, of slots: two for a vector.
  private mutating func vectorBits(_ index: UInt32) -> UInt64 {
    guard Int(index) >= parameterCount else { return 0 }
    let first = localSlot(index) - headerSlot - 2
    let last = isVector(local: index) ? first + 1 : first
    return 1 << UInt64(min(first, 63)) | 1 << UInt64(min(last, 63))
  }

  mutating func isVector(local index: UInt32) -> Bool { vectorLocals?[Int(index)] == .v128 }

  private mutating func noteRead(_ index: UInt32) { readUnwritten |= bit(index) & ~written }

  private mutating func noteWrite(_ index: UInt32) {
    // The last bit stands for many locals: it never counts as written.
    written |= bit(index) & ~(1 << 63)
  }

  // MARK: Globals

  mutating func globalGet(_ index: UInt32) {
    if module.context.globals[Int(index)].type == .v128 {
      getVectorGlobal(index)
    } else if Int(index) < module.importedGlobalCount {
      emitIntegerWide(.importedGlobalGet, index)
    } else {
      emitIntegerWide(.globalGet, module.globalWord(index))
    }
  }

  mutating func globalSet(_ index: UInt32) {
    if module.context.globals[Int(index)].type == .v128 {
      setVectorGlobal(index)
      return
    }
    let value = pop()
    let source = inSlot(value, height)
    lastResult = -1
    if Int(index) < module.importedGlobalCount {
      place(wide(.importedGlobalSet, source, index))
    } else {
      place(wide(.globalSet, source, module.globalWord(index)))
    }
  }
}
