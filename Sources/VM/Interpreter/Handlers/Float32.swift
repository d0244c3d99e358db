// f32 operators (4.3.3).

@inline(__always)
func f32AddSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  putF32(pc, sp, md, ms, cx, r0, f0, bF32(pc, sp) + cF32(pc, sp))
}
@inline(__always)
func f32SubSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  putF32(pc, sp, md, ms, cx, r0, f0, bF32(pc, sp) - cF32(pc, sp))
}
@inline(__always)
func f32MulSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  putF32(pc, sp, md, ms, cx, r0, f0, bF32(pc, sp) * cF32(pc, sp))
}
@inline(__always)
func f32DivSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  putF32(pc, sp, md, ms, cx, r0, f0, bF32(pc, sp) / cF32(pc, sp))
}
@inline(__always)
func f32MinSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  putF32(pc, sp, md, ms, cx, r0, f0, minimum(bF32(pc, sp), cF32(pc, sp)))
}
@inline(__always)
func f32MaxSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  putF32(pc, sp, md, ms, cx, r0, f0, maximum(bF32(pc, sp), cF32(pc, sp)))
}
@inline(__always)
func f32CopysignSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  putF32(pc, sp, md, ms, cx, r0, f0, copySign(bF32(pc, sp), cF32(pc, sp)))
}
@inline(__always)
func f32EqSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, bF32(pc, sp) == cF32(pc, sp) ? 1 : 0)
}
@inline(__always)
func f32NeSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, bF32(pc, sp) != cF32(pc, sp) ? 1 : 0)
}
@inline(__always)
func f32LtSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, bF32(pc, sp) < cF32(pc, sp) ? 1 : 0)
}
@inline(__always)
func f32LeSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, bF32(pc, sp) <= cF32(pc, sp) ? 1 : 0)
}
@inline(__always)
func brF32EqSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(float32(sp, operandA(pc)) == bF32(pc, sp), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brF32NeSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(float32(sp, operandA(pc)) != bF32(pc, sp), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brF32LtSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(float32(sp, operandA(pc)) < bF32(pc, sp), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brF32LeSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(float32(sp, operandA(pc)) <= bF32(pc, sp), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brF32NotLtSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(!(float32(sp, operandA(pc)) < bF32(pc, sp)), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brF32NotLeSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(!(float32(sp, operandA(pc)) <= bF32(pc, sp)), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func f32NegS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  putF32(pc, sp, md, ms, cx, r0, f0, Float(bitPattern: b32(pc, sp) ^ 0x8000_0000))
}
@inline(__always)
func f32AbsS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  putF32(pc, sp, md, ms, cx, r0, f0, Float(bitPattern: b32(pc, sp) & ~0x8000_0000))
}
// A C function, so that the root is the machine's instruction and no call.
@c
func f32SqrtS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  putF32(pc, sp, md, ms, cx, r0, f0, squareRoot(bF32(pc, sp)))
}
@inline(__always)
func f32CeilS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  putF32(pc, sp, md, ms, cx, r0, f0, bF32(pc, sp).rounded(.up))
}
@inline(__always)
func f32FloorS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  putF32(pc, sp, md, ms, cx, r0, f0, bF32(pc, sp).rounded(.down))
}
@inline(__always)
func f32TruncS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  putF32(pc, sp, md, ms, cx, r0, f0, bF32(pc, sp).rounded(.towardZero))
}
@inline(__always)
func f32NearestS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  putF32(pc, sp, md, ms, cx, r0, f0, bF32(pc, sp).rounded(.toNearestOrEven))
}
