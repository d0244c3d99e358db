import Foundation
import Observations
import Testing

@testable import Report

/// Every page as CSV and JUnit, read back by programs that know the formats, whatever the names say.
@Suite struct FormTests {
  /// Each sign that a format obeys, a line feed, and a mark that joins what stands before it.
  static let odd = "a<b> & \"q\", 'p'\n]]>\u{301}=1"

  // MARK: Compare

  private func comparison(host: String? = nil) -> RunComparison {
    let names = ["worse", "little", "better", "same", "failing", Self.odd]
    var before = SimulatedRun(id: "before", metrics: [.wallTime], workloads: names)
    var after = SimulatedRun(id: "after", metrics: [.wallTime], workloads: names)
    for (index, (name, level)) in zip(names, [12.0, 10.2, 8, 10, 10, 13]).enumerated() {
      before.add(scattered(40, about: 10, spread: 0.003, seed: UInt64(index)), workload: name)
      after.add(
        scattered(40, about: level, spread: 0.003, seed: UInt64(index + 100)), workload: name,
        outcome: name == "failing" ? .crashed : .passed)
    }
    if let host { after.host?.hostname = host }
    return RunComparison(baseline: before.measured(), candidate: after.measured())
  }

  @Test func `a comparison fails where it is clearly worse by the threshold, and nowhere else`() throws {
    let comparison = comparison()
    let file = try JUnitFile(CompareReport.junit(comparison))
    #expect(file.cases.count == comparison.rows.count)
    #expect(file.cases.filter { $0.result == "failure" }.map(\.className) == ["worse.interpreter", "\(printable(Self.odd)).interpreter"])
    #expect(comparison.rows[1].verdict == .more, "a difference that is found and tolerated")
    #expect(file.cases[1].result.isEmpty && file.cases[1].output.contains("threshold 3 %"))
    let failure = try file.first("failure")
    #expect(failure.message.hasPrefix("worse in interpreter: wall time, spawn to exit: 1.2") && failure.message.contains("slower"))
    let skipped = try file.first("skipped")
    #expect(skipped.className == "failing.interpreter" && skipped.message == "no trial of the candidate passed")
  }

  @Test func `what is tolerated is what the stricter of both scenarios says`() throws {
    var before = SimulatedRun(id: "before"), after = SimulatedRun(id: "after")
    before.add(scattered(40, about: 10, spread: 0.003, seed: 1))
    after.add(scattered(40, about: 10.5, spread: 0.003, seed: 2))
    func failures(_ baseline: Double?, _ candidate: Double?) throws -> Int {
      before.thresholds = baseline.map { [.wallTime: $0] }
      after.thresholds = candidate.map { [.wallTime: $0] }
      return try JUnitFile(CompareReport.junit(RunComparison(baseline: before.measured(), candidate: after.measured()))).count("failure")
    }
    #expect(try failures(nil, nil) == 1)
    #expect(try failures(0.1, 0.1) == 0)
    #expect(try failures(nil, 0.1) == 1)
    #expect(try failures(0.1, 0.01) == 1)
  }

  @Test func `counts are worse from the first one more on`() throws {
    var before = SimulatedRun(id: "before", metrics: [.systemCalls]), after = SimulatedRun(id: "after", metrics: [.systemCalls])
    before.add([10])
    after.add([10])
    before.counts = ["interpreter": [Count(metric: .systemCalls, values: [100, 100])]]
    after.counts = ["interpreter": [Count(metric: .systemCalls, values: [101, 101])]]
    let more = try JUnitFile(CompareReport.junit(RunComparison(baseline: before.measured(), candidate: after.measured())))
    #expect(try more.first("failure").message.contains("baseline 100, candidate 101"))
    let fewer = try JUnitFile(CompareReport.junit(RunComparison(baseline: after.measured(), candidate: before.measured())))
    #expect(fewer.count("failure") == 0 && fewer.cases.count == 1)
  }

  @Test func `what cannot be compared does not look as if it were well`() throws {
    let file = try JUnitFile(CompareReport.junit(comparison(host: "else<where>")))
    #expect(file.count("skipped") == 6)
    #expect(try file.first("error").message.contains("host: simulated → else<where>"))
    let empty = SimulatedRun(id: "empty", workloads: []).measured()
    #expect(try JUnitFile(CompareReport.junit(RunComparison(within: empty))).count("error") == 1)
  }

  @Test func `a comparison as CSV has a row for every pair and metric`() throws {
    let comparison = comparison()
    let file = try CSVFile(CompareReport.csv(comparison))
    #expect(file.rows.map { $0["workload"] } == comparison.rows.map { printable($0.workload) })
    #expect(file.rows.map { $0["verdict"] } == ["more", "more", "less", "no-difference-found", "", "more"])
    #expect(file.rows[4]["reason"] == "no trial of the candidate passed" && file.rows[4]["ratio"] == "")
    let row = comparison.rows[0]
    #expect(file.rows[0]["ratio"].flatMap { Double($0) } == row.ratio?.value)
    #expect(file.rows[0]["lower"].flatMap { Double($0) } == row.ratio?.interval95?.lower)
    #expect(file.rows[0]["candidate_median"].flatMap { Double($0) } == row.candidate.median?.value)
    #expect(file.rows[0]["paired"] == "false" && file.rows[0]["unit"] == "ns" && file.rows[0]["baseline_run"] == "before")
  }

  // MARK: Gate

