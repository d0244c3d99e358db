import Observations

/// The trials that count: of every block those of its highest attempt, each arm once.
///
/// A block that was cut off is run again as a whole, so that a pair always stems from the same minutes.
struct CountedTrials {
  struct Arm: Hashable {
    var workload: String
    var runtime: String
  }

  /// In the order of the blocks, for each arm: put in order once, because every figure of an arm asks for them.
  private let trials: [Arm: [Observation]]
  /// Trials of attempts that were run again, or repeated lines.
  private(set) var superseded: [Observation] = []

  init(_ observations: [Observation]) {
    var highest: [BlockRequest: Int] = [:]
    for trial in observations {
      let block = BlockRequest(workload: trial.workload, index: trial.block)
      highest[block] = max(highest[block] ?? trial.attempt, trial.attempt)
    }
    var places: [Arm: [Int: Int]] = [:]
    for (place, trial) in observations.enumerated() {
      let arm = Arm(workload: trial.workload, runtime: trial.runtime)
      let block = BlockRequest(workload: trial.workload, index: trial.block)
      if trial.attempt == highest[block], places[arm]?[trial.block] == nil {
        places[arm, default: [:]][trial.block] = place
      } else {
        superseded.append(trial)
      }
    }
    trials = places.mapValues { byBlock in byBlock.sorted { $0.key < $1.key }.map { observations[$0.value] } }
  }

  var all: [Observation] { trials.values.flatMap(\.self) }

  /// Every counted trial of an arm, in the order of the blocks.
  func trials(of workload: String, in runtime: String) -> [Observation] {
    trials[Arm(workload: workload, runtime: runtime)] ?? []
  }

  /// Blocks of a workload of which at least one trial counts.
  func blocks(of workload: String) -> Int {
    var blocks: Set<Int> = []
    for (arm, ofArm) in trials where arm.workload == workload { blocks.formUnion(ofArm.map(\.block)) }
    return blocks.count
  }
}

extension Observation {
  /// The trial's value of a metric; nil where it did not pass, was not observed, or the clock readings contradict each other.
  func measured(_ metric: Metric) -> Double? {
    guard outcome == .passed, times.exited >= times.spawned else { return nil }
    if metric == .firstByte, let first = times.firstByte, first < times.spawned { return nil }
    return value(of: metric)
  }

  /// From spawn to exit in nanoseconds, of any outcome; nil where the clock readings contradict each other.
  var duration: UInt64? { times.exited >= times.spawned ? times.exited - times.spawned : nil }
}
