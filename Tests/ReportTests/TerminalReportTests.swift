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
    #expect(text.contains("3 of 210 trials failed"))
    #expect(text.contains("27/30"))
    #expect(text.contains("hello in wasmtime: timed out, 3 of 30"))
    #expect(text.contains("killed at the limit of 60 s"))
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

  @Test func `an arm of which no trial passed says so`() {
    var simulated = SimulatedResults()
    simulated.arms[4].failsEvery = 1
    #expect(TerminalReport.text(for: simulated.results(), color: false, width: 100).contains("none passed"))
  }
}
