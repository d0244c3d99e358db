import _Builtin_intrinsics.intel

// Float operators whose WebAssembly meaning differs from the machine's or Swift's (4.3.3, 4.3.4).

/// fmin: NaN if either operand is, and -0 is less than 0.
@inline(__always)
func minimum<F: BinaryFloatingPoint>(_ left: F, _ right: F) -> F {
  if left < right { return left }
  if right < left { return right }
  if left == right { return left.sign == .minus ? left : right }
  return left + right
}

/// fmax: NaN if either operand is, and 0 is greater than -0.
@inline(__always)
func maximum<F: BinaryFloatingPoint>(_ left: F, _ right: F) -> F {
  if left > right { return left }
  if right > left { return right }
  if left == right { return left.sign == .plus ? left : right }
  return left + right
}

@inline(__always)
func copySign(_ magnitude: Double, _ sign: Double) -> Double {
  Double(bitPattern: magnitude.bitPattern & ~(1 << 63) | sign.bitPattern & 1 << 63)
}

@inline(__always)
func copySign(_ magnitude: Float, _ sign: Float) -> Float {
  Float(bitPattern: magnitude.bitPattern & ~(1 << 31) | sign.bitPattern & 1 << 31)
}

/// trunc: nil for NaN and where the whole number does not fit. f32 operands come widened, which is exact.
@inline(__always)
func truncated<T: FixedWidthInteger>(_ value: Double, to type: T.Type) -> T? {
  let whole = value.rounded(.towardZero)
  // Both bounds are powers of two or zero and therefore exact.
  guard whole >= Double(T.min), whole < Double(T.max / 2 + 1) * 2 else { return nil }
  // The machine converts to signed 64-bit numbers only.
  if T.bitWidth == 64, !T.isSigned, whole >= 0x1p63 {
    return T(truncatingIfNeeded: UInt64(bitPattern: Int64(whole - 0x1p63)) | 1 << 63)
  }
  return T(truncatingIfNeeded: Int64(whole))
}

/// trunc_sat: 0 for NaN, else the nearest number that fits.
@inline(__always)
func saturated<T: FixedWidthInteger>(_ value: Double, to type: T.Type) -> T {
  if let whole = truncated(value, to: type) { return whole }
  if value.isNaN { return 0 }
  return value < 0 ? T.min : T.max
}

// The machine's square roots. Swift's are calls where an operand may be negative.

@inline(__always)
func squareRoot(_ value: Double) -> Double { _mm_sqrt_pd(SIMD2(value, 0))[0] }

@inline(__always)
func squareRoot(_ value: Float) -> Float { _mm_sqrt_ps(SIMD4(value, 0, 0, 0))[0] }
