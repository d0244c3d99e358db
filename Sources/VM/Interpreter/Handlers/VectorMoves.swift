// Copies, globals and select of vectors: as in Moves, two slots at once and through memory alone.

@c
func vectorCopy(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorResult(pc, sp, md, ms, cx, r0, f0, 8, vector(I64x2.self, sp, operandB(pc)))
}
@c
func vectorSelect(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let slot = low32(sp, Int(truncatingIfNeeded: extraWord(pc))) != 0 ? operandB(pc) : operandC(pc)
  vectorResult(pc, sp, md, ms, cx, r0, f0, 16, vector(I64x2.self, sp, slot))
}
@c
func vectorGlobalGet(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorResult(pc, sp, md, ms, cx, r0, f0, 8, vector(I64x2.self, cx, Int(wideImmediate(pc))))
}
@c
func vectorGlobalSet(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  UnsafeMutableRawPointer(cx + Int(wideImmediate(pc))).storeBytes(of: vector(I64x2.self, sp, operandA(pc)), as: I64x2.self)
  next(pc + 8, sp, md, ms, cx, r0, f0)
}
@c
func importedVectorGlobalGet(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorResult(pc, sp, md, ms, cx, r0, f0, 8, vector(I64x2.self, Context(cx).globals[Int(wideImmediate(pc))], 0))
}
@c
func importedVectorGlobalSet(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let cell = Context(cx).globals[Int(wideImmediate(pc))]
  UnsafeMutableRawPointer(cell).storeBytes(of: vector(I64x2.self, sp, operandA(pc)), as: I64x2.self)
  next(pc + 8, sp, md, ms, cx, r0, f0)
}
