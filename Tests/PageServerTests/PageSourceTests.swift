import Foundation
import Observations
import TestSupport
import Testing

@testable import Coordinator
@testable import PageServer

@Suite struct PageSourceTests {
  private let scratch: Scratch
  private var database: String { scratch.path("harness.sqlite") }

  init() throws { scratch = try Scratch() }

  /// Sixty imported runs with a step.
  private func fill() throws {
    let store = try Store(at: database)
    let runs = (0..<60).map { index in
      RecordedRun(
        run: HistoryRun(
          id: "past-\(index)", scenario: "startup", startedAt: "2026-0\(1 + index / 28)-\(10 + index % 18)T00:00:\(10 + index / 2)Z",
          branch: "main",
          commit: "c\(index)", machine: "alpha", source: "csv"),
        points: [
          HistoryPoint(
            workload: "hello", runtime: "jit", metric: "wall-time", unit: .nanoseconds,
            value: (index < 40 ? 1e6 : 2e6) + Double(index % 5) * 1e3, samples: 9)
        ])
    }
    #expect(try store.importRuns(runs) == 60)
  }

  @Test func every_page_is_there_and_what_is_not_is_404() throws {
    defer { scratch.remove() }
    try fill()
    let source = PageSource(database: database)
    let index = source.answer([], query: [:])
    #expect(index.status == 200 && index.type.hasPrefix("text/html"))
    #expect(index.body.contains("60 runs, none of them going on.") && index.body.contains("history/wall-time"))
    #expect(index.body.contains("imported from csv"))
    let history = source.answer(["history", "wall-time"], query: ["branch": "main"])
    #expect(history.status == 200 && history.body.contains("wall-time on main: 1 series of 60 runs") && history.body.contains("1 moved"))
    #expect(source.answer(["history", "wall-time"], query: ["branch": "main"]) == history)
    #expect(source.answer(["runs.json"], query: [:]).type == "application/json")
    for path in [["nothing"], ["runs", "absent"], ["history", "wal-time"], ["runs"], ["runs", "past-1"], ["..", "etc", "passwd"]] {
      let answer = source.answer(path, query: [:])
      #expect(answer.status == 404 && answer.body.hasPrefix("error: "), "\(path): \(answer.body)")
    }
  }

  /// A finished run of a suite with one test that failed and one that was not run.
  private func test(_ run: String) throws {
    let store = try Store(at: database)
    let runtime = RuntimeDescription(name: "ours", summary: "ours", path: .process, program: .module)
    let workloads = ["good", "left-out"].map { name in
      var workload = Workload(name: "core/\(name)", arms: name == "good" ? ["ours"] : [])
      workload.test = ConformanceTest(suite: "core", name: name, skips: name == "good" ? [:] : ["ours": "needs <a server>"])
      return workload
    }
    try store.create(
      Plan(
        run: RunDescription(
          id: run, scenario: "spec", title: "The scripts", startedAt: "2026-01-02T03:04:05Z", seed: 1, cache: .warm, blocks: 1,
          baseline: "ours", metrics: [.wallTime], commit: "", command: "harness run scenarios/spec.yaml"),
        timeLimit: 1, workloads: workloads, runtimes: [runtime], unavailable: [],
        blocks: [BlockRequest(workload: "core/good", index: 0)], notes: []))
    try store.record(
      .assertions(
        TestedAssertions(
          run: run, attempt: 0, workload: "core/good", runtime: "ours",
          assertions: [TestedAssertion(line: 1, kind: "assert_return", outcome: .fail, detail: "got <7>")])), run: run)
    try store.finish(run: run, at: Date(timeIntervalSince1970: 0))
  }

  @Test func a_conformance_run_has_a_page_of_its_own_and_the_index_leads_there() throws {
    defer { scratch.remove() }
    try fill()
    try test("spec-1")
    let source = PageSource(database: database)
    let page = source.answer(["conformance", "spec-1"], query: [:])
    #expect(
      page.status == 200 && page.body.contains("id=\"matrix\"") && page.body.contains("ours failed 1 of 1"), "\(page.body.prefix(300))")
    #expect(page.body.contains("got &lt;7&gt;") && page.body.contains("needs &lt;a server&gt;"))
    #expect(source.answer(["runs", "spec-1"], query: [:]).body.contains("id=\"matrix\""), "it is the run's page too")
    let index = source.answer([], query: [:]).body
    #expect(index.contains("<a href=\"conformance/spec-1\">The scripts</a>") && index.contains("<a href=\"conformance/spec-1\">spec-1</a>"))
    #expect(!index.contains("runs/spec-1") && !index.contains("compare/spec-1"))
    #expect(source.answer(["conformance", "absent"], query: [:]).status == 404)
  }

  @Test func a_run_that_measures_has_no_conformance_page() throws {
    defer { scratch.remove() }
    let store = try Store(at: database)
    let runtime = RuntimeDescription(name: "native", summary: "native", path: .process, program: .native)
    try store.create(
      Plan(
        run: RunDescription(
          id: "startup-1", scenario: "startup", title: "", startedAt: "2026-01-02T03:04:05Z", seed: 1, cache: .warm, blocks: 1,
          baseline: "native", metrics: [.wallTime], commit: "", command: "harness run scenarios/startup.yaml"),
        timeLimit: 1, workloads: [Workload(name: "hello", arms: ["native"])], runtimes: [runtime], unavailable: [],
        blocks: [BlockRequest(workload: "hello", index: 0)], notes: []))
    let answer = PageSource(database: database).answer(["conformance", "startup-1"], query: [:])
    #expect(answer.status == 404 && answer.body == "error: run startup-1 is of no conformance suite; its page is at /runs/startup-1\n")
    #expect(!PageSource(database: database).answer([], query: [:]).body.contains("id=\"conformance\""))
  }

  /// What changed in the database is on the next page.
  @Test func a_page_is_made_anew_when_the_database_changed() throws {
    defer { scratch.remove() }
    try fill()
    let source = PageSource(database: database)
    #expect(source.answer(["history", "wall-time"], query: [:]).body.contains("60 runs"))
    let more = RecordedRun(
      run: HistoryRun(
        id: "new", scenario: "startup", startedAt: "2026-09-01T00:00:00Z", branch: "main", commit: "", machine: "alpha", source: "csv"),
      points: [HistoryPoint(workload: "hello", runtime: "jit", metric: "wall-time", unit: .nanoseconds, value: 2e6, samples: 1)])
    #expect(try Store(at: database).importRuns([more]) == 1)
    #expect(source.answer(["history", "wall-time"], query: [:]).body.contains("61 runs"))
  }

  @Test func a_database_that_is_not_there_is_said_so() throws {
    defer { scratch.remove() }
    let answer = PageSource(database: scratch.path("absent.sqlite")).answer([], query: [:])
    #expect(answer.status != 200 && answer.body.hasPrefix("error: "))
    #expect(PageSource(database: scratch.path("absent.sqlite")).progress() == "[]")
  }
}
