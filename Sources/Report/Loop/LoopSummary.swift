import Observations
import Statistics

/// The repetitions of an arm's processes: a closed loop in each. Medians over the undisturbed trials, nanoseconds.
public struct LoopSummary: Codable, Sendable, Equatable {
  /// How the processes develop, taken together; nil where none did enough repetitions to tell.
  public var state: SteadyState?
  /// How many processes develop in which way.
  public var states: [StateCount]
  /// Repetitions of a process.
  public var repetitions: Double
  /// The first one.
  public var first: Double
  /// Repetitions before the steady ones.
  public var warmUp: Double?
  /// What those take in all.
  public var warmUpTime: Double?
  /// A steady one; nil where no process settles.
  public var steady: Estimate?

  /// So many processes of an arm.
  public struct StateCount: Codable, Sendable, Equatable {
    /// How they develop.
    public var state: SteadyState
    /// At least 1.
    public var count: Int
  }

  /// Nil where no trial told of repetitions.
  init?(_ trials: [Observation]) {
    let told = trials.compactMap(\.repetitions)
    guard let repetitions = Sample(told.map { Double($0.times.count) }),
      let first = Sample(told.compactMap(\.times.first).map { Double($0) })
    else { return nil }
    let steady = told.compactMap(\.steady)
    let processes = steady.compactMap { SteadyState(rawValue: $0.state) }
    state = SteadyState.ofAll(processes)
    states = [SteadyState.flat, .warmUp, .slowdown, .none].compactMap { state in
      let count = processes.count { $0 == state }
      return count > 0 ? StateCount(state: state, count: count) : nil
    }
    self.repetitions = repetitions.median
    self.first = first.median
    // Where a process never settles its cut says nothing.
    let settled = steady.filter { $0.time != nil }
    warmUp = Sample(settled.map { Double($0.warmUp) })?.median
    warmUpTime = Sample(settled.map { Double($0.warmUpTime) })?.median
    self.steady = Sample(settled.compactMap(\.time).map { Double($0) })?.medianEstimate
  }

  /// "7 warm-up, 3 no steady state", or the one class of them all.
  var statesText: String {
    if states.count == 1 { return states[0].state.words }
    return states.map { "\($0.count) \($0.state.words)" }.joined(separator: ", ")
  }
}

extension SteadyState {
  /// For people.
  var words: String { self == .none ? "no steady state" : rawValue }
}

extension Tables {
  /// What a process does again and again: how long at first, when it is warm, and how fast then.
  static func loops(_ summary: Summary) -> Table? {
    let arms = summary.arms.filter { $0.loop != nil }
    guard !arms.isEmpty else { return nil }
    let groups = arms.map(\.workload).uniqued.map { workload in
      let rows = arms.filter { $0.workload == workload }
      let count = rows.first?.loop.map { ", \(grouped(UInt64($0.repetitions))) repetitions in each process" } ?? ""
      return Table.Group(name: workload, detail: count, rows: rows.compactMap { arm in arm.loop.map { row(arm.runtime, $0) } })
    }
    return Table(
      title: "Closed loop in one process",
      note:
        "as the program times its own repetitions; the warm-up is cut off where what is left varies least (MSER), and a process whose rest "
        + "still moves has no steady state; medians over processes",
      columns: [
        .init(heading: "runtime"), .init(heading: "first", alignment: .trailing, dropOrder: 3),
        .init(heading: "warm after", alignment: .trailing, dropOrder: 4), .init(heading: "which take", alignment: .trailing, dropOrder: 2),
        .init(heading: "steady", alignment: .trailing), .init(heading: "95 %", dropOrder: 1),
        .init(heading: "each second", alignment: .trailing, dropOrder: 0), .init(heading: "processes", dropOrder: 5, isProse: true),
      ], groups: groups)
  }

  private static func row(_ runtime: String, _ loop: LoopSummary) -> [Table.Cell] {
    let quantity = Quantity.metric(.steadyTime)
    let steady = loop.steady.map { EstimateText($0, of: quantity) }
    let rate = loop.steady.map { $0.value > 0 ? 1e9 / $0.value : 0 }
    return [
      .init(runtime), .init(quantity.text(loop.first), .quiet), .init(loop.warmUp.map { grouped(UInt64($0)) } ?? "–"),
      .init(loop.warmUpTime.map(quantity.text) ?? "–"), .init(steady?.value ?? "–"), .init(steady?.interval ?? "", .quiet),
      .init(rate.map { grouped(UInt64($0.rounded())) } ?? "–"),
      .init(loop.statesText, loop.states.contains { $0.state == .none || $0.state == .slowdown } ? .bad : .plain),
    ]
  }
}
