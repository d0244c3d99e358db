import Glibc

// Calls that leave the instance. Between the caller's frame and the callee's stands a cross frame, which `crossReturn` reads:
//
//   sp → [return pc][caller's sp][caller's context][slots to bring back] [the callee's frame …]

private let crossFrameSlots = 4

/// Calls a host function or a function of another instance whose arguments stand at `frame`; goes on at `returnPC`.
@inline(never)
func callForeign(_ record: FunctionRecord.Pointer, _ pc: PC, _ returnPC: PC, _ sp: SP, _ frame: SP, _ cx: CX, _ f0: Double) {
  let context = Context(cx)
  let top = frame + record.pointee.headerSlot + crossFrameSlots + 2
  if UInt64(UInt(bitPattern: top)) > context.stackLimit { return raise(pc, sp, cx, .stackOverflow) }
  guard let callee = record.pointee.context, let code = record.pointee.code else {
    guard runHostFunction(record, frame, top, pc, sp, cx) else {
      let exception = takePendingException(cx)
      return exception == 0 ? raise(pc, sp, cx, .host) : unwind(exception, pc, sp, cx, f0)
    }
    let memory = context.memory?.bytes
    return next(returnPC, sp, memory?.base ?? MD(frame), UInt64(memory?.byteCount ?? 0), cx, frame[0], f0)
  }
  let count = record.pointee.headerSlot
  for index in stride(from: count - 1, through: 0, by: -1) { frame[index + crossFrameSlots] = frame[index] }
  frame[0] = UInt64(UInt(bitPattern: returnPC))
  frame[1] = UInt64(UInt(bitPattern: sp))
  frame[2] = UInt64(UInt(bitPattern: cx))
  frame[3] = UInt64(count)
  let entry = code.pointee.entry
  let inner = frame + crossFrameSlots
  if UInt64(UInt(bitPattern: inner)) &+ entry.load(fromByteOffset: -8, as: UInt64.self) > callee.stackLimit {
    return raise(pc, sp, cx, .stackOverflow)
  }
  inner[count] = UInt64(UInt(bitPattern: StaticCode.crossReturn))
  inner[count + 1] = UInt64(UInt(bitPattern: frame))
  let memory = callee.memory?.bytes
  next(
    entry, inner, memory?.base ?? MD(frame), UInt64(memory?.byteCount ?? 0), callee.pointer, UInt64(UInt(bitPattern: code)), f0)
}

/// The host's side of a call; false if it threw. Apart, because references held for its sake would have to be let go of after the jump to
/// the next handler, which would make a call of it.
@inline(never)
private func runHostFunction(_ record: FunctionRecord.Pointer, _ frame: SP, _ top: SP, _ pc: PC, _ sp: SP, _ cx: CX) -> Bool {
  let context = Context(cx)
  return context.instance.store.callHost(record, frame, top: top, caller: context, pc: pc, sp: sp)
}

/// A tail call of a host function or a function of another instance (4.4.8.12), operands a, b and c as those of `returnCall`. The callee's
/// frame takes the place of the current one; if that one is not itself behind a cross frame, one is put there first. So calls back and forth
/// between instances take no more room than one. A host function is simply called; `returnPC` returns its results.
@inline(never)
func returnCallForeign(_ record: FunctionRecord.Pointer, _ pc: PC, _ returnPC: PC, _ sp: SP, _ cx: CX, _ f0: Double) {
  let arguments = sp + operandB(pc)
  guard let callee = record.pointee.context, let code = record.pointee.code else {
    return callForeign(record, pc, returnPC, sp, arguments, cx, f0)
  }
  let ownHeader = operandA(pc)
  let callerPC = PC(bitPattern: UInt(sp[ownHeader])).unsafelyUnwrapped
  let callerSP = sp[ownHeader + 1]
  let isBehindCrossFrame = callerPC == StaticCode.crossReturn
  let inner = isBehindCrossFrame ? sp : sp + crossFrameSlots
  let header = inner + record.pointee.headerSlot
  let entry = code.pointee.entry
  let frameBytes = max(entry.load(fromByteOffset: -8, as: UInt64.self), UInt64(record.pointee.headerSlot + 2) * 8)
  if UInt64(UInt(bitPattern: inner)) &+ frameBytes > callee.stackLimit { return raise(pc, sp, cx, .stackOverflow) }
  memmove(inner, arguments, operandC(pc) * 8)
  if isBehindCrossFrame {
    // It brings back what the first caller expects: tail calls have the results of the function they end.
    header[1] = callerSP
  } else {
    sp[0] = UInt64(UInt(bitPattern: callerPC))
    sp[1] = callerSP
    sp[2] = UInt64(UInt(bitPattern: cx))
    sp[3] = UInt64(ownHeader)
    header[1] = UInt64(UInt(bitPattern: sp))
  }
  header[0] = UInt64(UInt(bitPattern: StaticCode.crossReturn))
  let memory = callee.memory?.bytes
  next(
    entry, inner, memory?.base ?? MD(inner), UInt64(memory?.byteCount ?? 0), callee.pointer, UInt64(UInt(bitPattern: code)), f0)
}

/// Return from another instance: sp is the cross frame.
@inline(__always)
func crossReturn(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let returnPC = PC(bitPattern: UInt(sp[0])).unsafelyUnwrapped
  let callerSP = SP(bitPattern: UInt(sp[1])).unsafelyUnwrapped
  let context = Context(CX(bitPattern: UInt(sp[2])).unsafelyUnwrapped)
  let count = Int(sp[3])
  for index in 0..<count { sp[index] = sp[index + crossFrameSlots] }
  let memory = context.memory?.bytes
  next(
    returnPC, callerSP, memory?.base ?? MD(sp), UInt64(memory?.byteCount ?? 0), context.pointer, sp[0], f0)
}
