import Observations
import Statistics

/// What a gate is to look at, and how strictly.
public struct GateRules: Sendable {
  /// Which rows there are; without quantities those that the candidate's scenario asks for, execution alone aside.
  public var request = ComparisonRequest()
  /// Instead of the scenario's thresholds; under nil for every quantity.
  public var thresholds: [Quantity?: Double] = [:]
  /// Whether an undecided gate ends with exit code 0.
  public var allowsInconclusive = false
  /// All rows, the scenario's thresholds, undecided gates not let through.
  public init() {}

  func threshold(of quantity: Quantity, in run: RunDescription) -> Double {
    if let own = thresholds[quantity] ?? thresholds[nil] { return own }
    return switch quantity {
    case .metric(let metric): run.threshold(of: metric)
    case .executionOnly: run.threshold(of: .wallTime)
    }
  }
}

extension GateReport {
  /// Judges a candidate run against a baseline run.
  public init(baseline: MeasuredRun, candidate: MeasuredRun, _ rules: GateRules = GateRules()) {
    let request = rules.gating(candidate)
    self.init(RunComparison(baseline: baseline, candidate: candidate, request), baseline, candidate, request, rules)
  }

  /// Judges a runtime against another of the same run, block by block.
  public init(within run: MeasuredRun, baseline: String, _ rules: GateRules = GateRules()) {
    let request = rules.gating(run)
    self.init(RunComparison(within: run, baseline: baseline, request), run, run, request, rules, baselineRuntime: baseline)
  }

  private init(
    _ comparison: RunComparison, _ baseline: MeasuredRun, _ candidate: MeasuredRun, _ request: ComparisonRequest, _ rules: GateRules,
    baselineRuntime: String? = nil
  ) {
    let rows = comparison.rows.map { GateRow($0, threshold: rules.threshold(of: $0.quantity, in: candidate.run)) }
    self.init(
      outcome: .passed, baseline: comparison.baseline, candidate: comparison.candidate, rows: rows,
      failures: GateFailure.all(baseline, candidate, request, baselineRuntime), machineDifferences: comparison.machineDifferences,
      unmatched: comparison.unmatched, allowsInconclusive: rules.allowsInconclusive, notes: comparison.notes)
    lostArms = candidate.lostArms(since: baseline, request, isOneRun: baselineRuntime != nil)
    settle()
  }

  /// The overall outcome. A failure outweighs everything; what is undecided outweighs what passed.
  mutating func settle() {
    if !failures.isEmpty || regressions > 0 {
      outcome = .failed
    } else if baseline.trials == 0 || candidate.trials == 0 || rows.isEmpty {
      outcome = .nothingMeasured
    } else if !machineDifferences.isEmpty || inconclusive > 0 || lostArms > 0 {
      outcome = .inconclusive
    } else {
      outcome = .passed
    }
  }

  /// This report with the rows that a second, longer measurement looked at again; of those only the second counts.
  public func confirmed(by second: GateReport) -> GateReport {
    var report = self
    for index in report.rows.indices {
      guard let again = second.rows.first(where: { $0.comparison.key == report.rows[index].comparison.key }) else { continue }
      let first = report.rows[index].verdict
      report.rows[index] = again
      report.rows[index].firstVerdict = first
    }
    for failure in second.failures {
      if let known = report.failures.firstIndex(where: { $0.workload == failure.workload && $0.runtime == failure.runtime }) {
        report.failures[known].add(failure)
      } else {
        report.failures.append(failure)
      }
    }
    report.notes += second.notes.filter { !report.notes.contains($0) }.map { "Second measurement: \($0)" }
    report.settle()
    return report
  }
}

extension GateRules {
  /// What gates: the metrics asked for. Execution alone is derived from wall time and gates only by name.
  fileprivate func gating(_ candidate: MeasuredRun) -> ComparisonRequest {
    var request = request
    request.quantities = request.quantities ?? candidate.quantities.filter { $0 != .executionOnly }
    return request
  }
}

