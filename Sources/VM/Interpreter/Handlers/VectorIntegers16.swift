import _Builtin_intrinsics.intel

// i16x8 operators (4.3.6).

@c
func i16x8Eq(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: I16x8, b: I16x8) in lanes(a .== b) }
}
@c
func i16x8Ne(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: I16x8, b: I16x8) in lanes(a .!= b) }
}
@c
func i16x8LtS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: I16x8, b: I16x8) in lanes(a .< b) }
}
@c
func i16x8LtU(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: U16x8, b: U16x8) in lanes(a .< b) }
}
@c
func i16x8GtS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: I16x8, b: I16x8) in lanes(a .> b) }
}
@c
func i16x8GtU(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: U16x8, b: U16x8) in lanes(a .> b) }
}
@c
func i16x8LeS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: I16x8, b: I16x8) in lanes(a .<= b) }
}
@c
func i16x8LeU(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: U16x8, b: U16x8) in lanes(a .<= b) }
}
@c
func i16x8GeS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: I16x8, b: I16x8) in lanes(a .>= b) }
}
@c
func i16x8GeU(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: U16x8, b: U16x8) in lanes(a .>= b) }
}
@c
func i16x8ExtaddPairwiseI8x16S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorUnary(pc, sp, md, ms, cx, r0, f0) { _mm_maddubs_epi16(everyByte(1), $0) }
}
@c
func i16x8ExtaddPairwiseI8x16U(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorUnary(pc, sp, md, ms, cx, r0, f0) { _mm_maddubs_epi16($0, everyByte(1)) }
}
@c
func i16x8Abs(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorUnary(pc, sp, md, ms, cx, r0, f0) { _mm_abs_epi16($0) }
}
@c
func i16x8Neg(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorUnary(pc, sp, md, ms, cx, r0, f0) { (a: I16x8) in I16x8.zero &- a }
}
@c
func i16x8Q15mulrSatS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: I64x2, b: I64x2) in
    // The only product that does not fit, -1 times -1, comes out as the least number: turned over it is the greatest.
    let product = _mm_mulhrs_epi16(a, b)
    return product ^ _mm_cmpeq_epi16(product, _mm_set1_epi16(.min))
  }
}
@c
func i16x8AllTrue(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorTest(pc, sp, md, ms, cx, f0) { _mm_movemask_epi8(_mm_cmpeq_epi16($0, .zero)) == 0 ? 1 : 0 }
}
@c
func i16x8Bitmask(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorTest(pc, sp, md, ms, cx, f0) { _mm_movemask_epi8(_mm_packs_epi16($0, .zero)) }
}
@c
func i16x8Shl(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorShift(pc, sp, md, ms, cx, r0, f0) { (a: U16x8, count) in a &<< U16x8(repeating: U16x8.Scalar(truncatingIfNeeded: count)) }
}
@c
func i16x8ShrS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorShift(pc, sp, md, ms, cx, r0, f0) { (a: I16x8, count) in a &>> I16x8(repeating: I16x8.Scalar(truncatingIfNeeded: count)) }
}
@c
func i16x8ShrU(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorShift(pc, sp, md, ms, cx, r0, f0) { (a: U16x8, count) in a &>> U16x8(repeating: U16x8.Scalar(truncatingIfNeeded: count)) }
}
@c
func i16x8Add(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: U16x8, b: U16x8) in a &+ b }
}
@c
func i16x8AddSatS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { _mm_adds_epi16($0, $1) }
}
@c
func i16x8AddSatU(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { _mm_adds_epu16($0, $1) }
}
@c
func i16x8Sub(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: U16x8, b: U16x8) in a &- b }
}
@c
func i16x8SubSatS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { _mm_subs_epi16($0, $1) }
}
@c
func i16x8SubSatU(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { _mm_subs_epu16($0, $1) }
}
@c
func i16x8Mul(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: U16x8, b: U16x8) in a &* b }
}
@c
func i16x8MinS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { _mm_min_epi16($0, $1) }
}
@c
func i16x8MinU(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { _mm_min_epu16($0, $1) }
}
@c
func i16x8MaxS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { _mm_max_epi16($0, $1) }
}
@c
func i16x8MaxU(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { _mm_max_epu16($0, $1) }
}
@c
func i16x8AvgrU(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { _mm_avg_epu16($0, $1) }
}
@c
func i16x8ExtmulLowI8x16S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { _mm_mullo_epi16(_mm_cvtepi8_epi16($0), _mm_cvtepi8_epi16($1)) }
}
@c
func i16x8ExtmulHighI8x16S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { _mm_mullo_epi16(_mm_cvtepi8_epi16(upperHalf($0)), _mm_cvtepi8_epi16(upperHalf($1))) }
}
@c
func i16x8ExtmulLowI8x16U(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { _mm_mullo_epi16(_mm_cvtepu8_epi16($0), _mm_cvtepu8_epi16($1)) }
}
@c
func i16x8ExtmulHighI8x16U(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { _mm_mullo_epi16(_mm_cvtepu8_epi16(upperHalf($0)), _mm_cvtepu8_epi16(upperHalf($1))) }
}
