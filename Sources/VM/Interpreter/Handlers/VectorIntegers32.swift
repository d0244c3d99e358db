import _Builtin_intrinsics.intel

// i32x4 operators (4.3.6).

@c
func i32x4Eq(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: I32x4, b: I32x4) in lanes(a .== b) }
}
@c
func i32x4Ne(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: I32x4, b: I32x4) in lanes(a .!= b) }
}
@c
func i32x4LtS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: I32x4, b: I32x4) in lanes(a .< b) }
}
@c
func i32x4LtU(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: U32x4, b: U32x4) in lanes(a .< b) }
}
@c
func i32x4GtS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: I32x4, b: I32x4) in lanes(a .> b) }
}
@c
func i32x4GtU(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: U32x4, b: U32x4) in lanes(a .> b) }
}
@c
func i32x4LeS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: I32x4, b: I32x4) in lanes(a .<= b) }
}
@c
func i32x4LeU(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: U32x4, b: U32x4) in lanes(a .<= b) }
}
@c
func i32x4GeS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: I32x4, b: I32x4) in lanes(a .>= b) }
}
@c
func i32x4GeU(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: U32x4, b: U32x4) in lanes(a .>= b) }
}
@c
func i32x4ExtaddPairwiseI16x8S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorUnary(pc, sp, md, ms, cx, r0, f0) { _mm_madd_epi16($0, _mm_set1_epi16(1)) }
}
@c
func i32x4ExtaddPairwiseI16x8U(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorUnary(pc, sp, md, ms, cx, r0, f0) { (a: U32x4) in (a & U32x4(repeating: 0xFFFF)) &+ (a &>> U32x4(repeating: 16)) }
}
@c
func i32x4Abs(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorUnary(pc, sp, md, ms, cx, r0, f0) { _mm_abs_epi32($0) }
}
@c
func i32x4Neg(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorUnary(pc, sp, md, ms, cx, r0, f0) { (a: I32x4) in I32x4.zero &- a }
}
@c
func i32x4AllTrue(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorTest(pc, sp, md, ms, cx, f0) { _mm_movemask_epi8(_mm_cmpeq_epi32($0, .zero)) == 0 ? 1 : 0 }
}
@c
func i32x4Bitmask(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorTest(pc, sp, md, ms, cx, f0) { _mm_movemask_ps(unsafeBitCast($0, to: F32x4.self)) }
}
@c
func i32x4Shl(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorShift(pc, sp, md, ms, cx, r0, f0) { (a: U32x4, count) in a &<< U32x4(repeating: U32x4.Scalar(truncatingIfNeeded: count)) }
}
@c
func i32x4ShrS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorShift(pc, sp, md, ms, cx, r0, f0) { (a: I32x4, count) in a &>> I32x4(repeating: I32x4.Scalar(truncatingIfNeeded: count)) }
}
@c
func i32x4ShrU(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorShift(pc, sp, md, ms, cx, r0, f0) { (a: U32x4, count) in a &>> U32x4(repeating: U32x4.Scalar(truncatingIfNeeded: count)) }
}
@c
func i32x4Add(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: U32x4, b: U32x4) in a &+ b }
}
@c
func i32x4Sub(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: U32x4, b: U32x4) in a &- b }
}
@c
func i32x4Mul(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: U32x4, b: U32x4) in a &* b }
}
@c
func i32x4MinS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { _mm_min_epi32($0, $1) }
}
@c
func i32x4MinU(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { _mm_min_epu32($0, $1) }
}
@c
func i32x4MaxS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { _mm_max_epi32($0, $1) }
}
@c
func i32x4MaxU(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { _mm_max_epu32($0, $1) }
}
@c
func i32x4DotI16x8S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { _mm_madd_epi16($0, $1) }
}
@c
func i32x4ExtmulLowI16x8S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { _mm_mullo_epi32(_mm_cvtepi16_epi32($0), _mm_cvtepi16_epi32($1)) }
}
@c
func i32x4ExtmulHighI16x8S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { _mm_mullo_epi32(_mm_cvtepi16_epi32(upperHalf($0)), _mm_cvtepi16_epi32(upperHalf($1))) }
}
@c
func i32x4ExtmulLowI16x8U(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { _mm_mullo_epi32(_mm_cvtepu16_epi32($0), _mm_cvtepu16_epi32($1)) }
}
@c
func i32x4ExtmulHighI16x8U(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { _mm_mullo_epi32(_mm_cvtepu16_epi32(upperHalf($0)), _mm_cvtepu16_epi32(upperHalf($1))) }
}
