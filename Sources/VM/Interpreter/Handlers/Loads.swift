// Loads (4.4.7.1). Where the address comes from: S slot plus 16-bit offset, R the last result plus offset, K a constant,
// X the 32-bit sum of two slots plus an offset word, F slot plus an offset word.

@inline(__always)
func load8US(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 1, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(UInt8.self, address, md)
  finish32(pc, sp, md, ms, cx, f0, 8, UInt32(value))
}
@inline(__always)
func load8UR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(r32(r0)) &+ UInt64(operandC(pc))
  if isOutside(address, 1, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(UInt8.self, address, md)
  finish32(pc, sp, md, ms, cx, f0, 8, UInt32(value))
}
@inline(__always)
func load8UK(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(wideImmediate(pc))
  if isOutside(address, 1, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(UInt8.self, address, md)
  finish32(pc, sp, md, ms, cx, f0, 8, UInt32(value))
}
@inline(__always)
func load8UX(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp) &+ c32(pc, sp)) &+ extraWord(pc)
  if isOutside(address, 1, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(UInt8.self, address, md)
  finish32(pc, sp, md, ms, cx, f0, 16, UInt32(value))
}
@inline(__always)
func load8UY(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = scaledAddress(pc, b32(pc, sp), c32(pc, sp))
  if isOutside(address, 1, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(UInt8.self, address, md)
  finish32(pc, sp, md, ms, cx, f0, 16, UInt32(value))
}
@inline(__always)
func load8UF(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp)) &+ extraWord(pc)
  if isOutside(address, 1, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(UInt8.self, address, md)
  finish32(pc, sp, md, ms, cx, f0, 16, UInt32(value))
}
@inline(__always)
func load16US(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 2, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(UInt16.self, address, md)
  finish32(pc, sp, md, ms, cx, f0, 8, UInt32(value))
}
@inline(__always)
func load16UR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(r32(r0)) &+ UInt64(operandC(pc))
  if isOutside(address, 2, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(UInt16.self, address, md)
  finish32(pc, sp, md, ms, cx, f0, 8, UInt32(value))
}
@inline(__always)
func load16UK(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(wideImmediate(pc))
  if isOutside(address, 2, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(UInt16.self, address, md)
  finish32(pc, sp, md, ms, cx, f0, 8, UInt32(value))
}
@inline(__always)
func load16UX(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp) &+ c32(pc, sp)) &+ extraWord(pc)
  if isOutside(address, 2, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(UInt16.self, address, md)
  finish32(pc, sp, md, ms, cx, f0, 16, UInt32(value))
}
@inline(__always)
func load16UY(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = scaledAddress(pc, b32(pc, sp), c32(pc, sp))
  if isOutside(address, 2, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(UInt16.self, address, md)
  finish32(pc, sp, md, ms, cx, f0, 16, UInt32(value))
}
@inline(__always)
func load16UF(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp)) &+ extraWord(pc)
  if isOutside(address, 2, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(UInt16.self, address, md)
  finish32(pc, sp, md, ms, cx, f0, 16, UInt32(value))
}
@inline(__always)
func load32US(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(UInt32.self, address, md)
  finish32(pc, sp, md, ms, cx, f0, 8, value)
}
@inline(__always)
func load32UR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(r32(r0)) &+ UInt64(operandC(pc))
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(UInt32.self, address, md)
  finish32(pc, sp, md, ms, cx, f0, 8, value)
}
@inline(__always)
func load32UK(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(wideImmediate(pc))
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(UInt32.self, address, md)
  finish32(pc, sp, md, ms, cx, f0, 8, value)
}
@inline(__always)
func load32UX(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp) &+ c32(pc, sp)) &+ extraWord(pc)
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(UInt32.self, address, md)
  finish32(pc, sp, md, ms, cx, f0, 16, value)
}
@inline(__always)
func load32UY(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = scaledAddress(pc, b32(pc, sp), c32(pc, sp))
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(UInt32.self, address, md)
  finish32(pc, sp, md, ms, cx, f0, 16, value)
}
@inline(__always)
func load32UF(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp)) &+ extraWord(pc)
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(UInt32.self, address, md)
  finish32(pc, sp, md, ms, cx, f0, 16, value)
}
@inline(__always)
func load64S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 8, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(UInt64.self, address, md)
  finish64(pc, sp, md, ms, cx, f0, 8, value)
}
@inline(__always)
func load64R(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(r32(r0)) &+ UInt64(operandC(pc))
  if isOutside(address, 8, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(UInt64.self, address, md)
  finish64(pc, sp, md, ms, cx, f0, 8, value)
}
@inline(__always)
func load64K(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(wideImmediate(pc))
  if isOutside(address, 8, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(UInt64.self, address, md)
  finish64(pc, sp, md, ms, cx, f0, 8, value)
}
@inline(__always)
func load64X(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp) &+ c32(pc, sp)) &+ extraWord(pc)
  if isOutside(address, 8, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(UInt64.self, address, md)
  finish64(pc, sp, md, ms, cx, f0, 16, value)
}
@inline(__always)
func load64Y(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = scaledAddress(pc, b32(pc, sp), c32(pc, sp))
  if isOutside(address, 8, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(UInt64.self, address, md)
  finish64(pc, sp, md, ms, cx, f0, 16, value)
}
@inline(__always)
func load64F(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp)) &+ extraWord(pc)
  if isOutside(address, 8, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(UInt64.self, address, md)
  finish64(pc, sp, md, ms, cx, f0, 16, value)
}
@inline(__always)
func load8S32S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 1, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(Int8.self, address, md)
  finish32(pc, sp, md, ms, cx, f0, 8, UInt32(truncatingIfNeeded: value))
}
@inline(__always)
func load8S32R(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(r32(r0)) &+ UInt64(operandC(pc))
  if isOutside(address, 1, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(Int8.self, address, md)
  finish32(pc, sp, md, ms, cx, f0, 8, UInt32(truncatingIfNeeded: value))
}
@inline(__always)
func load8S32K(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(wideImmediate(pc))
  if isOutside(address, 1, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(Int8.self, address, md)
  finish32(pc, sp, md, ms, cx, f0, 8, UInt32(truncatingIfNeeded: value))
}
@inline(__always)
func load8S32X(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp) &+ c32(pc, sp)) &+ extraWord(pc)
  if isOutside(address, 1, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(Int8.self, address, md)
  finish32(pc, sp, md, ms, cx, f0, 16, UInt32(truncatingIfNeeded: value))
}
@inline(__always)
func load8S32Y(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = scaledAddress(pc, b32(pc, sp), c32(pc, sp))
  if isOutside(address, 1, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(Int8.self, address, md)
  finish32(pc, sp, md, ms, cx, f0, 16, UInt32(truncatingIfNeeded: value))
}
@inline(__always)
func load8S32F(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp)) &+ extraWord(pc)
  if isOutside(address, 1, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(Int8.self, address, md)
  finish32(pc, sp, md, ms, cx, f0, 16, UInt32(truncatingIfNeeded: value))
}
@inline(__always)
func load16S32S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 2, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(Int16.self, address, md)
  finish32(pc, sp, md, ms, cx, f0, 8, UInt32(truncatingIfNeeded: value))
}
@inline(__always)
func load16S32R(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(r32(r0)) &+ UInt64(operandC(pc))
  if isOutside(address, 2, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(Int16.self, address, md)
  finish32(pc, sp, md, ms, cx, f0, 8, UInt32(truncatingIfNeeded: value))
}
@inline(__always)
func load16S32K(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(wideImmediate(pc))
  if isOutside(address, 2, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(Int16.self, address, md)
  finish32(pc, sp, md, ms, cx, f0, 8, UInt32(truncatingIfNeeded: value))
}
@inline(__always)
func load16S32X(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp) &+ c32(pc, sp)) &+ extraWord(pc)
  if isOutside(address, 2, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(Int16.self, address, md)
  finish32(pc, sp, md, ms, cx, f0, 16, UInt32(truncatingIfNeeded: value))
}
@inline(__always)
func load16S32Y(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = scaledAddress(pc, b32(pc, sp), c32(pc, sp))
  if isOutside(address, 2, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(Int16.self, address, md)
  finish32(pc, sp, md, ms, cx, f0, 16, UInt32(truncatingIfNeeded: value))
}
@inline(__always)
func load16S32F(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp)) &+ extraWord(pc)
  if isOutside(address, 2, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(Int16.self, address, md)
  finish32(pc, sp, md, ms, cx, f0, 16, UInt32(truncatingIfNeeded: value))
}
@inline(__always)
func load8S64S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 1, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(Int8.self, address, md)
  finish64(pc, sp, md, ms, cx, f0, 8, UInt64(truncatingIfNeeded: value))
}
@inline(__always)
func load8S64R(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(r32(r0)) &+ UInt64(operandC(pc))
  if isOutside(address, 1, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(Int8.self, address, md)
  finish64(pc, sp, md, ms, cx, f0, 8, UInt64(truncatingIfNeeded: value))
}
@inline(__always)
func load8S64K(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(wideImmediate(pc))
  if isOutside(address, 1, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(Int8.self, address, md)
  finish64(pc, sp, md, ms, cx, f0, 8, UInt64(truncatingIfNeeded: value))
}
@inline(__always)
func load8S64X(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp) &+ c32(pc, sp)) &+ extraWord(pc)
  if isOutside(address, 1, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(Int8.self, address, md)
  finish64(pc, sp, md, ms, cx, f0, 16, UInt64(truncatingIfNeeded: value))
}
@inline(__always)
func load8S64Y(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = scaledAddress(pc, b32(pc, sp), c32(pc, sp))
  if isOutside(address, 1, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(Int8.self, address, md)
  finish64(pc, sp, md, ms, cx, f0, 16, UInt64(truncatingIfNeeded: value))
}
@inline(__always)
func load8S64F(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp)) &+ extraWord(pc)
  if isOutside(address, 1, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(Int8.self, address, md)
  finish64(pc, sp, md, ms, cx, f0, 16, UInt64(truncatingIfNeeded: value))
}
@inline(__always)
func load16S64S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 2, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(Int16.self, address, md)
  finish64(pc, sp, md, ms, cx, f0, 8, UInt64(truncatingIfNeeded: value))
}
@inline(__always)
func load16S64R(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(r32(r0)) &+ UInt64(operandC(pc))
  if isOutside(address, 2, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(Int16.self, address, md)
  finish64(pc, sp, md, ms, cx, f0, 8, UInt64(truncatingIfNeeded: value))
}
@inline(__always)
func load16S64K(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(wideImmediate(pc))
  if isOutside(address, 2, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(Int16.self, address, md)
  finish64(pc, sp, md, ms, cx, f0, 8, UInt64(truncatingIfNeeded: value))
}
@inline(__always)
func load16S64X(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp) &+ c32(pc, sp)) &+ extraWord(pc)
  if isOutside(address, 2, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(Int16.self, address, md)
  finish64(pc, sp, md, ms, cx, f0, 16, UInt64(truncatingIfNeeded: value))
}
@inline(__always)
func load16S64Y(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = scaledAddress(pc, b32(pc, sp), c32(pc, sp))
  if isOutside(address, 2, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(Int16.self, address, md)
  finish64(pc, sp, md, ms, cx, f0, 16, UInt64(truncatingIfNeeded: value))
}
@inline(__always)
func load16S64F(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp)) &+ extraWord(pc)
  if isOutside(address, 2, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(Int16.self, address, md)
  finish64(pc, sp, md, ms, cx, f0, 16, UInt64(truncatingIfNeeded: value))
}
@inline(__always)
func load32S64S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(Int32.self, address, md)
  finish64(pc, sp, md, ms, cx, f0, 8, UInt64(truncatingIfNeeded: value))
}
@inline(__always)
func load32S64R(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(r32(r0)) &+ UInt64(operandC(pc))
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(Int32.self, address, md)
  finish64(pc, sp, md, ms, cx, f0, 8, UInt64(truncatingIfNeeded: value))
}
@inline(__always)
func load32S64K(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(wideImmediate(pc))
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(Int32.self, address, md)
  finish64(pc, sp, md, ms, cx, f0, 8, UInt64(truncatingIfNeeded: value))
}
@inline(__always)
func load32S64X(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp) &+ c32(pc, sp)) &+ extraWord(pc)
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(Int32.self, address, md)
  finish64(pc, sp, md, ms, cx, f0, 16, UInt64(truncatingIfNeeded: value))
}
@inline(__always)
func load32S64Y(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = scaledAddress(pc, b32(pc, sp), c32(pc, sp))
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(Int32.self, address, md)
  finish64(pc, sp, md, ms, cx, f0, 16, UInt64(truncatingIfNeeded: value))
}
@inline(__always)
func load32S64F(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp)) &+ extraWord(pc)
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(Int32.self, address, md)
  finish64(pc, sp, md, ms, cx, f0, 16, UInt64(truncatingIfNeeded: value))
}
@inline(__always)
func loadF64S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 8, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(Double.self, address, md)
  finishF64(pc, sp, md, ms, cx, r0, 8, value)
}
@inline(__always)
func loadF64R(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(r32(r0)) &+ UInt64(operandC(pc))
  if isOutside(address, 8, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(Double.self, address, md)
  finishF64(pc, sp, md, ms, cx, r0, 8, value)
}
@inline(__always)
func loadF64K(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(wideImmediate(pc))
  if isOutside(address, 8, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(Double.self, address, md)
  finishF64(pc, sp, md, ms, cx, r0, 8, value)
}
@inline(__always)
func loadF64X(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp) &+ c32(pc, sp)) &+ extraWord(pc)
  if isOutside(address, 8, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(Double.self, address, md)
  finishF64(pc, sp, md, ms, cx, r0, 16, value)
}
@inline(__always)
func loadF64Y(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = scaledAddress(pc, b32(pc, sp), c32(pc, sp))
  if isOutside(address, 8, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(Double.self, address, md)
  finishF64(pc, sp, md, ms, cx, r0, 16, value)
}
@inline(__always)
func loadF64F(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp)) &+ extraWord(pc)
  if isOutside(address, 8, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(Double.self, address, md)
  finishF64(pc, sp, md, ms, cx, r0, 16, value)
}
