import Observations
import Testing

@testable import Coordinator
@testable import Harness

@Suite struct ProgressTests {
  private let plan = Plan(
    run: RunDescription(
      id: "r", scenario: "s", title: "S", startedAt: "", seed: 1, cache: .warm, blocks: 10, baseline: "fast", metrics: [.wallTime],
      commit: "",
      command: ""),
    timeLimit: 1, workloads: [Workload(name: "w", arms: ["fast", "slow"])], runtimes: [], unavailable: [],
    blocks: (0..<10).map { BlockRequest(workload: "w", index: $0) }, notes: [])

  private func trial(_ runtime: String, seconds: Double) -> Observation {
    Observation(
      run: "r", workload: "w", block: 0, trial: 0, attempt: 0, runtime: runtime, outcome: .passed,
      times: TrialTimes(spawned: 0, exited: UInt64(seconds * 1e9), reaped: UInt64(seconds * 1e9)), resources: TrialResources())
  }

  @Test func time_left_knows_what_each_runtime_costs() throws {
    var left = RemainingTime(plan: plan, blocks: plan.blocks)
    #expect(left.seconds(at: 0) == nil)
    #expect(left.total == 20)
    left.begin(at: 0)
    left.count(trial("fast", seconds: 1), at: 30)
    left.count(trial("slow", seconds: 9), at: 39)
    #expect(left.done == 2)
    #expect(left.seconds(at: 39) == 90.0, "the warming up before the first trial is no part of a trial")
    #expect(left.seconds(at: 44) == 85.0)
    left.drop(runtime: "slow")
    #expect(left.seconds(at: 39) == 9.0)
    #expect(left.total == 11)
  }

  @Test func the_line_says_what_is_being_prepared_and_then_what_is_measured() {
    var display = ProgressDisplay(plan: plan, isLive: false)
    display.take(.event(.preparing(Preparing(stage: .setUp, workload: "w", runtime: "slow", done: 0, total: 2))))
    #expect(display.text(at: 0) == "0/0 trials · time left not known yet · setting up 1/2: w in slow")
    display.take(.event(.preparing(Preparing(stage: .warmUp, workload: "w", runtime: "fast", done: 1, total: 2))))
    #expect(display.text(at: 0).hasSuffix("warming up (not counted) 2/2: w in fast"))
    display.take(.event(.trial(trial("fast", seconds: 1))))
    #expect(display.text(at: 0).hasSuffix("w in fast"))
    #expect(!display.text(at: 0).contains("warming"))
  }

  @Test func failures_of_one_workload_in_one_runtime_are_told_once_and_counted() {
    var display = ProgressDisplay(plan: plan, isLive: false)
    #expect(display.closing == nil)
    for runtime in ["fast", "slow", "fast", "fast"] {
      var failed = trial(runtime, seconds: 1)
      failed.outcome = .crashed
      display.take(.event(.trial(failed)))
    }
    #expect(display.text(at: 0).hasSuffix("4 failed"))
    #expect(display.closing == "failed: 4 trials in all, in 2 pair(s) of workload and runtime")
  }

  @Test(arguments: [
    (0.4, "0 s"), (59.6, "1 min 00 s"), (80, "1 min 20 s"), (7500, "2 h 05 min"), (-3, "0 s"), (.infinity, "277777 h 46 min"),
  ])
  func durations_read_well(seconds: Double, text: String) {
    #expect(durationText(seconds) == text)
  }

  @Test func columns_line_up() {
    #expect(columns([["A", "BB"], ["ccc", "d"]]) == "A    BB\nccc  d")
    #expect(columns([]) == "")
  }
}
