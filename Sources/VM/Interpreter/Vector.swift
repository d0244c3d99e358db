import _Builtin_intrinsics.intel

// Vectors in handlers. A v128 stands in two slots, low half first, and is read as whatever lanes an operator wants. Operators that the
// machine has and Swift does not spell (saturation, shuffles, …) are the compiler's intrinsics on `I64x2`, one instruction each.
// Handlers are `@c` functions: in the thunks that make C functions of Swift ones the compiler does not inline calls of C functions.

typealias I8x16 = SIMD16<Int8>
typealias U8x16 = SIMD16<UInt8>
typealias I16x8 = SIMD8<Int16>
typealias U16x8 = SIMD8<UInt16>
typealias I32x4 = SIMD4<Int32>
typealias U32x4 = SIMD4<UInt32>
typealias I64x2 = SIMD2<Int64>
typealias U64x2 = SIMD2<UInt64>
typealias F32x4 = SIMD4<Float>
typealias F64x2 = SIMD2<Double>

/// The vector in a slot and the one after it.
@inline(__always)
func vector<V: BitwiseCopyable>(_ type: V.Type, _ sp: SP, _ slot: Int) -> V { UnsafeRawPointer(sp + slot).loadUnaligned(as: V.self) }

/// Writes a vector to slot a and goes on after an instruction of `width` bytes.
@inline(__always)
func vectorResult<V: BitwiseCopyable>(
  _ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double, _ width: Int, _ value: V
) {
  UnsafeMutableRawPointer(sp + operandA(pc)).storeBytes(of: value, as: V.self)
  next(pc + width, sp, md, ms, cx, r0, f0)
}

// MARK: Forms of handlers, by their operands

@inline(__always)
func vectorUnary<A: BitwiseCopyable, R: BitwiseCopyable>(
  _ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double, _ operation: (A) -> R
) {
  vectorResult(pc, sp, md, ms, cx, r0, f0, 8, operation(vector(A.self, sp, operandB(pc))))
}

@inline(__always)
func vectorBinary<A: BitwiseCopyable, R: BitwiseCopyable>(
  _ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double, _ operation: (A, A) -> R
) {
  vectorResult(pc, sp, md, ms, cx, r0, f0, 8, operation(vector(A.self, sp, operandB(pc)), vector(A.self, sp, operandC(pc))))
}

/// The count is in slot c.
@inline(__always)
func vectorShift<A: BitwiseCopyable>(
  _ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double, _ operation: (A, UInt32) -> A
) {
  vectorResult(pc, sp, md, ms, cx, r0, f0, 8, operation(vector(A.self, sp, operandB(pc)), c32(pc, sp)))
}

/// The result is an i32.
@inline(__always)
func vectorTest(
  _ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ f0: Double, _ operation: (I64x2) -> Int32
) {
  put32(pc, sp, md, ms, cx, f0, UInt32(bitPattern: operation(vector(I64x2.self, sp, operandB(pc)))))
}

// MARK: Single lanes

/// Lane c of the vector in slot b.
@inline(__always)
func lane<T: BitwiseCopyable>(_ type: T.Type, _ pc: PC, _ sp: SP) -> T {
  UnsafeRawPointer(sp + operandB(pc)).load(fromByteOffset: operandC(pc) &* MemoryLayout<T>.size, as: T.self)
}

/// The vector with one lane replaced by that of `splat`; in registers, because a vector read back after a narrower store would wait for it.
@inline(__always)
func replacing<V: SIMD>(_ value: I64x2, lane: Int, with splat: V) -> I64x2 {
  // At every byte the number of the lane it belongs to.
  let numbers =
    switch V.scalarCount {
    case 16: I64x2(0x0706_0504_0302_0100, 0x0F0E_0D0C_0B0A_0908)
    case 8: I64x2(0x0303_0202_0101_0000, 0x0707_0606_0505_0404)
    case 4: I64x2(0x0101_0101_0000_0000, 0x0303_0303_0202_0202)
    default: I64x2(0, 0x0101_0101_0101_0101)
    }
  return _mm_blendv_epi8(
    value, unsafeBitCast(splat, to: I64x2.self), _mm_cmpeq_epi8(numbers, everyByte(Int8(truncatingIfNeeded: lane))))
}

/// b: slot of the vector; the extra word is the lane.
@inline(__always)
func replaceLane<V: SIMD & BitwiseCopyable>(
  _ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double, _ type: V.Type, _ scalar: V.Scalar
) where V.Scalar: FixedWidthInteger {
  let value = vector(I64x2.self, sp, operandB(pc))
  vectorResult(
    pc, sp, md, ms, cx, r0, f0, 16, replacing(value, lane: Int(truncatingIfNeeded: extraWord(pc)), with: V(repeating: scalar)))
}

// MARK: Memory

/// Effective address from the i32 in a slot and the constant offset in the extra word's lower half.
@inline(__always)
func vectorAddress(_ pc: PC, _ sp: SP, _ slot: Int) -> UInt64 {
  UInt64(low32(sp, slot)) &+ UInt64(UInt32(truncatingIfNeeded: extraWord(pc)))
}

