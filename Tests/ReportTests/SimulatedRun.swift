import Observations
import Statistics

@testable import Report

/// A run of exactly the values a test gives it, or drawn from a random generator. Nothing here was measured.
struct SimulatedRun {
  var id = "simulated"
  var cache = CacheState.warm
  var baseline = "interpreter"
  var metrics: [Metric] = [.wallTime]
  var thresholds: [Metric: Double]?
  var host: MachineEnvironment? = SimulatedResults(blocks: 0).results().environment
  var workloads = ["hello"]
  var runtimes = ["interpreter"]
  var trials: [Observation] = []
  var isFinished = true
  var subtract: String?
  /// What was counted of "hello", by runtime.
  var counts: [String: [Count]] = [:]

  /// Milliseconds of wall time a block, and what became of the trial.
  mutating func add(
    _ milliseconds: [Double], _ runtime: String = "interpreter", workload: String = "hello", outcome: Outcome = .passed,
    bytes: UInt64? = 5 << 20, evidence: NoiseEvidence = NoiseEvidence()
  ) {
    for value in milliseconds {
      let block = trials.count { $0.runtime == runtime && $0.workload == workload }
      let spawned: UInt64 = 1_000_000_000
      trials.append(
        Observation(
          run: id, workload: workload, block: block, trial: 0, attempt: 0, runtime: runtime, outcome: outcome,
          detail: outcome == .passed ? "" : "it said no",
          times: TrialTimes(
            spawned: spawned, exited: UInt64(Double(spawned) + value * 1e6), reaped: spawned + UInt64(max(0, value) * 1e6) + 9),
          resources: TrialResources(userTime: 0, systemTime: 0, peakMemory: bytes, memorySource: .launcher), evidence: evidence))
    }
  }

  func measured() -> MeasuredRun {
    var run = RunDescription(
      id: id, scenario: "simulated", title: "", startedAt: "2026-01-02T03:04:05Z", finishedAt: isFinished ? "2026-01-02T03:05:05Z" : nil,
      seed: 1,
      cache: cache,
      blocks: trials.count, baseline: baseline, metrics: metrics, subtract: subtract, commit: "0123456789abcdef",
      command: "harness run scenarios/startup.yaml")
    run.thresholds = thresholds
    var builder = MeasuredRunBuilder(
      run: run, environment: host, workloads: workloads.map { Workload(name: $0, arms: runtimes) },
      runtimes: runtimes.map { RuntimeDescription(name: $0, summary: $0, path: .process, program: .module) }, unavailable: [],
      counts: counts.isEmpty ? nil : counts.map { Counts(run: id, attempt: 0, workload: "hello", runtime: $0, counts: $1) })
    for trial in trials { builder.add(trial) }
    return builder.finish()
  }
}

/// Milliseconds that scatter about a center: normal enough, and the same for the same seed.
func scattered(_ count: Int, about center: Double, spread: Double = 0.01, seed: UInt64) -> [Double] {
  var random = SplitMix64(seed: seed)
  return (0..<count).map { _ in
    let noise = (0..<12).reduce(-6.0) { sum, _ in sum + Double(random.next() >> 11) * 0x1p-53 }
    return center * (1 + spread * noise)
  }
}
