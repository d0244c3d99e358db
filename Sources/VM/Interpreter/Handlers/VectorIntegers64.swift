import _Builtin_intrinsics.intel

// i64x2 operators (4.3.6).

@c
func i64x2Abs(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorUnary(pc, sp, md, ms, cx, r0, f0) { (a: I64x2) in
    let sign = _mm_cmpgt_epi64(.zero, a)
    return (a ^ sign) &- sign
  }
}
@c
func i64x2Neg(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorUnary(pc, sp, md, ms, cx, r0, f0) { (a: I64x2) in I64x2.zero &- a }
}
@c
func i64x2AllTrue(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorTest(pc, sp, md, ms, cx, f0) { _mm_movemask_epi8(_mm_cmpeq_epi64($0, .zero)) == 0 ? 1 : 0 }
}
@c
func i64x2Bitmask(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorTest(pc, sp, md, ms, cx, f0) { _mm_movemask_pd(unsafeBitCast($0, to: F64x2.self)) }
}
@c
func i64x2Shl(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorShift(pc, sp, md, ms, cx, r0, f0) { (a: U64x2, count) in a &<< U64x2(repeating: U64x2.Scalar(truncatingIfNeeded: count)) }
}
@c
func i64x2ShrS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorShift(pc, sp, md, ms, cx, r0, f0) { (a: I64x2, count) in a &>> I64x2(repeating: I64x2.Scalar(truncatingIfNeeded: count)) }
}
@c
func i64x2ShrU(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorShift(pc, sp, md, ms, cx, r0, f0) { (a: U64x2, count) in a &>> U64x2(repeating: U64x2.Scalar(truncatingIfNeeded: count)) }
}
@c
func i64x2Add(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: U64x2, b: U64x2) in a &+ b }
}
@c
func i64x2Sub(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: U64x2, b: U64x2) in a &- b }
}
@c
func i64x2Mul(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: U64x2, b: U64x2) in a &* b }
}
@c
func i64x2Eq(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: I64x2, b: I64x2) in lanes(a .== b) }
}
@c
func i64x2Ne(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: I64x2, b: I64x2) in lanes(a .!= b) }
}
@c
func i64x2LtS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: I64x2, b: I64x2) in lanes(a .< b) }
}
@c
func i64x2GtS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: I64x2, b: I64x2) in lanes(a .> b) }
}
@c
func i64x2LeS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: I64x2, b: I64x2) in lanes(a .<= b) }
}
@c
func i64x2GeS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: I64x2, b: I64x2) in lanes(a .>= b) }
}
@c
func i64x2ExtmulLowI32x4S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { _mm_mul_epi32(_mm_cvtepi32_epi64($0), _mm_cvtepi32_epi64($1)) }
}
@c
func i64x2ExtmulHighI32x4S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { _mm_mul_epi32(_mm_cvtepi32_epi64(upperHalf($0)), _mm_cvtepi32_epi64(upperHalf($1))) }
}
@c
func i64x2ExtmulLowI32x4U(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { _mm_mul_epu32(_mm_cvtepu32_epi64($0), _mm_cvtepu32_epi64($1)) }
}
@c
func i64x2ExtmulHighI32x4U(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { _mm_mul_epu32(_mm_cvtepu32_epi64(upperHalf($0)), _mm_cvtepu32_epi64(upperHalf($1))) }
}
