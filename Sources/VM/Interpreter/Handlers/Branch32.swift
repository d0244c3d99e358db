// Conditional branches on i32: comparison and branch in one. Operands a and b, distance c. Suffixes as for i32 arithmetic.

@inline(__always)
func brI32EqSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(a32(pc, sp) == b32(pc, sp), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI32EqSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(a32(pc, sp) == branchImmediate32(pc), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI32EqRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(r32(r0) == b32(pc, sp), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI32EqRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(r32(r0) == branchImmediate32(pc), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI32NeSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(a32(pc, sp) != b32(pc, sp), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI32NeSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(a32(pc, sp) != branchImmediate32(pc), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI32NeRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(r32(r0) != b32(pc, sp), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI32NeRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(r32(r0) != branchImmediate32(pc), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI32LtSSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(Int32(bitPattern: a32(pc, sp)) < Int32(bitPattern: b32(pc, sp)), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI32LtSSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(Int32(bitPattern: a32(pc, sp)) < Int32(bitPattern: branchImmediate32(pc)), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI32LtSRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(Int32(bitPattern: r32(r0)) < Int32(bitPattern: b32(pc, sp)), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI32LtSSR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(Int32(bitPattern: a32(pc, sp)) < Int32(bitPattern: r32(r0)), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI32LtSRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(Int32(bitPattern: r32(r0)) < Int32(bitPattern: branchImmediate32(pc)), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI32LtUSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(a32(pc, sp) < b32(pc, sp), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI32LtUSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(a32(pc, sp) < branchImmediate32(pc), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI32LtURS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(r32(r0) < b32(pc, sp), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI32LtUSR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(a32(pc, sp) < r32(r0), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI32LtURI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(r32(r0) < branchImmediate32(pc), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI32GeSSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(Int32(bitPattern: a32(pc, sp)) >= Int32(bitPattern: b32(pc, sp)), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI32GeSSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(Int32(bitPattern: a32(pc, sp)) >= Int32(bitPattern: branchImmediate32(pc)), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI32GeSRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(Int32(bitPattern: r32(r0)) >= Int32(bitPattern: b32(pc, sp)), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI32GeSSR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(Int32(bitPattern: a32(pc, sp)) >= Int32(bitPattern: r32(r0)), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI32GeSRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(Int32(bitPattern: r32(r0)) >= Int32(bitPattern: branchImmediate32(pc)), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI32GeUSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(a32(pc, sp) >= b32(pc, sp), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI32GeUSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(a32(pc, sp) >= branchImmediate32(pc), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI32GeURS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(r32(r0) >= b32(pc, sp), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI32GeUSR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(a32(pc, sp) >= r32(r0), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI32GeURI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(r32(r0) >= branchImmediate32(pc), pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI32ZeroS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(a32(pc, sp) == 0, pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI32NonzeroS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(a32(pc, sp) != 0, pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI32ZeroR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(r32(r0) == 0, pc, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func brI32NonzeroR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  branch(r32(r0) != 0, pc, sp, md, ms, cx, r0, f0)
}
