// Control instructions (4.4.8). Frames lie one after another on the value stack:
//
//   sp → [arguments, later results][return pc][caller's sp][declared locals][operands …]
//         max(parameters, results)  header
//
// A caller puts arguments where its own operand stack has them anyway: they become the callee's first slots without a copy, and results
// come back to the same place. Calls never recurse on the host's stack.

@inline(__always)
func br(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  next(pc + Int(pc.load(fromByteOffset: 4, as: Int32.self)) &* 8, sp, md, ms, cx, r0, f0)
}

/// a: slot of the index; b, c: how many entries follow besides the default, which is last. An entry is a distance in words.
@inline(__always)
func brTable(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let entry = min(a32(pc, sp), wideImmediate(pc))
  next(pc + pc.load(fromByteOffset: 8 &+ Int(entry) &* 8, as: Int.self) &* 8, sp, md, ms, cx, r0, f0)
}

/// a: first argument slot; b: the callee's header slot; extra word: its `FunctionCode`.
@inline(__always)
func call(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let code = extraWord(pc)
  let entry = FunctionCode.Pointer(bitPattern: UInt(code)).unsafelyUnwrapped.pointee.entry
  let frame = sp + operandA(pc)
  if _slowPath(UInt64(UInt(bitPattern: frame)) &+ entry.load(fromByteOffset: -8, as: UInt64.self) > cx[-1]) {
    return trapStackOverflow(pc, sp, md, ms, cx)
  }
  let header = frame + operandB(pc)
  header[0] = UInt64(UInt(bitPattern: pc + 16))
  header[1] = UInt64(UInt(bitPattern: sp))
  next(entry, frame, md, ms, cx, code, f0)
}

/// a: first argument slot; b: header slot; c: slot of the index; extra word: type number, low; table, high.
@inline(__always)
func callIndirect(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  callIndirect(extraWord(pc), pc, sp, md, ms, cx, f0)
}

@inline(__always)
func callIndirect(_ expected: Word, _ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ f0: Double) {
  let table = Context(cx).tables[Int(truncatingIfNeeded: expected >> 32)]
  let index = c64(pc, sp)
  if _slowPath(index >= UInt64(table.pointee.count)) { return raise(pc, sp, cx, .undefinedElement) }
  guard let record = FunctionRecord.Pointer(slot: table.pointee.elements[Int(truncatingIfNeeded: index)]) else {
    return raise(pc, sp, cx, .uninitializedElement, index)
  }
  if _slowPath(record.pointee.type != UInt32(truncatingIfNeeded: expected)) {
    return callSubtype(record, UInt32(truncatingIfNeeded: expected), pc, sp, cx, f0)
  }
  let frame = sp + operandA(pc)
  if _slowPath(record.pointee.context != Context(cx)) { return callForeign(record, pc, pc + 16, sp, frame, cx, f0) }
  enterFrame(record.pointee.code.unsafelyUnwrapped, frame, pc + 16, pc, sp, md, ms, cx, f0)
}

/// Enters `code`, whose arguments stand at `frame`; b of the call is its header slot. It comes back to `returnPC`.
@inline(__always)
func enterFrame(
  _ code: FunctionCode.Pointer, _ frame: SP, _ returnPC: PC, _ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ f0: Double
) {
  let entry = code.pointee.entry
  if _slowPath(UInt64(UInt(bitPattern: frame)) &+ entry.load(fromByteOffset: -8, as: UInt64.self) > cx[-1]) {
    return trapStackOverflow(pc, sp, md, ms, cx)
  }
  let header = frame + operandB(pc)
  header[0] = UInt64(UInt(bitPattern: returnPC))
  header[1] = UInt64(UInt(bitPattern: sp))
  next(entry, frame, md, ms, cx, UInt64(UInt(bitPattern: code)), f0)
}

/// An indirect call of a function whose type is not the one named: it may be below it (4.4.8.10).
@inline(never)
private func callSubtype(
  _ record: FunctionRecord.Pointer, _ expected: UInt32, _ pc: PC, _ sp: SP, _ cx: CX, _ f0: Double
) {
  guard isBelow(record, UInt64(expected)) else { return raise(pc, sp, cx, .indirectCallTypeMismatch) }
  let frame = sp + operandA(pc)
  if record.pointee.context != Context(cx) { return callForeign(record, pc, pc + 16, sp, frame, cx, f0) }
  let (md, ms) = memoryRegisters(cx, sp)
  enterFrame(record.pointee.code.unsafelyUnwrapped, frame, pc + 16, pc, sp, md, ms, cx, f0)
}

/// As `callSubtype`, of a tail call.
@inline(never)
private func returnCallSubtype(_ record: FunctionRecord.Pointer, _ pc: PC, _ sp: SP, _ cx: CX, _ f0: Double) {
  guard isBelow(record, extraWord(pc)) else { return raise(pc, sp, cx, .indirectCallTypeMismatch) }
  if record.pointee.context != Context(cx) { return returnCallForeign(record, pc, pc + 24, sp, cx, f0) }
  let (md, ms) = memoryRegisters(cx, sp)
  replaceFrame(record.pointee.code.unsafelyUnwrapped, pc, sp, md, ms, cx, f0)
}

@inline(never)
private func isBelow(_ record: FunctionRecord.Pointer, _ expected: Word) -> Bool {
  TypeRegistry.shared.row(record.pointee.type).pointee.isBelow(TypeRegistry.shared.row(UInt32(truncatingIfNeeded: expected)))
}

