import _Builtin_intrinsics.intel

// Vectors of other lanes: narrowed, extended, converted (4.3.6).

@c
func f32x4DemoteF64x2Zero(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorUnary(pc, sp, md, ms, cx, r0, f0) { _mm_cvtpd_ps($0) }
}
@c
func f64x2PromoteLowF32x4(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorUnary(pc, sp, md, ms, cx, r0, f0) { _mm_cvtps_pd($0) }
}
@c
func i8x16NarrowI16x8S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { _mm_packs_epi16($0, $1) }
}
@c
func i8x16NarrowI16x8U(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { _mm_packus_epi16($0, $1) }
}
@c
func i16x8NarrowI32x4S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { _mm_packs_epi32($0, $1) }
}
@c
func i16x8NarrowI32x4U(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { _mm_packus_epi32($0, $1) }
}
@c
func i16x8ExtendLowI8x16S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorUnary(pc, sp, md, ms, cx, r0, f0) { _mm_cvtepi8_epi16($0) }
}
@c
func i16x8ExtendHighI8x16S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorUnary(pc, sp, md, ms, cx, r0, f0) { _mm_cvtepi8_epi16(upperHalf($0)) }
}
@c
func i16x8ExtendLowI8x16U(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorUnary(pc, sp, md, ms, cx, r0, f0) { _mm_cvtepu8_epi16($0) }
}
@c
func i16x8ExtendHighI8x16U(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorUnary(pc, sp, md, ms, cx, r0, f0) { _mm_cvtepu8_epi16(upperHalf($0)) }
}
@c
func i32x4ExtendLowI16x8S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorUnary(pc, sp, md, ms, cx, r0, f0) { _mm_cvtepi16_epi32($0) }
}
@c
func i32x4ExtendHighI16x8S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorUnary(pc, sp, md, ms, cx, r0, f0) { _mm_cvtepi16_epi32(upperHalf($0)) }
}
@c
func i32x4ExtendLowI16x8U(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorUnary(pc, sp, md, ms, cx, r0, f0) { _mm_cvtepu16_epi32($0) }
}
@c
func i32x4ExtendHighI16x8U(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorUnary(pc, sp, md, ms, cx, r0, f0) { _mm_cvtepu16_epi32(upperHalf($0)) }
}
@c
func i64x2ExtendLowI32x4S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorUnary(pc, sp, md, ms, cx, r0, f0) { _mm_cvtepi32_epi64($0) }
}
@c
func i64x2ExtendHighI32x4S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorUnary(pc, sp, md, ms, cx, r0, f0) { _mm_cvtepi32_epi64(upperHalf($0)) }
}
@c
func i64x2ExtendLowI32x4U(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorUnary(pc, sp, md, ms, cx, r0, f0) { _mm_cvtepu32_epi64($0) }
}
@c
func i64x2ExtendHighI32x4U(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorUnary(pc, sp, md, ms, cx, r0, f0) { _mm_cvtepu32_epi64(upperHalf($0)) }
}
@c
func i32x4TruncSatF32x4S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorUnary(pc, sp, md, ms, cx, r0, f0) { (a: F32x4) in saturatedSigned(a) }
}
@c
func i32x4TruncSatF32x4U(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorUnary(pc, sp, md, ms, cx, r0, f0) { (a: F32x4) in saturatedUnsigned(a) }
}
@c
func f32x4ConvertI32x4S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorUnary(pc, sp, md, ms, cx, r0, f0) { _mm_cvtepi32_ps($0) }
}
@c
func f32x4ConvertI32x4U(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorUnary(pc, sp, md, ms, cx, r0, f0) { (a: U32x4) in F32x4(a) }
}
@c
func i32x4TruncSatF64x2SZero(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorUnary(pc, sp, md, ms, cx, r0, f0) { (a: F64x2) in saturatedSigned(a) }
}
@c
func i32x4TruncSatF64x2UZero(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorUnary(pc, sp, md, ms, cx, r0, f0) { (a: F64x2) in saturatedUnsigned(a) }
}
@c
func f64x2ConvertLowI32x4S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorUnary(pc, sp, md, ms, cx, r0, f0) { _mm_cvtepi32_pd($0) }
}
@c
func f64x2ConvertLowI32x4U(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorUnary(pc, sp, md, ms, cx, r0, f0) { (a: U32x4) in F64x2(a.lowHalf) }
}
