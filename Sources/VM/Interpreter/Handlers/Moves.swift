// Copies, constants, globals, select.

@inline(__always)
func copy(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, b64(pc, sp))
}
@inline(__always)
func copyR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, r0)
}
@inline(__always)
func copyPair(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let first = b64(pc, sp)
  let second = c64(pc, sp)
  let destination = sp + operandA(pc)
  destination[0] = first
  destination[1] = second
  next(pc + 8, sp, md, ms, cx, second, f0)
}
@inline(__always)
func const32(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, wideImmediate(pc))
}
@inline(__always)
func const64S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, UInt64(truncatingIfNeeded: Int32(bitPattern: wideImmediate(pc))))
}
@inline(__always)
func const64(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  finish64(pc, sp, md, ms, cx, f0, 16, extraWord(pc))
}
@inline(__always)
func globalGet(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, cx[Int(wideImmediate(pc))])
}
@inline(__always)
func globalSet(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  cx[Int(wideImmediate(pc))] = a64(pc, sp)
  next(pc + 8, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func importedGlobalGet(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, Context(cx).globals[Int(wideImmediate(pc))].pointee)
}
@inline(__always)
func importedGlobalSet(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  Context(cx).globals[Int(wideImmediate(pc))].pointee = a64(pc, sp)
  next(pc + 8, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func select(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let first = b64(pc, sp)
  let second = c64(pc, sp)
  finish64(pc, sp, md, ms, cx, f0, 16, low32(sp, Int(truncatingIfNeeded: extraWord(pc))) != 0 ? first : second)
}
@inline(__always)
func selectR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let first = b64(pc, sp)
  let second = c64(pc, sp)
  put64(pc, sp, md, ms, cx, f0, r32(r0) != 0 ? first : second)
}
// Zeroed slots from a on. Of fixed numbers: a loop would become a call.

@inline(__always)
func zeroTwo(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  UnsafeMutableRawPointer(sp + operandA(pc)).storeBytes(of: .zero, as: SIMD2<UInt64>.self)
  next(pc + 8, sp, md, ms, cx, r0, f0)
}

@inline(__always)
func zeroFour(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  UnsafeMutableRawPointer(sp + operandA(pc)).storeBytes(of: .zero, as: SIMD4<UInt64>.self)
  next(pc + 8, sp, md, ms, cx, r0, f0)
}

@inline(__always)
func zeroEight(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  UnsafeMutableRawPointer(sp + operandA(pc)).storeBytes(of: .zero, as: SIMD8<UInt64>.self)
  next(pc + 8, sp, md, ms, cx, r0, f0)
}
