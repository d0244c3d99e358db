// References and casts (4.4.4), and calls of them (4.4.8).

@inline(__always)
func refFunc(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, functionReference(cx, Int(wideImmediate(pc))))
}

@inline(never)
private func functionReference(_ cx: CX, _ index: Int) -> UInt64 {
  UInt64(UInt(bitPattern: Context(cx).instance.record(function: index)))
}

/// Ends the run because a reference is null.
@inline(__always)
func raiseNull(_ pc: PC, _ sp: SP, _ cx: CX, _ what: Trap.NullReference) { raise(pc, sp, cx, .nullReference, what.rawValue) }

/// a: slot of the reference, which stays.
@inline(__always)
func refAsNonNull(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  if _slowPath(a64(pc, sp) == 0) { return raiseNull(pc, sp, cx, .reference) }
  next(pc + 8, sp, md, ms, cx, r0, f0)
}

/// b: slot of the reference; extra word: the type's code.
@inline(__always)
func refTest(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  finish32(pc, sp, md, ms, cx, f0, 16, isOfType(b64(pc, sp), extraWord(pc)) ? 1 : 0)
}

/// a: slot of the reference, which stays; extra word: the type's code.
@inline(__always)
func refCast(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  if _slowPath(!isOfType(a64(pc, sp), extraWord(pc))) { return raise(pc, sp, cx, .castFailure) }
  next(pc + 16, sp, md, ms, cx, r0, f0)
}

@inline(never)
private func isOfType(_ slot: UInt64, _ code: Word) -> Bool {
  let type = ValueType(code: UInt32(truncatingIfNeeded: code))
  return slot == 0 ? type.isNullable : HeapObject.isReference(slot, of: type)
}

@inline(__always)
func refI31(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, HeapObject.slot(i31: b32(pc, sp)))
}

@inline(__always)
func i31GetS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let bits = b32(pc, sp)
  if _slowPath(bits == 0) { return raiseNull(pc, sp, cx, .i31) }
  put32(pc, sp, md, ms, cx, f0, UInt32(bitPattern: Int32(bitPattern: bits) >> 1))
}

@inline(__always)
func i31GetU(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let bits = b32(pc, sp)
  if _slowPath(bits == 0) { return raiseNull(pc, sp, cx, .i31) }
  put32(pc, sp, md, ms, cx, f0, bits >> 1)
}

/// a: first argument slot; b: header slot; c: slot of the reference.
@inline(__always)
func callReference(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  guard let record = FunctionRecord.Pointer(slot: c64(pc, sp)) else { return raiseNull(pc, sp, cx, .function) }
  let frame = sp + operandA(pc)
  if _slowPath(record.pointee.context != Context(cx)) { return callForeign(record, pc, pc + 8, sp, frame, cx, f0) }
  enterFrame(record.pointee.code.unsafelyUnwrapped, frame, pc + 8, pc, sp, md, ms, cx, f0)
}

/// Operands as `returnCall`; extra word: slot of the reference.
@inline(__always)
func returnCallReference(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  guard let record = FunctionRecord.Pointer(slot: sp[Int(truncatingIfNeeded: extraWord(pc))]) else {
    return raiseNull(pc, sp, cx, .function)
  }
  if _slowPath(record.pointee.context != Context(cx)) { return returnCallForeign(record, pc, pc + 16, sp, cx, f0) }
  replaceFrame(record.pointee.code.unsafelyUnwrapped, pc, sp, md, ms, cx, f0)
}
