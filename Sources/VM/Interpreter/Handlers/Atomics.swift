import Synchronization

// Atomic instructions (threads proposal). A window has checked the address and put md so that the lower half of slot a leads to the place.
// Operands stand in consecutive slots from a, the address first; the old value goes to slot a. b: an `AtomicForms.Operation`.

@inline(__always)
private func place(_ pc: PC, _ sp: SP, _ md: MD) -> UnsafeMutableRawPointer { md + Int(a32(pc, sp)) }

/// What an operation makes of the old value; nil where a comparison fails.
@inline(__always)
private func result<T: FixedWidthInteger & UnsignedInteger>(_ operation: Int, _ old: T, _ first: UInt64, _ second: UInt64) -> T? {
  let operand = T(truncatingIfNeeded: first)
  switch AtomicForms.Operation(rawValue: operation) {
  case .add: return old &+ operand
  case .subtract: return old &- operand
  case .and: return old & operand
  case .or: return old | operand
  case .xor: return old ^ operand
  // The expected value is wrapped to the place's width before it is compared (threads proposal, "Read-Modify-Write").
  case .compareExchange: return old == operand ? T(truncatingIfNeeded: second) : nil
  default: return operand
  }
}

// A cell is changed until nobody else did so in between. One function a width, because the library has no protocol for all of them.

@inline(never)
private func modify8(_ place: UnsafeMutableRawPointer, _ operation: Int, _ first: UInt64, _ second: UInt64) -> UInt64 {
  let cell = place.assumingMemoryBound(to: Atomic<UInt8>.self)
  var old = cell.pointee.load(ordering: .sequentiallyConsistent)
  while let new = result(operation, old, first, second) {
    let (exchanged, original) = cell.pointee.compareExchange(expected: old, desired: new, ordering: .sequentiallyConsistent)
    if exchanged { break }
    old = original
  }
  return UInt64(old)
}
@inline(never)
private func modify16(_ place: UnsafeMutableRawPointer, _ operation: Int, _ first: UInt64, _ second: UInt64) -> UInt64 {
  let cell = place.assumingMemoryBound(to: Atomic<UInt16>.self)
  var old = cell.pointee.load(ordering: .sequentiallyConsistent)
  while let new = result(operation, old, first, second) {
    let (exchanged, original) = cell.pointee.compareExchange(expected: old, desired: new, ordering: .sequentiallyConsistent)
    if exchanged { break }
    old = original
  }
  return UInt64(old)
}
@inline(never)
private func modify32(_ place: UnsafeMutableRawPointer, _ operation: Int, _ first: UInt64, _ second: UInt64) -> UInt64 {
  let cell = place.assumingMemoryBound(to: Atomic<UInt32>.self)
  var old = cell.pointee.load(ordering: .sequentiallyConsistent)
  while let new = result(operation, old, first, second) {
    let (exchanged, original) = cell.pointee.compareExchange(expected: old, desired: new, ordering: .sequentiallyConsistent)
    if exchanged { break }
    old = original
  }
  return UInt64(old)
}
@inline(never)
private func modify64(_ place: UnsafeMutableRawPointer, _ operation: Int, _ first: UInt64, _ second: UInt64) -> UInt64 {
  let cell = place.assumingMemoryBound(to: Atomic<UInt64>.self)
  var old = cell.pointee.load(ordering: .sequentiallyConsistent)
  while let new = result(operation, old, first, second) {
    let (exchanged, original) = cell.pointee.compareExchange(expected: old, desired: new, ordering: .sequentiallyConsistent)
    if exchanged { break }
    old = original
  }
  return UInt64(old)
}

@inline(__always)
func atomic8(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let operands = sp + operandA(pc)
  put64(pc, sp, md, ms, cx, f0, modify8(place(pc, sp, md), operandB(pc), operands[1], operands[2]))
}
@inline(__always)
func atomic16(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let operands = sp + operandA(pc)
  put64(pc, sp, md, ms, cx, f0, modify16(place(pc, sp, md), operandB(pc), operands[1], operands[2]))
}
@inline(__always)
func atomic32(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let operands = sp + operandA(pc)
  put64(pc, sp, md, ms, cx, f0, modify32(place(pc, sp, md), operandB(pc), operands[1], operands[2]))
}
@inline(__always)
func atomic64(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let operands = sp + operandA(pc)
  put64(pc, sp, md, ms, cx, f0, modify64(place(pc, sp, md), operandB(pc), operands[1], operands[2]))
}

/// b: index of the memory.
@inline(__always)
func atomicWait32(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let operands = sp + operandA(pc)
  let outcome = wait(cx, operandB(pc), place(pc, sp, md), 32, UInt64(low32(operands, 1)), Int64(bitPattern: operands[2]))
  if _slowPath(outcome == .max) { return raise(pc, sp, cx, .expectedSharedMemory) }
  put32(pc, sp, md, ms, cx, f0, outcome)
}
@inline(__always)
func atomicWait64(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let operands = sp + operandA(pc)
  let outcome = wait(cx, operandB(pc), place(pc, sp, md), 64, operands[1], Int64(bitPattern: operands[2]))
  if _slowPath(outcome == .max) { return raise(pc, sp, cx, .expectedSharedMemory) }
  put32(pc, sp, md, ms, cx, f0, outcome)
}

/// All ones where the memory is not shared. An interrupted thread stops waiting; its next instruction is the trap.
@inline(never)
private func wait(_ cx: CX, _ memory: Int, _ place: UnsafeMutableRawPointer, _ bits: Int, _ expected: UInt64, _ nanoseconds: Int64)
  -> UInt32
{
  guard Context(cx).instance.memories[memory].type.isShared else { return .max }
  let outcome = WaitQueue.shared.wait(at: place, nanoseconds: nanoseconds, isInterrupted: { cx[0] == HandlerTable.interruptedTrapEntry }) {
    let value =
      bits == 32
      ? UInt64(place.assumingMemoryBound(to: Atomic<UInt32>.self).pointee.load(ordering: .sequentiallyConsistent))
      : place.assumingMemoryBound(to: Atomic<UInt64>.self).pointee.load(ordering: .sequentiallyConsistent)
    return value == expected
  }
  return outcome.rawValue
}

@inline(__always)
func atomicNotify(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, notify(place(pc, sp, md), low32(sp, operandA(pc) + 1)))
}

@inline(never)
private func notify(_ place: UnsafeMutableRawPointer, _ most: UInt32) -> UInt32 { WaitQueue.shared.notify(at: place, most: most) }

@inline(__always)
func atomicFence(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  atomicMemoryFence(ordering: .sequentiallyConsistent)
  next(pc + 8, sp, md, ms, cx, r0, f0)
}
