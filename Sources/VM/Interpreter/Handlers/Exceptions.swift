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
  if _slowPath(!find(&landing, exception, pc, sp, cx)) { return raise(pc, sp, cx, .uncaughtException, exception) }
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

/// Finds the clause and puts the exception's values where its code expects them.
@inline(never)
private func find(_ landing: inout Landing, _ exception: Word, _ pc: PC, _ sp: SP, _ cx: CX) -> Bool {
  guard let object = UnsafeRawPointer(bitPattern: UInt(exception)) else { return false }
  let tag = object.load(fromByteOffset: HeapObject.exceptionTag, as: UInt64.self)
  var frame = Frame(pc: pc, sp: sp, context: Context(cx))
  while let code = frame.code {
    let instance = frame.context.instance
    if let (clause, target) = instance.module.code.handler(at: frame.pc, catches: { instance.tags[Int($0)].word == tag }) {
      var slot = frame.sp + clause.slot
      if clause.tag != nil {
        let count = HeapObject.type(exception).pointee.parameters.slotCount
        memcpy(slot, object + HeapObject.exceptionValues, count * 8)
        slot += count
      }
      if clause.takesReference { slot[0] = exception }
      let (md, ms) = memoryRegisters(frame.context.pointer, frame.sp)
      landing = Landing(
        pc: UInt(bitPattern: target), sp: UInt(bitPattern: frame.sp), md: UInt(bitPattern: md), ms: ms,
        cx: UInt(bitPattern: frame.context.pointer))
      return true
    }
    if !frame.moveToCaller(of: code) { return false }
  }
  return false
}

/// The exception that a host function let through from a guest it called, or 0.
@inline(never)
func takePendingException(_ cx: CX) -> Word { Context(cx).instance.store.takePendingException() }
