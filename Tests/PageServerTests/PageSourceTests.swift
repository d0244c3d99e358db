import Coordinator
import Foundation
import Observations
import TestSupport
import Testing

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
