import Observations
import Statistics

extension Repetitions {
  /// With how they develop (`SteadyState`), where there are enough to tell.
  var judged: Repetitions {
    let series = times.map { Double($0) }
    guard let state = SteadyState(series), let warmUp = WarmUp(series) else { return self }
    let steady = state == .none ? nil : Sample(series[warmUp.count...])?.median
    return Repetitions(
      times: times,
      steady: SteadyFigures(
        state: state.rawValue, warmUp: warmUp.count, warmUpTime: times[..<warmUp.count].reduce(0, &+),
        time: steady.map { UInt64($0.rounded()) }))
  }
}
