// Pairs whose second instruction branches, calls or returns. PairsInteger32.swift says what a pair is.

@inline(__always)
func i32AddSSThenBrI32LtURI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) &+ c32(pc, sp)
  sp[operandA(pc)] = UInt64(result)
  brI32LtURI(pc + 8, sp, md, ms, cx, UInt64(result), f0)
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
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(UInt32.self, address, md)
  let result: UInt32 = value
  sp[operandA(pc)] = UInt64(result)
  brTable(pc + 8, sp, md, ms, cx, UInt64(result), f0)
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
func const32ThenBr(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = wideImmediate(pc)
  sp[operandA(pc)] = UInt64(result)
  br(pc + 8, sp, md, ms, cx, UInt64(result), f0)
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
func i32AddSIThenLoad8UBrZero(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) &+ immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  load8UBrZero(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func i32OrRSThenI32AndBrNonzeroS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) | c32(pc, sp)
  sp[operandA(pc)] = UInt64(result)
  i32AndBrNonzeroS(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func i32AddSIThenBrI32LtSSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) &+ immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  brI32LtSSS(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func loadF64YThenBrF64LtSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = scaledAddress(pc, b32(pc, sp), c32(pc, sp))
  if isOutside(address, 8, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
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
func i32ShlSIThenBrI32GeSSR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) &<< immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  brI32GeSSR(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func load32URThenBrI32LtSRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(r32(r0)) &+ UInt64(operandC(pc))
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(UInt32.self, address, md)
  let result: UInt32 = value
  sp[operandA(pc)] = UInt64(result)
  brI32LtSRS(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func globalGetThenBrI32NeRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = cx[Int(wideImmediate(pc))]
  sp[operandA(pc)] = result
  brI32NeRI(pc + 8, sp, md, ms, cx, result, f0)
}

@inline(__always)
func i32AddSIThenRetValue(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) &+ immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  retValue(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func i32AddSIThenI32AddBrNeI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) &+ immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  i32AddBrNeI(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func load8UXThenBrI32EqRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp) &+ c32(pc, sp)) &+ extraWord(pc)
  if isOutside(address, 1, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(UInt8.self, address, md)
  let result: UInt32 = UInt32(value)
  sp[operandA(pc)] = UInt64(result)
  brI32EqRS(pc + 16, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func load16UYThenBrI32EqRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = scaledAddress(pc, b32(pc, sp), c32(pc, sp))
  if isOutside(address, 2, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(UInt16.self, address, md)
  let result: UInt32 = UInt32(value)
  sp[operandA(pc)] = UInt64(result)
  brI32EqRS(pc + 16, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func i32EqSSThenBrI32NonzeroR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) == c32(pc, sp) ? 1 : 0
  sp[operandA(pc)] = UInt64(result)
  brI32NonzeroR(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func i32NeSIThenBrI32NonzeroR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) != immediate32(pc) ? 1 : 0
  sp[operandA(pc)] = UInt64(result)
  brI32NonzeroR(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func load32USThenBrI32GeUSR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(UInt32.self, address, md)
  let result: UInt32 = value
  sp[operandA(pc)] = UInt64(result)
  brI32GeUSR(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func store32SRThenBr(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(a32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  store(UInt32(truncatingIfNeeded: r0), address, md)
  br(pc + 8, sp, md, ms, cx, r0, f0)
}

@inline(__always)
func load8UXThenBrI32NeRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(b32(pc, sp) &+ c32(pc, sp)) &+ extraWord(pc)
  if isOutside(address, 1, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(UInt8.self, address, md)
  let result: UInt32 = UInt32(value)
  sp[operandA(pc)] = UInt64(result)
  brI32NeRI(pc + 16, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func load32UKThenBrI32ZeroR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(wideImmediate(pc))
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(UInt32.self, address, md)
  let result: UInt32 = value
  sp[operandA(pc)] = UInt64(result)
  brI32ZeroR(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func const32ThenCall(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = wideImmediate(pc)
  sp[operandA(pc)] = UInt64(result)
  call(pc + 8, sp, md, ms, cx, UInt64(result), f0)
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
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = load(UInt32.self, address, md)
  let result: UInt32 = value
  sp[operandA(pc)] = UInt64(result)
  brI32GeURI(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func store32KSThenBrI32NonzeroS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(wideImmediate(pc))
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
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
func store32SRThenI32AddBrNeI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = UInt64(a32(pc, sp)) &+ UInt64(operandC(pc))
  if isOutside(address, 4, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  store(UInt32(truncatingIfNeeded: r0), address, md)
  i32AddBrNeI(pc + 8, sp, md, ms, cx, r0, f0)
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
func copyThenBrI32GeSSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b64(pc, sp)
  sp[operandA(pc)] = result
  brI32GeSSS(pc + 8, sp, md, ms, cx, result, f0)
}
