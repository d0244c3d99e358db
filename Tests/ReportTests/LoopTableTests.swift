import Foundation
import Observations
import Statistics
import Testing

@testable import Report

/// What reports say of a program that does the same again and again in one process.
@Suite struct LoopTableTests {
  /// `quick` falls from 9 µs to 3 µs after five repetitions; of `odd`, two processes in seven never settle.
  private static let results: RunResults = {
    var simulated = SimulatedResults(blocks: 7, workloads: ["loop", "plain"], metrics: [.steadyTime, .warmUpTime], baseline: "quick")
    simulated.arms = [
      .init(name: "quick", path: .process, program: .module, milliseconds: 10, spread: 0),
      .init(name: "odd", path: .process, program: .module, milliseconds: 10, spread: 0),
    ]
    var results = simulated.results()
    results.workloads[0].repeats = true
    for index in results.observations.indices where results.observations[index].workload == "loop" {
      let block = UInt64(results.observations[index].block)
      let isQuick = results.observations[index].runtime == "quick"
      let steady = isQuick ? 3000 + block : 6000 + block
      let times = Array(repeating: UInt64(9000), count: 5) + Array(repeating: steady, count: 1995)
      let isRestless = !isQuick && block < 2
      results.observations[index].repetitions = Repetitions(
        times: times,
        steady: isRestless
          ? SteadyFigures(state: "no-steady-state", warmUp: 1000, warmUpTime: 0, time: nil)
          : SteadyFigures(state: "warm-up", warmUp: 5, warmUpTime: 45_000, time: steady))
    }
    return results
  }()

  @Test func `warm-up and steady time stand side by side, and processes that never settle are named`() throws {
    let table = try #require(Tables.loops(Summary(Self.results)))
    #expect(
      table.groups.map { ($0.name ?? "") + $0.detail } == ["loop, 2\u{202F}000 repetitions in each process"] || table.groups.count == 1)
    #expect(table.groups[0].rows[0].map(\.text).prefix(5) == ["quick", "9.00 µs", "5", "45.0 µs", "3.003 µs"])
    #expect(table.groups[0].rows[0].last?.text == "warm-up" && table.groups[0].rows[0].last?.tone == .plain)
    #expect(table.groups[0].rows[1].last?.text == "5 warm-up, 2 no steady state" && table.groups[0].rows[1].last?.tone == .bad)
    let loop = try #require(Summary(Self.results).arm("loop", "odd")?.loop)
    #expect(loop.state == SteadyState.none && loop.steady?.count == 5 && loop.steady?.value == 6004)
    let comparison = try #require(
      Summary(Self.results).withinPath.first { $0.quantity == .metric(.steadyTime) && $0.runtime == "odd" })
    // The two that have no steady time are no pairs.
    let ratio = try #require(comparison.ratio).value
    #expect(comparison.pairs == 5 && abs(ratio - 2) < 0.01)
  }

  @Test func `the curve is drawn from every repetition and says what it shows`() throws {
    let plot = try #require(Plot.all(Self.results, Summary(Self.results)).first { $0.name == "warm-up-loop" })
    #expect(plot.description.contains("quick from 9.00 µs at first to 3.00 µs at last (warm-up)"), "\(plot.description)")
    let first = try #require(plot.data.split(separator: "\n").first { !$0.hasPrefix("#") })
    #expect(first == "1.0 9.0 9.0 9.0")
    #expect(plot.data.split(separator: "\n").count < 500)
  }

  @Test func `every report has the table once, and a run without repetitions none`() {
    let page = HTMLPage(Self.results, Summary(Self.results), DrawnPlots([], in: "/nowhere", gnuplot: nil)).text
    for text in [TerminalReport.text(for: Self.results, color: false, width: 160), MarkdownReport.text(for: Self.results)] {
      #expect(text.components(separatedBy: "Closed loop in one process").count == 2)
    }
    #expect(page.contains("id=\"loops\""))
    #expect(Tables.loops(Summary(SimulatedResults(blocks: 6).results())) == nil)
  }
}
