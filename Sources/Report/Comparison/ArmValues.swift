import Observations
import Statistics

/// The figures of a run, arm by arm.
struct ArmValues {
  let measured: MeasuredRun
  private let arms: [String: [String: Int]]

  init(_ measured: MeasuredRun) {
    self.measured = measured
    var arms: [String: [String: Int]] = [:]
    for (place, arm) in measured.arms.enumerated() { arms[arm.workload, default: [:]][arm.runtime] = place }
    self.arms = arms
  }

  func arm(_ workload: String, _ runtime: String) -> MeasuredArm? { arms[workload]?[runtime].map { measured.arms[$0] } }

  /// The values of a quantity by block; wall time less that of the workload that does nothing, of the block of the same number, where it is
  /// execution alone: how uncertain a start is belongs to how uncertain the difference is.
  func values(of quantity: Quantity, _ workload: String, _ runtime: String) -> (blocks: [Int32], values: [Double]) {
    guard let arm = arm(workload, runtime) else { return ([], []) }
    switch quantity {
    case .metric(let metric): return arm.values(of: metric)
    case .executionOnly:
      guard let subtract = measured.run.subtract, subtract != workload, let idle = self.arm(subtract, runtime) else { return ([], []) }
      let (starts, walls) = (idle.values(of: .wallTime), arm.values(of: .wallTime))
      let startUps = Dictionary(zip(starts.blocks, starts.values)) { first, _ in first }
      let pairs = zip(walls.blocks, walls.values).compactMap { block, wall in startUps[block].map { (block, wall - $0) } }
      return (pairs.map(\.0), pairs.map(\.1))
    }
  }

  func figures(_ workload: String, _ runtime: String, _ values: [Double]) -> ArmFigures {
    let arm = arm(workload, runtime) ?? MeasuredArm(workload: workload, runtime: runtime)
    let description = measured.runtimes.first { $0.name == runtime }
    let program = measured.workloads.first { $0.name == workload }.flatMap { description?.program == .native ? $0.native : $0.module }
    let sizes = measured.environment?.sizes ?? [:]
    return ArmFigures(
      runtime: runtime, trials: arm.trials, passed: arm.passed, failures: arm.failures,
      invalidated: Dictionary(uniqueKeysWithValues: arm.invalidated.map { ($0.key.rawValue, $0.value) }), isNoisy: arm.isNoisy,
      median: Sample(values)?.medianEstimate, memory: Sample(arm.values(of: .peakMemory).values)?.median,
      programSize: program.flatMap { sizes[$0] }, runtimeSize: description?.command.first.flatMap { sizes[$0] },
      phases: PhaseMedian.medians(of: arm))
  }

  func path(of runtime: String) -> RuntimePath { measured.runtimes.first { $0.name == runtime }?.path ?? .process }

  /// Whom a runtime is compared with inside the run: on its path the run's baseline, else the first that executes native code, else the
  /// first; among those that passed at least once.
  func baseline(of workload: String, on path: RuntimePath) -> String? {
    let names = measured.runtimes.filter { $0.path == path && (arm(workload, $0.name)?.passed ?? 0) > 0 }
    if names.contains(where: { $0.name == measured.run.baseline }) { return measured.run.baseline }
    return (names.first { $0.program == .native } ?? names.first)?.name
  }
}

extension PhaseMedian {
  /// Phases in the order they happen, then what none accounts for.
  static func medians(of arm: MeasuredArm) -> [PhaseMedian] {
    let named = arm.phases.compactMap { phase in Sample(phase.values).map { PhaseMedian(name: phase.name, nanoseconds: $0.median) } }
    guard let rest = Sample(arm.timeOutsidePhases), rest.median > 0 else { return named }
    return named + [PhaseMedian(name: remainder, nanoseconds: rest.median)]
  }
}
