import Observations
import Statistics

/// What a gate is to look at, and how strictly.
public struct GateRules: Sendable {
  /// Which rows there are; without quantities those that the candidate's scenario asks for, execution alone aside.
  public var request = ComparisonRequest()
  /// Instead of the scenario's thresholds; under nil for every quantity that is not counted: nobody who tolerates 5 % of a time means a
  /// twentieth of all system calls.
  public var thresholds: [Quantity?: Double] = [:]
  /// Whether an undecided gate ends with exit code 0.
  public var allowsInconclusive = false
  /// All rows, the scenario's thresholds, undecided gates not let through.
  public init() {}

  /// The stricter of both runs' thresholds where nothing else is said: a change does not loosen the rules it is judged by.
  func threshold(of quantity: Quantity, in runs: [RunDescription]) -> Double {
    if let own = own(quantity) { return own }
    return runs.map { quantity.threshold(in: $0) }.min() ?? 0
  }

  private func own(_ quantity: Quantity) -> Double? {
    if case .metric(let metric) = quantity, metric.isCount { return thresholds[quantity] }
    return thresholds[quantity] ?? thresholds[nil]
  }

  /// Where the scenarios of both runs tolerate different growth, one sentence each.
  fileprivate func loosened(_ quantities: [Quantity], _ baseline: RunDescription, _ candidate: RunDescription) -> [String] {
    quantities.compactMap { quantity in
      let (before, after) = (quantity.threshold(in: baseline), quantity.threshold(in: candidate))
      guard before != after, own(quantity) == nil else { return nil }
      let texts = [before, after].map(GateTexts.thresholdText)
      return "The baseline's scenario tolerates \(texts[0]) of \(quantity.identifier), the candidate's \(texts[1]); the stricter counts."
    }
  }
}

extension GateReport {
  /// Judges a candidate run against a baseline run.
  public init(baseline: MeasuredRun, candidate: MeasuredRun, _ rules: GateRules = GateRules()) {
    let request = rules.gating(baseline, candidate)
    self.init(RunComparison(baseline: baseline, candidate: candidate, request), baseline, candidate, request, rules)
    isUnfinished = candidate.run.finishedAt == nil
    assertions = AssertionComparison(baseline, candidate, request)
    for run in [baseline.run, candidate.run] where run.finishedAt == nil {
      notes.append("Run \(run.id) is not finished: blocks are missing.")
    }
    notes += rules.loosened(request.quantities ?? [], baseline.run, candidate.run)
    settle()
  }

  /// Judges a runtime against another of the same run, block by block.
  public init(within run: MeasuredRun, baseline: String, _ rules: GateRules = GateRules()) {
    let request = rules.gating(run, run)
    self.init(RunComparison(within: run, baseline: baseline, request), run, run, request, rules, baselineRuntime: baseline)
  }

  private init(
    _ comparison: RunComparison, _ baseline: MeasuredRun, _ candidate: MeasuredRun, _ request: ComparisonRequest, _ rules: GateRules,
    baselineRuntime: String? = nil
  ) {
    // Nothing of a test is timed.
    let tests = Set((baseline.workloads + candidate.workloads).filter { $0.test != nil }.map(\.name))
    let rows = comparison.rows.filter { !tests.contains($0.workload) }.map {
      GateRow($0, threshold: rules.threshold(of: $0.quantity, in: [baseline.run, candidate.run]))
    }
    let failed = GateFailure.all(baseline, candidate, request, baselineRuntime)
    self.init(
      outcome: .passed, baseline: comparison.baseline, candidate: comparison.candidate, rows: rows,
      failures: failed.filter { !$0.isMachines }.map(\.failure),
      machineDifferences: rows.isEmpty && !tests.isEmpty ? [] : comparison.machineDifferences,
      unmatched: comparison.unmatched, allowsInconclusive: rules.allowsInconclusive,
      notes: rows.isEmpty && !tests.isEmpty ? [] : comparison.notes)
    unstarted = failed.filter(\.isMachines).map(\.failure)
    lostArms = candidate.lostArms(since: baseline, request, isOneRun: baselineRuntime != nil)
    settle()
  }

  /// The overall outcome. A failure outweighs everything; what is undecided outweighs what passed.
  mutating func settle() {
    if !failures.isEmpty || regressions > 0 || assertions?.regressions.isEmpty == false {
      outcome = .failed
    } else if baseline.trials == 0 || candidate.trials == 0 || rows.isEmpty && (assertions?.compared ?? 0) == 0 {
      outcome = .nothingMeasured
    } else if !machineDifferences.isEmpty || inconclusive > 0 || hasGaps {
      outcome = .inconclusive
    } else {
      outcome = .passed
    }
  }

