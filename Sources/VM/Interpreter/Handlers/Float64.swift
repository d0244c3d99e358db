// f64 operators (4.3.3). R is the last f64 result (f0).

@inline(__always)
func f64AddSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  putF64(pc, sp, md, ms, cx, r0, bF64(pc, sp) + cF64(pc, sp))
}
@inline(__always)
func f64AddRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  putF64(pc, sp, md, ms, cx, r0, f0 + cF64(pc, sp))
}
@inline(__always)
func f64SubSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  putF64(pc, sp, md, ms, cx, r0, bF64(pc, sp) - cF64(pc, sp))
}
@inline(__always)
func f64SubRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  putF64(pc, sp, md, ms, cx, r0, f0 - cF64(pc, sp))
}
@inline(__always)
func f64SubSR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  putF64(pc, sp, md, ms, cx, r0, bF64(pc, sp) - f0)
}
@inline(__always)
func f64MulSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  putF64(pc, sp, md, ms, cx, r0, bF64(pc, sp) * cF64(pc, sp))
}
@inline(__always)
func f64MulRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  putF64(pc, sp, md, ms, cx, r0, f0 * cF64(pc, sp))
}
@inline(__always)
func f64DivSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  putF64(pc, sp, md, ms, cx, r0, bF64(pc, sp) / cF64(pc, sp))
}
@inline(__always)
func f64DivRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  putF64(pc, sp, md, ms, cx, r0, f0 / cF64(pc, sp))
}
@inline(__always)
func f64DivSR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  putF64(pc, sp, md, ms, cx, r0, bF64(pc, sp) / f0)
}
@inline(__always)
func f64MinSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  putF64(pc, sp, md, ms, cx, r0, minimum(bF64(pc, sp), cF64(pc, sp)))
}
@inline(__always)
func f64MaxSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  putF64(pc, sp, md, ms, cx, r0, maximum(bF64(pc, sp), cF64(pc, sp)))
}
@inline(__always)
func f64CopysignSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  putF64(pc, sp, md, ms, cx, r0, copySign(bF64(pc, sp), cF64(pc, sp)))
}
@inline(__always)
func f64EqSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, bF64(pc, sp) == cF64(pc, sp) ? 1 : 0)
}
@inline(__always)
func f64NeSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, bF64(pc, sp) != cF64(pc, sp) ? 1 : 0)
}
@inline(__always)
func f64LtSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, bF64(pc, sp) < cF64(pc, sp) ? 1 : 0)
}
@inline(__always)
func f64LeSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, bF64(pc, sp) <= cF64(pc, sp) ? 1 : 0)
}
@inline(__always)
func brF64EqSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(float64(sp, operandA(pc)) == bF64(pc, sp), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brF64NeSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(float64(sp, operandA(pc)) != bF64(pc, sp), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brF64LtSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(float64(sp, operandA(pc)) < bF64(pc, sp), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brF64LeSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(float64(sp, operandA(pc)) <= bF64(pc, sp), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brF64NotLtSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(!(float64(sp, operandA(pc)) < bF64(pc, sp)), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brF64NotLeSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(!(float64(sp, operandA(pc)) <= bF64(pc, sp)), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func f64NegS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  putF64(pc, sp, md, ms, cx, r0, Double(bitPattern: b64(pc, sp) ^ 0x8000_0000_0000_0000))
}
@inline(__always)
func f64AbsS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  putF64(pc, sp, md, ms, cx, r0, Double(bitPattern: b64(pc, sp) & ~0x8000_0000_0000_0000))
}
// A C function, so that the root is the machine's instruction and no call.
@c
func f64SqrtS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  putF64(pc, sp, md, ms, cx, r0, squareRoot(bF64(pc, sp)))
}
@inline(__always)
func f64CeilS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  putF64(pc, sp, md, ms, cx, r0, bF64(pc, sp).rounded(.up))
}
@inline(__always)
func f64FloorS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  putF64(pc, sp, md, ms, cx, r0, bF64(pc, sp).rounded(.down))
}
@inline(__always)
func f64TruncS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  putF64(pc, sp, md, ms, cx, r0, bF64(pc, sp).rounded(.towardZero))
}
@inline(__always)
func f64NearestS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  putF64(pc, sp, md, ms, cx, r0, bF64(pc, sp).rounded(.toNearestOrEven))
}
