import Observations

/// A gate as a JUnit file: a test case for every comparison and every arm that failed.
///
/// A regression or a failed trial is a `failure`; what cannot be decided is an `error`, or `skipped` where the gate lets it pass. It never lets
/// pass that nothing was measured.
extension GateReport {
  /// XML with a line feed at its end; the suite's time stamp is the candidate's start.
  public func junit() -> String {
    let nothing = outcome == .nothingMeasured ? [measuredCase] : []
    let gaps =
      nothing.isEmpty ? GateTexts.gaps(self).map { JUnit.Case(className: "gate.all", name: $0.name, result: undecided($0.message)) } : []
    let name = "harness gate \(candidate.scenario)"
    let suite = JUnit.Suite(
      name: name, cases: failures.map(Self.failureCase) + assertionCases + rows.map(rowCase) + nothing + gaps,
      startedAt: candidate.startedAt, output: [GateTexts.headline(self)] + GateTexts.runs(self) + GateTexts.notes(self))
    return JUnit(name: name, suites: [suite]).text
  }

  private static func failureCase(_ failure: GateFailure) -> JUnit.Case {
    let first = failure.outcomes.first
    return JUnit.Case(
      className: "\(failure.workload).\(failure.runtime)", name: "answers",
      result: .failure(
        type: first?.outcome.rawValue ?? "failed", message: GateTexts.failure(failure), text: first?.firstDetail ?? ""))
  }

  /// A case for every assertion that regressed, and one for all that did not.
  private var assertionCases: [JUnit.Case] {
    guard let assertions else { return [] }
    let regressed = assertions.regressions.map {
      JUnit.Case(className: "gate.assertions", name: $0, result: .failure(type: CellVerdict.regression.rawValue, message: $0))
    }
    let rest = assertions.compared - assertions.regressions.count
    return regressed + (rest > 0 ? [JUnit.Case(className: "gate.assertions", name: "\(rest) that the baseline passed")] : [])
  }

  private func rowCase(_ row: GateRow) -> JUnit.Case {
    let sentence = GateTexts.sentence(row)
    let arms = row.comparison
    var one = JUnit.Case(className: "\(arms.workload).\(arms.candidate.runtime)", name: arms.quantity.identifier)
    switch row.verdict {
    case .regression: one.result = .failure(type: row.verdict.rawValue, message: sentence)
    case .inconclusive: one.result = undecided(sentence)
    case .improvement, .pass: one.output = sentence
    }
    return one
  }

  private var measuredCase: JUnit.Case {
    JUnit.Case(
      className: "gate.all", name: "measured", result: .error(type: outcome.rawValue, message: GateTexts.headline(self)))
  }

  private func undecided(_ message: String) -> JUnit.Result {
    allowsInconclusive ? .skipped(message: message) : .error(type: CellVerdict.inconclusive.rawValue, message: message)
  }
}
