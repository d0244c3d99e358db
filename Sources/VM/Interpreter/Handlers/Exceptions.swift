import Glibc

// Exceptions (4.4.10). An exception is an object of the heap: the tag's function type, the tag, the values' slots.

/// a: slot of the first value; extra word: index of the tag.
@inline(__always)
func throwTag(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let exception = makeException(cx, pc, sp, sp + operandA(pc), Int(truncatingIfNeeded: extraWord(pc)))
  if _slowPath(exception == 0) { return raise(pc, sp, cx, .heapExhausted) }
  unwind(exception, pc, sp, cx, f0)
}

/// a: slot of the reference.
@inline(__always)
func throwReference(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let exception = a64(pc, sp)
  if _slowPath(exception == 0) { return raiseNull(pc, sp, cx, .exception) }
  unwind(exception, pc, sp, cx, f0)
}

@inline(never)
private func makeException(_ cx: CX, _ pc: PC, _ sp: SP, _ values: SP, _ index: Int) -> UInt64 {
  let tag = Context(cx).instance.tags[index]
  let count = TypeRegistry.shared.row(tag.type).pointee.parameters.slotCount
  guard let object = allocateObject(cx, pc, sp, HeapObject.exceptionValues + count * 8) else { return 0 }
  object.storeBytes(of: tag.type, as: UInt32.self)
  object.storeBytes(of: tag.word, toByteOffset: HeapObject.exceptionTag, as: UInt64.self)
  memcpy(object + HeapObject.exceptionValues, values, count * 8)
  return UInt64(UInt(bitPattern: object))
}

/// Goes on at the innermost clause that catches the exception, in this frame or one of its callers; without one the run ends.
@inline(never)
func unwind(_ exception: Word, _ pc: PC, _ sp: SP, _ cx: CX, _ f0: Double) {
  var landing = Landing()
  switch find(&landing, exception, pc, sp, cx) {
  case .nobody: return raise(pc, sp, cx, .uncaughtException, exception)
  case .beyondCompiledCode: return raise(pc, sp, cx, .exception, exception)
  case .here: break
  }
  next(
    PC(bitPattern: landing.pc).unsafelyUnwrapped, SP(bitPattern: landing.sp).unsafelyUnwrapped,
    MD(bitPattern: landing.md).unsafelyUnwrapped,
    landing.ms, CX(bitPattern: landing.cx).unsafelyUnwrapped, 0, f0)
}

/// As `unwind`, of an exception that compiled code, which these frames called, has not caught: somebody does.
@inline(never)
func continueUnwinding(_ returnPC: PC, _ callerSP: SP, _ sp: SP, _ cx: CX, _ f0: Double) {
  let exception = Context(cx).state.pointee.detail
  var landing = Landing()
  switch findAmongCallers(&landing, exception, returnPC, callerSP, sp, cx) {
  case .nobody: return raise(returnPC, callerSP, cx, .uncaughtException, exception)
  case .beyondCompiledCode: return
  case .here: break
  }
  Context(cx).state.pointee.trap = 0
  next(
    PC(bitPattern: landing.pc).unsafelyUnwrapped, SP(bitPattern: landing.sp).unsafelyUnwrapped,
    MD(bitPattern: landing.md).unsafelyUnwrapped,
    landing.ms, CX(bitPattern: landing.cx).unsafelyUnwrapped, 0, f0)
}

/// Where an exception goes on: the machine's registers as plain numbers.
private struct Landing {
  var pc: UInt = 0
  var sp: UInt = 0
  var md: UInt = 0
  var ms: UInt64 = 0
  var cx: UInt = 0
}

/// Who catches an exception.
private enum Catcher {
  /// One of the interpreter's frames that lie above all of compiled code.
  case here
  /// A frame of compiled code, or one of the interpreter's below it: the host's stack has to be unwound to it, entry by entry.
  case beyondCompiledCode
  case nobody
}

// Both are apart, because frames hold references, which would have to be let go of after the jump to the next handler.

