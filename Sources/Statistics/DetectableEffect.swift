/// The smallest effect a paired comparison of this noise and size finds four times out of five.
///
/// exp((z(1−α/2) + z(0.8)) · s / √(0.955 n)) − 1, with s the robust deviation (1.4826 MAD) of the paired log ratios;
/// 0.955 is the signed-rank test's efficiency beside the t test under normal noise.
/// - Returns: a fraction (0.01 is one per cent); nil where there are fewer than two pairs or a number is not positive.
public func minimumDetectableEffect(baseline: [Double], candidate: [Double], level: Double = 0.95) -> Double? {
  guard baseline.count == candidate.count, baseline.count >= 2, (baseline + candidate).allSatisfy({ $0 > 0 && $0.isFinite }) else {
    return nil
  }
  guard let ratios = Sample(zip(baseline, candidate).map { logarithm($1) - logarithm($0) }) else { return nil }
  let deviation = 1.4826 * ratios.medianAbsoluteDeviation
  let z = normalQuantile(1 - (1 - level) / 2) + normalQuantile(0.8)
  return exponential(z * deviation / (0.955 * Double(ratios.count)).squareRoot()) - 1
}
