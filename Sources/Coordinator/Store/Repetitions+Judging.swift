import Observations
import Statistics

extension Repetitions {
  /// With how they develop (`SteadyState`), where there are enough to tell.
  var judged: Repetitions {
    let series = times.map { Double($0) }
    guard let state = SteadyState(series), let warmUp = WarmUp(series) else { return self }
    // Of a series that is the same from its first number on nothing has to be left out.
    let count = state == .flat ? 0 : warmUp.count
    let steady = state == .none ? nil : Sample(series[count...])?.median
    return Repetitions(
      times: times,
      steady: SteadyFigures(
        state: state.rawValue, warmUp: count, warmUpTime: times[..<count].reduce(0, &+), time: steady.map { UInt64($0.rounded()) }))
  }
}
