import _Builtin_intrinsics.intel

// Vector loads and stores (4.4.7.3 to 4.4.7.8). b, or a in stores: slot of the address; the extra word holds the constant offset and, above it, a lane.

@c
func v128Load(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorLoad(pc, sp, md, ms, cx, r0, f0) { (a: I64x2) in a }
}
@c
func v128Load8x8S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorLoad(pc, sp, md, ms, cx, r0, f0) { (a: Int64) in _mm_cvtepi8_epi16(I64x2(a, 0)) }
}
@c
func v128Load8x8U(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorLoad(pc, sp, md, ms, cx, r0, f0) { (a: Int64) in _mm_cvtepu8_epi16(I64x2(a, 0)) }
}
@c
func v128Load16x4S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorLoad(pc, sp, md, ms, cx, r0, f0) { (a: Int64) in _mm_cvtepi16_epi32(I64x2(a, 0)) }
}
@c
func v128Load16x4U(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorLoad(pc, sp, md, ms, cx, r0, f0) { (a: Int64) in _mm_cvtepu16_epi32(I64x2(a, 0)) }
}
@c
func v128Load32x2S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorLoad(pc, sp, md, ms, cx, r0, f0) { (a: Int64) in _mm_cvtepi32_epi64(I64x2(a, 0)) }
}
@c
func v128Load32x2U(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorLoad(pc, sp, md, ms, cx, r0, f0) { (a: Int64) in _mm_cvtepu32_epi64(I64x2(a, 0)) }
}
@c
func v128Load8Splat(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorLoad(pc, sp, md, ms, cx, r0, f0) { (a: UInt8) in U8x16(repeating: a) }
}
@c
func v128Load16Splat(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorLoad(pc, sp, md, ms, cx, r0, f0) { (a: UInt16) in U16x8(repeating: a) }
}
@c
func v128Load32Splat(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorLoad(pc, sp, md, ms, cx, r0, f0) { (a: UInt32) in U32x4(repeating: a) }
}
@c
func v128Load64Splat(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorLoad(pc, sp, md, ms, cx, r0, f0) { (a: UInt64) in U64x2(repeating: a) }
}
@c
func v128Store(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let address = vectorAddress(pc, sp, operandA(pc))
  if isOutside(address, 16, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  store(vector(I64x2.self, sp, operandB(pc)), address, md)
  next(pc + 16, sp, md, ms, cx, r0, f0)
}
@c
func v128Load8Lane(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  loadLane(pc, sp, md, ms, cx, r0, f0, U8x16.self)
}
@c
func v128Load16Lane(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  loadLane(pc, sp, md, ms, cx, r0, f0, U16x8.self)
}
@c
func v128Load32Lane(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  loadLane(pc, sp, md, ms, cx, r0, f0, U32x4.self)
}
@c
func v128Load64Lane(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  loadLane(pc, sp, md, ms, cx, r0, f0, U64x2.self)
}
@c
func v128Store8Lane(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  storeLane(pc, sp, md, ms, cx, r0, f0, UInt8.self)
}
@c
func v128Store16Lane(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  storeLane(pc, sp, md, ms, cx, r0, f0, UInt16.self)
}
@c
func v128Store32Lane(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  storeLane(pc, sp, md, ms, cx, r0, f0, UInt32.self)
}
@c
func v128Store64Lane(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  storeLane(pc, sp, md, ms, cx, r0, f0, UInt64.self)
}
@c
func v128Load32Zero(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorLoad(pc, sp, md, ms, cx, r0, f0) { (a: UInt32) in U64x2(UInt64(a), 0) }
}
@c
func v128Load64Zero(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorLoad(pc, sp, md, ms, cx, r0, f0) { (a: UInt64) in U64x2(a, 0) }
}