  @Test func `a gate as CSV has everything that fails it or leaves it undecided`() throws {
    var baseline = SimulatedRun(id: "before", workloads: [Self.odd, "crashed"]), candidate = baseline
    candidate.id = "after"
    baseline.add(scattered(20, about: 10, seed: 1), workload: Self.odd)
    baseline.add(scattered(20, about: 10, seed: 2), workload: "crashed")
    candidate.add(scattered(20, about: 20, seed: 3), workload: Self.odd)
    candidate.add(scattered(20, about: 10, seed: 4), workload: "crashed")
    candidate.add([1], workload: "crashed", outcome: .crashed)
    candidate.isFinished = false
    let report = GateReport(baseline: baseline.measured(), candidate: candidate.measured())
    let file = try CSVFile(report.csv())
    #expect(file.rows.count == 4)
    #expect(file.rows[0]["metric"] == "answers" && file.rows[0]["verdict"] == "FAIL" && file.rows[0]["candidate_passed"] == "20")
    #expect(file.rows[0]["reason"]?.hasSuffix("the first said: it said no") == true)
    #expect(file.rows[1]["workload"] == printable(Self.odd) && file.rows[1]["verdict"] == "REGRESSION")
    #expect(file.rows[1]["threshold"] == "0.03")
    #expect(file.rows[3]["metric"] == "run finished" && file.rows[3]["verdict"] == "INCONCLUSIVE")
    let nothing = SimulatedRun(id: "nothing").measured()
    #expect(try CSVFile(GateReport(baseline: nothing, candidate: nothing).csv()).rows.last?["verdict"] == "NOTHING MEASURED")
  }

  // MARK: History

  @Test func `a series fails where its newest step is one to the worse`() throws {
    func file(_ levels: [(count: Int, level: Double)]) throws -> JUnitFile {
      var runs = HistoryTests.runs(HistoryTests.noisy(levels))
      for index in runs.indices { runs[index].points[0].workload = Self.odd }
      return try JUnitFile(HistoryReport(metric: "wall-time", branch: "main", series: HistorySeries.all(runs)).junit)
    }
    let worse = try file([(30, 1e6), (30, 1.2e6)])
    let failure = try worse.first("failure")
    #expect(failure.className == "startup.\(printable(Self.odd)).jit" && failure.name == "wall-time on alpha")
    #expect(failure.message.contains("since 2026-02-03") && failure.message.contains("startup-alpha-30, commit c30"))
    #expect(failure.message.contains("+") && failure.output.contains("It moved: "))
    // A step that was answered fails nothing.
    let mended = try file([(30, 1e6), (30, 1.2e6), (30, 1e6)])
    #expect(mended.count("failure") == 0 && mended.cases[0].output.contains("It moved: +"))
    let same = try file([(60, 1e6)])
    #expect(same.count("failure") == 0 && same.cases[0].output.contains("It never moved."))
  }

  @Test func `series of one name are cases of their own`() throws {
    let runs = HistoryTests.runs([1e6, 1e6]) + HistoryTests.runs([3e6], machine: "beta") + HistoryTests.runs([5e6], scenario: "other")
    let file = try JUnitFile(HistoryReport(metric: "wall-time", branch: nil, series: HistorySeries.all(runs)).junit)
    #expect(file.cases.count == 3)
  }

  // MARK: Run

  @Test func `a run has a case for every workload and runtime, and failed trials fail it`() throws {
    var simulated = SimulatedResults(blocks: 8, workloads: ["hello", Self.odd])
    simulated.arms[2].failsEvery = 4
    simulated.unavailable = [Unavailable(runtime: "wasm<3>", reason: "not \"here\"", remedy: "build it")]
    var results = simulated.results()
    for index in results.observations.indices where results.observations[index].outcome != .passed {
      results.observations[index].detail = "killed at <60 s>"
    }
    let file = try JUnitFile(JUnitReport.text(for: results))
    #expect(file.cases.count == 2 * (7 + 1))
    let failures = file.cases.filter { $0.result == "failure" }
    #expect(failures.map(\.className) == ["hello.wasmtime", "\(printable(Self.odd)).wasmtime"])
    #expect(failures[0].message == "2 of 8 trials failed: 2 timed out" && failures[0].text == "killed at <60 s>")
    let skipped = file.cases.filter { $0.result == "skipped" }
    #expect(skipped.map(\.message) == Array(repeating: "not \"here\"; to get it: build it", count: 2))
    #expect(file.cases[0].result.isEmpty && file.cases[0].output.contains("8 of 8 trials passed"))
    #expect(file.cases[0].output.contains("wall time, spawn to exit"))
  }

  @Test func `arms that were not reached are skipped, and expected differences are cases`() throws {
    var results = SimulatedResults(blocks: 6, workloads: ["less", "more"]).results()
    results.run.differences = [
      ExpectedDifference(metric: .wallTime, workload: "more", above: "less", expected: 0, tolerance: 1),
      ExpectedDifference(metric: .wallTime, workload: "more", above: "less", expected: 0, tolerance: 1e12),
    ]
    results.run.finishedAt = nil
    results.runtimes = results.runtimes.filter { $0.name != "runc" }
    for index in results.workloads.indices { results.workloads[index].arms = ["native", "node"] }
    results.observations.removeAll { $0.runtime != "native" }
    let text = JUnitReport.text(for: results)
    #expect(text.contains("not measured: the run is not finished"))
    // Both expectations have one name; a service takes the worse.
    #expect(text.ranges(of: "name=\"wall-time above less\"").count == 4)
    #expect(text.ranges(of: "<failure type=\"expected difference\"").count == 3, "\(text.suffix(3000))")
  }
}
