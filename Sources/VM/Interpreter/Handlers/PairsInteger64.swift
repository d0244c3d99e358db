// Pairs of 64-bit integer operations. PairsInteger32.swift says what a pair is.

@inline(__always)
func i64XorRSThenI64XorRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r0 ^ c64(pc, sp)
  sp[operandA(pc)] = result
  i64XorRS(pc + 8, sp, md, ms, cx, result, f0)
}

@inline(__always)
func i64AndRSThenI64XorRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r0 & c64(pc, sp)
  sp[operandA(pc)] = result
  i64XorRS(pc + 8, sp, md, ms, cx, result, f0)
}

@inline(__always)
func i64XorSIThenI64AndRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b64(pc, sp) ^ immediate64(pc)
  sp[operandA(pc)] = result
  i64AndRS(pc + 8, sp, md, ms, cx, result, f0)
}

@inline(__always)
func i64MulSSThenI64AddRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b64(pc, sp) &* c64(pc, sp)
  sp[operandA(pc)] = result
  i64AddRS(pc + 8, sp, md, ms, cx, result, f0)
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
func i64XorSSThenI64ShlRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b64(pc, sp) ^ c64(pc, sp)
  sp[operandA(pc)] = result
  i64ShlRI(pc + 8, sp, md, ms, cx, result, f0)
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
func i64ShrURIThenI64AddRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r0 &>> immediate64(pc)
  sp[operandA(pc)] = result
  i64AddRS(pc + 8, sp, md, ms, cx, result, f0)
}

@inline(__always)
func i64XorSSThenI64ShrURI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b64(pc, sp) ^ c64(pc, sp)
  sp[operandA(pc)] = result
  i64ShrURI(pc + 8, sp, md, ms, cx, result, f0)
}

@inline(__always)
func i64XorRSThenI64XorSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r0 ^ c64(pc, sp)
  sp[operandA(pc)] = result
  i64XorSS(pc + 8, sp, md, ms, cx, result, f0)
}

@inline(__always)
func i64ShrUSIThenI64OrRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b64(pc, sp) &>> immediate64(pc)
  sp[operandA(pc)] = result
  i64OrRS(pc + 8, sp, md, ms, cx, result, f0)
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
func i64XorSSThenI64AddRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b64(pc, sp) ^ c64(pc, sp)
  sp[operandA(pc)] = result
  i64AddRS(pc + 8, sp, md, ms, cx, result, f0)
}

@inline(__always)
func i64AddRSThenI64ShrUSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r0 &+ c64(pc, sp)
  sp[operandA(pc)] = result
  i64ShrUSI(pc + 8, sp, md, ms, cx, result, f0)
}
