import Observations

/// A gate as CSV: a row for every comparison, and one for everything else that fails it or leaves it undecided, as in a JUnit file.
extension GateReport {
  /// The columns of `Docs/formats.md`.
  public func csv() -> String {
    let compared = ComparedArms.csvColumns(baseline: baseline.id, candidate: candidate.id)
    let columns: [CSVTable<Line>.Column] =
      compared.map { column in (column.name, { line in line.row.map { column.value($0.comparison) } ?? line.others[column.name] ?? "" }) }
      + [
        ("threshold", { csvNumber($0.row?.threshold) }), ("verdict", \.verdict),
        ("first_verdict", { $0.row?.firstVerdict?.rawValue ?? "" }),
        ("reason", \.reason),
      ]
    return CSVTable(columns: columns).text(failures.map(line) + assertionLines + rows.map(Line.init) + gapLines)
  }

  /// A comparison, or what has no figures to compare.
  private struct Line {
    var row: GateRow?
    /// By column, of what is no comparison.
    var others: [String: String] = [:]
    var verdict: String
    var reason: String

    init(_ row: GateRow) {
      self.row = row
      verdict = row.verdict.rawValue
      reason = row.reason
    }

    init(_ others: [String: String], _ verdict: String, _ reason: String) {
      self.others = others
      self.verdict = verdict
      self.reason = reason
    }
  }

  private func line(_ failure: GateFailure) -> Line {
    var cells = place(failure.workload, "answers")
    cells["candidate_runtime"] = failure.runtime
    cells["candidate_trials"] = "\(failure.trials)"
    cells["candidate_passed"] = "\(failure.trials - failure.failed)"
    if failure.baselineTrials > 0 {
      cells["baseline_trials"] = "\(failure.baselineTrials)"
      cells["baseline_passed"] = "\(failure.baselineTrials - failure.baselineFailed)"
    }
    return Line(cells, GateOutcome.failed.rawValue, lines([failure]).joined())
  }

  private var assertionLines: [Line] {
    (assertions?.regressions ?? []).map { Line(place("", "assertions"), CellVerdict.regression.rawValue, $0) }
  }

  private var gapLines: [Line] {
    if outcome == .nothingMeasured { return [Line(place("", "measured"), outcome.rawValue, GateTexts.headline(self))] }
    return GateTexts.gaps(self).map { Line(place("", $0.name), CellVerdict.inconclusive.rawValue, $0.message) }
  }

  private func place(_ workload: String, _ metric: String) -> [String: String] {
    ["baseline_run": baseline.id, "candidate_run": candidate.id, "workload": workload, "metric": metric]
  }
}