@inline(__always)
func vectorLoad<A: BitwiseCopyable, R: BitwiseCopyable>(
  _ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double, _ operation: (A) -> R
) {
  let address = vectorAddress(pc, sp, operandB(pc))
  if isOutside(address, MemoryLayout<A>.size, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  vectorResult(pc, sp, md, ms, cx, r0, f0, 16, operation(load(A.self, address, md)))
}

/// b: slot of the address; c: slot of the vector; the extra word's upper half is the lane.
@inline(__always)
func loadLane<V: SIMD & BitwiseCopyable>(
  _ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double, _ type: V.Type
) where V.Scalar: FixedWidthInteger & BitwiseCopyable {
  let address = vectorAddress(pc, sp, operandB(pc))
  if isOutside(address, MemoryLayout<V.Scalar>.size, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let value = vector(I64x2.self, sp, operandC(pc))
  let splat = V(repeating: load(V.Scalar.self, address, md))
  vectorResult(pc, sp, md, ms, cx, r0, f0, 16, replacing(value, lane: Int(extraWord(pc) >> 32), with: splat))
}

/// a: slot of the address; b: slot of the vector; the extra word's upper half is the lane.
@inline(__always)
func storeLane<T: BitwiseCopyable>(
  _ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double, _ type: T.Type
) {
  let address = vectorAddress(pc, sp, operandA(pc))
  if isOutside(address, MemoryLayout<T>.size, ms) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let lane = UnsafeRawPointer(sp + operandB(pc)).load(fromByteOffset: Int(extraWord(pc) >> 32) &* MemoryLayout<T>.size, as: T.self)
  store(lane, address, md)
  next(pc + 16, sp, md, ms, cx, r0, f0)
}

// MARK: Parts of operators

/// All bits of a lane where the mask holds, none where it does not: exactly how a mask stands in memory.
@inline(__always)
func lanes<S>(_ mask: SIMDMask<S>) -> S { unsafeBitCast(mask, to: S.self) }

@inline(__always)
func everyByte(_ byte: Int8) -> I64x2 { _mm_set1_epi8(byte) }

@inline(__always)
func upperHalf(_ value: I64x2) -> I64x2 { _mm_unpackhi_epi64(value, value) }

/// fmin: NaN where either lane is. The machine gives the second operand for zeros and NaN: both orders together give the negative zero.
@inline(__always)
func vectorMinimum(_ a: F32x4, _ b: F32x4) -> F32x4 {
  _mm_blendv_ps(_mm_or_ps(_mm_min_ps(a, b), _mm_min_ps(b, a)), a + b, _mm_cmpunord_ps(a, b))
}

@inline(__always)
func vectorMinimum(_ a: F64x2, _ b: F64x2) -> F64x2 {
  _mm_blendv_pd(_mm_or_pd(_mm_min_pd(a, b), _mm_min_pd(b, a)), a + b, _mm_cmpunord_pd(a, b))
}

/// fmax: as fmin, with the positive zero.
@inline(__always)
func vectorMaximum(_ a: F32x4, _ b: F32x4) -> F32x4 {
  _mm_blendv_ps(_mm_and_ps(_mm_max_ps(a, b), _mm_max_ps(b, a)), a + b, _mm_cmpunord_ps(a, b))
}

@inline(__always)
func vectorMaximum(_ a: F64x2, _ b: F64x2) -> F64x2 {
  _mm_blendv_pd(_mm_and_pd(_mm_max_pd(a, b), _mm_max_pd(b, a)), a + b, _mm_cmpunord_pd(a, b))
}

/// trunc_sat to signed lanes. The machine converts what does not fit to the least number: right if it is too small,
/// turned over if it is too great, 0 for NaN.
@inline(__always)
func saturatedSigned(_ a: F32x4) -> I64x2 {
  let isTooGreat = unsafeBitCast(_mm_cmpge_ps(a, F32x4(repeating: 0x1p31)), to: I64x2.self)
  return (_mm_cvttps_epi32(a) ^ isTooGreat) & unsafeBitCast(_mm_cmpord_ps(a, a), to: I64x2.self)
}

/// trunc_sat to unsigned lanes: numbers from 2^31 on are converted less 2^31, whose bit the first conversion has set.
@inline(__always)
func saturatedUnsigned(_ a: F32x4) -> I64x2 {
  // max gives its second operand for NaN.
  let positive = _mm_max_ps(a, .zero)
  let low = _mm_cvttps_epi32(positive)
  let high = _mm_cvttps_epi32(positive - F32x4(repeating: 0x1p31))
  let isTooGreat = unsafeBitCast(_mm_cmpge_ps(positive, F32x4(repeating: 0x1p32)), to: I64x2.self)
  return low | (high & _mm_srai_epi32(low, 31)) | isTooGreat
}

/// trunc_sat of two lanes; the upper ones are 0. Doubles hold the bounds exactly.
@inline(__always)
func saturatedSigned(_ a: F64x2) -> I64x2 {
  let number = _mm_and_pd(a, _mm_cmpord_pd(a, a))
  return _mm_cvttpd_epi32(_mm_min_pd(number, F64x2(repeating: 0x1p31 - 1)))
}

@inline(__always)
func saturatedUnsigned(_ a: F64x2) -> U32x4 {
  let number = _mm_min_pd(_mm_max_pd(a, .zero), F64x2(repeating: 0x1p32 - 1))
  // Beside 2^52 a whole number stands in the lowest bits.
  let bits = unsafeBitCast(number.rounded(.towardZero) + F64x2(repeating: 0x1p52), to: U32x4.self)
  return U32x4(bits[0], bits[2], 0, 0)
}
