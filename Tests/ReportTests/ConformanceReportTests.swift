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

  @Test func `the verdict names who did all that was asked, and who did not`() {
    #expect(
      ConformanceReport(Self.mixed).verdict == "ours failed 2 of 5 (1 as is known) and passed 1 that the expectations file says fail.")
    let right = ConformanceReport(Self.results(["i32": [Self.assertion(1, .pass), Self.assertion(2, .skip, "quoted text")]]))
    #expect(right.verdict == "ours passed every assertion that was tried.")
    #expect(ConformanceReport(Self.results([:])).verdict == "Nothing was tested, so nothing passed.")
  }

  @Test func `what was skipped is in a number of its own, and never among what passed`() {
    let matrix = ConformanceReport(Self.mixed).matrix
    #expect(matrix.proposals == ["core"] && matrix.runtimes == ["ours"])
    var expected = ConformanceMatrix.Cell()
    (expected.passed, expected.failed, expected.known, expected.unexpected, expected.skipped) = (2, 1, 1, 1, 2)
    #expect(matrix.cell("core", "ours") == expected && expected.tried == 5)
    #expect(matrix.table.groups[0].rows[0].map(\.text) == ["core", "3 of 5, 1 known to fail, 1 unexpected, 2 skipped"])
    #expect(matrix.table.groups[0].rows[0][1].tone == .bad)
    let untried = ConformanceReport(Self.results(["i32": [Self.assertion(1, .skip, "no")]])).matrix
    #expect(untried.table.groups[0].rows[0].map(\.text) == ["core", "3 skipped"])
    #expect(untried.table.groups[0].rows[0][1].tone == .quiet)
  }

  @Test func `the page tells what failed first, and of no times`() throws {
    let page = ConformancePage.text(Self.mixed)
    let order = ["failed", "matrix", "skipped", "known", "assertions", "environment", "reproduce"].map {
      page.firstRange(of: "<section id=\"\($0)\"")?.lowerBound
    }
    #expect(order.allSatisfy { $0 != nil } && order.compactMap(\.self) == order.compactMap(\.self).sorted())
    #expect(page.contains("<p class=\"answer\">ours failed 2 of 5"))
    #expect(page.contains("got &lt;7&gt;") && !page.contains("id=\"within\"") && !page.contains("<7>"))
    #expect(page.contains("harness run scenarios/spec.yaml"))
    let comment = MarkdownReport.text(for: Self.mixed)
    #expect(comment.contains("2 failed") && comment.contains("needs &lt;a server&gt;") && !comment.contains("Wall time"))
    #expect(comment.contains("3 of 5, 1 known to fail"))
  }

  @Test func `thousands of failures make a page that opens`() {
    let many = (1...5000).map { Self.assertion($0, .fail, "got something else") }
    let page = ConformancePage.text(Self.results(["i32": many]))
    #expect(page.utf8.count < 1_000_000)
    #expect(page.contains("4700 more are not shown"))
  }

  @Test func `the page of a conformance run is the conformance page`() throws {
    let folder = try TemporaryFolder()
    _ = try HTMLReport.write(Self.mixed, to: folder.path)
    #expect(try folder.text("index.html") == ConformancePage.text(Self.mixed))
    #expect(try folder.files() == ["index.html"], "nothing of a test is drawn")
  }

  @Test func `the CSV file has a row for every assertion, and for every test that was not run`() throws {
    var odd = Self.mixed
    odd.workloads[0].test?.suite = FormTests.odd
    for results in [Self.mixed, odd] {
      let file = try CSVFile(CSVReport.text(for: results))
      #expect(file.columns == ["suite", "proposal", "test", "runtime", "version", "line", "kind", "outcome", "detail"])
      #expect(file.rows.count == 7)
      #expect(Set(file.rows.map { $0["outcome"] }) == ["pass", "fail", "skip", "xfail", "xpass"])
      #expect(file.rows.contains { $0["test"] == "left-out" && $0["outcome"] == "skip" && $0["detail"] == "needs <a server>" })
      let junit = try JUnitFile(JUnitReport.text(for: results))
      #expect(!junit.cases.isEmpty)
    }
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
      #expect(report.junit().contains("failures=\"\(report.failures.count + 1)\""))
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
