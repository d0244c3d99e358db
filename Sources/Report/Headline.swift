import Observations
import Statistics

/// The answer in sentences: which is faster, by how much, how sure. Only comparisons within a path are stated as such.
enum Headline {
  static func sentences(_ summary: Summary) -> [String] {
    guard summary.trials > 0 else { return ["No trial was measured: nothing can be said."] }
    guard summary.passed > 0 else {
      return ["None of \(summary.trials) trials passed: no time can be given, see the failures."]
    }
    return [growth(summary), main(summary), otherPaths(summary), trials(summary), differences(summary)].compactMap(\.self)
  }

  /// What one more instance takes, the least first.
  private static func growth(_ summary: Summary) -> String? {
    let parts = summary.growth.map(\.name).uniqued.map { name in
      let rows = summary.growth.filter { $0.name == name }.sorted { $0.slope.value < $1.slope.value }
      let slopes = rows.map { "\(EstimateText($0.slope, of: .metric(.instanceSlope)).both) in \($0.runtime)" }
      return "Each further instance of \(name) takes \(slopes.joined(separator: ", "))."
    }
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }

  private static func main(_ summary: Summary) -> String? {
    let quantity = summary.quantities[0]
    let overall = summary.overall.filter { $0.quantity == quantity && $0.path == mainPath(summary) }
    if let first = overall.first { return together(overall.filter { $0.baseline == first.baseline }, quantity) }
    guard let comparison = mainComparison(summary), let ratio = comparison.ratio,
      let median = summary.arm(comparison.workload, comparison.runtime)?.median(of: quantity)
    else { return plain(summary, quantity) }
    let start = "\(comparison.workload) \(quantity.verb) \(EstimateText(median, of: quantity).both) in \(comparison.runtime)"
    let text = EstimateText(ratio: ratio)
    switch comparison.verdict {
    case .belowResolution:
      return
        "\(start); the difference to \(comparison.baseline) is below the resolution of \(quantity.text(quantity.resolution)): \(text.value) times \(text.interval) \(quantity.comparative) there (\(comparison.pairs) pairs, 95 % intervals)."
    case .noDifferenceFound:
      return
        "\(start); no difference to \(comparison.baseline) was found: \(text.value) times \(text.interval) \(quantity.comparative) there (\(comparison.pairs) pairs, 95 % intervals)."
    case .noisyHost:
      return
        "\(start); the machine was disturbed too often to compare it with \(comparison.baseline) (see the disturbed trials)."
    case .tooFewBlocks, .noRatio:
      return
        "\(start), \(text.value) times \(quantity.comparative) in \(comparison.baseline) (\(comparison.pairs) pairs: too few blocks for an interval)."
    case .less, .more:
      return
        "\(start), \(text.value) times \(text.interval) \(quantity.comparative) in \(comparison.baseline): \(comparison.verdict.words(for: quantity)) (\(comparison.pairs) pairs, 95 % intervals)."
    }
  }

  /// Every runtime of a path over its workloads. Only what an interval shows is claimed; with one such runtime there is room for the
  /// extremes.
  private static func together(_ rows: [OverallComparison], _ quantity: Quantity) -> String {
    let claimed = rows.filter { $0.verdict == .more || $0.verdict == .less }
    let parts = claimed.enumerated().map { index, row in
      let ratio = "\(row.text.value) times \(row.text.interval)"
      let extremes =
        claimed.count == 1
        ? ", from \(ratioText(row.smallest.ratio)) in \(row.smallest.workload) to \(ratioText(row.largest.ratio)) in \(row.largest.workload)"
        : ""
      let others = row.agreeing < row.workloads ? ", \(row.agreeing) of them \(row.verdict.words(for: quantity)) by themselves" : ""
      return (index == 0 ? "\(row.runtime) takes \(ratio) \(quantity.comparative) \(row.baseline)" : "\(row.runtime) \(ratio)")
        + " (\(row.workloads) workloads\(others)\(extremes))"
    }
    let baseline = rows.first?.baseline ?? ""
    let told = parts.isEmpty ? [] : ["\(parts.joined(separator: ", ")): geometric means of \(quantity.title), 95 % intervals over blocks."]
    return (told + unclaimed(rows, quantity, baseline)).joined(separator: " ")
  }

  /// What the geometric means do not show.
  private static func unclaimed(_ rows: [OverallComparison], _ quantity: Quantity, _ baseline: String) -> [String] {
    func names(_ verdicts: Set<Verdict>, withRatio: Bool) -> String {
      rows.filter { verdicts.contains($0.verdict) }
        .map { withRatio ? "\($0.runtime) (\($0.text.value) times \($0.text.interval), \($0.workloads) workloads)" : $0.runtime }
        .joined(separator: ", ")
    }
    let equal = names([.noDifferenceFound], withRatio: true)
    let tiny = names([.belowResolution], withRatio: true)
    let unknown = names([.tooFewBlocks, .noRatio], withRatio: false)
    return [
      equal.isEmpty
        ? nil : "No difference to \(baseline) was found over all workloads in the geometric mean of \(quantity.title): \(equal).",
      tiny.isEmpty
        ? nil
        : "Differences to \(baseline) in \(quantity.title) are below the resolution of \(quantity.text(quantity.resolution)): \(tiny).",
      unknown.isEmpty
        ? nil : "Too few blocks with all workloads to compare the geometric mean of \(quantity.title) with \(baseline): \(unknown).",
    ].compactMap(\.self)
  }

