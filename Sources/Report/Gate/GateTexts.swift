import Observations
import Statistics

/// The sentences and tables every rendering of a gate shares.
enum GateTexts {
  /// The verdict in one line.
  static func headline(_ report: GateReport) -> String {
    switch report.outcome {
    case .failed:
      let parts = [
        report.regressions > 0 ? counted(report.regressions, "regression") : nil,
        report.failures.isEmpty ? nil : "\(counted(report.failures.reduce(0) { $0 + $1.failed }, "failed trial"))",
        report.assertions.flatMap {
          $0.regressions.isEmpty ? nil : "\(counted($0.regressions.count, "assertion")) that the baseline passed"
        },
      ].compactMap(\.self)
      return "FAIL: \(parts.joined(separator: " and "))\(rest(report))"
    case .inconclusive:
      if !report.machineDifferences.isEmpty { return "INCONCLUSIVE: the runs cannot be compared" }
      if report.inconclusive > 0 {
        return "INCONCLUSIVE: \(report.inconclusive) of \(counted(report.rows.count, "comparison")) cannot be decided\(rest(report))"
      }
      if report.lostArms > 0 {
        return "INCONCLUSIVE: \(counted(report.lostArms, "arm")) of the baseline not measured in the candidate"
      }
      if let untried = report.assertions?.untried, untried > 0 {
        return "INCONCLUSIVE: \(counted(untried, "assertion")) that the baseline passed not tried in the candidate"
      }
      if report.isUnfinished { return "INCONCLUSIVE: the candidate's run \(report.candidate.id) is not finished" }
      return "INCONCLUSIVE: \(counted(report.unstarted.reduce(0) { $0 + $1.failed }, "trial")) could not be started on this machine"
    case .nothingMeasured: return "NOTHING MEASURED: \(nothing(report))"
    case .passed:
      if let assertions = report.assertions, report.rows.isEmpty {
        return "PASS: the candidate passes all of \(counted(assertions.compared, "assertion")) that the baseline passed"
      }
      return "PASS: no regression in \(counted(report.rows.count, "comparison"))"
        + (report.improvements > 0 ? ", \(counted(report.improvements, "improvement"))" : "")
    }
  }

  private static func rest(_ report: GateReport) -> String {
    let others = [(report.inconclusive, "undecided"), (report.improvements, "improved"), (report.passes, "passed")]
      .filter { $0.0 > 0 && !($0.1 == "undecided" && report.outcome == .inconclusive) }.map { "\($0.0) \($0.1)" }
    return others.isEmpty ? "" : " (\(others.joined(separator: ", ")))"
  }

  private static func nothing(_ report: GateReport) -> String {
    if report.candidate.trials == 0 { return "the candidate \(report.candidate.id) has no trial that counts" }
    if report.baseline.trials == 0 { return "the baseline \(report.baseline.id) has no trial that counts" }
    return report.notes.uncounted ?? "the two runs share no workload in the same runtime"
  }

  /// What was not measured that should have been, and what keeps the runs apart: each leaves the gate undecided.
  static func gaps(_ report: GateReport) -> [(name: String, message: String)] {
    var gaps: [(name: String, message: String)] = []
    if !report.machineDifferences.isEmpty {
      gaps.append(("same machine", "the runs cannot be compared: \(report.machineDifferences.joined(separator: "; "))"))
    }
    if report.lostArms > 0 {
      let arms = "\(counted(report.lostArms, "arm")) of the baseline not measured: \(report.unmatched.joined(separator: "; "))"
      gaps.append(("every arm measured", arms))
    }
    if let untried = report.assertions?.untried, untried > 0 {
      gaps.append(("every assertion tried", "\(counted(untried, "assertion")) that the baseline passed not tried in the candidate"))
    }
    if report.isUnfinished { gaps.append(("run finished", "the candidate's run \(report.candidate.id) is not finished")) }
    if !report.unstarted.isEmpty {
      let arms = report.unstarted.map(failure).joined(separator: "; ")
      gaps.append(("every trial started", "could not be started on this machine: \(arms)"))
    }
    return gaps
  }

  /// One sentence a regression, the largest first.
  static func regressions(_ report: GateReport) -> [String] {
    report.rows.filter { $0.verdict == .regression }.sorted { ($0.comparison.ratio?.value ?? 1) > ($1.comparison.ratio?.value ?? 1) }
      .map(sentence)
  }

  /// "hello in interpreter: wall time, spawn to exit 1.050 times [1.041, 1.060] the baseline's …".
  static func sentence(_ row: GateRow) -> String {
    let arms = row.comparison
    let text = arms.ratio.map(EstimateText.init(ratio:))
    if let counts = arms.counts {
      let ratio = text.map { ", \($0.value) times" } ?? ""
      let why = row.reason.isEmpty ? "" : ": \(row.reason)"
      return "\(place(arms)): \(arms.quantity.title): baseline \(counts.text)\(ratio) (threshold \(thresholdText(row.threshold)))\(why)"
    }
    let change = text.map { "\($0.both) times the baseline" } ?? "no ratio"
    let probability = arms.adjustedProbability.map { ", adjusted p \(probabilityText($0))" } ?? ""
    let why = row.reason.isEmpty ? "" : ": \(row.reason)"
    return
      "\(place(arms)): \(arms.quantity.title): \(change) (threshold \(thresholdText(row.threshold))\(probability))\(why)\(confirmation(row))"
  }

