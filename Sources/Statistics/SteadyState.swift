/// How the numbers of one process develop: Barrett and others' classes ("Virtual Machine Warmup Blows Hot and Cold", OOPSLA
/// 2017).
public enum SteadyState: String, Sendable, Codable {
  /// The same from the first number to the last.
  case flat
  /// The first numbers are larger.
  case warmUp = "warm-up"
  /// The first numbers are smaller.
  case slowdown
  /// The numbers never settle.
  case none = "no-steady-state"
  /// Processes of one arm fall in different classes; where one never settles, that is the class of the whole.
  case inconsistent

  /// Cuts the warm-up off by White's rule; a change point in the rest means that it is not steady.
  /// - Parameter tolerance: relative changes no larger than this do not count.
  /// - Returns: nil for fewer than ten numbers, or where one is infinite or NaN.
  public init?(_ series: [Double], tolerance: Double = 0.01) {
    guard series.count >= 10, let warmUp = WarmUp(series) else { return nil }
    let rest = Array(series[warmUp.count...])
    let changes = ChangePointDetection(minimumMagnitude: tolerance).confirmedPoints(in: rest) ?? []
    guard warmUp.isSettled, changes.isEmpty, let steady = Sample(rest) else {
      self = .none
      return
    }
    guard let head = Sample(series[..<warmUp.count]) else {
      self = .flat
      return
    }
    let scatter = max(1.4826 * steady.medianAbsoluteDeviation, tolerance * abs(steady.median))
    let distance = head.median - steady.median
    self = abs(distance) <= scatter ? .flat : distance > 0 ? .warmUp : .slowdown
  }

  /// The class of an arm from those of its processes; nil where there is none.
  public static func ofAll(_ processes: [SteadyState]) -> SteadyState? {
    guard let first = processes.first else { return nil }
    if processes.contains(.none) { return SteadyState.none }
    return processes.allSatisfy { $0 == first } ? first : .inconsistent
  }
}