  /// Nothing to compare with: the first median alone.
  private static func plain(_ summary: Summary, _ quantity: Quantity) -> String? {
    for arm in summary.arms {
      if let median = arm.median(of: quantity), quantity.isShown(by: median) {
        return
          "\(arm.workload) \(quantity.verb) \(EstimateText(median, of: quantity).both) in \(arm.runtime); there is nothing to compare it with."
      }
    }
    return quantity == .executionOnly && !Executions.drowned(summary).isEmpty ? Executions.sentence(summary) : nil
  }

  /// The other paths by their own medians, without a ratio.
  private static func otherPaths(_ summary: Summary) -> String? {
    let workloads = summary.arms.map(\.workload).uniqued.filter { $0 != summary.run.subtract }
    guard workloads.count == 1, let path = mainPath(summary) else { return nil }
    let others = summary.arms.filter { $0.workload == workloads[0] && $0.path != path }.compactMap { arm in
      arm.median(of: summary.quantities[0]).flatMap {
        summary.quantities[0].isShown(by: $0)
          ? "\(EstimateText($0, of: summary.quantities[0]).both) in \(arm.runtime) (\(arm.path.words))" : nil
      }
    }
    return others.isEmpty ? nil : "On other paths: \(others.joined(separator: ", "))."
  }

  private static func trials(_ summary: Summary) -> String {
    let failed = summary.trials - summary.passed
    let missing = summary.unavailable.map(\.runtime)
    return
      (failed == 0
      ? "All \(summary.trials) trials passed."
      : "\(failed) of \(summary.trials) trials failed and count in no time or ratio: \(failedIn(summary)).")
      + disturbed(summary) + (missing.isEmpty ? "" : " Not available here: \(missing.joined(separator: ", ")).")
  }

  private static func disturbed(_ summary: Summary) -> String {
    let invalid = summary.arms.reduce(0) { $0 + $1.invalid }
    return invalid == 0 ? "" : " \(invalid) passed while the machine was disturbed and \(invalid == 1 ? "enters" : "enter") no figure."
  }

  /// Expected differences that do not hold are failures, and are told in full.
  private static func differences(_ summary: Summary) -> String? {
    let failed = summary.differences.filter { !$0.holds }
    guard !failed.isEmpty else { return nil }
    let texts = failed.map { $0.text.trimmingPrefix("error: ") }.joined(separator: "; ")
    return "\(failed.count) of \(summary.differences.count) expected differences do not hold: \(texts)."
  }

  /// "30 in wasm3, 2 in wasmkit": which runtimes failed, the most often failing first.
  private static func failedIn(_ summary: Summary) -> String {
    let counts = summary.arms.map(\.runtime).uniqued.map { runtime in
      (runtime, summary.arms.reduce(0) { $1.runtime == runtime ? $0 + $1.trials - $1.passed : $0 })
    }
    return counts.filter { $0.1 > 0 }.sorted { $0.1 > $1.1 }.map { "\($0.1) in \($0.0)" }.joined(separator: ", ")
  }

  /// The comparison the first sentence is about: within the run's baseline's path where there is one.
  private static func mainComparison(_ summary: Summary) -> Comparison? {
    let rows = summary.withinPath.filter {
      $0.quantity == summary.quantities[0] && $0.workload != summary.run.subtract && $0.ratio != nil && isShown($0, summary)
    }
    return rows.first { $0.baseline == summary.run.baseline } ?? rows.first
  }

  /// Whether both sides of a comparison are something: a ratio of two noises says nothing.
  private static func isShown(_ row: Comparison, _ summary: Summary) -> Bool {
    [row.runtime, row.baseline].allSatisfy { runtime in
      summary.arm(row.workload, runtime)?.median(of: row.quantity).map(row.quantity.isShown) ?? true
    }
  }

  /// The path the first sentence is about.
  private static func mainPath(_ summary: Summary) -> RuntimePath? {
    mainComparison(summary)?.path ?? summary.arms.first { $0.passed > 0 }?.path
  }
}

/// A ratio without an interval, to three significant digits.
func ratioText(_ ratio: Double) -> String { Unit.one.number(ratio, decimals: Unit.one.decimals(ratio, width: nil)) }

extension RuntimePath {
  /// The road to the guest, in words.
  var words: String {
    switch self {
    case .process: "bare process"
    case .oci: "OCI runtime called directly"
    case .containerd: "client, containerd, shim and OCI runtime"
    case .tasks: "containerd, shim and OCI runtime, no client"
    }
  }
}
