import Foundation
import Observations

@testable import Coordinator

/// Runs made up for tests: of exactly the times a test gives. Nothing here was measured.
enum StoredRun {
  /// Stores a finished run of one workload, in milliseconds a block.
  static func store(
    _ run: String, _ milliseconds: [Double], outcome: Outcome = .passed, branch: String = "main", cpu: String = "cpu",
    in folder: String, finished: Bool = true, detail: String = "it said no"
  ) throws {
    let store = try Store(at: folder + "/harness.sqlite")
    var description = RunDescription(
      id: run, scenario: "s", title: "S", startedAt: "2026-01-02T03:04:05Z", seed: 1, cache: .warm, blocks: milliseconds.count,
      baseline: "native", metrics: [.wallTime], commit: "", command: "harness run scenarios/s.yaml")
    description.branch = branch
    let workload = Workload(name: "hello", expected: Expectation(output: ""), arms: ["native"])
    let plan = Plan(
      run: description, timeLimit: 1, workloads: [workload],
      runtimes: [RuntimeDescription(name: "native", summary: "native", path: .process, program: .native)], unavailable: [],
      blocks: milliseconds.indices.map { BlockRequest(workload: "hello", index: $0) }, notes: [])
    try store.create(plan)
    let machine = MachineEnvironment(
      hostname: "box", cpuModel: cpu, cpuCount: 2, memoryBytes: 1 << 33, kernel: "6.1", distribution: "Debian", virtualization: "none",
      governor: "none", mitigations: [:], cgroup: "v1", tools: [:], hashes: [:])
    try store.record(.started(Started(run: run, attempt: 0, environment: machine)), run: run)
    for (block, value) in milliseconds.enumerated() {
      let trial = Observation(
        run: run, workload: "hello", block: block, trial: 0, attempt: 0, runtime: "native", outcome: outcome,
        detail: outcome == .passed ? "" : detail,
        times: TrialTimes(spawned: 1_000_000_000, exited: UInt64(1_000_000_000 + value * 1e6), reaped: 2_000_000_000),
        resources: TrialResources(peakMemory: 1 << 20, memorySource: .launcher))
      try store.record(.trial(trial), run: run)
      try store.finish(BlockRequest(workload: "hello", index: block), run: run, attempt: 0)
    }
    if finished { try store.finish(run: run, at: Date(timeIntervalSince1970: 0)) }
  }
}
