import Foundation
import Observations
import Testing

@testable import Report

/// Where the time of a trial goes: the pieces are in order and leave nothing out.
@Suite struct TimelineTests {
  /// A trial of 1000 ns.
  private func trial(
    _ phases: [(String, UInt64)], executed: UInt64? = nil, ended: UInt64? = nil, reaped: UInt64 = 2000, exited: UInt64 = 2000,
    block: Int = 0
  ) -> Observation {
    Observation(
      run: "r", workload: "w", block: block, trial: 0, attempt: 0, runtime: "ours", outcome: .passed,
      times: TrialTimes(spawned: 1000, exited: exited, reaped: reaped, executed: executed, ended: ended), resources: TrialResources(),
      phases: phases.map { Phase(name: $0, nanoseconds: $1) })
  }

  private func pieces(_ trial: Observation, _ path: RuntimePath = .process) -> [String] {
    (TrialTimeline(trial, path: path)?.pieces ?? []).map { "\($0.name) \(Int($0.nanoseconds))" }
  }

  @Test func `what the kernel tells stands around what the runtime tells`() {
    let told = trial([("start", 100), ("run", 300)], executed: 1200, ended: 1950)
    #expect(pieces(told) == ["making the process 200", "start 100", "run 300", "in no phase 350", "the process's end 50"])
    #expect(TrialTimeline(told, path: .process)?.nanoseconds == 1000)
  }

  @Test func `without the kernel's moments the rest is one piece`() {
    #expect(pieces(trial([("start", 100), ("run", 300)])) == ["start 100", "run 300", "outside the runtime 600"])
    #expect(pieces(trial([("run", 300)], executed: 1200)) == ["making the process 200", "run 300", "in no phase 500"])
    #expect(pieces(trial([("run", 300)], ended: 1950)) == ["run 300", "in no phase 650", "the process's end 50"])
  }

  @Test func `what is told twice is shown once`() {
    let told = trial([("start", 300), ("run", 650)], executed: 1200, ended: 1950)
    #expect(pieces(told) == ["making the process 200", "start 100", "run 650", "the process's end 50"])
    #expect(TrialTimeline(told, path: .process)?.nanoseconds == 1000)
  }

  @Test func `moments that contradict the trial are not believed`() {
    for (executed, ended) in [(999, nil), (2001, nil), (nil, 2001), (nil, 999)] as [(UInt64?, UInt64?)] {
      #expect(pieces(trial([("run", 400)], executed: executed, ended: ended)) == ["run 400", "outside the runtime 600"])
    }
    #expect(pieces(trial([("run", 400)], executed: 1500, ended: 1400)) == ["making the process 500", "run 400", "in no phase 100"])
    #expect(TrialTimeline(trial([]), path: .process) == nil)
    #expect(TrialTimeline(trial([("run", 1)], exited: 1000), path: .process) == nil)
  }

  @Test func `a task goes on to its deletion, after its end`() {
    let task = trial([("create", 300), ("start", 200), ("run", 500), ("delete", 400)], reaped: 2500)
    #expect(pieces(task, .tasks) == ["create 300", "start 200", "run 500", "in no phase 100", "delete 400"])
    #expect(TrialTimeline(task, path: .tasks)?.nanoseconds == 1500)
  }

  @Test func `the trial of median time is shown, and its pieces as they were`() throws {
    let trials = [(0, 5000), (1, 1100), (2, 1300), (3, 1200)].map { block, exited in
      trial([("run", UInt64(block) * 10)], exited: UInt64(exited), block: block)
    }
    #expect(TrialTimeline.typical(of: trials, path: .process)?.block == 3, "the lower of the two in the middle")
    #expect(TrialTimeline.typical(of: [], path: .process) == nil)
  }

  @Test func `runtimes share one axis, and the key tells the kernel's pieces first and last`() throws {
    var results = SimulatedResults(
      blocks: 9,
      arms: [
        SimulatedResults.startup[0],
        .init(name: "one", path: .process, program: .module, milliseconds: 2, phases: ["read", "run"]),
        .init(name: "<two>", path: .process, program: .module, milliseconds: 4, phases: ["start", "read", "run"]),
      ]
    ).results()
    for index in results.observations.indices where results.observations[index].runtime != "native" {
      results.observations[index].times.executed = results.observations[index].times.spawned + 200_000
      results.observations[index].times.ended = results.observations[index].times.exited - 50_000
    }
    let plot = try #require(Plot.all(results, Summary(results)).first { $0.name == "phases-hello" })
    let figures = try #require(plot.figures)
    #expect(figures.columns.map(\.heading) == ["piece", "one", "<two>"], "native reports no phases")
    #expect(
      figures.groups[0].rows.map { $0[0].text }
        == ["making the process", "read", "run", "start", "in no phase", "the process's end", "together"])
    #expect(figures.groups[0].rows[3][1].text.isEmpty, "the first runtime has no phase start")
    #expect(plot.description.contains("one ") && plot.description.contains("making the process 200 µs"))
    // Every row of a runtime begins where the one before ended, and ends at its total.
    var spans: [[(Double, Double)]] = [[], []]
    for line in plot.data.split(separator: "\n") where !line.hasPrefix("#") {
      let numbers = line.split(separator: " ").compactMap { Double($0) }
      spans[Int(-numbers[2])].append((numbers[0], numbers[1]))
    }
    for row in spans {
      let ordered = row.sorted { $0.0 < $1.0 }
      #expect(ordered.count >= 5 && ordered[0].0 == 0)
      for (before, after) in zip(ordered, ordered.dropFirst()) { #expect(abs(before.1 - after.0) < 1e-9) }
    }
    let folder = try TemporaryFolder()
    _ = try HTMLReport.write(results, to: folder.path, gnuplot: Gnuplot.find())
    let page = try folder.text("index.html")
    if HTMLReportTests.hasGnuplot { #expect(page.contains("<section id=\"phases\">") && page.contains("&lt;two&gt;")) }
  }
}
