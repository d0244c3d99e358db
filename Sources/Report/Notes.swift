import Observations
import Statistics

/// What a reader must know before trusting the numbers.
enum Notes {
  /// Noise first, then the run's own notes, then what the words of the tables mean.
  static func lines(_ summary: Summary) -> [String] {
    ["Noise: \(summary.noise.text)."] + summary.notes
      + [
        "“detectable” is the smallest effect found four times out of five at this noise and number of blocks; it is never less than half the width of the ratio's interval."
      ]
  }

  static func all(_ results: RunResults, _ counted: CountedTrials, _ summary: Summary) -> [String] {
    unfinished(results, counted) + busy(summary) + superseded(counted) + odd(summary, counted) + fewBlocks(summary)
      + executionOnly(results, summary) + unchecked(results) + memory(results, summary) + Tables.countNotes(summary) + method(summary)
  }

  private static func unfinished(_ results: RunResults, _ counted: CountedTrials) -> [String] {
    guard results.run.finishedAt == nil else { return [] }
    let measured = results.workloads.reduce(0) { $0 + counted.blocks(of: $1.name) }
    let asked = results.run.blocks * results.workloads.count
    return ["This run is not finished: \(measured) of \(asked) blocks have been measured (go on: harness run --resume \(results.run.id))."]
  }

  private static func busy(_ summary: Summary) -> [String] {
    guard summary.noise.isBusy, let pressure = summary.noise.cpuPressure else { return [] }
    return [
      "The machine seems to have been busy: during \(percentText(pressure)) of the trials' time some task waited for a CPU. Times are longer and less certain than on a quiet machine; ratios suffer less, because both arms of a pair ran in the same minutes."
    ]
  }

  private static func superseded(_ counted: CountedTrials) -> [String] {
    let count = counted.superseded.count
    guard count > 0 else { return [] }
    let failed = counted.superseded.count { $0.outcome != .passed }
    return [
      "\(count) trials (\(failed) of them failed) belong to blocks that were cut off and run again as a whole; they are stored but not counted."
    ]
  }

  /// What was odd about trials that passed, counted for every arm.
  private static func odd(_ summary: Summary, _ counted: CountedTrials) -> [String] {
    summary.arms.flatMap { arm in
      let details = counted.trials(of: arm.workload, in: arm.runtime).filter { $0.outcome == .passed }.map(\.detail)
      return details.filter { !$0.isEmpty }.uniqued.map { detail in
        "\(details.count { $0 == detail }) of \(arm.passed) passed trials of \(arm.workload) in \(arm.runtime) \(detail)."
      }
    }
  }

  private static func fewBlocks(_ summary: Summary) -> [String] {
    // An arm of which nothing passed has its own words in the tables.
    let failed = Set(summary.arms.filter { $0.passed == 0 }.map { [$0.workload, $0.runtime] })
    let compared = (summary.withinPath + summary.acrossPaths).filter { !failed.contains([$0.workload, $0.runtime]) }
    let few = compared.filter { $0.pairs < 6 }
    guard !few.isEmpty else { return [] }
    return [
      "\(few.count) of \(compared.count) comparisons rest on fewer than 6 blocks in which both arms passed: a 95 % interval needs at least 6, so none is given."
    ]
  }

  private static func executionOnly(_ results: RunResults, _ summary: Summary) -> [String] {
    guard let subtract = results.run.subtract else { return [] }
    var notes = [
      "Execution only is wall time less that of \(subtract) in the same runtime, block by block."
    ]
    let drowned = summary.withinPath.filter { $0.quantity == .executionOnly && $0.pairs > 0 && $0.ratio == nil }
    if !drowned.isEmpty {
      let names = drowned.map { "\($0.workload) in \($0.runtime)" }.uniqued.joined(separator: ", ")
      notes.append("Some executions were no longer than \(subtract) itself, so no ratio can be formed: \(names).")
    }
    return notes + Executions.notes(summary)
  }

  private static func unchecked(_ results: RunResults) -> [String] {
    let names = results.workloads.filter { $0.expected.output == nil }.map(\.name)
    return names.isEmpty ? [] : ["The output was not checked, only the exit code: \(names.joined(separator: ", "))."]
  }

  /// What a memory figure counts. Where two arms read theirs from different sources, a ratio compares two definitions.
  private static func memory(_ results: RunResults, _ summary: Summary) -> [String] {
    guard summary.quantities.contains(.metric(.peakMemory)) else { return [] }
    let sources = Set(results.observations.filter { $0.outcome == .passed && $0.resources.peakMemory != nil }.map(\.resources.memorySource))
    let resolution = Quantity.metric(.peakMemory).text(Quantity.metric(.peakMemory).resolution)
    var notes: [String] = []
    if !sources.isDisjoint(with: [.cgroup1, .cgroup2]) {
      notes.append(
        "Peak memory is what the trial's cgroups were charged with. A page is charged to whoever touches it first, so program text, shared libraries and files that were in the page cache already are not in it; “resident” counts them, shared or not, but only in the largest process (ru_maxrss), and is not known of guests behind containerd and of programs smaller than the launcher that starts them."
      )
    }
    if sources.contains(.launcher) {
      notes.append(
        "Without a memory cgroup peak memory is the resident size of the largest process (ru_maxrss), with pages that others share.")
    }
    if !sources.isEmpty {
      notes.append(
        "Memory is counted in steps of up to \(resolution): where medians differ by less, the verdict is “below the resolution”.")
    }
    if sources.count > 1 {
      let names = sources.map(\.rawValue).sorted().joined(separator: ", ")
      notes.append(
        "Peak memory comes from different sources (\(names)): ratios between arms of different sources compare two definitions.")
    }
    return notes
  }

  private static func method(_ summary: Summary) -> [String] {
    guard (summary.withinPath + summary.acrossPaths).contains(where: { $0.ratio?.interval95 != nil }) else { return [] }
    return [
      "Medians have order-statistic intervals; ratios are paired by block (Hodges-Lehmann, exact signed-rank interval). Each interval holds at 95 % by itself: about one in twenty misses by chance."
    ]
  }
}