  /// This report with the rows that a second, longer measurement looked at again; of those only the second counts. The family p is adjusted
  /// for is that of all rows: what passed the first time has been looked at too.
  public func confirmed(by second: GateReport) -> GateReport {
    var report = self
    for index in report.rows.indices {
      guard let again = second.rows.first(where: { $0.comparison.key == report.rows[index].comparison.key }) else { continue }
      let first = report.rows[index].verdict
      report.rows[index] = again
      report.rows[index].firstVerdict = first
    }
    let tested = report.rows.indices.filter { report.rows[$0].comparison.probability != nil }
    for (index, probability) in zip(
      tested, FalseDiscoveryRate.adjusted(tested.map { report.rows[$0].comparison.probability ?? 1 }) ?? [])
    {
      report.rows[index].comparison.adjustedProbability = probability
      report.rows[index].judge()
    }
    report.failures.merge(second.failures)
    report.unstarted.merge(second.unstarted)
    report.notes = Self.merged(self, second, method: ComparisonNotes.method(report.rows.map(\.comparison), isPaired: true))
    report.settle()
    return report
  }

  /// The notes of both measurements, each with the one it is of; how p was adjusted is said once, of all rows.
  private static func merged(_ first: GateReport, _ second: GateReport, method: [String]) -> [String] {
    let notes = [first, second].map { report in
      report.notes.filter { !ComparisonNotes.method(report.rows.map(\.comparison), isPaired: true).contains($0) }
    }
    let common = notes[0].filter(notes[1].contains)
    return method + common + notes[0].filter { !common.contains($0) }.map { "First measurement: \($0)" }
      + notes[1].filter { !common.contains($0) }.map { "Second measurement: \($0)" }
  }
}

extension GateRules {
  /// What gates: the metrics asked for. Execution alone is derived from wall time and gates only by name.
  fileprivate func gating(_ baseline: MeasuredRun, _ candidate: MeasuredRun) -> ComparisonRequest {
    var request = request
    // What the baseline was asked for is judged too: a candidate does not choose what it is judged by.
    request.quantities = request.quantities ?? (candidate.quantities + baseline.quantities).uniqued.filter { $0 != .executionOnly }
    return request
  }
}

extension GateRow {
  init(_ comparison: ComparedArms, threshold: Double) {
    self.init(comparison: comparison, threshold: threshold, verdict: .inconclusive, reason: "")
    judge()
  }

  /// Fills in verdict and reason.
  fileprivate mutating func judge() {
    (verdict, reason) = (.inconclusive, "")
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
    heedResolution()
  }

  /// What lies below the quantity's resolution cannot be told apart: no harm where nothing was found, undecided where something was.
  private mutating func heedResolution() {
    let resolution = comparison.quantity.resolution
    guard resolution > 0, verdict != .pass, let ratio = comparison.ratio, let interval = ratio.interval95,
      let usual = comparison.baseline.median?.value
    else { return }
    let text = comparison.quantity.text(resolution)
    if max(abs(interval.lower - 1), abs(interval.upper - 1)) * usual < resolution {
      (verdict, reason) = (verdict == .regression ? .inconclusive : .pass, "less than \(text), which cannot be told apart")
    } else if verdict != .inconclusive, abs(ratio.value - 1) * usual < resolution {
      (verdict, reason) = (.inconclusive, "about \(text), which can only just be told apart")
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
  /// Arms of the candidate that failed, and whether that is the machine's fault.
  ///
  /// What starts at one moment and not at another, or on neither side, is not started by the machine, and no fault of the candidate's.
  static func all(
    _ baseline: MeasuredRun, _ candidate: MeasuredRun, _ request: ComparisonRequest, _ baselineRuntime: String?
  ) -> [(failure: GateFailure, isMachines: Bool)] {
    candidate.arms.compactMap { arm in
      guard request.runtimes?.contains(arm.runtime) ?? true, arm.runtime != baselineRuntime, arm.failed > 0 else { return nil }
      let before = baseline.arm(arm.workload, baselineRuntime ?? arm.runtime)
      let startsElsewhere = arm.passed > 0 || before?.failures.contains { $0.outcome == .notStarted } == true
      let failure = GateFailure(
        workload: arm.workload, runtime: arm.runtime, trials: arm.trials, outcomes: arm.failures, baselineFailed: before?.failed ?? 0,
        baselineTrials: before?.trials ?? 0)
      return (failure, arm.failures.allSatisfy { $0.outcome == .notStarted } && startsElsewhere)
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

extension [GateFailure] {
  fileprivate mutating func merge(_ others: [GateFailure]) {
    for other in others {
      if let known = firstIndex(where: { $0.workload == other.workload && $0.runtime == other.runtime }) {
        self[known].add(other)
      } else {
        append(other)
      }
    }
  }
}

extension Quantity {
  func threshold(in run: RunDescription) -> Double {
    switch self {
    case .metric(let metric): run.threshold(of: metric)
    case .executionOnly: run.threshold(of: .wallTime)
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