  static func confirmation(_ row: GateRow) -> String {
    row.firstVerdict.map { "; measured twice, first \($0.rawValue)" } ?? ""
  }

  static func place(_ arms: ComparedArms) -> String {
    let runtime =
      arms.baseline.runtime == arms.candidate.runtime
      ? arms.candidate.runtime : "\(arms.candidate.runtime) against \(arms.baseline.runtime)"
    return "\(arms.workload) in \(runtime)"
  }

  static func failure(_ failure: GateFailure) -> String {
    let outcomes = failure.outcomes.map { "\($0.count) \($0.outcome.words)" }.joined(separator: ", ")
    let before = failure.baselineFailed > 0 ? " (baseline: \(failure.baselineFailed) of \(failure.baselineTrials) failed)" : ""
    return
      "\(failure.workload) in \(failure.runtime): \(failure.failed) of \(counted(failure.trials, "trial")) failed: \(outcomes)\(before)"
  }

  static func runs(_ report: GateReport) -> [String] {
    if report.baseline.id == report.candidate.id { return ["run \(described(report.candidate))"] }
    return ["baseline \(described(report.baseline))", "candidate \(described(report.candidate))"]
  }

  static func described(_ run: ComparedRun) -> String {
    let commit =
      run.commit.isEmpty ? "" : ", commit \(run.commit.prefix(12))\(run.commit.hasSuffix("+") && run.commit.count > 12 ? "+" : "")"
    let branch = run.branch.map { " on \($0)" } ?? ""
    return "\(run.id)\(branch)\(commit), \(counted(run.trials, "trial"))"
  }

  /// One table a quantity.
  static func tables(_ report: GateReport) -> [Table] {
    report.rows.map(\.comparison.quantity).uniqued.map { quantity in
      let rows = report.rows.filter { $0.comparison.quantity == quantity }
      let thresholds = Set(rows.map(\.threshold))
      let note = thresholds.count == 1 ? thresholds.first.map { "threshold \(thresholdText($0))" } : nil
      return Table(
        title: quantity.heading, note: note,
        columns: [
          .init(heading: "runtime"), .init(heading: "verdict"), .init(heading: "ratio", alignment: .trailing),
          .init(heading: "95 %", dropOrder: 6), .init(heading: "adjusted p", alignment: .trailing, dropOrder: 2),
          .init(heading: "detectable", alignment: .trailing, dropOrder: 3), .init(heading: "baseline", alignment: .trailing, dropOrder: 4),
          .init(heading: "candidate", alignment: .trailing, dropOrder: 5), .init(heading: "passed", dropOrder: 1),
        ],
        groups: rows.map(\.comparison.workload).uniqued.map { workload in
          Table.Group(name: workload, rows: rows.filter { $0.comparison.workload == workload }.map(cells))
        })
    }
  }

  private static func cells(_ row: GateRow) -> [Table.Cell] {
    let arms = row.comparison
    let tone: Table.Tone =
      switch row.verdict {
      case .regression: .bad
      case .improvement: .good
      case .pass: .plain
      case .inconclusive: .quiet
      }
    let ratio = arms.ratio.map(EstimateText.init(ratio:))
    let isBad = arms.candidate.passed < arms.candidate.trials
    return [
      .init(arms.candidate.runtime), .init(row.verdict.rawValue + (row.firstVerdict == nil ? "" : " ²"), tone), .init(ratio?.value ?? "–"),
      .init(ratio?.interval ?? ""), .init(arms.adjustedProbability.map(probabilityText) ?? ""),
      .init(arms.minimumDetectableEffect.map(percentText) ?? "", .quiet),
      .init(ComparisonTexts.median(arms.baseline, arms.quantity), .quiet),
      .init(ComparisonTexts.median(arms.candidate, arms.quantity)), .init(ComparisonTexts.passed(arms), isBad ? .bad : .quiet),
    ]
  }

  /// Why rows are undecided; their figures are in the table.
  static func undecided(_ report: GateReport) -> [String] {
    report.rows.filter { $0.verdict == .inconclusive }.map { row in
      "\(place(row.comparison)), \(row.comparison.quantity.identifier): \(row.reason)\(confirmation(row))"
    }
  }

  /// "3 %", "2.5 %".
  static func thresholdText(_ fraction: Double) -> String {
    let text = percentText(fraction)
    return text.hasSuffix(".0 %") ? text.dropLast(4) + " %" : text
  }

  static func notes(_ report: GateReport) -> [String] {
    let twice = report.rows.contains { $0.firstVerdict != nil }
    return report.notes + (twice ? ["² decided by a second measurement of twice as many blocks; only the second counts."] : [])
  }
}
