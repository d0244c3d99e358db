import _Builtin_intrinsics.intel

// i8x16 operators (4.3.6).

@c
func i8x16Eq(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: I8x16, b: I8x16) in lanes(a .== b) }
}
@c
func i8x16Ne(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: I8x16, b: I8x16) in lanes(a .!= b) }
}
@c
func i8x16LtS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: I8x16, b: I8x16) in lanes(a .< b) }
}
@c
func i8x16LtU(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: U8x16, b: U8x16) in lanes(a .< b) }
}
@c
func i8x16GtS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: I8x16, b: I8x16) in lanes(a .> b) }
}
@c
func i8x16GtU(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: U8x16, b: U8x16) in lanes(a .> b) }
}
@c
func i8x16LeS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: I8x16, b: I8x16) in lanes(a .<= b) }
}
@c
func i8x16LeU(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: U8x16, b: U8x16) in lanes(a .<= b) }
}
@c
func i8x16GeS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: I8x16, b: I8x16) in lanes(a .>= b) }
}
@c
func i8x16GeU(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: U8x16, b: U8x16) in lanes(a .>= b) }
}
@c
func i8x16Abs(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorUnary(pc, sp, md, ms, cx, r0, f0) { _mm_abs_epi8($0) }
}
@c
func i8x16Neg(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorUnary(pc, sp, md, ms, cx, r0, f0) { (a: I8x16) in I8x16.zero &- a }
}
@c
func i8x16Popcnt(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorUnary(pc, sp, md, ms, cx, r0, f0) { (a: I64x2) in
    // Both halves of every byte are looked up in a table of 16 counts.
    let counts = I64x2(0x0302_0201_0201_0100, 0x0403_0302_0302_0201)
    let low = _mm_shuffle_epi8(counts, a & everyByte(0x0F))
    let high = _mm_shuffle_epi8(counts, _mm_srli_epi16(a, 4) & everyByte(0x0F))
    return _mm_add_epi8(low, high)
  }
}
@c
func i8x16AllTrue(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorTest(pc, sp, md, ms, cx, f0) { _mm_movemask_epi8(_mm_cmpeq_epi8($0, .zero)) == 0 ? 1 : 0 }
}
@c
func i8x16Bitmask(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorTest(pc, sp, md, ms, cx, f0) { _mm_movemask_epi8($0) }
}
@c
func i8x16Shl(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorShift(pc, sp, md, ms, cx, r0, f0) { (a: U8x16, count) in a &<< U8x16(repeating: U8x16.Scalar(truncatingIfNeeded: count)) }
}
@c
func i8x16ShrS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorShift(pc, sp, md, ms, cx, r0, f0) { (a: I8x16, count) in a &>> I8x16(repeating: I8x16.Scalar(truncatingIfNeeded: count)) }
}
@c
func i8x16ShrU(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorShift(pc, sp, md, ms, cx, r0, f0) { (a: U8x16, count) in a &>> U8x16(repeating: U8x16.Scalar(truncatingIfNeeded: count)) }
}
@c
func i8x16Add(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: U8x16, b: U8x16) in a &+ b }
}
@c
func i8x16AddSatS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { _mm_adds_epi8($0, $1) }
}
@c
func i8x16AddSatU(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { _mm_adds_epu8($0, $1) }
}
@c
func i8x16Sub(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: U8x16, b: U8x16) in a &- b }
}
@c
func i8x16SubSatS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { _mm_subs_epi8($0, $1) }
}
@c
func i8x16SubSatU(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { _mm_subs_epu8($0, $1) }
}
@c
func i8x16MinS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { _mm_min_epi8($0, $1) }
}
@c
func i8x16MinU(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { _mm_min_epu8($0, $1) }
}
@c
func i8x16MaxS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { _mm_max_epi8($0, $1) }
}
@c
func i8x16MaxU(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { _mm_max_epu8($0, $1) }
}
@c
func i8x16AvgrU(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { _mm_avg_epu8($0, $1) }
}