@inline(never)
private func find(_ landing: inout Landing, _ exception: Word, _ pc: PC, _ sp: SP, _ cx: CX) -> Catcher {
  find(&landing, exception, Frame(pc: pc, sp: sp, context: Context(cx)))
}

@inline(never)
private func findAmongCallers(
  _ landing: inout Landing, _ exception: Word, _ returnPC: PC, _ callerSP: SP, _ sp: SP, _ cx: CX
) -> Catcher {
  find(&landing, exception, Frame(returnPC: returnPC, callerSP: callerSP, of: sp, context: Context(cx)))
}

/// Finds the clause and, where it is the interpreter's, puts the exception's values where its code expects them.
private func find(_ landing: inout Landing, _ exception: Word, _ start: Frame?) -> Catcher {
  guard let object = UnsafeRawPointer(bitPattern: UInt(exception)), var frame = start else { return .nobody }
  let tag = object.load(fromByteOffset: HeapObject.exceptionTag, as: UInt64.self)
  var isAboveCompiledCode = true
  while let code = frame.code {
    let instance = frame.context.instance
    if let compiled = frame.compiled {
      isAboveCompiledCode = false
      if compiled.handler(catches: { instance.tags[Int($0)].word == tag }) != nil { return .beyondCompiledCode }
    } else if let (clause, target) = instance.module.code.handler(at: frame.pc, catches: { instance.tags[Int($0)].word == tag }) {
      guard isAboveCompiledCode else { return .beyondCompiledCode }
      putValues(of: exception, object, frame.sp + clause.slot, hasValues: clause.tag != nil, takesReference: clause.takesReference)
      let (md, ms) = memoryRegisters(frame.context.pointer, frame.sp)
      landing = Landing(
        pc: UInt(bitPattern: target), sp: UInt(bitPattern: frame.sp), md: UInt(bitPattern: md), ms: ms,
        cx: UInt(bitPattern: frame.context.pointer))
      return .here
    }
    if !frame.moveToCaller(of: code) { return .nobody }
  }
  return .nobody
}

private func putValues(
  of exception: Word, _ object: UnsafeRawPointer, _ start: SP, hasValues: Bool, takesReference: Bool
) {
  var slot = start
  if hasValues {
    let count = HeapObject.type(exception).pointee.parameters.slotCount
    memcpy(slot, object + HeapObject.exceptionValues, count * 8)
    slot += count
  }
  if takesReference { slot[0] = exception }
}

/// Finds the frame of compiled code that catches the exception which ended what it called; false if none does before the interpreter's
/// frame that entered. The state then says where it goes on.
/// - Parameter stack: where the return address to compiled code is.
@inline(never)
func land(_ stack: UInt, _ sp: SP, _ context: Context) -> Bool {
  let state = context.state
  let exception = state.pointee.detail
  let instance = context.instance
  guard let object = UnsafeRawPointer(bitPattern: UInt(exception)),
    var frames = CompiledFrames(instance.module.code, stack: stack, frame: UInt(bitPattern: sp))
  else { return false }
  let tag = object.load(fromByteOffset: HeapObject.exceptionTag, as: UInt64.self)
  while true {
    if let clause = frames.handler(catches: { instance.tags[Int($0)].word == tag }), let memory = instance.module.code.compiled?.memory {
      let frame = SP(bitPattern: frames.frame).unsafelyUnwrapped
      putValues(of: exception, object, frame + Int(clause.slot), hasValues: clause.tag != nil, takesReference: clause.takesReference)
      state.pointee.landingAddress = UInt64(UInt(bitPattern: memory.executable + frames.function.start + Int(clause.position)))
      state.pointee.landingStack = UInt64(frames.bodyStack)
      state.pointee.landingFrame = UInt64(frames.frame)
      state.pointee.trap = 0
      return true
    }
    guard case .compiled = frames.moveToCaller() else { return false }
  }
}

/// The exception that a host function let through from a guest it called, or 0.
@inline(never)
func takePendingException(_ cx: CX) -> Word { Context(cx).instance.store.takePendingException() }
