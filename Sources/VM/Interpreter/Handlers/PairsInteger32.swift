// Two instructions in one dispatch. The first one's word holds the pair's number, the second one stands after it unchanged, so that branches
// to it still find it; see `PairForms`. The compiler hands the first result to the second operation in a register.
//
// These are the pairs of 32-bit integer operations.

@inline(__always)
func i32AddRIThenI32RemUSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) &+ immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  i32RemUSS(pc + 8, sp, md, ms, cx, UInt64(result), f0)
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
func i32XorRSThenI32RotlRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) ^ c32(pc, sp)
  sp[operandA(pc)] = UInt64(result)
  i32RotlRI(pc + 8, sp, md, ms, cx, UInt64(result), f0)
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
func i32AddSIThenI32LtURI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) &+ immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  i32LtURI(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func i32XorSSThenI32RotlRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) ^ c32(pc, sp)
  sp[operandA(pc)] = UInt64(result)
  i32RotlRI(pc + 8, sp, md, ms, cx, UInt64(result), f0)
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
func i32LtURIThenI32AddRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) < immediate32(pc) ? 1 : 0
  sp[operandA(pc)] = UInt64(result)
  i32AddRS(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func i32ShrURIThenI32XorRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) &>> immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  i32XorRS(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func i32AndRIThenI32OrRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) & immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  i32OrRS(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func i32AddRSThenI32AddSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) &+ c32(pc, sp)
  sp[operandA(pc)] = UInt64(result)
  i32AddSI(pc + 8, sp, md, ms, cx, UInt64(result), f0)
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
func i32AddSSThenI32XorSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) &+ c32(pc, sp)
  sp[operandA(pc)] = UInt64(result)
  i32XorSS(pc + 8, sp, md, ms, cx, UInt64(result), f0)
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
func i32ShlSIThenI32AddRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) &<< immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  i32AddRS(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func i32OrSIThenI32AddRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) | immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  i32AddRI(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func i32AddRSThenI32AddSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) &+ c32(pc, sp)
  sp[operandA(pc)] = UInt64(result)
  i32AddSS(pc + 8, sp, md, ms, cx, UInt64(result), f0)
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
func i32ShlRIThenI32XorRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) &<< immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  i32XorRI(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func i32AddSIThenI32AddShl2(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) &+ immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  i32AddShl2(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func i32XorRSThenI32ShlRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) ^ c32(pc, sp)
  sp[operandA(pc)] = UInt64(result)
  i32ShlRI(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func i32AndRSThenI32AddShl2(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) & c32(pc, sp)
  sp[operandA(pc)] = UInt64(result)
  i32AddShl2(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func i32RemUSSThenI32MulRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let divisor = c32(pc, sp)
  if _slowPath(divisor == 0) { return raise(pc, sp, cx, .integerDivideByZero) }
  let result = b32(pc, sp) % divisor
  sp[operandA(pc)] = UInt64(result)
  i32MulRI(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}
