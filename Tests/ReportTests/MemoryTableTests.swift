import Foundation
import Observations
import Testing

@testable import Report

/// What reports say of instances that are held: figures of each, and how they grow with their number.
@Suite struct MemoryTableTests {
  private static let numbers = [1, 10, 100]

  /// Containers weigh 5 MiB and 2 MiB for each, instances in one process 4 MiB and 64 KiB; block by block a KiB more for each.
  private static let results: RunResults = {
    var simulated = SimulatedResults(
      blocks: 7, workloads: numbers.map { "held-\($0)" } + ["plain"], metrics: [.instanceMemory, .instanceSlope, .guestMemory],
      baseline: "containers")
    simulated.arms = [
      .init(name: "containers", path: .tasks, program: .native, milliseconds: 1000, spread: 0),
      .init(name: "instances", path: .process, program: .module, milliseconds: 1000, spread: 0),
    ]
    var results = simulated.results()
    for (index, number) in numbers.enumerated() { results.workloads[index].density = number }
    for index in results.observations.indices {
      let trial = results.observations[index]
      guard let number = trial.workload.split(separator: "-").last.flatMap({ UInt64($0) }) else { continue }
      let isContainer = trial.runtime == "containers"
      let (fixed, each): (UInt64, UInt64) = isContainer ? (5 << 20, 2 << 20) : (4 << 20, 64 << 10)
      let own = each + UInt64(trial.block) << 10
      let all = fixed + number * own
      results.observations[index].resources.held = HeldMemory(
        proportional: all / number, slope: number > 1 ? own : nil, privateMemory: own, group: isContainer ? all / number + 4096 : nil,
        guest: isContainer ? nil : 32 << 10)
    }
    return results
  }()

  @Test func `the figures of an instance stand side by side, and what is not known is a dash`() throws {
    let table = try #require(Tables.memory(Summary(Self.results)))
    #expect(
      table.groups.map { ($0.name ?? "") + $0.detail } == ["held-1, one instance", "held-10, 10 instances", "held-100, 100 instances"])
    #expect(
      table.groups[1].rows.map { $0.map(\.text) } == [
        ["containers", "2.50 MiB", "2.00 MiB", "2.00 MiB", "2.51 MiB", "–", "–"],
        ["instances", "477 KiB", "67.0 KiB", "67.0 KiB", "–", "32.0 KiB", "445 KiB"],
      ])
    #expect(table.groups[0].rows[0][2].text == "–", "one instance has no further one")
  }

  @Test func `a line through the numbers has the slope it was made with, block by block`() throws {
    let summary = Summary(Self.results)
    #expect(summary.growth.map(\.runtime) == ["containers", "instances"] && summary.growth.allSatisfy { $0.name == "held" })
    for (growth, (fixed, each)) in zip(summary.growth, [(5, 2048.0), (4, 64)]) {
      // Seven blocks, from no KiB more to six.
      #expect(abs(growth.slope.value - (each + 3) * 1024) < 1)
      let interval = try #require(growth.slope.interval95)
      #expect(abs(interval.lower - each * 1024) < 1 && abs(interval.upper - (each + 6) * 1024) < 1)
      #expect(abs(growth.fixed - Double(fixed << 20)) < 200)
      #expect(growth.points.map(\.instances) == Self.numbers && growth.deviation < 0.001)
    }
  }

  @Test func `what neither run observed of a workload is not compared, and what a baseline lacks is compared with another`() throws {
    let run = Self.results.measured()
    let rows = RunComparison(baseline: run, candidate: run).rows
    #expect(!rows.isEmpty && rows.allSatisfy { $0.problem == nil && $0.workload != "plain" }, "\(rows.compactMap(\.problem))")
    #expect(!rows.contains { $0.workload == "held-1" && $0.quantity == .metric(.instanceSlope) })
    // Only one of them has linear memories: it is compared with nobody, and with itself beside another of its path.
    #expect(!Summary(Self.results).withinPath.contains { $0.quantity == .metric(.guestMemory) })
    var results = Self.results
    results.runtimes[0].path = .process
    results.runtimes.append(RuntimeDescription(name: "others", summary: "", path: .process, program: .module))
    for trial in Self.results.observations where trial.runtime == "instances" {
      var other = trial
      other.runtime = "others"
      results.observations.append(other)
    }
    let guest = Summary(results).withinPath.filter { $0.quantity == .metric(.guestMemory) && $0.workload == "held-10" }
    #expect(guest.map(\.runtime) == ["others"] && guest.map(\.baseline) == ["instances"] && guest.allSatisfy { $0.ratio?.value == 1 })
  }

  @Test func `workloads that differ in anything else make no line`() {
    var results = Self.results
    results.workloads[1].arguments = ["4"]
    #expect(Summary(results).growth.allSatisfy { $0.points.map(\.instances) == [1, 100] })
    results.workloads[2].cache = .cold
    #expect(Summary(results).growth.isEmpty)
    #expect(Tables.growth(Summary(results)) == nil && Tables.memory(Summary(SimulatedResults(blocks: 6).results())) == nil)
  }

  @Test func `every report has both tables, the page a drawing, and metrics have ratios within a path only`() throws {
    let summary = Summary(Self.results)
    let page = HTMLPage(Self.results, summary, DrawnPlots([], in: "/nowhere", gnuplot: nil)).text
    for text in [TerminalReport.text(for: Self.results, color: false, width: 160), MarkdownReport.text(for: Self.results)] {
      for title in ["Memory of each instance", "Memory over instances"] { #expect(text.components(separatedBy: title).count == 2) }
    }
    #expect(page.contains("id=\"memory\"") && page.contains("Memory over instances"))
    let plot = try #require(Plot.all(Self.results, summary).first)
    #expect(plot.name == "growth-held" && plot.script.contains("logscale xy") && plot.data.contains("\n100 "))
    #expect(plot.description.contains("instances 4.00 MiB and 67.0 KiB"), "\(plot.description)")
    #expect(!summary.withinPath.contains { $0.workload == "plain" }, "what holds nothing lacks nothing")
  }

  @Test(arguments: [(["held-1", "held-10"], "held"), (["a", "b"], "a"), (["x.2", "x.20"], "x"), (["7", "70"], "7")])
  func `workloads are called by what their names have in common`(names: [String], common: String) {
    #expect(MemoryGrowth.commonName(names) == common)
  }

  @Test(arguments: [40, 60, 80, 120]) func `no line of the tables is wider than the terminal`(width: Int) {
    for line in TerminalReport.text(for: Self.results, color: false, width: width).split(separator: "\n") {
      #expect(line.count <= width, "\(line)")
    }
  }
}
