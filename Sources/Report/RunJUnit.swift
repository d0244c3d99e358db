import Observations

/// A run that measured as a JUnit file: a test case for every workload in every runtime. Trials that failed are a `failure` with what the first
/// of them said; an arm that could not run is `skipped` with the reason. No time fails anything: that is for gates.
enum RunJUnit {
  static func text(_ results: RunResults) -> String {
    let summary = Summary(results)
    let name = "harness run \(results.run.scenario)"
    let trials = CountedTrials(results.observations)
    let cases =
      results.workloadNames.flatMap { workload in
        summary.arms.filter { $0.workload == workload }.map { arm($0, summary, trials) } + missing(workload, results, summary)
      } + summary.differences.map(difference)
    let suite = JUnit.Suite(
      name: name, cases: cases, startedAt: results.run.startedAt, seconds: seconds(trials.all),
      output: Headline.sentences(summary) + Notes.lines(summary))
    return JUnit(name: name, suites: [suite]).text
  }

  private static func arm(_ arm: ArmSummary, _ summary: Summary, _ trials: CountedTrials) -> JUnit.Case {
    var one = JUnit.Case(
      className: "\(arm.workload).\(arm.runtime)", name: "answers", seconds: seconds(trials.trials(of: arm.workload, in: arm.runtime)))
    if let first = arm.failures.first {
      let outcomes = arm.failures.map { "\($0.count) \($0.outcome.words)" }.joined(separator: ", ")
      let detail = arm.failures.first { !$0.firstDetail.isEmpty }?.firstDetail ?? ""
      one.result = .failure(
        type: first.outcome.rawValue, message: "\(arm.trials - arm.passed) of \(counted(arm.trials, "trial")) failed: \(outcomes)",
        text: detail)
    } else if arm.trials == 0 {
      one.result = .skipped(message: "not measured: the run is not finished")
    }
    let medians = summary.quantities.compactMap { quantity in
      arm.median(of: quantity).flatMap { quantity.isShown(by: $0) ? "\(quantity.title) \(EstimateText($0, of: quantity).both)" : nil }
    }
    let disturbed = arm.invalid > 0 ? ["\(arm.invalid) disturbed"] : []
    one.output = (["\(arm.passed) of \(counted(arm.trials, "trial")) passed"] + disturbed + medians).joined(separator: "; ")
    return one
  }

  /// Arms of runtimes that could not run. Which workloads a runtime was to run that was missing when the run was planned is not recorded; it
  /// is then told with all of them.
  private static func missing(_ workload: String, _ results: RunResults, _ summary: Summary) -> [JUnit.Case] {
    results.unavailable.filter { runtime in
      guard summary.arm(workload, runtime.runtime) == nil else { return false }
      let asked = results.workloads.filter { $0.arms.contains(runtime.runtime) }.map(\.name)
      return asked.isEmpty || asked.contains(workload)
    }.map { runtime in
      let remedy = runtime.remedy.isEmpty ? "" : "; to get it: \(runtime.remedy)"
      return JUnit.Case(
        className: "\(workload).\(runtime.runtime)", name: "answers", result: .skipped(message: runtime.reason + remedy))
    }
  }

  /// What the scenario expects of two workloads fails `harness run` where it does not hold.
  private static func difference(_ check: DifferenceCheck) -> JUnit.Case {
    let text = String(check.text.trimmingPrefix(check.holds ? "ok: " : "error: "))
    return JUnit.Case(
      className: "\(check.difference.workload).\(check.runtime)",
      name: "\(check.difference.metric.rawValue) above \(check.difference.above)",
      result: check.holds ? .passed : .failure(type: "expected difference", message: text), output: check.holds ? text : "")
  }

  private static func seconds(_ trials: [Observation]) -> Double {
    Double(trials.reduce(UInt64(0)) { $0 &+ ($1.duration ?? 0) }) / 1e9
  }
}

/// What became of a run, for continuous integration.
public enum JUnitReport {
  /// XML with a line feed at its end: of assertions where the run is of a conformance suite, of workloads and runtimes elsewhere.
  public static func text(for results: RunResults) -> String {
    results.isConformance ? ConformanceReport(results).junit() : RunJUnit.text(results)
  }
}
