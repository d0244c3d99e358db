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

/// trunc: nil for NaN and where the whole number does not fit.
@inline(__always)
func truncated<F: BinaryFloatingPoint, T: FixedWidthInteger>(_ value: F, to type: T.Type) -> T? {
  let whole = value.rounded(.towardZero)
  // Both bounds are powers of two or zero and therefore exact in F.
  guard whole >= F(T.min), whole < F(T.max / 2 + 1) * 2 else { return nil }
  return T(whole)
}

/// trunc_sat: 0 for NaN, else the nearest number that fits.
@inline(__always)
func saturated<F: BinaryFloatingPoint, T: FixedWidthInteger>(_ value: F, to type: T.Type) -> T {
  if let whole = truncated(value, to: type) { return whole }
  if value.isNaN { return 0 }
  return value < 0 ? T.min : T.max
}
