import Observations
import Testing

@testable import Report

@Suite struct CountTableTests {
  /// Two bare processes counted: one does the same every time, the other not; one metric cannot be had.
  private var results: RunResults {
    var simulated = SimulatedResults(metrics: [.wallTime, .systemCalls, .instructions])
    simulated.arms = Array(simulated.arms[..<2])
    var results = simulated.results()
    func counts(_ runtime: String, _ values: [UInt64]) -> Counts {
      Counts(
        run: results.run.id, attempt: 0, workload: "hello", runtime: runtime,
        counts: [
          Count(metric: .systemCalls, values: values), Count(metric: .instructions, unavailable: "this machine has no hardware counters"),
        ])
    }
    results.counts = [counts("native", [15, 15]), counts("interpreter", [1_234_567, 1_234_600])]
    return results
  }

  @Test func `counts have a table of their own, with exact ratios`() throws {
    let summary = Summary(results)
    #expect(summary.quantities == [.metric(.wallTime)], "what is counted is not in the tables of what is timed")
    let row = try #require(summary.counts.first { $0.runtime == "interpreter" && $0.metric == .systemCalls })
    #expect(row.baseline == "native")
    #expect(row.ratio == 1_234_567.0 / 15)
    let text = TerminalReport.text(for: results, color: false, width: 120)
    #expect(text.contains("Counted, not timed"))
    #expect(text.contains("hello · system calls"))
    #expect(text.contains("same every time"))
    #expect(text.contains("1,234,567") && text.contains("varies, up to 1,234,600"))
    #expect(
      text.contains("Not counted: processor instructions in user mode in native, interpreter: this machine has no hardware counters."))
    #expect(MarkdownReport.text(for: results).contains("1,234,567"))
    #expect(!TerminalReport.text(for: SimulatedResults().results(), color: false, width: 120).contains("Counted"))
  }

  @Test func `a run of counts alone still has its wall time`() {
    var results = results
    results.run.metrics = [.systemCalls]
    #expect(Summary(results).quantities == [.metric(.wallTime)])
  }

  @Test(arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (12_345_678, "12,345,678")] as [(UInt64, String)])
  func `digits stand in groups of three`(number: UInt64, text: String) {
    #expect(Tables.grouped(number) == text)
  }
}
