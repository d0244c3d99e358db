import Observations
import Testing

@testable import Report

@Suite struct DifferenceCheckTests {
  /// Ten blocks in which the churner's peak memory is `extra` bytes above its idle self's.
  private func results(extra: UInt64, outcome: Outcome = .passed) -> RunResults {
    let workloads = ["idle", "busy"].map { Workload(name: $0, arms: ["native"]) }
    let run = RunDescription(
      id: "r", scenario: "s", title: "", startedAt: "", seed: 1, cache: .warm, blocks: 10, baseline: "native", metrics: [.peakMemory],
      commit: "", command: "",
      differences: [
        ExpectedDifference(metric: .peakMemory, workload: "busy", above: "idle", expected: 64 * 1_048_576, tolerance: 2 * 1_048_576)
      ])
    let trials = (0..<10).flatMap { block in
      workloads.map { workload in
        Observation(
          run: "r", workload: workload.name, block: block, trial: 0, attempt: 0, runtime: "native", outcome: outcome,
          times: TrialTimes(spawned: 0, exited: 1, reaped: 1),
          resources: TrialResources(peakMemory: 1000 + UInt64(block) + (workload.name == "busy" ? extra : 0), memorySource: .launcher))
      }
    }
    let runtime = RuntimeDescription(name: "native", summary: "", path: .process, program: .native)
    return RunResults(run: run, environment: nil, workloads: workloads, runtimes: [runtime], unavailable: [], observations: trials)
  }

  @Test func an_amount_within_tolerance_holds() {
    let checks = DifferenceCheck.all(in: results(extra: 65 * 1_048_576))
    #expect(checks.map(\.holds) == [true])
    #expect(checks[0].observed == 65.0 * 1_048_576)
    #expect(checks[0].text.hasPrefix("ok: peak-memory of busy above idle in native: 65.0 MiB"))
  }

  @Test func an_amount_beyond_tolerance_does_not() {
    #expect(DifferenceCheck.all(in: results(extra: 67 * 1_048_576)).map(\.holds) == [false])
    #expect(DifferenceCheck.all(in: results(extra: 61 * 1_048_576)).map(\.holds) == [false])
  }

  /// Every form of the report, made from the same results.
  private func forms(_ results: RunResults) -> [String: String] {
    let summary = Summary(results)
    return [
      "terminal": TerminalReport.text(for: results, color: false, width: 120), "Markdown": MarkdownReport.text(for: results),
      "page": HTMLPage(results, summary, DrawnPlots([], in: "/nowhere", gnuplot: nil)).text, "JSON": JSONReport.text(for: results),
    ]
  }

  @Test func every_form_shows_what_was_expected_and_what_was_observed() {
    for (form, text) in forms(results(extra: 65 * 1_048_576)) {
      #expect(text.contains(form == "JSON" ? "\"observed\" : 68157440" : "65.0 MiB"), "\(form)")
      #expect(text.contains(form == "JSON" ? "\"holds\" : true" : "holds"), "\(form)")
      #expect(!text.contains("not hold"), "\(form)")
    }
  }

  @Test func a_difference_that_does_not_hold_is_told_at_the_top_of_every_form() throws {
    let results = results(extra: 61 * 1_048_576)
    #expect(
      Headline.sentences(Summary(results)).last
        == "1 of 1 expected differences do not hold: peak-memory of busy above idle in native: 61.0 MiB (expected 64.0 MiB ± 2.00 MiB).")
    for (form, text) in forms(results) where form != "JSON" {
      let failure = try #require(text.range(of: "does not hold"), "\(form)")
      let heading =
        ["page": "<section id=\"within\"", "Markdown": "**Peak memory of the whole tree**"][form] ?? "\nPeak memory of the whole tree"
      let measured = try #require(text.range(of: heading), "\(form)")
      #expect(failure.lowerBound < measured.lowerBound, "\(form)")
    }
    #expect(try #require(forms(results)["JSON"]).contains("\"holds\" : false"))
  }

  @Test func failed_trials_are_no_evidence() {
    let checks = DifferenceCheck.all(in: results(extra: 64 * 1_048_576, outcome: .wrongOutput))
    #expect(checks.map(\.holds) == [false])
    #expect(checks[0].text.contains("not observed"))
  }
}
