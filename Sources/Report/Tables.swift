import Observations
import Statistics

/// Every table of a report, made from the summary.
enum Tables {
  /// Medians of one quantity, and ratios within each path.
  /// - Returns: nil where no arm is to have the quantity.
  static func within(_ summary: Summary, _ quantity: Quantity) -> Table? {
    let arms = summary.arms.filter { !(quantity == .executionOnly && $0.workload == summary.run.subtract) && quantity.concerns($0) }
    let groups = arms.map(\.workload).uniqued.flatMap { workload in
      RuntimePath.allCases.compactMap { path -> Table.Group? in
        let rows = arms.filter { $0.workload == workload && $0.path == path }
        guard !rows.isEmpty else { return nil }
        let baseline = summary.withinPath.first { $0.workload == workload && $0.path == path && $0.quantity == quantity }?.baseline
        return Table.Group(
          name: workload, detail: " · \(path.title)" + (baseline.map { ", ratios to \($0)" } ?? ""),
          rows: rows.map { withinRow(summary, $0, baseline, quantity) })
      }
    }
    guard !groups.isEmpty else { return nil }
    return Table(
      title: quantity.heading,
      note: quantity == .metric(.peakMemory) ? "“resident” is the median size of the largest process, see the notes" : nil,
      columns: [
        .init(heading: "runtime"), .init(heading: "passed", alignment: .trailing, dropOrder: 1),
        .init(heading: "median", alignment: .trailing), .init(heading: "95 %", dropOrder: 2),
      ] + (quantity == .metric(.peakMemory) ? [.init(heading: "resident", alignment: .trailing, dropOrder: 3)] : [])
        + (quantity == .metric(.taskTime) ? [.init(heading: "tasks/s", alignment: .trailing, dropOrder: 5)] : []) + [
          .init(heading: "ratio", alignment: .trailing), .init(heading: "95 %", dropOrder: 4), .init(heading: "verdict", dropOrder: 3),
          .init(heading: "detectable", alignment: .trailing, dropOrder: 0),
        ], groups: groups)
  }

  private static func withinRow(_ summary: Summary, _ arm: ArmSummary, _ baseline: String?, _ quantity: Quantity) -> [Table.Cell] {
    let passed = Table.Cell("\(arm.passed)/\(arm.trials)", arm.passed < arm.trials ? .bad : .plain)
    // An execution of less than nothing is noise: the notes tell of it.
    let median = arm.median(of: quantity).flatMap { quantity == .executionOnly && $0.value <= 0 ? nil : EstimateText($0, of: quantity) }
    let start =
      [Table.Cell(arm.runtime), passed, .init(median?.value ?? "–"), .init(median?.interval ?? "", .quiet)]
      + (quantity == .metric(.peakMemory) ? [.init(arm.maxResident.map { quantity.text($0.value) } ?? "–", .quiet)] : [])
      + (quantity == .metric(.taskTime) ? [.init(arm.median(of: quantity).map(tasksPerSecond) ?? "–")] : [])
    if nonePassed(arm) { return start + nonePassedCells }
    if arm.runtime == baseline { return start + [.init("1"), "", .init("baseline", .quiet), ""] }
    let comparison = summary.withinPath.first {
      $0.workload == arm.workload && $0.runtime == arm.runtime && $0.path == arm.path && $0.quantity == quantity
    }
    guard let comparison else { return start + ["", "", "", ""] }
    return start + ratioCells(comparison)
  }

  /// How many tasks a second a time for each comes to, with its interval: "13.2 [12.8, 13.9]".
  static func tasksPerSecond(_ time: Estimate) -> String {
    func rate(_ time: Double) -> Double { time > 0 ? 1e9 / time : 0 }
    let decimals = Unit.one.decimals(rate(time.value), width: nil)
    func text(_ time: Double) -> String { Unit.one.number(rate(time), decimals: decimals) }
    return text(time.value) + (time.interval95.map { " [\(text($0.upper)), \(text($0.lower))]" } ?? "")
  }

  private static func nonePassed(_ arm: ArmSummary?) -> Bool { arm.map { $0.trials > 0 && $0.passed == 0 } ?? false }