/// What md and ms are in a context. Without a memory they are never read.
@inline(__always)
func memoryRegisters(_ cx: CX, _ sp: SP) -> (MD, Word) {
  guard cx[-7] != 0 else { return (MD(sp), 0) }
  let memory = Context(cx).memories[0].pointee
  return (memory.base, UInt64(memory.byteCount))
}

/// a: first argument slot; extra word: index of the imported function.
@inline(__always)
func callImport(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let record = Context(cx).functions[Int(truncatingIfNeeded: extraWord(pc))].unsafelyUnwrapped
  callForeign(record, pc, pc + 16, sp, sp + operandA(pc), cx, f0)
}

/// a: this function's header slot; b: first argument slot; c: number of arguments; extra word: the callee's `FunctionCode`.
@inline(__always)
func returnCall(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let code = FunctionCode.Pointer(bitPattern: UInt(extraWord(pc))).unsafelyUnwrapped
  replaceFrame(code, pc, sp, md, ms, cx, f0)
}

/// As `returnCall`, but the index's slot and the expected type follow: extra word: type number, low; table, high; second: slot of the index.
@inline(__always)
func returnCallIndirect(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let expected = extraWord(pc)
  let table = Context(cx).tables[Int(truncatingIfNeeded: expected >> 32)]
  let index = sp[pc.load(fromByteOffset: 16, as: Int.self)]
  if _slowPath(index >= UInt64(table.pointee.count)) { return raise(pc, sp, cx, .undefinedElement) }
  guard let record = FunctionRecord.Pointer(slot: table.pointee.elements[Int(truncatingIfNeeded: index)]) else {
    return raise(pc, sp, cx, .uninitializedElement, index)
  }
  if _slowPath(record.pointee.type != UInt32(truncatingIfNeeded: expected)) { return returnCallSubtype(record, pc, sp, cx, f0) }
  if _slowPath(record.pointee.context != Context(cx)) {
    return returnCallForeign(record, pc, pc + 24, sp, cx, f0)
  }
  replaceFrame(record.pointee.code.unsafelyUnwrapped, pc, sp, md, ms, cx, f0)
}

/// Operands as `returnCall`; extra word: index of the imported function.
@inline(__always)
func returnCallImport(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let record = Context(cx).functions[Int(truncatingIfNeeded: extraWord(pc))].unsafelyUnwrapped
  returnCallForeign(record, pc, pc + 16, sp, cx, f0)
}

/// Moves the arguments down over the current frame and enters `code` in its place (4.4.8.12).
@inline(__always)
func replaceFrame(_ code: FunctionCode.Pointer, _ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ f0: Double) {
  let entry = code.pointee.entry
  if _slowPath(UInt64(UInt(bitPattern: sp)) &+ entry.load(fromByteOffset: -8, as: UInt64.self) > cx[-1]) {
    return trapStackOverflow(pc, sp, md, ms, cx)
  }
  let ownHeader = sp + operandA(pc)
  let returnPC = ownHeader[0]
  let callerSP = ownHeader[1]
  let arguments = sp + operandB(pc)
  let count = operandC(pc)
  var index = 0
  while index < count {
    sp[index] = arguments[index]
    index &+= 1
  }
  let header = sp + Int(code.pointee.headerSlot)
  header[0] = returnPC
  header[1] = callerSP
  next(entry, sp, md, ms, cx, UInt64(UInt(bitPattern: code)), f0)
}

/// a: header slot. Results already stand in the first slots.
@inline(__always)
func ret(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let header = sp + operandA(pc)
  next(
    PC(bitPattern: UInt(header[0])).unsafelyUnwrapped, SP(bitPattern: UInt(header[1])).unsafelyUnwrapped, md, ms, cx, sp[0], f0)
}

/// a: header slot; b: slot of the only result.
@inline(__always)
func retValue(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let header = sp + operandA(pc)
  let value = b64(pc, sp)
  sp[0] = value
  next(
    PC(bitPattern: UInt(header[0])).unsafelyUnwrapped, SP(bitPattern: UInt(header[1])).unsafelyUnwrapped, md, ms, cx, value, f0)
}

@inline(__always)
func unreachableTrap(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) { raise(pc, sp, cx, .unreachable) }

/// What every entry of an interrupted context's table points to.
@inline(__always)
func interruptedTrap(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) { raise(pc, sp, cx, .interrupted) }

/// Where the outermost frame returns to: does not dispatch, so the run ends.
@inline(__always)
func halt(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {}

/// Entry of a function that is not translated yet; r0 is its `FunctionCode`.
@inline(__always)
func lazy(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let code = FunctionCode.Pointer(bitPattern: UInt(r0)).unsafelyUnwrapped
  if _slowPath(!translate(code, cx)) { return raise(pc, sp, cx, .host) }
  let entry = code.pointee.entry
  if _slowPath(UInt64(UInt(bitPattern: sp)) &+ entry.load(fromByteOffset: -8, as: UInt64.self) > cx[-1]) {
    return trapStackOverflow(pc, sp, md, ms, cx)
  }
  next(entry, sp, md, ms, cx, r0, f0)
}

@inline(never)
private func translate(_ code: FunctionCode.Pointer, _ cx: CX) -> Bool {
  let store = Context(cx).instance.store
  do {
    try code.pointee.module.takeUnretainedValue().translate(code, timing: &store.translationNanoseconds)
    return true
  } catch {
    store.pendingTrap = Trap(.host(error.description))
    return false
  }
}
