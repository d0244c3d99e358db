/// P(Bin(n, p) = i) for i in 0…n and 0 < p < 1. Weights grow outwards from the mode and are normalised at the end, so that
/// neither a large n nor a probability near 0 or 1 overflows.
func binomialProbabilities(trials: Int, success: Double) -> [Double] {
  let mode = min(trials, Int(Double(trials + 1) * success))
  let odds = success / (1 - success)
  var weights = [Double](repeating: 0, count: trials + 1)
  weights[mode] = 1
  for i in stride(from: mode + 1, through: trials, by: 1) {
    weights[i] = weights[i - 1] * Double(trials - i + 1) / Double(i) * odds
  }
  for i in stride(from: mode - 1, through: 0, by: -1) {
    weights[i] = weights[i + 1] * Double(i + 1) / Double(trials - i) / odds
  }
  let total = weights.reduce(0, +)
  return weights.map { $0 / total }
}

/// How often something happened, with what that says about its rate.
public struct Proportion: Sendable, Equatable, Codable {
  /// From 0 to `trials`.
  public let successes: Int
  /// At least 1.
  public let trials: Int

  /// - Returns: nil unless 0 ≤ successes ≤ trials and there is a trial.
  public init?(successes: Int, trials: Int) {
    guard trials > 0, successes >= 0, successes <= trials else { return nil }
    self.successes = successes
    self.trials = trials
  }

  /// The share of successes, in 0…1: the estimate that `interval` is around.
  public var rate: Double { Double(successes) / Double(trials) }

  /// Clopper and Pearson's interval (Biometrika 26, 1934): covers the rate with at least `level` whatever it is.
  public func interval(level: Double = 0.95) -> Interval {
    let tail = (1 - level) / 2
    let (k, rest) = (Double(successes), Double(trials - successes))
    let lower = successes == 0 ? 0 : root { incompleteBeta($0, k, rest + 1) >= tail }
    let upper = successes == trials ? 1 : root { incompleteBeta(1 - $0, complement: $0, rest, k + 1) <= tail }
    return Interval(lower: lower, upper: upper, level: level, coverage: level)
  }

  /// The most rejections among `trials` comparisons of equals that a test of size `rate` may show: more happen with a
  /// probability of at most `error`, so that more refute the claim (one-sided binomial test).
  public static func mostExpected(trials: Int, rate: Double = 0.05, error: Double = 0.01) -> Int? {
    guard trials > 0, rate > 0, rate < 1, error > 0, error < 1 else { return nil }
    var above = 0.0
    let mass = binomialProbabilities(trials: trials, success: rate)
    for k in stride(from: trials, to: 0, by: -1) {
      above += mass[k]
      if above > error { return k }
    }
    return 0
  }
}

/// The smallest number in 0…1 from which on `holds` is true, to the last bit.
private func root(_ holds: (Double) -> Bool) -> Double {
  var low = 0.0
  var high = 1.0
  while true {
    let middle = (low + high) / 2
    if middle <= low || middle >= high { return high }
    if holds(middle) { high = middle } else { low = middle }
  }
}