  private static let nonePassedCells: [Table.Cell] = ["", "", .init("none passed", .bad), ""]

  private static func ratioCells(_ comparison: Comparison) -> [Table.Cell] {
    let ratio = comparison.ratio.map(EstimateText.init(ratio:))
    return [
      .init(ratio?.value ?? "–"), .init(ratio?.interval ?? ""), .init(comparison.verdict, comparison.quantity),
      .init(comparison.minimumDetectableEffect.map(percentText) ?? "", .quiet),
    ]
  }

  /// Ratios over different roads to the guest, apart from the comparisons to trust.
  static func across(_ summary: Summary, _ quantity: Quantity) -> Table? {
    let comparisons = summary.acrossPaths.filter { $0.quantity == quantity }
    guard !comparisons.isEmpty else { return nil }
    let groups = comparisons.map(\.workload).uniqued.map { workload in
      let rows = comparisons.filter { $0.workload == workload }
      return Table.Group(
        name: workload, detail: ", ratios to \(summary.run.baseline)",
        rows: rows.map { comparison in
          [.init(comparison.runtime), .init(comparison.path.rawValue, .quiet), .init("\(comparison.pairs)")]
            + (nonePassed(summary.arm(workload, comparison.runtime)) ? nonePassedCells : ratioCells(comparison))
        })
    }
    return Table(
      title: "\(quantity.heading) · across paths",
      note: "different paths: the container arms include client, containerd and shim",
      columns: [
        .init(heading: "runtime"), .init(heading: "path", dropOrder: 2),
        .init(heading: "pairs", alignment: .trailing, dropOrder: 1), .init(heading: "ratio", alignment: .trailing),
        .init(heading: "95 %", dropOrder: 4), .init(heading: "verdict", dropOrder: 3),
        .init(heading: "detectable", alignment: .trailing, dropOrder: 0),
      ], groups: groups)
  }

  /// What only some scenarios ask for, and then before all else.
  static func special(_ summary: Summary) -> [Table?] { [growth(summary), memory(summary), loops(summary), loads(summary)] }

  static func overall(_ summary: Summary) -> Table? {
    guard !summary.overall.isEmpty else { return nil }
    let groups = summary.quantities.compactMap { quantity -> Table.Group? in
      let rows = summary.overall.filter { $0.quantity == quantity }
      guard !rows.isEmpty else { return nil }
      return Table.Group(
        name: quantity.heading,
        rows: rows.map {
          [
            .init($0.runtime), .init($0.baseline, .quiet), .init("\($0.workloads)"), .init($0.text.value), .init($0.text.interval),
            .init($0.verdict, quantity),
            .init("\(ratioText($0.smallest.ratio)) \(shortened($0.smallest.workload, to: 24))"),
            .init("\(ratioText($0.largest.ratio)) \(shortened($0.largest.workload, to: 24))"),
          ]
        })
    }
    return Table(
      title: "All workloads together",
      note: "geometric means of the ratios within a path, over the workloads that passed in both; intervals over blocks",
      columns: [
        .init(heading: "runtime"), .init(heading: "ratio to"), .init(heading: "workloads", alignment: .trailing, dropOrder: 0),
        .init(heading: "mean", alignment: .trailing), .init(heading: "95 %", dropOrder: 4), .init(heading: "verdict", dropOrder: 3),
        .init(heading: "smallest", dropOrder: 1), .init(heading: "largest", dropOrder: 2),
      ], groups: groups)
  }

  /// What the scenario expects of two workloads, and what was observed.
  static func differences(_ summary: Summary) -> Table? {
    guard !summary.differences.isEmpty else { return nil }
    func name(_ check: DifferenceCheck) -> String {
      "\(Quantity.metric(check.difference.metric).heading) of \(check.difference.workload) above \(check.difference.above)"
    }
    let groups = summary.differences.map(name).uniqued.map { title in
      let checks = summary.differences.filter { name($0) == title }
      return Table.Group(
        name: title, detail: checks.first.map { ", expected \($0.expectedText)" } ?? "",
        rows: checks.map {
          [.init($0.runtime), .init($0.observedText), .init($0.holds ? "holds" : "does not hold", $0.holds ? .good : .bad)]
        })
    }
    return Table(
      title: "Expected differences", note: "medians over blocks",
      columns: [.init(heading: "runtime"), .init(heading: "observed", alignment: .trailing), .init(heading: "verdict")], groups: groups)
  }

