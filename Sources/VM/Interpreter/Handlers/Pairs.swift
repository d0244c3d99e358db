// Two instructions in one dispatch. The first one's word holds the pair's number, the second one stands after it unchanged, so that branches
// to it still find it; see `PairForms`. The compiler hands the first result to the second operation in a register.

@inline(__always)
func i32AddRIThenI32RemUSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) &+ immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  i32RemUSS(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func load32USThenI32MulRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 4, ms) { return raise(pc, sp, cx, .memoryOutOfBounds) }
  let value = load(UInt32.self, address, md)
  let result: UInt32 = value
  sp[operandA(pc)] = UInt64(result)
  i32MulRS(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func load32UXThenLoad32US(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp) &+ c32(pc, sp)) &+ extraWord(pc)
  if isOutside(address, 4, ms) { return raise(pc, sp, cx, .memoryOutOfBounds) }
  let value = load(UInt32.self, address, md)
  let result: UInt32 = value
  sp[operandA(pc)] = UInt64(result)
  load32US(pc + 16, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i32MulRIThenI32AddRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) &* immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  i32AddRI(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i32MulRSThenI32AddRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) &* c32(pc, sp)
  sp[operandA(pc)] = UInt64(result)
  i32AddRS(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i32RotlRIThenI32AddRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = (r32(r0) &<< immediate32(pc)) | (r32(r0) &>> (0 &- immediate32(pc)))
  sp[operandA(pc)] = UInt64(result)
  i32AddRS(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i32AddRSThenLoad32UX(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) &+ c32(pc, sp)
  sp[operandA(pc)] = UInt64(result)
  load32UX(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i32AddSSThenBrI32LtURI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) &+ c32(pc, sp)
  sp[operandA(pc)] = UInt64(result)
  brI32LtURI(pc + 8, sp, md, ms, cx, UInt64(result), f0)
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
  if isOutside(address, 1, ms) { return raise(pc, sp, cx, .memoryOutOfBounds) }
  store(UInt8(truncatingIfNeeded: branchImmediate32(pc)), address, md)
  i32AddSS(pc + 8, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func const32ThenI64AndRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = wideImmediate(pc)
  sp[operandA(pc)] = UInt64(result)
  i64AndRS(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func const32ThenLoad32US(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = wideImmediate(pc)
  sp[operandA(pc)] = UInt64(result)
  load32US(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i32XorRSThenI32RotlRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) ^ c32(pc, sp)
  sp[operandA(pc)] = UInt64(result)
  i32RotlRI(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i32AddSIThenI32AddBrLtUS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) &+ immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  i32AddBrLtUS(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func load32USThenBrTable(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 4, ms) { return raise(pc, sp, cx, .memoryOutOfBounds) }
  let value = load(UInt32.self, address, md)
  let result: UInt32 = value
  sp[operandA(pc)] = UInt64(result)
  brTable(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i32AddSIThenI32AddSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) &+ immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  i32AddSI(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i32AddRSThenI32XorRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) &+ c32(pc, sp)
  sp[operandA(pc)] = UInt64(result)
  i32XorRS(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i32AddRSThenI32AddBrGeUI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) &+ c32(pc, sp)
  sp[operandA(pc)] = UInt64(result)
  i32AddBrGeUI(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i32AddSIThenCall(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) &+ immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  call(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func const32ThenBrI32LtUSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = wideImmediate(pc)
  sp[operandA(pc)] = UInt64(result)
  brI32LtUSI(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func load32USThenLoad32US(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 4, ms) { return raise(pc, sp, cx, .memoryOutOfBounds) }
  let value = load(UInt32.self, address, md)
  let result: UInt32 = value
  sp[operandA(pc)] = UInt64(result)
  load32US(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i64XorRSThenI64XorRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r0 ^ c64(pc, sp)
  sp[operandA(pc)] = result
  i64XorRS(pc + 8, sp, md, ms, cx, result, f0)
}
@inline(__always)
func const32ThenBr(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = wideImmediate(pc)
  sp[operandA(pc)] = UInt64(result)
  br(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i64AndRSThenI64XorRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r0 & c64(pc, sp)
  sp[operandA(pc)] = result
  i64XorRS(pc + 8, sp, md, ms, cx, result, f0)
}
@inline(__always)
func i32AddSIThenI32LtURI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) &+ immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  i32LtURI(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func store32SSThenI32AddSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(a32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 4, ms) { return raise(pc, sp, cx, .memoryOutOfBounds) }
  store(b32(pc, sp), address, md)
  i32AddSI(pc + 8, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func copyThenCall(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b64(pc, sp)
  sp[operandA(pc)] = result
  call(pc + 8, sp, md, ms, cx, result, f0)
}
@inline(__always)
func globalGetThenBrI32NonzeroR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = cx[Int(wideImmediate(pc))]
  sp[operandA(pc)] = result
  brI32NonzeroR(pc + 8, sp, md, ms, cx, result, f0)
}
@inline(__always)
func i32XorSSThenI32RotlRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) ^ c32(pc, sp)
  sp[operandA(pc)] = UInt64(result)
  i32RotlRI(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func const32ThenConst32(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = wideImmediate(pc)
  sp[operandA(pc)] = UInt64(result)
  const32(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func load32USThenI32AddSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 4, ms) { return raise(pc, sp, cx, .memoryOutOfBounds) }
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
func i32AddSSThenI32AddRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) &+ c32(pc, sp)
  sp[operandA(pc)] = UInt64(result)
  i32AddRI(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i32AddRSThenI32AddRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) &+ c32(pc, sp)
  sp[operandA(pc)] = UInt64(result)
  i32AddRS(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i32MulSIThenI32AddRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) &* immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  i32AddRI(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func load32URThenLoad32US(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(r32(r0)) &+ UInt64(operandC(pc))
  if isOutside(address, 4, ms) { return raise(pc, sp, cx, .memoryOutOfBounds) }
  let value = load(UInt32.self, address, md)
  let result: UInt32 = value
  sp[operandA(pc)] = UInt64(result)
  load32US(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i32AddSIThenLoad8UBrZero(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) &+ immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  load8UBrZero(pc + 8, sp, md, ms, cx, UInt64(result), f0)
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
func i32OrRSThenI32AndBrNonzeroS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) | c32(pc, sp)
  sp[operandA(pc)] = UInt64(result)
  i32AndBrNonzeroS(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func load32USThenI32OrRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 4, ms) { return raise(pc, sp, cx, .memoryOutOfBounds) }
  let value = load(UInt32.self, address, md)
  let result: UInt32 = value
  sp[operandA(pc)] = UInt64(result)
  i32OrRS(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i32AddSIThenBrI32LtSSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) &+ immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  brI32LtSSS(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func copyThenI32ShlSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b64(pc, sp)
  sp[operandA(pc)] = result
  i32ShlSI(pc + 8, sp, md, ms, cx, result, f0)
}
@inline(__always)
func i64XorSIThenI64AndRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b64(pc, sp) ^ immediate64(pc)
  sp[operandA(pc)] = result
  i64AndRS(pc + 8, sp, md, ms, cx, result, f0)
}
@inline(__always)
func i32LtURIThenI32AddRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) < immediate32(pc) ? 1 : 0
  sp[operandA(pc)] = UInt64(result)
  i32AddRS(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func load32USThenStore32KS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 4, ms) { return raise(pc, sp, cx, .memoryOutOfBounds) }
  let value = load(UInt32.self, address, md)
  let result: UInt32 = value
  sp[operandA(pc)] = UInt64(result)
  store32KS(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i32ShrURIThenI32XorRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) &>> immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  i32XorRS(pc + 8, sp, md, ms, cx, UInt64(result), f0)
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
  if isOutside(address, 8, ms) { return raise(pc, sp, cx, .memoryOutOfBounds) }
  let value = load(Double.self, address, md)
  let result = value
  UnsafeMutableRawPointer(sp + operandA(pc)).storeBytes(of: result, as: Double.self)
  i32OrSI(pc + 16, sp, md, ms, cx, r0, result)
}
@inline(__always)
func loadF64YThenF64LtSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = scaledAddress(pc, b32(pc, sp), c32(pc, sp))
  if isOutside(address, 8, ms) { return raise(pc, sp, cx, .memoryOutOfBounds) }
  let value = load(Double.self, address, md)
  let result = value
  UnsafeMutableRawPointer(sp + operandA(pc)).storeBytes(of: result, as: Double.self)
  f64LtSS(pc + 16, sp, md, ms, cx, r0, result)
}
@inline(__always)
func loadF64YThenBrF64LtSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = scaledAddress(pc, b32(pc, sp), c32(pc, sp))
  if isOutside(address, 8, ms) { return raise(pc, sp, cx, .memoryOutOfBounds) }
  let value = load(Double.self, address, md)
  let result = value
  UnsafeMutableRawPointer(sp + operandA(pc)).storeBytes(of: result, as: Double.self)
  brF64LtSS(pc + 16, sp, md, ms, cx, r0, result)
}
@inline(__always)
func f64LtSSThenBrI32ZeroR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = bF64(pc, sp) < cF64(pc, sp) ? 1 : 0
  sp[operandA(pc)] = UInt64(result)
  brI32ZeroR(pc + 8, sp, md, ms, cx, UInt64(result), f0)
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
  if isOutside(address, 4, ms) { return raise(pc, sp, cx, .memoryOutOfBounds) }
  let value = load(UInt32.self, address, md)
  let result: UInt32 = value
  sp[operandA(pc)] = UInt64(result)
  i32AddRS(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i32ShlSIThenBrI32GeSSR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) &<< immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  brI32GeSSR(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func store64YSThenCopy(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = scaledAddress(pc, a32(pc, sp), c32(pc, sp))
  if isOutside(address, 8, ms) { return raise(pc, sp, cx, .memoryOutOfBounds) }
  store(b64(pc, sp), address, md)
  copy(pc + 16, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func load32URThenBrI32LtSRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(r32(r0)) &+ UInt64(operandC(pc))
  if isOutside(address, 4, ms) { return raise(pc, sp, cx, .memoryOutOfBounds) }
  let value = load(UInt32.self, address, md)
  let result: UInt32 = value
  sp[operandA(pc)] = UInt64(result)
  brI32LtSRS(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i64MulSSThenI64AddRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b64(pc, sp) &* c64(pc, sp)
  sp[operandA(pc)] = result
  i64AddRS(pc + 8, sp, md, ms, cx, result, f0)
}
@inline(__always)
func globalGetThenBrI32NeRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = cx[Int(wideImmediate(pc))]
  sp[operandA(pc)] = result
  brI32NeRI(pc + 8, sp, md, ms, cx, result, f0)
}
@inline(__always)
func i32AddRSThenStore32SR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) &+ c32(pc, sp)
  sp[operandA(pc)] = UInt64(result)
  store32SR(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i32AndRIThenI32OrRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) & immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  i32OrRS(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func store32SSThenStore32SS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(a32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 4, ms) { return raise(pc, sp, cx, .memoryOutOfBounds) }
  store(b32(pc, sp), address, md)
  store32SS(pc + 8, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func copyThenI32AddSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b64(pc, sp)
  sp[operandA(pc)] = result
  i32AddSI(pc + 8, sp, md, ms, cx, result, f0)
}
@inline(__always)
func i32AddShl2ThenCopy(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) &+ c32(pc, sp) &<< 2
  sp[operandA(pc)] = UInt64(result)
  copy(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func store32SRThenI32AddSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(a32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 4, ms) { return raise(pc, sp, cx, .memoryOutOfBounds) }
  store(UInt32(truncatingIfNeeded: r0), address, md)
  i32AddSI(pc + 8, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func i64AndRSThenI64XorSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r0 & c64(pc, sp)
  sp[operandA(pc)] = result
  i64XorSS(pc + 8, sp, md, ms, cx, result, f0)
}
@inline(__always)
func i64XorRSThenI64XorSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r0 ^ c64(pc, sp)
  sp[operandA(pc)] = result
  i64XorSI(pc + 8, sp, md, ms, cx, result, f0)
}
@inline(__always)
func i32AddRSThenI32AddSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) &+ c32(pc, sp)
  sp[operandA(pc)] = UInt64(result)
  i32AddSI(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func copyThenConst32(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b64(pc, sp)
  sp[operandA(pc)] = result
  const32(pc + 8, sp, md, ms, cx, result, f0)
}
@inline(__always)
func i32AddRSThenI32XorSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) &+ c32(pc, sp)
  sp[operandA(pc)] = UInt64(result)
  i32XorSS(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i32ShrURIThenI32AndRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) &>> immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  i32AndRI(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i32AddSIThenRetValue(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) &+ immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  retValue(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func const32ThenI32AddSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = wideImmediate(pc)
  sp[operandA(pc)] = UInt64(result)
  i32AddSI(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i64XorSSThenI64ShlRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b64(pc, sp) ^ c64(pc, sp)
  sp[operandA(pc)] = result
  i64ShlRI(pc + 8, sp, md, ms, cx, result, f0)
}
@inline(__always)
func i32AddSIThenI32AddBrNeI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) &+ immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  i32AddBrNeI(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i32AddRIThenI32LtURI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) &+ immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  i32LtURI(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i32LtURIThenI32OrRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) < immediate32(pc) ? 1 : 0
  sp[operandA(pc)] = UInt64(result)
  i32OrRS(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i64AddRSThenI64ShrURI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r0 &+ c64(pc, sp)
  sp[operandA(pc)] = result
  i64ShrURI(pc + 8, sp, md, ms, cx, result, f0)
}
@inline(__always)
func i64XorRIThenI64AndRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r0 ^ immediate64(pc)
  sp[operandA(pc)] = result
  i64AndRS(pc + 8, sp, md, ms, cx, result, f0)
}
@inline(__always)
func i32AddRIThenStore32SR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) &+ immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  store32SR(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func load8UXThenBrI32EqRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp) &+ c32(pc, sp)) &+ extraWord(pc)
  if isOutside(address, 1, ms) { return raise(pc, sp, cx, .memoryOutOfBounds) }
  let value = load(UInt8.self, address, md)
  let result: UInt32 = UInt32(value)
  sp[operandA(pc)] = UInt64(result)
  brI32EqRS(pc + 16, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func load16UYThenBrI32EqRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = scaledAddress(pc, b32(pc, sp), c32(pc, sp))
  if isOutside(address, 2, ms) { return raise(pc, sp, cx, .memoryOutOfBounds) }
  let value = load(UInt16.self, address, md)
  let result: UInt32 = UInt32(value)
  sp[operandA(pc)] = UInt64(result)
  brI32EqRS(pc + 16, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func load16UYThenLoad16UY(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = scaledAddress(pc, b32(pc, sp), c32(pc, sp))
  if isOutside(address, 2, ms) { return raise(pc, sp, cx, .memoryOutOfBounds) }
  let value = load(UInt16.self, address, md)
  let result: UInt32 = UInt32(value)
  sp[operandA(pc)] = UInt64(result)
  load16UY(pc + 16, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func store32SRThenLoad32US(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(a32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 4, ms) { return raise(pc, sp, cx, .memoryOutOfBounds) }
  store(UInt32(truncatingIfNeeded: r0), address, md)
  load32US(pc + 8, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func i32AddSIThenCopy(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) &+ immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  copy(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func load32USThenI32ShlSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 4, ms) { return raise(pc, sp, cx, .memoryOutOfBounds) }
  let value = load(UInt32.self, address, md)
  let result: UInt32 = value
  sp[operandA(pc)] = UInt64(result)
  i32ShlSI(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func load32UKThenStore32SR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(absoluteAddress(pc))
  if isOutside(address, 4, ms) { return raise(pc, sp, cx, .memoryOutOfBounds) }
  let value = load(UInt32.self, address, md)
  let result: UInt32 = value
  sp[operandA(pc)] = UInt64(result)
  store32SR(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i32AddSSThenI32XorSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) &+ c32(pc, sp)
  sp[operandA(pc)] = UInt64(result)
  i32XorSS(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i64ShrURIThenI64AddRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r0 &>> immediate64(pc)
  sp[operandA(pc)] = result
  i64AddRS(pc + 8, sp, md, ms, cx, result, f0)
}
@inline(__always)
func load32USThenI32AddRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 4, ms) { return raise(pc, sp, cx, .memoryOutOfBounds) }
  let value = load(UInt32.self, address, md)
  let result: UInt32 = value
  sp[operandA(pc)] = UInt64(result)
  i32AddRI(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i64AddRSThenConst32(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r0 &+ c64(pc, sp)
  sp[operandA(pc)] = result
  const32(pc + 8, sp, md, ms, cx, result, f0)
}
@inline(__always)
func i32EqSSThenBrI32NonzeroR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) == c32(pc, sp) ? 1 : 0
  sp[operandA(pc)] = UInt64(result)
  brI32NonzeroR(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func store32KSThenLoad32US(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(absoluteAddress(pc))
  if isOutside(address, 4, ms) { return raise(pc, sp, cx, .memoryOutOfBounds) }
  store(a32(pc, sp), address, md)
  load32US(pc + 8, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func i64OrRSThenConst32(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r0 | c64(pc, sp)
  sp[operandA(pc)] = result
  const32(pc + 8, sp, md, ms, cx, result, f0)
}
@inline(__always)
func i32NeSIThenBrI32NonzeroR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) != immediate32(pc) ? 1 : 0
  sp[operandA(pc)] = UInt64(result)
  brI32NonzeroR(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i32AddSIThenGlobalSet(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) &+ immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  globalSet(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i32AddRIThenGlobalSet(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) &+ immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  globalSet(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func globalGetThenI32AddRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = cx[Int(wideImmediate(pc))]
  sp[operandA(pc)] = result
  i32AddRI(pc + 8, sp, md, ms, cx, result, f0)
}
@inline(__always)
func load8UXThenI32AddSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp) &+ c32(pc, sp)) &+ extraWord(pc)
  if isOutside(address, 1, ms) { return raise(pc, sp, cx, .memoryOutOfBounds) }
  let value = load(UInt8.self, address, md)
  let result: UInt32 = UInt32(value)
  sp[operandA(pc)] = UInt64(result)
  i32AddSI(pc + 16, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i32AddSIThenI32AndRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) &+ immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  i32AndRS(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i32AddRIThenI32XorRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) &+ immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  i32XorRI(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i32AndRSThenI32ShrURI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) & c32(pc, sp)
  sp[operandA(pc)] = UInt64(result)
  i32ShrURI(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i32XorRIThenI32AndRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) ^ immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  i32AndRS(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i32XorRIThenI32ShrURI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) ^ immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  i32ShrURI(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i32ShrURIThenI32AddSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) &>> immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  i32AddSI(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func copyThenCopy(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b64(pc, sp)
  sp[operandA(pc)] = result
  copy(pc + 8, sp, md, ms, cx, result, f0)
}
@inline(__always)
func i32AddRSThenI32ShrURI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) &+ c32(pc, sp)
  sp[operandA(pc)] = UInt64(result)
  i32ShrURI(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i32XorRIThenI32AddRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) ^ immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  i32AddRS(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func load32USThenBrI32GeUSR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 4, ms) { return raise(pc, sp, cx, .memoryOutOfBounds) }
  let value = load(UInt32.self, address, md)
  let result: UInt32 = value
  sp[operandA(pc)] = UInt64(result)
  brI32GeUSR(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i32AddSSThenLoad8UR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) &+ c32(pc, sp)
  sp[operandA(pc)] = UInt64(result)
  load8UR(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func store32SRThenBr(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(a32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 4, ms) { return raise(pc, sp, cx, .memoryOutOfBounds) }
  store(UInt32(truncatingIfNeeded: r0), address, md)
  br(pc + 8, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func i64XorSSThenI64ShrURI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b64(pc, sp) ^ c64(pc, sp)
  sp[operandA(pc)] = result
  i64ShrURI(pc + 8, sp, md, ms, cx, result, f0)
}
@inline(__always)
func i32OrRSThenI32AddSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) | c32(pc, sp)
  sp[operandA(pc)] = UInt64(result)
  i32AddSS(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i32AddSIThenI32AddRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) &+ immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  i32AddRI(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func load8UXThenBrI32NeRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp) &+ c32(pc, sp)) &+ extraWord(pc)
  if isOutside(address, 1, ms) { return raise(pc, sp, cx, .memoryOutOfBounds) }
  let value = load(UInt8.self, address, md)
  let result: UInt32 = UInt32(value)
  sp[operandA(pc)] = UInt64(result)
  brI32NeRI(pc + 16, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i64XorRSThenI64XorSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r0 ^ c64(pc, sp)
  sp[operandA(pc)] = result
  i64XorSS(pc + 8, sp, md, ms, cx, result, f0)
}
@inline(__always)
func load32UKThenBrI32ZeroR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(absoluteAddress(pc))
  if isOutside(address, 4, ms) { return raise(pc, sp, cx, .memoryOutOfBounds) }
  let value = load(UInt32.self, address, md)
  let result: UInt32 = value
  sp[operandA(pc)] = UInt64(result)
  brI32ZeroR(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func store32SRThenLoad32UK(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(a32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 4, ms) { return raise(pc, sp, cx, .memoryOutOfBounds) }
  store(UInt32(truncatingIfNeeded: r0), address, md)
  load32UK(pc + 8, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func i64ShlRIThenConst32(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r0 &<< immediate64(pc)
  sp[operandA(pc)] = result
  const32(pc + 8, sp, md, ms, cx, result, f0)
}
@inline(__always)
func i64ShrUSIThenI64OrRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b64(pc, sp) &>> immediate64(pc)
  sp[operandA(pc)] = result
  i64OrRS(pc + 8, sp, md, ms, cx, result, f0)
}
@inline(__always)
func const32ThenCall(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = wideImmediate(pc)
  sp[operandA(pc)] = UInt64(result)
  call(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func load8URThenLoad8UX(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(r32(r0)) &+ UInt64(operandC(pc))
  if isOutside(address, 1, ms) { return raise(pc, sp, cx, .memoryOutOfBounds) }
  let value = load(UInt8.self, address, md)
  let result: UInt32 = UInt32(value)
  sp[operandA(pc)] = UInt64(result)
  load8UX(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i32ShlSIThenI32AddRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) &<< immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  i32AddRS(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i64AndRSThenI64XorRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r0 & c64(pc, sp)
  sp[operandA(pc)] = result
  i64XorRI(pc + 8, sp, md, ms, cx, result, f0)
}
@inline(__always)
func i64ShlRIThenI64ShrUSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r0 &<< immediate64(pc)
  sp[operandA(pc)] = result
  i64ShrUSI(pc + 8, sp, md, ms, cx, result, f0)
}
@inline(__always)
func i32OrSIThenI32AddRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) | immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  i32AddRI(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i32ShlSRThenI32AndBrNonzeroI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) &<< r32(r0)
  sp[operandA(pc)] = UInt64(result)
  i32AndBrNonzeroI(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func load32USThenBrI32GeURI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 4, ms) { return raise(pc, sp, cx, .memoryOutOfBounds) }
  let value = load(UInt32.self, address, md)
  let result: UInt32 = value
  sp[operandA(pc)] = UInt64(result)
  brI32GeURI(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func store32KSThenBrI32NonzeroS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(absoluteAddress(pc))
  if isOutside(address, 4, ms) { return raise(pc, sp, cx, .memoryOutOfBounds) }
  store(a32(pc, sp), address, md)
  brI32NonzeroS(pc + 8, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func selectRThenRetValue(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let first = b64(pc, sp)
  let second = c64(pc, sp)
  let result = r32(r0) != 0 ? first : second
  sp[operandA(pc)] = result
  retValue(pc + 8, sp, md, ms, cx, result, f0)
}
@inline(__always)
func i32AddRSThenI32AddSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) &+ c32(pc, sp)
  sp[operandA(pc)] = UInt64(result)
  i32AddSS(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i32AddSIThenLoad8UR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) &+ immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  load8UR(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func store32SRThenI32AddBrNeI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(a32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 4, ms) { return raise(pc, sp, cx, .memoryOutOfBounds) }
  store(UInt32(truncatingIfNeeded: r0), address, md)
  i32AddBrNeI(pc + 8, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func i32AddSSThenI32ShrURI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) &+ c32(pc, sp)
  sp[operandA(pc)] = UInt64(result)
  i32ShrURI(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i32AndRSThenI32AndRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) & c32(pc, sp)
  sp[operandA(pc)] = UInt64(result)
  i32AndRI(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i32AndRSThenI32OrRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) & c32(pc, sp)
  sp[operandA(pc)] = UInt64(result)
  i32OrRS(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i32RotlRIThenI32AddSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = (r32(r0) &<< immediate32(pc)) | (r32(r0) &>> (0 &- immediate32(pc)))
  sp[operandA(pc)] = UInt64(result)
  i32AddSS(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func copyPairThenCall(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let first = b64(pc, sp)
  let second = c64(pc, sp)
  let destination = sp + operandA(pc)
  destination[0] = first
  destination[1] = second
  call(pc + 8, sp, md, ms, cx, second, f0)
}
@inline(__always)
func i32ShlRIThenI32XorRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) &<< immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  i32XorRI(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i32AddRSThenLoad8UR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) &+ c32(pc, sp)
  sp[operandA(pc)] = UInt64(result)
  load8UR(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i32AddSIThenI32AddShl2(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) &+ immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  i32AddShl2(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func copyPairThenCopy(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let first = b64(pc, sp)
  let second = c64(pc, sp)
  let destination = sp + operandA(pc)
  destination[0] = first
  destination[1] = second
  copy(pc + 8, sp, md, ms, cx, second, f0)
}
@inline(__always)
func i64XorSSThenI64AddRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b64(pc, sp) ^ c64(pc, sp)
  sp[operandA(pc)] = result
  i64AddRS(pc + 8, sp, md, ms, cx, result, f0)
}
@inline(__always)
func i64ShlSIThenConst32(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b64(pc, sp) &<< immediate64(pc)
  sp[operandA(pc)] = result
  const32(pc + 8, sp, md, ms, cx, result, f0)
}
@inline(__always)
func store32KSThenLoad32UK(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(absoluteAddress(pc))
  if isOutside(address, 4, ms) { return raise(pc, sp, cx, .memoryOutOfBounds) }
  store(a32(pc, sp), address, md)
  load32UK(pc + 8, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func i32XorRSThenI32ShlRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) ^ c32(pc, sp)
  sp[operandA(pc)] = UInt64(result)
  i32ShlRI(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func const32ThenCopy(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = wideImmediate(pc)
  sp[operandA(pc)] = UInt64(result)
  copy(pc + 8, sp, md, ms, cx, UInt64(result), f0)
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
  if isOutside(address, 4, ms) { return raise(pc, sp, cx, .memoryOutOfBounds) }
  store(b32(pc, sp), address, md)
  copy(pc + 8, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func copyThenBrI32GeSSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b64(pc, sp)
  sp[operandA(pc)] = result
  brI32GeSSS(pc + 8, sp, md, ms, cx, result, f0)
}
@inline(__always)
func i32LtURIThenSelectR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) < immediate32(pc) ? 1 : 0
  sp[operandA(pc)] = UInt64(result)
  selectR(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i64AddRSThenI64ShrUSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r0 &+ c64(pc, sp)
  sp[operandA(pc)] = result
  i64ShrUSI(pc + 8, sp, md, ms, cx, result, f0)
}
@inline(__always)
func i32AddRSThenLoad32US(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) &+ c32(pc, sp)
  sp[operandA(pc)] = UInt64(result)
  load32US(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func i32AndRSThenI32AddShl2(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) & c32(pc, sp)
  sp[operandA(pc)] = UInt64(result)
  i32AddShl2(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func const32ThenSelect(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = wideImmediate(pc)
  sp[operandA(pc)] = UInt64(result)
  select(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
@inline(__always)
func const32ThenI32SubRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = wideImmediate(pc)
  sp[operandA(pc)] = UInt64(result)
  i32SubRS(pc + 8, sp, md, ms, cx, UInt64(result), f0)
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
@inline(__always)
func i32RemUSSThenI32MulRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let divisor = c32(pc, sp)
  if _slowPath(divisor == 0) { return raise(pc, sp, cx, .integerDivideByZero) }
  let result = b32(pc, sp) % divisor
  sp[operandA(pc)] = UInt64(result)
  i32MulRI(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
