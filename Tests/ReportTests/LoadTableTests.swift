import Foundation
import Observations
import Testing

@testable import Report

/// What reports say of tasks that were begun at a fixed rate.
@Suite struct LoadTableTests {
  /// Blocks in which `fast` keeps the rate and `slow` does not.
  private static let results: RunResults = {
    var simulated = SimulatedResults(blocks: 7, workloads: ["load-50", "plain"], metrics: [.latencyP50, .latencyP99], baseline: "fast")
    simulated.arms = [
      .init(name: "fast", path: .tasks, program: .native, milliseconds: 1000, spread: 0),
      .init(name: "slow", path: .tasks, program: .native, milliseconds: 1000, spread: 0),
    ]
    var results = simulated.results()
    results.workloads[0].load = Load(rate: 50, tasks: 100, parallel: 4)
    for index in results.observations.indices where results.observations[index].workload == "load-50" {
      let (block, isFast) = (UInt64(results.observations[index].block), results.observations[index].runtime == "fast")
      let unit: UInt64 = isFast ? 1_000_000 : 3_000_000
      func figures(_ factor: UInt64) -> LatencyFigures {
        LatencyFigures(
          p50: (10 + block) * factor, p90: (20 + block) * factor, p99: (30 + block) * factor, p999: (40 + block) * factor,
          max: (50 + block) * factor)
      }
      results.observations[index].tasks = 100
      results.observations[index].latencies = Latencies(
        latency: figures(unit), service: figures(unit / 2), achievedRate: isFast ? 49_900 : 31_300, lateness: 100_000 + block)
    }
    return results
  }()

  @Test func `medians over trials stand beside the service times, and a rate that was missed is marked`() throws {
    let table = try #require(Tables.loads(Summary(Self.results)))
    #expect(table.title == "Latency under load")
    #expect(table.groups.map { ($0.name ?? "") + $0.detail } == ["load-50, 50 tasks/s asked for, at most 4 at a time"])
    #expect(
      table.groups[0].rows.map { $0.map(\.text) } == [
        ["fast", "49.9", "13.0 ms", "23.0 ms", "33.0 ms", "43.0 ms", "53.0 ms", "6.50 ms", "16.5 ms", "26.5 ms"],
        ["slow", "31.3", "39.0 ms", "69.0 ms", "99.0 ms", "129 ms", "159 ms", "19.5 ms", "49.5 ms", "79.5 ms"],
      ])
    #expect(table.groups[0].rows.map { $0[1].tone } == [.plain, .bad])
  }

  @Test func `every report has the table once, and metrics have ratios`() throws {
    let page = HTMLPage(Self.results, Summary(Self.results), DrawnPlots([], in: "/nowhere", gnuplot: nil)).text
    let texts = [TerminalReport.text(for: Self.results, color: false, width: 160), MarkdownReport.text(for: Self.results)]
    for text in texts { #expect(text.components(separatedBy: "Latency under load").count == 2) }
    #expect(page.contains("id=\"loads\"") && page.contains("at most 4 at a time"))
    #expect(texts[0].contains("Median latency of tasks under load"))
    let comparison = try #require(
      Summary(Self.results).withinPath.first { $0.quantity == .metric(.latencyP99) && $0.workload == "load-50" && $0.runtime == "slow" })
    #expect(comparison.ratio.map { abs($0.value - 3) < 1e-9 } == true && comparison.verdict == .more)
    #expect(!Summary(Self.results).withinPath.contains { $0.workload == "plain" }, "what is no load has no latency, and lacks none")
  }

  @Test(arguments: [40, 60, 80, 120]) func `no line of the table is wider than the terminal`(width: Int) {
    for line in TerminalReport.text(for: Self.results, color: false, width: width).split(separator: "\n") {
      #expect(line.count <= width, "\(line)")
    }
  }

  @Test func `a run without loads has no such table`() {
    #expect(Tables.loads(Summary(SimulatedResults(blocks: 6).results())) == nil)
  }
}
