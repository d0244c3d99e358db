// Two or three operators in one instruction: what profiles show to stand together most. Branches have their distance in the extra word,
// upper half; its lower half holds the right operand: S slot, I immediate.

@inline(__always)
func i32AddShl1(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, b32(pc, sp) &+ c32(pc, sp) &<< 1)
}
@inline(__always)
func i32AddShl2(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, b32(pc, sp) &+ c32(pc, sp) &<< 2)
}
@inline(__always)
func i32AddShl3(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, b32(pc, sp) &+ c32(pc, sp) &<< 3)
}
@inline(__always)
func i32AddBrEqS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let value = b32(pc, sp) &+ immediate32(pc)
  let other = low32(sp, Int(pc.load(fromByteOffset: 8, as: UInt16.self)))
  sp[operandA(pc)] = UInt64(value)
  farBranch(value == other, pc, sp, md, ms, cx, UInt64(value), f0)
}
@inline(__always)
func i32AddBrNeS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let value = b32(pc, sp) &+ immediate32(pc)
  let other = low32(sp, Int(pc.load(fromByteOffset: 8, as: UInt16.self)))
  sp[operandA(pc)] = UInt64(value)
  farBranch(value != other, pc, sp, md, ms, cx, UInt64(value), f0)
}
@inline(__always)
func i32AddBrLtSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let value = b32(pc, sp) &+ immediate32(pc)
  let other = low32(sp, Int(pc.load(fromByteOffset: 8, as: UInt16.self)))
  sp[operandA(pc)] = UInt64(value)
  farBranch(Int32(bitPattern: value) < Int32(bitPattern: other), pc, sp, md, ms, cx, UInt64(value), f0)
}
@inline(__always)
func i32AddBrLtUS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let value = b32(pc, sp) &+ immediate32(pc)
  let other = low32(sp, Int(pc.load(fromByteOffset: 8, as: UInt16.self)))
  sp[operandA(pc)] = UInt64(value)
  farBranch(value < other, pc, sp, md, ms, cx, UInt64(value), f0)
}
@inline(__always)
func i32AddBrGeSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let value = b32(pc, sp) &+ immediate32(pc)
  let other = low32(sp, Int(pc.load(fromByteOffset: 8, as: UInt16.self)))
  sp[operandA(pc)] = UInt64(value)
  farBranch(Int32(bitPattern: value) >= Int32(bitPattern: other), pc, sp, md, ms, cx, UInt64(value), f0)
}
@inline(__always)
func i32AddBrGeUS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let value = b32(pc, sp) &+ immediate32(pc)
  let other = low32(sp, Int(pc.load(fromByteOffset: 8, as: UInt16.self)))
  sp[operandA(pc)] = UInt64(value)
  farBranch(value >= other, pc, sp, md, ms, cx, UInt64(value), f0)
}
@inline(__always)
func i32AddBrGtSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let value = b32(pc, sp) &+ immediate32(pc)
  let other = low32(sp, Int(pc.load(fromByteOffset: 8, as: UInt16.self)))
  sp[operandA(pc)] = UInt64(value)
  farBranch(Int32(bitPattern: value) > Int32(bitPattern: other), pc, sp, md, ms, cx, UInt64(value), f0)
}
@inline(__always)
func i32AddBrGtUS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let value = b32(pc, sp) &+ immediate32(pc)
  let other = low32(sp, Int(pc.load(fromByteOffset: 8, as: UInt16.self)))
  sp[operandA(pc)] = UInt64(value)
  farBranch(value > other, pc, sp, md, ms, cx, UInt64(value), f0)
}
@inline(__always)
func i32AddBrLeSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let value = b32(pc, sp) &+ immediate32(pc)
  let other = low32(sp, Int(pc.load(fromByteOffset: 8, as: UInt16.self)))
  sp[operandA(pc)] = UInt64(value)
  farBranch(Int32(bitPattern: value) <= Int32(bitPattern: other), pc, sp, md, ms, cx, UInt64(value), f0)
}
@inline(__always)
func i32AddBrLeUS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let value = b32(pc, sp) &+ immediate32(pc)
  let other = low32(sp, Int(pc.load(fromByteOffset: 8, as: UInt16.self)))
  sp[operandA(pc)] = UInt64(value)
  farBranch(value <= other, pc, sp, md, ms, cx, UInt64(value), f0)
}
@inline(__always)
func i32AddBrEqI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let value = b32(pc, sp) &+ immediate32(pc)
  let other = UInt32(truncatingIfNeeded: pc.load(fromByteOffset: 8, as: Int16.self))
  sp[operandA(pc)] = UInt64(value)
  farBranch(value == other, pc, sp, md, ms, cx, UInt64(value), f0)
}
@inline(__always)
func i32AddBrNeI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let value = b32(pc, sp) &+ immediate32(pc)
  let other = UInt32(truncatingIfNeeded: pc.load(fromByteOffset: 8, as: Int16.self))
  sp[operandA(pc)] = UInt64(value)
  farBranch(value != other, pc, sp, md, ms, cx, UInt64(value), f0)
}
@inline(__always)
func i32AddBrLtSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let value = b32(pc, sp) &+ immediate32(pc)
  let other = UInt32(truncatingIfNeeded: pc.load(fromByteOffset: 8, as: Int16.self))
  sp[operandA(pc)] = UInt64(value)
  farBranch(Int32(bitPattern: value) < Int32(bitPattern: other), pc, sp, md, ms, cx, UInt64(value), f0)
}
@inline(__always)
func i32AddBrLtUI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let value = b32(pc, sp) &+ immediate32(pc)
  let other = UInt32(truncatingIfNeeded: pc.load(fromByteOffset: 8, as: Int16.self))
  sp[operandA(pc)] = UInt64(value)
  farBranch(value < other, pc, sp, md, ms, cx, UInt64(value), f0)
}
@inline(__always)
func i32AddBrGeSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let value = b32(pc, sp) &+ immediate32(pc)
  let other = UInt32(truncatingIfNeeded: pc.load(fromByteOffset: 8, as: Int16.self))
  sp[operandA(pc)] = UInt64(value)
  farBranch(Int32(bitPattern: value) >= Int32(bitPattern: other), pc, sp, md, ms, cx, UInt64(value), f0)
}
@inline(__always)
func i32AddBrGeUI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let value = b32(pc, sp) &+ immediate32(pc)
  let other = UInt32(truncatingIfNeeded: pc.load(fromByteOffset: 8, as: Int16.self))
  sp[operandA(pc)] = UInt64(value)
  farBranch(value >= other, pc, sp, md, ms, cx, UInt64(value), f0)
}
@inline(__always)
func i32AndBrZeroS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let value = b32(pc, sp) & c32(pc, sp)
  sp[operandA(pc)] = UInt64(value)
  farBranch(value == 0, pc, sp, md, ms, cx, UInt64(value), f0)
}
@inline(__always)
func i32AndBrZeroI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let value = b32(pc, sp) & immediate32(pc)
  sp[operandA(pc)] = UInt64(value)
  farBranch(value == 0, pc, sp, md, ms, cx, UInt64(value), f0)
}
@inline(__always)
func load8UBrZero(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 1, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = UInt32(load(UInt8.self, address, md))
  sp[operandA(pc)] = UInt64(value)
  farBranch(value == 0, pc, sp, md, ms, cx, UInt64(value), f0)
}
@inline(__always)
func load32UBrZero(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = UInt32(load(UInt32.self, address, md))
  sp[operandA(pc)] = UInt64(value)
  farBranch(value == 0, pc, sp, md, ms, cx, UInt64(value), f0)
}
@inline(__always)
func i32AndBrNonzeroS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let value = b32(pc, sp) & c32(pc, sp)
  sp[operandA(pc)] = UInt64(value)
  farBranch(value != 0, pc, sp, md, ms, cx, UInt64(value), f0)
}
@inline(__always)
func i32AndBrNonzeroI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let value = b32(pc, sp) & immediate32(pc)
  sp[operandA(pc)] = UInt64(value)
  farBranch(value != 0, pc, sp, md, ms, cx, UInt64(value), f0)
}
@inline(__always)
func load8UBrNonzero(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 1, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = UInt32(load(UInt8.self, address, md))
  sp[operandA(pc)] = UInt64(value)
  farBranch(value != 0, pc, sp, md, ms, cx, UInt64(value), f0)
}
@inline(__always)
func load32UBrNonzero(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = UInt32(load(UInt32.self, address, md))
  sp[operandA(pc)] = UInt64(value)
  farBranch(value != 0, pc, sp, md, ms, cx, UInt64(value), f0)
}
