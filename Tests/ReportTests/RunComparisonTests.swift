import Foundation
import Observations
import Statistics
import Testing

@testable import Report

@Suite struct RunComparisonTests {
  @Test func `inside a run every arm is paired with the baseline of its path, as a report pairs it`() throws {
    let results = SimulatedResults().results()
    let comparison = RunComparison(within: results.measured())
    let summary = Summary(results)
    #expect(!comparison.rows.isEmpty)
    for row in comparison.rows {
      let reported = try #require(
        summary.withinPath.first { $0.runtime == row.candidate.runtime && $0.quantity == row.quantity && $0.workload == row.workload })
      #expect(reported.baseline == row.baseline.runtime)
      #expect(reported.pairs == row.count)
      #expect(reported.ratio == row.ratio)
      #expect(row.isPaired)
    }
    #expect(comparison.rows.count == summary.withinPath.count)
  }

  @Test func `with a baseline by name arms of every path are compared with it`() {
    let comparison = RunComparison(within: SimulatedResults(metrics: [.wallTime]).results().measured(), baseline: "runc")
    #expect(comparison.rows.map(\.baseline.runtime) == Array(repeating: "runc", count: 6))
  }

  @Test func `two runs are compared by Mann and Whitney's test`() throws {
    let a = [12.41, 12.38, 12.55, 12.47, 12.40, 12.62, 12.44, 12.51, 12.39, 12.46, 13.90, 12.43]
    let b = [12.96, 12.88, 13.05, 12.91, 12.99, 13.12, 12.94, 13.01, 12.90, 12.97, 13.04, 14.75]
    var before = SimulatedRun(id: "before"), after = SimulatedRun(id: "after")
    before.add(a)
    after.add(b)
    let row = try #require(RunComparison(baseline: before.measured(), candidate: after.measured()).rows.first)
    #expect(!row.isPaired)
    let ratio = try #require(row.ratio)
    #expect(abs(ratio.value - 1.0419862804234767) < 1e-7)
    #expect(abs(try #require(ratio.interval95).lower - 1.0353697749196142) < 1e-7)
    #expect(abs(try #require(row.probability) - 0.00014422244870488242) < 1e-12)
    #expect(row.verdict == .more)
  }

  @Test func `sizes, memory and phases stand on both sides`() throws {
    var before = SimulatedResults(arms: [SimulatedResults.startup[1]], metrics: [.wallTime]).results()
    before.runtimes[0].command = ["/bin/wvm"]
    before.workloads[0].module = "/hello.wasm"
    before.environment?.sizes = ["/bin/wvm": 2_000_000, "/hello.wasm": 300]
    var after = before
    after.run.id = "later"
    after.environment?.sizes = ["/bin/wvm": 2_500_000, "/hello.wasm": 300]
    let comparison = RunComparison(baseline: before.measured(), candidate: after.measured())
    let row = try #require(comparison.rows.first)
    #expect(row.baseline.runtimeSize == 2_000_000 && row.candidate.runtimeSize == 2_500_000)
    #expect(row.candidate.programSize == 300)
    #expect(row.candidate.phases.map(\.name) == SimulatedResults.startup[1].phases + ["outside the runtime"])
    #expect(row.candidate.memory ?? 0 > 2e6)
    let text = CompareReport.terminal(comparison, color: false, width: 120)
    for words in ["Memory and size", "Phases inside the runtime", "decode and validate", "1.91 MiB", "2.38 MiB"] {
      #expect(text.contains(words))
    }
  }

  @Test func `runs of different machines show who answered right and nothing else`() {
    var before = SimulatedRun(id: "before"), after = SimulatedRun(id: "after")
    before.add([10, 11])
    after.add([10])
    after.add([10], outcome: .wrongOutput)
    after.host?.cpuCount = 64
    let text = CompareReport.terminal(RunComparison(baseline: before.measured(), candidate: after.measured()), color: false, width: 100)
    #expect(text.contains("number of CPUs: 2 → 64"))
    #expect(text.contains("hello     interpreter       2/2        1/2"))
    #expect(!text.contains("ms"))
  }

  @Test func `changed programs and tool versions are told`() {
    var before = SimulatedResults(blocks: 8).results()
    before.workloads[0].module = "/hello.wasm"
    before.environment?.hashes = ["/hello.wasm": "aa"]
    var after = before
    after.run.id = "later"
    after.environment?.hashes = ["/hello.wasm": "bb"]
    after.environment?.tools["runc"] = "runc version 1.2"
    let notes = RunComparison(baseline: before.measured(), candidate: after.measured()).notes
    #expect(notes.contains("Other versions: runc: runc version 1.1.5 → runc version 1.2."))
    #expect(notes.contains("Not the same program or input on both sides: hello."))
  }

  @Test func `what is noisy is neither slower nor faster in the headline`() {
    var before = SimulatedRun(id: "before"), after = SimulatedRun(id: "after")
    before.add(scattered(30, about: 10, seed: 1))
    after.add(scattered(24, about: 12, seed: 2))
    after.add(scattered(6, about: 12, seed: 3), evidence: NoiseEvidence(stealTicks: 5))
    let comparison = RunComparison(baseline: before.measured(), candidate: after.measured())
    #expect(comparison.rows.map(\.verdict) == [.more] && comparison.rows[0].isNoisy)
    #expect(ComparisonTexts.headline(comparison) == "1 comparison: 1 on a noisy host.")
  }

  @Test func `failed trials are shown with what they said`() {
    var simulated = SimulatedResults(blocks: 12)
    simulated.arms[1].failsEvery = 4
    let comparison = RunComparison(within: simulated.results().measured())
    let text = CompareReport.terminal(comparison, color: false, width: 160)
    #expect(text.contains("hello in interpreter: of 12 trials 3 timed out; the first said: killed at the limit of 60 s"))
    #expect(CompareReport.markdown(comparison).contains("9/12"))
  }

  @Test func `JSON says all of it`() throws {
    struct Document: Decodable {
      var version: Int
      var comparison: RunComparison
    }
    let comparison = RunComparison(within: SimulatedResults(workloads: ["noop", "work"], subtract: "noop").results().measured())
    #expect(try JSONDecoder().decode(Document.self, from: Data(CompareReport.json(comparison).utf8)).comparison == comparison)
    #expect(comparison.rows.contains { $0.quantity == .executionOnly && $0.workload == "work" })
    #expect(!comparison.rows.contains { $0.quantity == .executionOnly && $0.workload == "noop" })
  }
}

extension RunResults {
  func measured() -> MeasuredRun {
    var builder = MeasuredRunBuilder(
      run: run, environment: environment, workloads: workloads, runtimes: runtimes, unavailable: unavailable)
    for trial in observations { builder.add(trial) }
    return builder.finish()
  }
}
