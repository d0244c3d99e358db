/// The smallest effect a comparison of two unpaired samples of this noise and size finds four times out of five.
///
/// exp((z(1−α/2) + z(0.8)) · √((s₁²/m + s₂²/n) / 0.955)) − 1, with s the robust deviations (1.4826 MAD) of the logarithms; 0.955 is
/// the efficiency of Mann and Whitney's test beside the t test under normal noise.
/// - Returns: a fraction (0.01 is one per cent); nil where a sample has fewer than two numbers or one that is not positive.
public func minimumDetectableEffect(unpairedBaseline baseline: [Double], candidate: [Double], level: Double = 0.95) -> Double? {
  guard baseline.count >= 2, candidate.count >= 2, (baseline + candidate).allSatisfy({ $0 > 0 && $0.isFinite }),
    let before = Sample(baseline.map(logarithm)), let after = Sample(candidate.map(logarithm))
  else { return nil }
  let variances = [before, after].map { sample in
    let deviation = 1.4826 * sample.medianAbsoluteDeviation
    return deviation * deviation / Double(sample.count)
  }
  let z = normalQuantile(1 - (1 - level) / 2) + normalQuantile(0.8)
  return exponential(z * ((variances[0] + variances[1]) / 0.955).squareRoot()) - 1
}
