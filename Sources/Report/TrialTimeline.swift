import Observations

/// Where the time of one trial went, piece by piece in the order in which it passed.
///
/// A bare process is followed from its spawn to its exit, a task from the request to create it to the answer to its deletion. The pieces add up
/// to the whole: what nobody accounts for is a piece too.
struct TrialTimeline: Equatable {
  struct Piece: Equatable {
    var name: String
    var nanoseconds: Double
  }

  /// From the spawn to the moment in which the process became its program.
  static let making = "making the process"
  /// From the end of the last thread to the moment in which the exit was seen.
  static let leaving = "the process's end"
  /// What is in no phase and in none of the above. Where in between it passed is not known.
  static let rest = "in no phase"

  /// Never empty.
  let pieces: [Piece]
  /// The block of the trial.
  let block: Int
  /// Whether the trial is of a task, which is followed to its deletion.
  let isTask: Bool

  var nanoseconds: Double { pieces.reduce(0) { $0 + $1.nanoseconds } }

  /// - Returns: nil where the trial reports no phase, or its clock readings contradict each other.
  init?(_ trial: Observation, path: RuntimePath) {
    let times = trial.times
    guard !trial.phases.isEmpty, times.exited > times.spawned else { return nil }
    block = trial.block
    isTask = path == .tasks
    let executed = times.executed.flatMap { $0 >= times.spawned && $0 <= times.exited ? $0 : nil }
    let ended = times.ended.flatMap { $0 >= executed ?? times.spawned && $0 <= times.exited ? $0 : nil }
    let making = executed.map { Double($0 - times.spawned) }
    let leaving = ended.map { Double(times.exited - $0) }
    var phases = trial.phases.map { Piece(name: $0.name, nanoseconds: Double($0.nanoseconds)) }
    let whole = Double((isTask ? max(times.reaped, times.exited) : times.exited) - times.spawned)
    let known = (making ?? 0) + (leaving ?? 0) + phases.reduce(0) { $0 + $1.nanoseconds }
    // A runtime may count its first phase from the making of its process; what the kernel has told already is not told twice.
    if known > whole, making != nil { phases[0].nanoseconds -= min(phases[0].nanoseconds, known - whole) }
    // A task is deleted when it has ended, and what lies between is in no phase.
    let last = isTask && phases.last?.name == Phase.delete ? [phases.removeLast()] : []
    let isKernelKnown = making != nil || leaving != nil || isTask
    let rest = whole > known ? [Piece(name: isKernelKnown ? Self.rest : PhaseMedian.remainder, nanoseconds: whole - known)] : []
    pieces =
      (making.map { [Piece(name: Self.making, nanoseconds: $0)] } ?? []) + phases + rest + last
      + (leaving.map { [Piece(name: Self.leaving, nanoseconds: $0)] } ?? [])
  }

  /// The timeline of the trial of median time: one that happened, whose pieces belong together, as medians of each piece would not.
  /// - Parameter trials: those of one arm that count and were not disturbed.
  static func typical(of trials: [Observation], path: RuntimePath) -> TrialTimeline? {
    let timelines = trials.compactMap { TrialTimeline($0, path: path) }.sorted {
      ($0.nanoseconds, $0.block) < ($1.nanoseconds, $1.block)
    }
    return timelines.isEmpty ? nil : timelines[(timelines.count - 1) / 2]
  }
}
