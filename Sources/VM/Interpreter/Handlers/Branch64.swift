// Conditional branches on i64: comparison and branch in one.

@inline(__always)
func brI64EqSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(a64(pc, sp) == b64(pc, sp), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI64EqSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(a64(pc, sp) == branchImmediate64(pc), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI64EqRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(r0 == b64(pc, sp), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI64EqRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(r0 == branchImmediate64(pc), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI64NeSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(a64(pc, sp) != b64(pc, sp), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI64NeSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(a64(pc, sp) != branchImmediate64(pc), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI64NeRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(r0 != b64(pc, sp), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI64NeRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(r0 != branchImmediate64(pc), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI64LtSSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(Int64(bitPattern: a64(pc, sp)) < Int64(bitPattern: b64(pc, sp)), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI64LtSSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(Int64(bitPattern: a64(pc, sp)) < Int64(bitPattern: branchImmediate64(pc)), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI64LtSRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(Int64(bitPattern: r0) < Int64(bitPattern: b64(pc, sp)), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI64LtSSR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(Int64(bitPattern: a64(pc, sp)) < Int64(bitPattern: r0), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI64LtSRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(Int64(bitPattern: r0) < Int64(bitPattern: branchImmediate64(pc)), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI64LtUSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(a64(pc, sp) < b64(pc, sp), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI64LtUSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(a64(pc, sp) < branchImmediate64(pc), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI64LtURS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(r0 < b64(pc, sp), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI64LtUSR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(a64(pc, sp) < r0, pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI64LtURI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(r0 < branchImmediate64(pc), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI64GeSSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(Int64(bitPattern: a64(pc, sp)) >= Int64(bitPattern: b64(pc, sp)), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI64GeSSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(Int64(bitPattern: a64(pc, sp)) >= Int64(bitPattern: branchImmediate64(pc)), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI64GeSRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(Int64(bitPattern: r0) >= Int64(bitPattern: b64(pc, sp)), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI64GeSSR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(Int64(bitPattern: a64(pc, sp)) >= Int64(bitPattern: r0), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI64GeSRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(Int64(bitPattern: r0) >= Int64(bitPattern: branchImmediate64(pc)), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI64GeUSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(a64(pc, sp) >= b64(pc, sp), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI64GeUSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(a64(pc, sp) >= branchImmediate64(pc), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI64GeURS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(r0 >= b64(pc, sp), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI64GeUSR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(a64(pc, sp) >= r0, pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI64GeURI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(r0 >= branchImmediate64(pc), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI64ZeroS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(a64(pc, sp) == 0, pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI64NonzeroS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(a64(pc, sp) != 0, pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI64ZeroR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(r0 == 0, pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI64NonzeroR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(r0 != 0, pc, sp, md, ms, cx, r0, f0)
}
