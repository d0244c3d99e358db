// Pairs that move a value, make a constant or choose one. PairsInteger32.swift says what a pair is.

@inline(__always)
func const32ThenI64AndRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = wideImmediate(pc)
  sp[operandA(pc)] = UInt64(result)
  i64AndRS(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func const32ThenConst32(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = wideImmediate(pc)
  sp[operandA(pc)] = UInt64(result)
  const32(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func copyThenI32ShlSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b64(pc, sp)
  sp[operandA(pc)] = result
  i32ShlSI(pc + 8, sp, md, ms, cx, result, f0)
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
func copyThenConst32(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b64(pc, sp)
  sp[operandA(pc)] = result
  const32(pc + 8, sp, md, ms, cx, result, f0)
}

@inline(__always)
func const32ThenI32AddSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = wideImmediate(pc)
  sp[operandA(pc)] = UInt64(result)
  i32AddSI(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func i32AddSIThenCopy(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b32(pc, sp) &+ immediate32(pc)
  sp[operandA(pc)] = UInt64(result)
  copy(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func i64AddRSThenConst32(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r0 &+ c64(pc, sp)
  sp[operandA(pc)] = result
  const32(pc + 8, sp, md, ms, cx, result, f0)
}

@inline(__always)
func i64OrRSThenConst32(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r0 | c64(pc, sp)
  sp[operandA(pc)] = result
  const32(pc + 8, sp, md, ms, cx, result, f0)
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
func copyThenCopy(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b64(pc, sp)
  sp[operandA(pc)] = result
  copy(pc + 8, sp, md, ms, cx, result, f0)
}

@inline(__always)
func i64ShlRIThenConst32(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r0 &<< immediate64(pc)
  sp[operandA(pc)] = result
  const32(pc + 8, sp, md, ms, cx, result, f0)
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
func i64ShlSIThenConst32(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = b64(pc, sp) &<< immediate64(pc)
  sp[operandA(pc)] = result
  const32(pc + 8, sp, md, ms, cx, result, f0)
}

@inline(__always)
func const32ThenCopy(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = wideImmediate(pc)
  sp[operandA(pc)] = UInt64(result)
  copy(pc + 8, sp, md, ms, cx, UInt64(result), f0)
}

@inline(__always)
func i32LtURIThenSelectR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let result = r32(r0) < immediate32(pc) ? 1 : 0
  sp[operandA(pc)] = UInt64(result)
  selectR(pc + 8, sp, md, ms, cx, UInt64(result), f0)
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
