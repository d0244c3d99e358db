/// How many first numbers of a process to leave out: White's marginal standard error rule (MSER, Simulation 69, 1997), the cut d
/// in 0…n/2 with the smallest squared standard error of the rest, Σ (x − mean)² / (n − d)².
public struct WarmUp: Sendable, Equatable {
  /// Numbers to leave out.
  public let count: Int
  /// The squared standard error of the rest.
  public let error: Double
  /// False where the best cut is the last one allowed: the series had not settled by its middle.
  public let isSettled: Bool

  /// - Returns: nil for fewer than two numbers, or where one is infinite or NaN.
  public init?(_ series: [Double]) {
    guard series.count >= 2, series.allSatisfy(\.isFinite) else { return nil }
    let last = series.count / 2
    var (size, mean, squares) = (0.0, 0.0, 0.0)
    var best = (count: last, error: Double.infinity)
    // From the end, so that every longer rest is the shorter one and one number (Welford).
    for d in series.indices.reversed() {
      size += 1
      let distance = series[d] - mean
      mean += distance / size
      squares += distance * (series[d] - mean)
      let error = squares / (size * size)
      if d <= last, error <= best.error { best = (d, error) }
    }
    count = best.count
    error = best.error
    isSettled = best.count < last || best.count == 0
  }
}
