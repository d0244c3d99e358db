// Pairs with a load or a store among them; see PairsControl.swift for those that branch afterwards. PairsInteger32.swift says what a pair is.

@inline(__always)
func load32USThenI32MulRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(UInt32.self, address, md)
  let result: UInt32 = value
  sp[operandA(pc)] = UInt64(result)
  i32MulRS(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func load32UXThenLoad32US(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp) &+ c32(pc, sp)) &+ extraWord(pc)
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(UInt32.self, address, md)
  let result: UInt32 = value
  sp[operandA(pc)] = UInt64(result)
  load32US(pc + 16, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func i32AddRSThenLoad32UX(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) &+ c32(pc, sp)
  sp[operandA(pc)] = UInt64(result)
  load32UX(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func i32AddSIThenStore8SI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) &+ immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  store8SI(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func store8SIThenI32AddSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(a32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 1, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  store(UInt8(truncatingIfNeeded: branchImmediate32(pc)), address, md)
  i32AddSS(pc + 8, sp, md, ms, cx, r0, f0)
}

@inline(__always)
func const32ThenLoad32US(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = wideImmediate(pc)
  sp[operandA(pc)] = UInt64(result)
  load32US(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func load32USThenLoad32US(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(UInt32.self, address, md)
  let result: UInt32 = value
  sp[operandA(pc)] = UInt64(result)
  load32US(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func store32SSThenI32AddSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(a32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  store(b32(pc, sp), address, md)
  i32AddSI(pc + 8, sp, md, ms, cx, r0, f0)
}

@inline(__always)
func load32USThenI32AddSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(UInt32.self, address, md)
  let result: UInt32 = value
  sp[operandA(pc)] = UInt64(result)
  i32AddSI(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func copyThenLoadF64Y(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b64(pc, sp)
  sp[operandA(pc)] = result
  loadF64Y(pc + 8, sp, md, ms, cx, result, f0)
}

@inline(__always)
func i32AddRIThenLoad32UR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) &+ immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  load32UR(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func i32AddSIThenLoad32UR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) &+ immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  load32UR(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func i32AddSIThenLoad32US(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) &+ immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  load32US(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func load32URThenLoad32US(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(r32(r0)) &+ UInt64(operandC(pc))
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(UInt32.self, address, md)
  let result: UInt32 = value
  sp[operandA(pc)] = UInt64(result)
  load32US(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func i32AddSIThenLoad8UX(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) &+ immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  load8UX(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func i32AddSIThenStore32SR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) &+ immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  store32SR(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func load32USThenI32OrRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(UInt32.self, address, md)
  let result: UInt32 = value
  sp[operandA(pc)] = UInt64(result)
  i32OrRS(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func load32USThenStore32KS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(UInt32.self, address, md)
  let result: UInt32 = value
  sp[operandA(pc)] = UInt64(result)
  store32KS(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func i32OrSIThenLoadF64Y(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) | immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  loadF64Y(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func loadF64YThenI32OrSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = scaledAddress(pc, b32(pc, sp), c32(pc, sp))
  if isOutside(address, 8, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(Double.self, address, md)
  let result = value
  UnsafeMutableRawPointer(sp + operandA(pc)).storeBytes(of: result, as: Double.self)
  i32OrSI(pc + 16, sp, md, ms, cx, r0, result)
}

@inline(__always)
func loadF64YThenF64LtSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = scaledAddress(pc, b32(pc, sp), c32(pc, sp))
  if isOutside(address, 8, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(Double.self, address, md)
  let result = value
  UnsafeMutableRawPointer(sp + operandA(pc)).storeBytes(of: result, as: Double.self)
  f64LtSS(pc + 16, sp, md, ms, cx, r0, result)
}

@inline(__always)
func i32AddShl2ThenLoad32UR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) &+ c32(pc, sp) &<< 2
  sp[operandA(pc)] = UInt64(result)
  load32UR(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func load32USThenI32AddRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(UInt32.self, address, md)
  let result: UInt32 = value
  sp[operandA(pc)] = UInt64(result)
  i32AddRS(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func store64YSThenCopy(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = scaledAddress(pc, a32(pc, sp), c32(pc, sp))
  if isOutside(address, 8, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  store(b64(pc, sp), address, md)
  copy(pc + 16, sp, md, ms, cx, r0, f0)
}

@inline(__always)
func i32AddRSThenStore32SR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) &+ c32(pc, sp)
  sp[operandA(pc)] = UInt64(result)
  store32SR(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func store32SSThenStore32SS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(a32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  store(b32(pc, sp), address, md)
  store32SS(pc + 8, sp, md, ms, cx, r0, f0)
}

@inline(__always)
func store32SRThenI32AddSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(a32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  store(UInt32(truncatingIfNeeded: r0), address, md)
  i32AddSI(pc + 8, sp, md, ms, cx, r0, f0)
}

@inline(__always)
func i32AddRIThenStore32SR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) &+ immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  store32SR(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func load16UYThenLoad16UY(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = scaledAddress(pc, b32(pc, sp), c32(pc, sp))
  if isOutside(address, 2, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(UInt16.self, address, md)
  let result: UInt32 = UInt32(value)
  sp[operandA(pc)] = UInt64(result)
  load16UY(pc + 16, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func store32SRThenLoad32US(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(a32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  store(UInt32(truncatingIfNeeded: r0), address, md)
  load32US(pc + 8, sp, md, ms, cx, r0, f0)
}

@inline(__always)
func load32USThenI32ShlSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(UInt32.self, address, md)
  let result: UInt32 = value
  sp[operandA(pc)] = UInt64(result)
  i32ShlSI(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func load32UKThenStore32SR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(wideImmediate(pc))
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(UInt32.self, address, md)
  let result: UInt32 = value
  sp[operandA(pc)] = UInt64(result)
  store32SR(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func load32USThenI32AddRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(UInt32.self, address, md)
  let result: UInt32 = value
  sp[operandA(pc)] = UInt64(result)
  i32AddRI(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func store32KSThenLoad32US(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(wideImmediate(pc))
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  store(a32(pc, sp), address, md)
  load32US(pc + 8, sp, md, ms, cx, r0, f0)
}

@inline(__always)
func load8UXThenI32AddSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp) &+ c32(pc, sp)) &+ extraWord(pc)
  if isOutside(address, 1, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(UInt8.self, address, md)
  let result: UInt32 = UInt32(value)
  sp[operandA(pc)] = UInt64(result)
  i32AddSI(pc + 16, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func i32AddSSThenLoad8UR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) &+ c32(pc, sp)
  sp[operandA(pc)] = UInt64(result)
  load8UR(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func store32SRThenLoad32UK(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(a32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  store(UInt32(truncatingIfNeeded: r0), address, md)
  load32UK(pc + 8, sp, md, ms, cx, r0, f0)
}

@inline(__always)
func load8URThenLoad8UX(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(r32(r0)) &+ UInt64(operandC(pc))
  if isOutside(address, 1, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(UInt8.self, address, md)
  let result: UInt32 = UInt32(value)
  sp[operandA(pc)] = UInt64(result)
  load8UX(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func i32AddSIThenLoad8UR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) &+ immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  load8UR(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func i32AddRSThenLoad8UR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) &+ c32(pc, sp)
  sp[operandA(pc)] = UInt64(result)
  load8UR(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func store32KSThenLoad32UK(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(wideImmediate(pc))
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  store(a32(pc, sp), address, md)
  load32UK(pc + 8, sp, md, ms, cx, r0, f0)
}

@inline(__always)
func i32AddSIThenStore32RS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) &+ immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  store32RS(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func store32RSThenCopy(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(r32(r0)) &+ UInt64(operandC(pc))
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  store(b32(pc, sp), address, md)
  copy(pc + 8, sp, md, ms, cx, r0, f0)
}

@inline(__always)
func i32AddRSThenLoad32US(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) &+ c32(pc, sp)
  sp[operandA(pc)] = UInt64(result)
  load32US(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func i64AddRSThenStore64SR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r0 &+ c64(pc, sp)
  sp[operandA(pc)] = result
  store64SR(pc + 8, sp, md, ms, cx, result, f0)
}

@inline(__always)
func i32AddSSThenLoad32UX(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) &+ c32(pc, sp)
  sp[operandA(pc)] = UInt64(result)
  load32UX(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func i32MulRSThenLoad32UX(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) &* c32(pc, sp)
  sp[operandA(pc)] = UInt64(result)
  load32UX(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
