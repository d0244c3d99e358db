import Observations
import Testing

@testable import Harness

@Suite struct DifferenceCheckTests {
  /// Ten blocks in which the churner's peak memory is `extra` bytes above its idle self's.
  private func results(extra: UInt64, outcome: Outcome = .passed) -> RunResults {
    let workloads = ["idle", "busy"].map { Workload(name: $0, arms: ["native"]) }
    let run = RunDescription(
      id: "r", scenario: "s", title: "", startedAt: "", seed: 1, cache: .warm, blocks: 10, baseline: "native", metrics: [.peakMemory],
      commit: "", command: "",
      differences: [
        ExpectedDifference(metric: .peakMemory, workload: "busy", above: "idle", expected: 64 * 1_048_576, tolerance: 2 * 1_048_576)
      ])
    let trials = (0..<10).flatMap { block in
      workloads.map { workload in
        Observation(
          run: "r", workload: workload.name, block: block, trial: 0, attempt: 0, runtime: "native", outcome: outcome,
          times: TrialTimes(spawned: 0, exited: 1, reaped: 1),
          resources: TrialResources(peakMemory: 1000 + UInt64(block) + (workload.name == "busy" ? extra : 0), memorySource: .launcher))
      }
    }
    let runtime = RuntimeDescription(name: "native", summary: "", path: .process, program: .native)
    return RunResults(run: run, environment: nil, workloads: workloads, runtimes: [runtime], unavailable: [], observations: trials)
  }

  @Test func an_amount_within_tolerance_holds() {
    let checks = DifferenceCheck.all(in: results(extra: 65 * 1_048_576))
    #expect(checks.map(\.holds) == [true])
    #expect(checks[0].observed == 65.0 * 1_048_576)
    #expect(checks[0].text.hasPrefix("ok: peak-memory of busy above idle in native: 65.0 MiB"))
  }

  @Test func an_amount_beyond_tolerance_does_not() {
    #expect(DifferenceCheck.all(in: results(extra: 67 * 1_048_576)).map(\.holds) == [false])
    #expect(DifferenceCheck.all(in: results(extra: 61 * 1_048_576)).map(\.holds) == [false])
  }

  @Test func failed_trials_are_no_evidence() {
    let checks = DifferenceCheck.all(in: results(extra: 64 * 1_048_576, outcome: .wrongOutput))
    #expect(checks.map(\.holds) == [false])
    #expect(checks[0].text.contains("not observed"))
  }
}