extension GateRow {
  init(_ comparison: ComparedArms, threshold: Double) {
    self.init(comparison: comparison, threshold: threshold, verdict: .inconclusive, reason: "")
    if let problem = comparison.problem {
      reason = problem
      return
    }
    if let counts = comparison.counts {
      verdict = counts.verdict(threshold: threshold)
      if verdict == .inconclusive { reason = "the repetitions vary: \(counts.text)" }
      return
    }
    if comparison.isNoisy {
      let noisy = comparison.candidate.isNoisy ? comparison.candidate : comparison.baseline
      reason = "noisy host: \(noisy.invalid) of \(noisy.passed) trials in \(noisy.runtime) were disturbed"
      return
    }
    switch GateVerdict(
      ratio: comparison.ratio, adjustedProbability: comparison.adjustedProbability ?? 1, threshold: threshold,
      minimumDetectableEffect: comparison.minimumDetectableEffect)
    {
    case .regression: verdict = .regression
    case .improvement: verdict = .improvement
    case .pass: verdict = .pass
    case .inconclusive(let why, let effect): reason = Self.words(why, effect, threshold)
    }
  }

  private static func words(_ reason: GateVerdict.Reason, _ effect: Double?, _ threshold: Double) -> String {
    switch reason {
    case .imprecise:
      "the interval reaches over the threshold of \(GateTexts.thresholdText(threshold))"
        + (effect.map { "; only a change of \(percentText($0)) or more would be found" } ?? "")
    case .tooFewSamples: "too few trials for a 95 % interval"
    case .notComparable: "no ratio can be formed"
    }
  }
}

extension GateFailure {
  /// Arms of the candidate that failed. A runtime that could not be started on either side is the machine's fault, not the candidate's:
  /// such an arm has no value, and its rows are undecided.
  static func all(
    _ baseline: MeasuredRun, _ candidate: MeasuredRun, _ request: ComparisonRequest, _ baselineRuntime: String?
  ) -> [GateFailure] {
    candidate.arms.compactMap { arm in
      guard request.runtimes?.contains(arm.runtime) ?? true, arm.runtime != baselineRuntime, arm.failed > 0 else { return nil }
      guard request.only.map({ $0.contains { $0.workload == arm.workload && $0.runtime == arm.runtime } }) ?? true else { return nil }
      let before = baseline.arm(arm.workload, baselineRuntime ?? arm.runtime)
      let cannotStart = arm.failures.allSatisfy { $0.outcome == .notStarted }
      if cannotStart, let before, before.trials > 0, before.failures.allSatisfy({ $0.outcome == .notStarted }), before.passed == 0 {
        return nil
      }
      return GateFailure(
        workload: arm.workload, runtime: arm.runtime, trials: arm.trials, outcomes: arm.failures, baselineFailed: before?.failed ?? 0,
        baselineTrials: before?.trials ?? 0)
    }
  }

  fileprivate mutating func add(_ other: GateFailure) {
    trials += other.trials
    baselineFailed += other.baselineFailed
    baselineTrials += other.baselineTrials
    for failed in other.outcomes {
      if let known = outcomes.firstIndex(where: { $0.outcome == failed.outcome }) {
        outcomes[known].count += failed.count
      } else {
        outcomes.append(failed)
      }
    }
  }
}

extension MeasuredRun {
  /// How many arms the baseline measured and this run has not.
  fileprivate func lostArms(since baseline: MeasuredRun, _ request: ComparisonRequest, isOneRun: Bool) -> Int {
    guard !isOneRun else { return 0 }
    return baseline.arms.count { arm in
      (request.runtimes?.contains(arm.runtime) ?? true) && arm.trials > 0 && (self.arm(arm.workload, arm.runtime)?.trials ?? 0) == 0
    }
  }
}
