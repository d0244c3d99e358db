// Stores (4.4.7.2). First letter: the address as for loads; second: the value: S slot, R the last result, I 16-bit immediate.

@inline(__always)
func store8SS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(a32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 1, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  store(UInt8(truncatingIfNeeded: b32(pc, sp)), address, md)
  next(pc + 8, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func store8SR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(a32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 1, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  store(UInt8(truncatingIfNeeded: r0), address, md)
  next(pc + 8, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func store8RS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(r32(r0)) &+ UInt64(operandC(pc))
  if isOutside(address, 1, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  store(UInt8(truncatingIfNeeded: b32(pc, sp)), address, md)
  next(pc + 8, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func store8SI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(a32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 1, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  store(UInt8(truncatingIfNeeded: branchImmediate32(pc)), address, md)
  next(pc + 8, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func store8KS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(wideImmediate(pc))
  if isOutside(address, 1, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  store(UInt8(truncatingIfNeeded: a32(pc, sp)), address, md)
  next(pc + 8, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func store8XS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(a32(pc, sp) &+ c32(pc, sp)) &+ extraWord(pc)
  if isOutside(address, 1, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  store(UInt8(truncatingIfNeeded: b32(pc, sp)), address, md)
  next(pc + 16, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func store8YS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = scaledAddress(pc, a32(pc, sp), c32(pc, sp))
  if isOutside(address, 1, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  store(UInt8(truncatingIfNeeded: b32(pc, sp)), address, md)
  next(pc + 16, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func store8FS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(a32(pc, sp)) &+ extraWord(pc)
  if isOutside(address, 1, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  store(UInt8(truncatingIfNeeded: b32(pc, sp)), address, md)
  next(pc + 16, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func store16SS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(a32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 2, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  store(UInt16(truncatingIfNeeded: b32(pc, sp)), address, md)
  next(pc + 8, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func store16SR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(a32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 2, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  store(UInt16(truncatingIfNeeded: r0), address, md)
  next(pc + 8, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func store16RS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(r32(r0)) &+ UInt64(operandC(pc))
  if isOutside(address, 2, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  store(UInt16(truncatingIfNeeded: b32(pc, sp)), address, md)
  next(pc + 8, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func store16SI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(a32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 2, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  store(UInt16(truncatingIfNeeded: branchImmediate32(pc)), address, md)
  next(pc + 8, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func store16KS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(wideImmediate(pc))
  if isOutside(address, 2, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  store(UInt16(truncatingIfNeeded: a32(pc, sp)), address, md)
  next(pc + 8, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func store16XS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(a32(pc, sp) &+ c32(pc, sp)) &+ extraWord(pc)
  if isOutside(address, 2, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  store(UInt16(truncatingIfNeeded: b32(pc, sp)), address, md)
  next(pc + 16, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func store16YS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = scaledAddress(pc, a32(pc, sp), c32(pc, sp))
  if isOutside(address, 2, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  store(UInt16(truncatingIfNeeded: b32(pc, sp)), address, md)
  next(pc + 16, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func store16FS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(a32(pc, sp)) &+ extraWord(pc)
  if isOutside(address, 2, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  store(UInt16(truncatingIfNeeded: b32(pc, sp)), address, md)
  next(pc + 16, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func store32SS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(a32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  store(b32(pc, sp), address, md)
  next(pc + 8, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func store32SR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(a32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  store(UInt32(truncatingIfNeeded: r0), address, md)
  next(pc + 8, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func store32RS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(r32(r0)) &+ UInt64(operandC(pc))
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  store(b32(pc, sp), address, md)
  next(pc + 8, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func store32SI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(a32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  store(branchImmediate32(pc), address, md)
  next(pc + 8, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func store32KS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(wideImmediate(pc))
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  store(a32(pc, sp), address, md)
  next(pc + 8, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func store32XS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(a32(pc, sp) &+ c32(pc, sp)) &+ extraWord(pc)
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  store(b32(pc, sp), address, md)
  next(pc + 16, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func store32YS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = scaledAddress(pc, a32(pc, sp), c32(pc, sp))
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  store(b32(pc, sp), address, md)
  next(pc + 16, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func store32FS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(a32(pc, sp)) &+ extraWord(pc)
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  store(b32(pc, sp), address, md)
  next(pc + 16, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func store64SS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(a32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 8, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  store(b64(pc, sp), address, md)
  next(pc + 8, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func store64SR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(a32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 8, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  store(r0, address, md)
  next(pc + 8, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func store64RS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(r32(r0)) &+ UInt64(operandC(pc))
  if isOutside(address, 8, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  store(b64(pc, sp), address, md)
  next(pc + 8, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func store64SI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(a32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 8, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  store(branchImmediate64(pc), address, md)
  next(pc + 8, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func store64KS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(wideImmediate(pc))
  if isOutside(address, 8, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  store(a64(pc, sp), address, md)
  next(pc + 8, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func store64XS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(a32(pc, sp) &+ c32(pc, sp)) &+ extraWord(pc)
  if isOutside(address, 8, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  store(b64(pc, sp), address, md)
  next(pc + 16, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func store64YS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = scaledAddress(pc, a32(pc, sp), c32(pc, sp))
  if isOutside(address, 8, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  store(b64(pc, sp), address, md)
  next(pc + 16, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func store64FS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(a32(pc, sp)) &+ extraWord(pc)
  if isOutside(address, 8, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  store(b64(pc, sp), address, md)
  next(pc + 16, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func storeF64SR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(a32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 8, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  store(f0, address, md)
  next(pc + 8, sp, md, ms, cx, r0, f0)
}
