import Observations
import Testing

@testable import Report

/// What is counted is judged exactly: without a test, without an interval, with a threshold of zero unless somebody says otherwise.
@Suite struct CountGateTests {
  private func gate(_ before: Count, _ after: Count, thresholds: [Metric: Double]? = nil) -> GateReport {
    var run = SimulatedRun(metrics: [.wallTime, before.metric], thresholds: thresholds, runtimes: ["base", "head"])
    run.add(scattered(30, about: 10, seed: 1), "base")
    run.add(scattered(30, about: 10, seed: 1), "head")
    run.counts = ["base": [before], "head": [after]]
    return GateReport(within: run.measured(), baseline: "base")
  }

  private func gate(_ before: [UInt64], _ after: [UInt64], threshold: Double? = nil) -> GateReport {
    gate(
      Count(metric: .systemCalls, values: before), Count(metric: .systemCalls, values: after),
      thresholds: threshold.map { [.systemCalls: $0] })
  }

  @Test func `one more of anything is a regression`() throws {
    let report = gate([100, 100, 100], [101, 101, 101])
    #expect(report.rows.map(\.verdict) == [.pass, .regression])
    #expect(report.exitCode == 1)
    let row = try #require(report.rows.last).comparison
    #expect(row.ratio?.value == 1.01)
    #expect(row.probability == nil && row.adjustedProbability == nil && row.ratio?.interval95 == nil)
    #expect(
      GateTexts.regressions(report) == ["hello in head against base: system calls: baseline 100, candidate 101, 1.01 times (threshold 0 %)"]
    )
  }

  @Test func `the same number passes and fewer are an improvement`() {
    #expect(gate([100, 100], [100, 100]).rows.map(\.verdict) == [.pass, .pass])
    #expect(gate([100, 100], [99, 99]).rows.map(\.verdict) == [.pass, .improvement])
    #expect(gate([0, 0], [0, 0]).exitCode == 0)
  }

  @Test func `something where there was nothing is a regression without a ratio`() {
    let report = gate([0, 0], [3, 3])
    #expect(report.rows.map(\.verdict) == [.pass, .regression])
    #expect(report.rows[1].comparison.ratio == nil)
  }

  @Test func `growth up to a scenario's threshold is tolerated`() {
    #expect(gate([100, 100], [105, 105], threshold: 0.05).exitCode == 0)
    #expect(gate([100, 100], [106, 106], threshold: 0.05).exitCode == 1)
    #expect(gate([100, 100], [96, 96], threshold: 0.05).rows[1].verdict == .pass)
    #expect(gate([100, 100], [95, 95], threshold: 0.05).rows[1].verdict == .improvement)
  }

  @Test func `repetitions that vary decide only where they do not overlap`() {
    #expect(gate([100, 104, 101], [103, 100, 102]).rows[1].verdict == .pass)
    #expect(gate([100, 104], [105, 109]).rows[1].verdict == .regression)
    #expect(gate([100, 104], [90, 99]).rows[1].verdict == .improvement)
    let report = gate([100, 104], [102, 107])
    #expect(report.rows[1].verdict == .inconclusive)
    #expect(report.rows[1].reason == "the repetitions vary: 100 to 104, candidate 102 to 107")
    #expect(report.exitCode == 3)
  }

  @Test func `what neither side can count is a note and no verdict`() {
    let none = Count(metric: .instructions, unavailable: "no hardware counters")
    let report = gate(none, none)
    #expect(report.rows.map(\.comparison.quantity) == [.metric(.wallTime)])
    #expect(report.notes.contains("Not counted: processor instructions in user mode in base and head: no hardware counters."))
    #expect(report.exitCode == 0)
  }

  @Test func `what only the baseline could count is undecided`() {
    let report = gate(
      Count(metric: .guestInstructions, values: [7, 7]), Count(metric: .guestInstructions, unavailable: "the counted trial failed"))
    #expect(report.rows.map(\.verdict) == [.pass, .inconclusive])
    #expect(report.rows[1].reason == "the counted trial failed")
    #expect(report.exitCode == 3)
  }

  @Test func `disturbed trials say nothing about counts`() {
    var run = SimulatedRun(metrics: [.systemCalls], runtimes: ["base", "head"])
    for name in ["base", "head"] { run.add(scattered(10, about: 10, seed: 1), name, evidence: NoiseEvidence(stealTicks: 5)) }
    run.counts = ["base", "head"].reduce(into: [:]) { $0[$1] = [Count(metric: .systemCalls, values: [5, 5])] }
    let report = GateReport(within: run.measured(), baseline: "base")
    #expect(report.rows.map(\.verdict) == [.pass], "no time was asked for")
    run.metrics = [.wallTime, .systemCalls]
    #expect(GateReport(within: run.measured(), baseline: "base").rows.map(\.verdict) == [.inconclusive, .pass])
  }

  @Test func `a bare threshold is of times and memory and not of counts`() {
    var rules = GateRules()
    rules.thresholds[nil] = 0.05
    var run = SimulatedRun(metrics: [.systemCalls], runtimes: ["base", "head"])
    for name in ["base", "head"] { run.add(scattered(10, about: 10, seed: 1), name) }
    run.counts = ["base": [Count(metric: .systemCalls, values: [100])], "head": [Count(metric: .systemCalls, values: [101])]]
    #expect(GateReport(within: run.measured(), baseline: "base", rules).exitCode == 1)
    rules.thresholds[.metric(.systemCalls)] = 0.05
    #expect(GateReport(within: run.measured(), baseline: "base", rules).exitCode == 0)
  }

  @Test func `compare tells counts apart without p and names them in every form`() throws {
    var run = SimulatedRun(metrics: [.wallTime, .codeBytes], runtimes: ["base", "head"])
    for name in ["base", "head"] { run.add(scattered(20, about: 10, seed: 4), name) }
    run.counts = [
      "base": [Count(metric: .codeBytes, values: [12_345, 12_345])], "head": [Count(metric: .codeBytes, values: [12_346, 12_346])],
    ]
    let comparison = RunComparison(within: run.measured(), baseline: "base")
    #expect(comparison.rows.map(\.verdict) == [.noDifferenceFound, .more])
    let terminal = CompareReport.terminal(comparison, color: false, width: 160), markdown = CompareReport.markdown(comparison)
    for text in [terminal, markdown] {
      #expect(text.contains("12,345") && text.contains("12,346") && text.contains("the same 2 times"))
      #expect(text.contains("compared exactly"))
    }
    #expect(CompareReport.json(comparison).contains("\"candidate\" : [\n") || CompareReport.json(comparison).contains("12346"))
  }
}
