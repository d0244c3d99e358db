import Observations
import Statistics

/// A comparison as CSV, a row for every pair of arms and every metric.
extension CompareReport {
  /// The columns of `Docs/formats.md`.
  public static func csv(_ comparison: RunComparison) -> String {
    let runs = (comparison.baseline.id, comparison.candidate.id)
    let columns: [CSVTable<ComparedArms>.Column] =
      ComparedArms.csvColumns(baseline: runs.0, candidate: runs.1) + [("verdict", \.csvVerdict), ("reason", { $0.problem ?? "" })]
    return CSVTable(columns: columns).text(comparison.rows)
  }
}

extension ComparedArms {
  /// What compare and gate have in common: which arms, their figures, and the ratio. Times are nanoseconds, sizes bytes, effects fractions.
  /// - Parameters: identifiers of the runs.
  static func csvColumns(baseline: String, candidate: String) -> [CSVTable<ComparedArms>.Column] {
    func side(_ name: String, _ figures: @escaping (ComparedArms) -> ArmFigures) -> [CSVTable<ComparedArms>.Column] {
      [
        ("\(name)_runtime", { figures($0).runtime }), ("\(name)_trials", { csvNumber(figures($0).trials) }),
        ("\(name)_passed", { csvNumber(figures($0).passed) }), ("\(name)_disturbed", { csvNumber(figures($0).invalid) }),
        ("\(name)_median", { csvNumber(figures($0).median?.value) }),
      ]
    }
    let which: [CSVTable<ComparedArms>.Column] = [
      ("baseline_run", { _ in baseline }), ("candidate_run", { _ in candidate }), ("workload", \.workload),
      ("metric", \.quantity.identifier), ("unit", { HistoryUnit($0.quantity.dimension).rawValue }), ("path", \.path.rawValue),
      ("paired", { csvNumber($0.isPaired) }), ("count", { csvNumber($0.count) }),
    ]
    let ratio: [CSVTable<ComparedArms>.Column] = [
      ("ratio", { csvNumber($0.ratio?.value) }), ("lower", { csvNumber($0.ratio?.interval95?.lower) }),
      ("upper", { csvNumber($0.ratio?.interval95?.upper) }), ("probability", { csvNumber($0.probability) }),
      ("adjusted_probability", { csvNumber($0.adjustedProbability) }), ("detectable", { csvNumber($0.minimumDetectableEffect) }),
    ]
    return which + side("baseline", \.baseline) + side("candidate", \.candidate) + ratio
  }

  /// The verdict in one word of JSON's; empty where nothing could be compared.
  fileprivate var csvVerdict: String {
    guard isCompared else { return "" }
    return (isNoisy ? Verdict.noisyHost : verdict).rawValue
  }
}