  /// What failed, runtime by runtime, one line for each workload and kind of failure.
  static func failures(_ summary: Summary) -> Table? {
    let groups = summary.arms.map(\.runtime).uniqued.compactMap { runtime -> Table.Group? in
      let arms = summary.arms.filter { $0.runtime == runtime && $0.trials > 0 }
      let failing = arms.filter { !$0.failures.isEmpty }
      guard !failing.isEmpty else { return nil }
      let failed = failing.reduce(0) { $0 + $1.trials - $1.passed }
      return Table.Group(
        name: runtime,
        detail: ": \(failed) of \(arms.reduce(0) { $0 + $1.trials }) trials, in \(failing.count) of \(arms.count) workloads",
        rows: failing.flatMap { arm in
          arm.failures.map { failure in
            [
              .init(arm.workload), .init("\(failure.count)/\(arm.trials)", .bad), .init(failure.reason),
            ]
          }
        })
    }
    guard !groups.isEmpty else { return nil }
    return Table(
      title: "Failed trials", note: "they count in no time and no ratio; the reason is what the first of them said",
      columns: [
        .init(heading: "workload"), .init(heading: "failed", alignment: .trailing), .init(heading: "reason", isProse: true),
      ], groups: groups)
  }

  /// Trials that enter no figure although they passed.
  static func invalidated(_ summary: Summary) -> Table? {
    let groups = summary.arms.map(\.runtime).uniqued.compactMap { runtime -> Table.Group? in
      let arms = summary.arms.filter { $0.runtime == runtime && $0.invalid > 0 }
      guard !arms.isEmpty else { return nil }
      return Table.Group(
        name: runtime,
        rows: arms.map { arm in
          let reasons = arm.invalidated.map { "\($0.reason.words) (\($0.count))" }.joined(separator: ", ")
          let noisy = arm.isNoisy ? "; too many to say anything: noisy host" : ""
          return [.init(arm.workload), .init("\(arm.invalid)/\(arm.passed)", arm.isNoisy ? .bad : .plain), .init(reasons + noisy)]
        })
    }
    guard !groups.isEmpty else { return nil }
    return Table(
      title: "Disturbed trials", note: "they passed, but recorded evidence shows that the machine disturbed them: they count in no figure",
      columns: [
        .init(heading: "workload"), .init(heading: "invalidated", alignment: .trailing), .init(heading: "evidence", isProse: true),
      ], groups: groups)
  }

  static func unavailable(_ missing: [Unavailable]) -> Table? {
    guard !missing.isEmpty else { return nil }
    return Table(
      title: "Runtimes not available here",
      columns: [.init(heading: "runtime"), .init(heading: "why", isProse: true), .init(heading: "how to get it", isProse: true)],
      groups: [.init(rows: missing.map { [.init($0.runtime), .init($0.reason), .init($0.remedy)] })])
  }
}

extension RuntimePath {
  var title: String {
    switch self {
    case .process: "bare processes"
    case .oci: "OCI runtimes called directly"
    case .containerd: "through containerd"
    case .tasks: "over containerd's interface"
    }
  }
}

extension FailureCount {
  /// What happened and what was said of it. A wrong exit code is what is said of it.
  fileprivate var reason: String {
    firstDetail.isEmpty ? outcome.words : outcome == .wrongExitCode ? firstDetail : "\(outcome.words): \(firstDetail)"
  }
}

extension Outcome {
  var words: String {
    switch self {
    case .passed: "passed"
    case .wrongOutput: "wrong output"
    case .wrongExitCode: "wrong exit code"
    case .crashed: "crashed"
    case .timedOut: "timed out"
    case .notStarted: "not started"
    case .failedTest: "failed test"
    }
  }
}
