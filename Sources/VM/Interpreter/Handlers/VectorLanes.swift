import _Builtin_intrinsics.intel

// Whole vectors and single lanes (4.3.6, 4.4.3). f32x4 and f64x2 share the handlers of i32x4 and i64x2: lanes move as bits.

@c
func v128Const(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorResult(pc, sp, md, ms, cx, r0, f0, 24, (pc + 8).loadUnaligned(as: I64x2.self))
}
@c
func i8x16Shuffle(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let lanes = (pc + 8).loadUnaligned(as: I64x2.self)
  // Lanes of 16 and more get their top bit in the first selection, lanes below 16 in the second, which makes them 0.
  let first = _mm_shuffle_epi8(vector(I64x2.self, sp, operandB(pc)), _mm_adds_epu8(lanes, everyByte(0x70)))
  let second = _mm_shuffle_epi8(vector(I64x2.self, sp, operandC(pc)), _mm_sub_epi8(lanes, everyByte(16)))
  vectorResult(pc, sp, md, ms, cx, r0, f0, 24, first | second)
}
@c
func i8x16Swizzle(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) {
    // Adding 112 with saturation gives every index of 16 and more its top bit, which makes the lane 0.
    _mm_shuffle_epi8($0, _mm_adds_epu8($1, everyByte(0x70)))
  }
}
@c
func i8x16Splat(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorResult(pc, sp, md, ms, cx, r0, f0, 8, U8x16(repeating: UInt8(truncatingIfNeeded: b32(pc, sp))))
}
@c
func i16x8Splat(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorResult(pc, sp, md, ms, cx, r0, f0, 8, U16x8(repeating: UInt16(truncatingIfNeeded: b32(pc, sp))))
}
@c
func i32x4Splat(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorResult(pc, sp, md, ms, cx, r0, f0, 8, U32x4(repeating: UInt32(truncatingIfNeeded: b32(pc, sp))))
}
@c
func i64x2Splat(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorResult(pc, sp, md, ms, cx, r0, f0, 8, U64x2(repeating: UInt64(truncatingIfNeeded: b64(pc, sp))))
}
@c
func i8x16ExtractLaneS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, UInt32(truncatingIfNeeded: lane(Int8.self, pc, sp)))
}
@c
func i8x16ExtractLaneU(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, UInt32(lane(UInt8.self, pc, sp)))
}
@c
func i8x16ReplaceLane(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  replaceLane(pc, sp, md, ms, cx, r0, f0, U8x16.self, UInt8(truncatingIfNeeded: c32(pc, sp)))
}
@c
func i16x8ExtractLaneS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, UInt32(truncatingIfNeeded: lane(Int16.self, pc, sp)))
}
@c
func i16x8ExtractLaneU(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, UInt32(lane(UInt16.self, pc, sp)))
}
@c
func i16x8ReplaceLane(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  replaceLane(pc, sp, md, ms, cx, r0, f0, U16x8.self, UInt16(truncatingIfNeeded: c32(pc, sp)))
}
@c
func i32x4ExtractLane(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, lane(UInt32.self, pc, sp))
}
@c
func i32x4ReplaceLane(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  replaceLane(pc, sp, md, ms, cx, r0, f0, U32x4.self, UInt32(truncatingIfNeeded: c32(pc, sp)))
}
@c
func i64x2ExtractLane(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, lane(UInt64.self, pc, sp))
}
@c
func i64x2ReplaceLane(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  replaceLane(pc, sp, md, ms, cx, r0, f0, U64x2.self, UInt64(truncatingIfNeeded: c64(pc, sp)))
}
@c
func v128Not(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorUnary(pc, sp, md, ms, cx, r0, f0) { (a: I64x2) in ~a }
}
@c
func v128And(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: I64x2, b: I64x2) in a & b }
}
@c
func v128Andnot(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: I64x2, b: I64x2) in a & ~b }
}
@c
func v128Or(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: I64x2, b: I64x2) in a | b }
}
@c
func v128Xor(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: I64x2, b: I64x2) in a ^ b }
}
@c
func v128Bitselect(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let third = vector(I64x2.self, sp, Int(truncatingIfNeeded: extraWord(pc)))
  let second = vector(I64x2.self, sp, operandC(pc))
  vectorResult(pc, sp, md, ms, cx, r0, f0, 16, (vector(I64x2.self, sp, operandB(pc)) & third) | (second & ~third))
}
@c
func v128AnyTrue(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorTest(pc, sp, md, ms, cx, f0) { 1 - _mm_testz_si128($0, $0) }
}
