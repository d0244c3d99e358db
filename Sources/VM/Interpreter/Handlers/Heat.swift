// Finding out what is hot (`CompilerTier.auto`): an instruction at the beginning of every function and of every loop counts down, and at zero
// has the function compiled. A loop that runs goes on in compiled code, whose frame is the interpreter's.

/// Extra word: calls left, low.
@inline(__always)
func countCall(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let left = extraLow(pc) &- 1
  if _slowPath(left == 0) { return enterHotFunction(pc, sp, cx, f0) }
  (pc + 8).storeBytes(of: left, as: UInt32.self)
  next(pc + 16, sp, md, ms, cx, r0, f0)
}

/// Extra word: rounds left, low; which of the function's loops it is, high.
@inline(__always)
func countLoop(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let left = extraLow(pc) &- 1
  if _slowPath(left == 0) { return enterHotLoop(pc, sp, cx, f0) }
  (pc + 8).storeBytes(of: left, as: UInt32.self)
  next(pc + 16, sp, md, ms, cx, r0, f0)
}

/// Calls the function anew: its arguments are still in its first slots.
@inline(never)
private func enterHotFunction(_ pc: PC, _ sp: SP, _ cx: CX, _ f0: Double) {
  let (md, ms) = memoryRegisters(cx, sp)
  var hot = Hot()
  guard compileHot(&hot, pc, nil, sp, cx) else { return goOnWithoutCounting(pc, sp, md, ms, cx, f0) }
  next(hot.entry.unsafelyUnwrapped, sp, md, ms, cx, 0, f0)
}

@inline(never)
private func enterHotLoop(_ pc: PC, _ sp: SP, _ cx: CX, _ f0: Double) {
  let (md, ms) = memoryRegisters(cx, sp)
  var hot = Hot()
  let isCompiled = compileHot(&hot, pc, Int(extraHigh(pc)), sp, cx)
  // It may have taken a while.
  if Context(cx).state.pointee.isInterrupted != 0 { return raise(pc, sp, cx, .interrupted) }
  guard isCompiled, let returnPC = PC(bitPattern: UInt(hot.header.0)),
    let callerSP = SP(bitPattern: UInt(hot.header.1))
  else { return goOnWithoutCounting(pc, sp, md, ms, cx, f0) }
  runCompiled(hot.entry.unsafelyUnwrapped, UInt64(hot.address), sp, cx, returnPC, callerSP, f0)
}

/// Where a hot function goes on, as plain numbers: references would have to be let go of after the jump.
private struct Hot {
  var entry: PC?
  var address = 0
  var header: (UInt64, UInt64) = (0, 0)
}

@inline(never)
private func compileHot(_ hot: inout Hot, _ pc: PC, _ loop: Int?, _ sp: SP, _ cx: CX) -> Bool {
  let context = Context(cx)
  let store = context.instance.store
  guard
    let (code, address) = context.instance.module.code.compileHot(at: pc, loop: loop, timing: &store.translationNanoseconds)
  else { return false }
  let entry = code.pointee.entry
  // The compiled frame may be a little larger.
  guard UInt64(UInt(bitPattern: sp)) &+ entry.load(fromByteOffset: -8, as: UInt64.self) <= context.stackLimit else { return false }
  let header = sp + Int(code.pointee.headerSlot)
  hot = Hot(entry: entry, address: address, header: (header[0], header[1]))
  return true
}

@inline(__always)
private func goOnWithoutCounting(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ f0: Double) {
  (pc + 8).storeBytes(of: UInt32.max, as: UInt32.self)
  next(pc + 16, sp, md, ms, cx, 0, f0)
}
