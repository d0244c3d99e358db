import Observations
import Testing

@testable import Report

@Suite struct TerminalReportTests {
  static let runs: [SimulatedResults] = [
    SimulatedResults(), SimulatedResults(blocks: 3),
    SimulatedResults(
      blocks: 8, workloads: ["noop", "a workload whose name is far too long for any terminal there is, or nearly any", "third"],
      metrics: Metric.allCases, subtract: "noop",
      unavailable: [Unavailable(runtime: "wasm3", reason: "not on the search path", remedy: "build it from its sources")]),
  ]

  @Test(arguments: runs, [40, 80, 120])
  func `no line is wider than the terminal`(simulated: SimulatedResults, width: Int) {
    let text = TerminalReport.text(for: simulated.results(), color: false, width: width)
    for line in text.split(separator: "\n") { #expect(line.count <= width, "\(line)") }
  }

  @Test func `the answer comes first`() {
    let text = TerminalReport.text(for: SimulatedResults().results(), color: false, width: 400)
    let first = text.split(separator: "\n")[0]
    #expect(first.hasPrefix("hello starts, runs and ends in 1.4"))
    #expect(first.contains(" in interpreter, 2.1"))
    #expect(first.contains("as long as in native: slower (30 pairs, 95 % intervals)."))
  }

  @Test func `ratios, intervals, failures and missing runtimes are all there`() {
    var simulated = SimulatedResults()
    simulated.arms[2].failsEvery = 10
    simulated.unavailable = [Unavailable(runtime: "wasm3", reason: "not on the search path", remedy: "build it from its sources")]
    let text = TerminalReport.text(for: simulated.results(), color: false, width: 120)
    #expect(text.contains("3 of 210 trials failed and count in no time or ratio: 3 in wasmtime."))
    #expect(text.contains("27/30"))
    #expect(
      text.contains("  wasmtime: 3 of 30 trials, in 1 of 1 workloads\n    hello       3/30  timed out: killed at the limit of 60 s\n"))
    #expect(text.contains("wasm3: not on the search path"))
    #expect(text.contains("to get it: build it from its sources"))
    #expect(text.contains("different paths: the container arms include client, containerd and shim"))
  }

  @Test func `without color there is no escape sequence, whatever the names say`() {
    var results = SimulatedResults(workloads: ["evil\u{1B}[2J"]).results()
    results.unavailable = [Unavailable(runtime: "x\u{1B}]0;y\u{07}", reason: "a\nb", remedy: "c\rd")]
    let text = TerminalReport.text(for: results, color: false, width: 80)
    #expect(!text.unicodeScalars.contains { $0.value < 32 && $0 != "\n" })
    let colored = TerminalReport.text(for: results, color: true, width: 80)
    #expect(colored.contains("\u{1B}[1m"))
    #expect(!colored.contains("\u{1B}[2J"))
  }

  @Test func `columns stay aligned when colored`() {
    func plain(_ text: String) -> String { text.replacing(/\u{1B}\[[0-9]+m/, with: "") }
    let results = SimulatedResults().results()
    #expect(
      plain(TerminalReport.text(for: results, color: true, width: 100)) == TerminalReport.text(for: results, color: false, width: 100))
  }

  @Test func `failures come before the tables, one line for each workload and runtime`() throws {
    var simulated = SimulatedResults(blocks: 6, workloads: ["a", "b"])
    for arm in [3, 4] { simulated.arms[arm].failsEvery = 1 }
    for text in [
      TerminalReport.text(for: simulated.results(), color: false, width: 100), MarkdownReport.text(for: simulated.results()),
    ] {
      let lines = text.split(separator: "\n")
      let failures = try #require(lines.firstIndex { $0.contains("Failed trials") })
      let table = try #require(lines.firstIndex { $0.contains("All workloads together") })
      #expect(failures < table)
      #expect(lines[failures..<table].count { $0.contains("killed at the limit of 60 s") } == 4)
      #expect(text.contains("24 of 84 trials failed and count in no time or ratio: 12 in wasmkit, 12 in node."))
    }
  }

  @Test func `a reason that is too long is cut at the line's end, and the table keeps its lines`() {
    var simulated = SimulatedResults(blocks: 6)
    simulated.arms[1].failsEvery = 1
    var results = simulated.results()
    for index in results.observations.indices where results.observations[index].outcome != .passed {
      results.observations[index].detail = String(repeating: "a long story ", count: 30)
    }
    let line = TerminalReport.text(for: results, color: false, width: 80).split(separator: "\n").filter { $0.contains("a long story") }
    #expect(line.count == 1 && line[0].hasSuffix("…") && line[0].count == 80, "\(line)")
  }

  @Test func `an arm of which no trial passed says so`() {
    var simulated = SimulatedResults()
    simulated.arms[4].failsEvery = 1
    #expect(TerminalReport.text(for: simulated.results(), color: false, width: 100).contains("none passed"))
  }
}
