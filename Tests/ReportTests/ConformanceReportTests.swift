import Foundation
import Observations
import Testing

@testable import Report

/// What a conformance run says, and what a gate makes of two of them.
@Suite struct ConformanceReportTests {
  private static func assertion(_ line: Int, _ outcome: TestOutcome, _ detail: String? = nil) -> TestedAssertion {
    TestedAssertion(line: line, kind: line == 0 ? "test" : "assert_return", outcome: outcome, detail: detail)
  }

  private static func results(_ assertions: [String: [TestedAssertion]], id: String = "spec-1") -> RunResults {
    let names = ["i32", "elem", "left-out"]
    let runtimes = ["ours"].map { RuntimeDescription(name: $0, summary: $0, path: .process, program: .module) }
    let workloads = names.map { name in
      var workload = Workload(name: "core/\(name)", arms: name == "left-out" ? [] : ["ours"])
      workload.test = ConformanceTest(suite: "core", name: name, skips: name == "left-out" ? ["ours": "needs <a server>"] : [:])
      return workload
    }
    let run = RunDescription(
      id: id, scenario: "spec", title: "Spec", startedAt: "2026-01-02T03:04:05Z", finishedAt: "2026-01-02T03:04:06Z", seed: 1, cache: .warm,
      blocks: 1, baseline: "ours", metrics: [.wallTime], commit: "", command: "harness run scenarios/spec.yaml")
    let tested = assertions.keys.sorted()
    let trials = tested.map { name in
      Observation(
        run: id, workload: "core/\(name)", block: 0, trial: 0, attempt: 0, runtime: "ours",
        outcome: assertions[name]!.contains(where: \.outcome.isFailure) ? .failedTest : .passed,
        times: TrialTimes(spawned: 1_000_000_000, exited: 1_500_000_000, reaped: 1_500_000_001), resources: TrialResources())
    }
    var machine = SimulatedResults(blocks: 0).results().environment
    machine?.tools = ["ours": "ours 1.2.3 (abc)"]
    var results = RunResults(
      run: run, environment: machine, workloads: workloads, runtimes: runtimes, unavailable: [], observations: trials)
    results.assertions = tested.map {
      TestedAssertions(run: id, attempt: 0, workload: "core/\($0)", runtime: "ours", assertions: assertions[$0]!)
    }
    return results
  }

  private static func measured(_ results: RunResults) -> MeasuredRun {
    var builder = MeasuredRunBuilder(
      run: results.run, environment: results.environment, workloads: results.workloads, runtimes: results.runtimes, unavailable: [],
      assertions: results.assertions)
    for trial in results.observations { builder.add(trial) }
    return builder.finish()
  }

  private static let mixed = results([
    "i32": [assertion(1, .pass), assertion(2, .pass), assertion(3, .fail, "got <7>"), assertion(4, .skip, "quoted text")],
    "elem": [assertion(1, .xfail, "no"), assertion(9, .xpass, "is marked as a known failure")],
  ])

