import _Builtin_intrinsics.intel

// Relaxed vector operators (5.4.8) that no plain one does: multiplication and addition rounded once, and the products of 7-bit lanes.
// c: slot of the second operand; the extra word is the slot of the third.

@inline(__always)
private func ternary<V: BitwiseCopyable>(
  _ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double, _ operation: (V, V, V) -> V
) {
  let third = vector(V.self, sp, Int(truncatingIfNeeded: extraWord(pc)))
  vectorResult(
    pc, sp, md, ms, cx, r0, f0, 16, operation(vector(V.self, sp, operandB(pc)), vector(V.self, sp, operandC(pc)), third))
}

/// With the other sign, zeros too: Swift's operator takes vectors from zero, which leaves +0 as it is.
@inline(__always)
private func negated(_ a: F32x4) -> F32x4 { unsafeBitCast(unsafeBitCast(a, to: U32x4.self) ^ U32x4(repeating: 1 << 31), to: F32x4.self) }
@inline(__always)
private func negated(_ a: F64x2) -> F64x2 { unsafeBitCast(unsafeBitCast(a, to: U64x2.self) ^ U64x2(repeating: 1 << 63), to: F64x2.self) }

@c
func f32x4RelaxedMadd(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  ternary(pc, sp, md, ms, cx, r0, f0) { (a: F32x4, b: F32x4, c: F32x4) in c.addingProduct(a, b) }
}
@c
func f32x4RelaxedNmadd(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  ternary(pc, sp, md, ms, cx, r0, f0) { (a: F32x4, b: F32x4, c: F32x4) in c.addingProduct(negated(a), b) }
}
@c
func f64x2RelaxedMadd(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  ternary(pc, sp, md, ms, cx, r0, f0) { (a: F64x2, b: F64x2, c: F64x2) in c.addingProduct(a, b) }
}
@c
func f64x2RelaxedNmadd(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  ternary(pc, sp, md, ms, cx, r0, f0) { (a: F64x2, b: F64x2, c: F64x2) in c.addingProduct(negated(a), b) }
}

/// Products of signed lanes with lanes of 7 bits, added in pairs.
@inline(__always)
private func dot(_ a: I64x2, _ b: I64x2) -> I64x2 {
  // Even lanes shifted up and down again, odd ones down alone: all signed 16-bit.
  let evenA = _mm_srai_epi16(_mm_slli_epi16(a, 8), 8)
  let evenB = _mm_srai_epi16(_mm_slli_epi16(b, 8), 8)
  let even = unsafeBitCast(evenA, to: I16x8.self) &* unsafeBitCast(evenB, to: I16x8.self)
  let odd = unsafeBitCast(_mm_srai_epi16(a, 8), to: I16x8.self) &* unsafeBitCast(_mm_srai_epi16(b, 8), to: I16x8.self)
  return unsafeBitCast(even &+ odd, to: I64x2.self)
}

@c
func i16x8RelaxedDotI8x16I7x16S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  vectorBinary(pc, sp, md, ms, cx, r0, f0) { (a: I64x2, b: I64x2) in dot(a, b) }
}
@c
func i32x4RelaxedDotI8x16I7x16AddS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  ternary(pc, sp, md, ms, cx, r0, f0) { (a: I64x2, b: I64x2, c: I64x2) in
    let pairs = _mm_madd_epi16(dot(a, b), unsafeBitCast(I16x8(repeating: 1), to: I64x2.self))
    return unsafeBitCast(unsafeBitCast(pairs, to: I32x4.self) &+ unsafeBitCast(c, to: I32x4.self), to: I64x2.self)
  }
}
