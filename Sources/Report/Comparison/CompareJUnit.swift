import Observations

/// A comparison as a JUnit file: a test case for every compared arm and metric. It fails only where the verdict is clearly worse, and by the
/// metric's threshold or more: most of what differs between two runtimes is no defect of either.
extension CompareReport {
  /// XML with a line feed at its end; the suite's time stamp is the candidate's start.
  public static func junit(_ comparison: RunComparison) -> String {
    let name = "harness compare \(comparison.candidate.scenario)"
    let remarks =
      [ComparisonTexts.headline(comparison)] + runs(comparison) + ComparisonTexts.failures(comparison) + comparison.unmatched
      + comparison.notes
    let suite = JUnit.Suite(
      name: name, cases: comparison.rows.map { row($0, comparison) } + nothing(comparison), startedAt: comparison.candidate.startedAt,
      output: remarks)
    return JUnit(name: name, suites: [suite]).text
  }

  private static func row(_ arms: ComparedArms, _ comparison: RunComparison) -> JUnit.Case {
    let sentence = ComparisonTexts.sentence(arms, threshold: comparison.threshold(of: arms))
    // Several baselines may stand beside one arm only in different runs, so that arm and metric name the case.
    var one = JUnit.Case(className: "\(arms.workload).\(arms.candidate.runtime)", name: arms.quantity.identifier)
    if let problem = arms.problem {
      one.result = .skipped(message: problem)
    } else if arms.isNoisy {
      one.result = .skipped(message: "\(Verdict.noisyHost.words(for: arms.quantity)): \(sentence)")
    } else if comparison.isClearlyWorse(arms) {
      one.result = .failure(type: arms.verdict.words(for: arms.quantity), message: sentence)
    } else {
      one.output = sentence
    }
    return one
  }

  /// A file in which nothing was compared must not look as if all were well.
  private static func nothing(_ comparison: RunComparison) -> [JUnit.Case] {
    guard comparison.isEmpty || !comparison.machineDifferences.isEmpty else { return [] }
    let message = ([ComparisonTexts.headline(comparison)] + comparison.machineDifferences).joined(separator: " ")
    return [JUnit.Case(className: "compare.all", name: "comparable", result: .error(type: "not compared", message: message))]
  }
}

extension RunComparison {
  /// From which growth on an arm is worse, as a fraction.
  func threshold(of arms: ComparedArms) -> Double { thresholds[arms.quantity.identifier] ?? 0 }

  /// Whether an arm is worse, not by chance, and by the metric's threshold or more.
  func isClearlyWorse(_ arms: ComparedArms) -> Bool {
    guard !arms.isNoisy else { return false }
    let threshold = threshold(of: arms)
    if let counts = arms.counts { return counts.verdict(threshold: threshold) == .regression }
    return arms.verdict == .more && (arms.ratio.map { $0.value >= 1 + threshold } ?? false)
  }
}
