// The standard library has no public logarithm or exponential. These are plain arithmetic: the same bits on every machine,
// whatever mathematics library it carries. Both are within two units in the last place.

/// ln x: minus infinity at zero, NaN below.
func logarithm(_ x: Double) -> Double {
  guard x > 0 else { return x == 0 ? -.infinity : .nan }
  guard x.isFinite else { return x }
  var exponent = Double(x.exponent)
  var significand = x.significand
  if significand > 1.4142135623730951 {
    significand /= 2
    exponent += 1
  }
  // ln(1 + f) = 2 artanh(s) with s = f / (2 + f), and 2s = f − s f: the leading term f stays exact.
  let f = significand - 1
  let s = f / (2 + f)
  let z = s * s
  var tail = 2.0 / 21
  tail = tail * z + 2.0 / 19
  tail = tail * z + 2.0 / 17
  tail = tail * z + 2.0 / 15
  tail = tail * z + 2.0 / 13
  tail = tail * z + 2.0 / 11
  tail = tail * z + 2.0 / 9
  tail = tail * z + 2.0 / 7
  tail = tail * z + 2.0 / 5
  tail = tail * z + 2.0 / 3
  return exponent * ln2High - ((s * (f - tail * z) - exponent * ln2Low) - f)
}

/// e^x.
func exponential(_ x: Double) -> Double {
  if x.isNaN { return x }
  if x > 709.8 { return .infinity }
  if x < -746 { return 0 }
  let exponent = (x / (ln2High + ln2Low)).rounded()
  let r = (x - exponent * ln2High) - exponent * ln2Low
  // Taylor's series to r^13 / 13!, |r| ≤ ln 2 / 2.
  var series = 1.0 / 6_227_020_800
  series = series * r + 1.0 / 479_001_600
  series = series * r + 1.0 / 39_916_800
  series = series * r + 1.0 / 3_628_800
  series = series * r + 1.0 / 362_880
  series = series * r + 1.0 / 40_320
  series = series * r + 1.0 / 5_040
  series = series * r + 1.0 / 720
  series = series * r + 1.0 / 120
  series = series * r + 1.0 / 24
  series = series * r + 1.0 / 6
  series = series * r + 1.0 / 2
  let power = 1 + (r + r * r * series)
  // In two halves, because the largest and the smallest results need an exponent beyond a Double's.
  let half = Int(exponent) / 2
  return power * Double(sign: .plus, exponent: half, significand: 1)
    * Double(sign: .plus, exponent: Int(exponent) - half, significand: 1)
}

/// ln(1 + x), exact to the last bits for a small x too (Kahan's quotient).
func logarithmOfOnePlus(_ x: Double) -> Double {
  let sum = 1 + x
  return sum == 1 ? x : logarithm(sum) * (x / (sum - 1))
}

/// ln 2 in two parts; the first has trailing zeros, so that its product with an exponent is exact.
private let ln2High = 0x1.62e42fee00000p-1
private let ln2Low = 0x1.a39ef35793c76p-33
