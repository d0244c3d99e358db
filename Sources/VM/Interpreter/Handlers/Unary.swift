// Integer operators of one operand (4.3.2). i64.extend_i32_u and reinterpretations need no code: slots hold zero-extended bits.

@inline(__always)
func i32ClzS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, UInt32(b32(pc, sp).leadingZeroBitCount))
}
@inline(__always)
func i32CtzS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, UInt32(b32(pc, sp).trailingZeroBitCount))
}
@inline(__always)
func i32PopcntS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, UInt32(b32(pc, sp).nonzeroBitCount))
}
@inline(__always)
func i32EqzS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, b32(pc, sp) == 0 ? 1 : 0)
}
@inline(__always)
func i32Extend8SS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, UInt32(truncatingIfNeeded: Int8(truncatingIfNeeded: b32(pc, sp))))
}
@inline(__always)
func i32Extend16SS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, UInt32(truncatingIfNeeded: Int16(truncatingIfNeeded: b32(pc, sp))))
}
@inline(__always)
func i64ExtendI32SS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, UInt64(truncatingIfNeeded: Int32(bitPattern: b32(pc, sp))))
}
@inline(__always)
func i32ClzR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, UInt32(r32(r0).leadingZeroBitCount))
}
@inline(__always)
func i32CtzR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, UInt32(r32(r0).trailingZeroBitCount))
}
@inline(__always)
func i32PopcntR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, UInt32(r32(r0).nonzeroBitCount))
}
@inline(__always)
func i32EqzR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, r32(r0) == 0 ? 1 : 0)
}
@inline(__always)
func i32Extend8SR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, UInt32(truncatingIfNeeded: Int8(truncatingIfNeeded: r32(r0))))
}
@inline(__always)
func i32Extend16SR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, UInt32(truncatingIfNeeded: Int16(truncatingIfNeeded: r32(r0))))
}
@inline(__always)
func i64ExtendI32SR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, UInt64(truncatingIfNeeded: Int32(bitPattern: r32(r0))))
}
@inline(__always)
func i64ClzS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, UInt64(b64(pc, sp).leadingZeroBitCount))
}
@inline(__always)
func i64CtzS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, UInt64(b64(pc, sp).trailingZeroBitCount))
}
@inline(__always)
func i64PopcntS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, UInt64(b64(pc, sp).nonzeroBitCount))
}
@inline(__always)
func i64EqzS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, b64(pc, sp) == 0 ? 1 : 0)
}
@inline(__always)
func i64Extend8SS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, UInt64(truncatingIfNeeded: Int8(truncatingIfNeeded: b64(pc, sp))))
}
@inline(__always)
func i64Extend16SS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, UInt64(truncatingIfNeeded: Int16(truncatingIfNeeded: b64(pc, sp))))
}
@inline(__always)
func i32WrapI64S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, UInt32(truncatingIfNeeded: b64(pc, sp)))
}
@inline(__always)
func i64ClzR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, UInt64(r0.leadingZeroBitCount))
}
@inline(__always)
func i64CtzR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, UInt64(r0.trailingZeroBitCount))
}
@inline(__always)
func i64PopcntR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, UInt64(r0.nonzeroBitCount))
}
@inline(__always)
func i64EqzR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, r0 == 0 ? 1 : 0)
}
@inline(__always)
func i64Extend8SR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, UInt64(truncatingIfNeeded: Int8(truncatingIfNeeded: r0)))
}
@inline(__always)
func i64Extend16SR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, UInt64(truncatingIfNeeded: Int16(truncatingIfNeeded: r0)))
}
@inline(__always)
func i32WrapI64R(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, UInt32(truncatingIfNeeded: r0))
}