  @Test func `every assertion is in one column`() {
    let report = ConformanceReport(Self.mixed)
    #expect(TestOutcome.allCases.map(report.count) == [2, 1, 2, 1, 1])
    #expect(report.headline == "2 passed, 2 failed, 1 failed as is known, 2 skipped.")
    #expect(report.table.groups[0].rows[0].map(\.text) == ["core", "3", "2", "1", "2", "1", "1"])
    #expect(
      report.failureLines == [
        "core/i32 in ours: line 3, assert_return: got <7>",
        "core/elem in ours: line 9, assert_return: passed, but is marked as a known failure",
      ])
    #expect(report.skipLines == ["1 in ours: quoted text", "1 in ours: needs <a server>"])
    let text = TerminalReport.text(for: Self.mixed, color: false, width: 100)
    #expect(text.contains("unexpected") && text.contains("core/i32 in ours: line 3"), "\(text)")
  }

  @Test func `the JSON is that of the suite's own runner`() throws {
    let text = ConformanceReport(Self.mixed).testsuiteJSON(of: Self.mixed.run)
    let document = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(Set(document.keys) == ["execution", "results"])
    let suite = try #require((document["results"] as? [[String: Any]])?.first)
    #expect(Set(suite.keys) == ["name", "runtime", "duration_s", "passed", "failed", "skipped", "xfailed", "xpassed", "tests"])
    #expect(["passed", "failed", "skipped", "xfailed", "xpassed"].map { suite[$0] as? Int } == [0, 2, 1, 0, 1])
    #expect(suite["runtime"] as? [String: String] == ["name": "ours", "version": "1.2.3"])
    let tests = try #require(suite["tests"] as? [[String: Any]])
    #expect(tests.map { $0["outcome"] as? String } == ["fail", "xpass", "skip"])
    #expect(tests.map { $0["executed"] as? Bool } == [true, true, false])
    #expect(tests.map { $0["failures"] as? [String] } == [["line 3, assert_return: got <7>"], ["line 1, assert_return: no"], []])
    #expect(tests[0]["duration_s"] as? Double == 0.5)
  }

  @Test func `JUnit counts failures and skips and escapes words`() throws {
    let text = ConformanceReport(Self.mixed).junit()
    #expect(text.contains("<testsuite name=\"core in ours\" tests=\"6\" failures=\"2\" errors=\"0\" skipped=\"2\""), "\(text)")
    #expect(text.contains("<skipped message=\"needs &lt;a server&gt;\"/>"))
    #expect(text.contains("name=\"2 assertions that passed\""))
    #expect(text.components(separatedBy: "<testcase ").count - 1 == 6)
  }

  @Test func `a page and a comment tell of assertions and of no times`() {
    let page = HTMLPage(Self.mixed, Summary(Self.mixed), DrawnPlots([], in: "", gnuplot: nil)).text
    #expect(page.contains("id=\"assertions\"") && page.contains("got &lt;7&gt;") && !page.contains("id=\"within\""))
    let comment = MarkdownReport.text(for: Self.mixed)
    #expect(comment.contains("2 failed") && !comment.contains("Wall time"))
  }

  // MARK: Gates

  private func gate(_ before: [TestedAssertion], _ after: [TestedAssertion]) -> GateReport {
    GateReport(
      baseline: Self.measured(Self.results(["i32": before], id: "spec-1")),
      candidate: Self.measured(Self.results(["i32": after], id: "spec-2")))
  }

  @Test func `an assertion that passed and fails is a regression, whatever is known of it`() {
    for outcome in [TestOutcome.fail, .xfail] {
      let report = gate(
        [Self.assertion(1, .pass), Self.assertion(2, .pass)], [Self.assertion(1, .pass), Self.assertion(2, outcome, "got 7")])
      #expect(report.exitCode == 1)
      #expect(report.assertions?.regressions == ["core/i32 in ours: line 2, assert_return: got 7"])
      #expect(report.terminal(color: false, width: 100).contains("line 2, assert_return: got 7"))
      #expect(JUnitReport.text(for: report).contains("failures=\"\(report.failures.count + 1)\""))
    }
  }

  @Test func `what failed before and fails as is known is none`() {
    let report = gate([Self.assertion(1, .pass), Self.assertion(2, .xfail)], [Self.assertion(1, .pass), Self.assertion(2, .xfail)])
    #expect(report.exitCode == 0)
    #expect(report.assertions == AssertionComparison(compared: 1, regressions: [], untried: 0))
    #expect(GateTexts.headline(report) == "PASS: the candidate passes all of 1 assertion that the baseline passed")
  }

  @Test func `what is not tried any more is undecided`() {
    let report = gate([Self.assertion(1, .pass), Self.assertion(2, .pass)], [Self.assertion(1, .pass), Self.assertion(2, .skip)])
    #expect(report.exitCode == 3)
    #expect(report.assertions?.untried == 1)
  }

  @Test func `a script that fails as a whole fails each of its assertions`() {
    let report = gate([Self.assertion(1, .pass), Self.assertion(2, .pass)], [Self.assertion(0, .fail, "crashed")])
    #expect(report.exitCode == 1)
    #expect(report.assertions == AssertionComparison(compared: 2, regressions: ["core/i32 in ours: crashed"], untried: 0))
  }

  @Test func `several assertions on one line are kept apart`() {
    let report = gate(
      [Self.assertion(1, .fail), Self.assertion(1, .pass)], [Self.assertion(1, .fail, "a"), Self.assertion(1, .xfail, "b")])
    #expect(report.assertions?.regressions == ["core/i32 in ours: line 1, assert_return: b"])
  }
}
