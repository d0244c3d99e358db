import Observations
import Statistics

/// What a reader of a comparison must know before trusting it.
enum ComparisonNotes {
  static func all(_ comparison: RunComparison) -> [String] {
    method(comparison.rows, isPaired: comparison.isPaired) + counts(comparison) + small(comparison) + disturbed(comparison)
      + shapes(comparison)
  }

  /// How ratios and p came about.
  static func method(_ rows: [ComparedArms], isPaired: Bool) -> [String] {
    guard rows.contains(where: { $0.ratio != nil && $0.counts == nil }) else { return [] }
    let family =
      "p is adjusted for the \(counted(rows.count { $0.probability != nil }, "comparison")) of this table (Benjamini-Hochberg, 5 % false discoveries)."
    if isPaired {
      return ["Ratios are paired by block (Hodges-Lehmann, exact signed-rank interval); \(family)"]
    }
    return [
      "The runs share no block, so that ratios are unpaired (Hodges-Lehmann, Mann-Whitney); what else changed on the machine between them is part of the difference. \(family.prefix(1).uppercased() + family.dropFirst())"
    ]
  }

  private static func counts(_ comparison: RunComparison) -> [String] {
    guard comparison.rows.contains(where: { $0.counts != nil }) else { return [] }
    return ["What is counted is compared exactly: the least of its repetitions, without an interval and outside the family of p."]
  }

  /// Too few trials for one lone difference to be found among so many comparisons.
  private static func small(_ comparison: RunComparison) -> [String] {
    let tested = comparison.rows.filter { $0.probability != nil }
    guard let fewest = tested.map(\.count).min() else { return [] }
    let needed =
      comparison.isPaired
      ? FalseDiscoveryRate.fewestPairs(comparisons: tested.count) : FalseDiscoveryRate.fewestPerArm(comparisons: tested.count)
    guard let needed = needed.map({ max($0, 6) }), fewest < needed else { return [] }
    return [
      "One lone difference among \(counted(tested.count, "comparison")) can be found from \(needed) \(comparison.isPaired ? "blocks" : "trials a side") on; some have only \(fewest)."
    ]
  }

  private static func disturbed(_ comparison: RunComparison) -> [String] {
    var seen: Set<String> = []
    var counts: [String: Int] = [:]
    for row in comparison.rows {
      for (run, figures) in [(comparison.baseline.id, row.baseline), (comparison.candidate.id, row.candidate)]
      where seen.insert("\(run) \(row.workload) \(figures.runtime)").inserted {
        for (reason, count) in figures.invalidated { counts[reason, default: 0] += count }
      }
    }
    let total = counts.values.reduce(0, +)
    guard total > 0 else { return [] }
    let reasons = counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    return [
      "\(counted(total, "trial")) passed but \(total == 1 ? "was" : "were") disturbed and \(total == 1 ? "enters" : "enter") no figure (\(reasons))."
    ]
  }

  /// Trials that are stored and enter nothing: of blocks that were cut off and measured again.
  static func superseded(_ baseline: MeasuredRun, _ candidate: MeasuredRun) -> [String] {
    (baseline.run.id == candidate.run.id ? [candidate] : [baseline, candidate]).filter { $0.supersededTrials > 0 }.map { run in
      "\(counted(run.supersededTrials, "trial")) of \(run.run.id) (\(run.supersededFailures) of them failed) belong to blocks that were cut off and measured again as a whole; they are stored but not counted."
    }
  }

  private static func shapes(_ comparison: RunComparison) -> [String] {
    // Where both say the same, there is nothing to add.
    let rows = comparison.rows.filter { row in
      guard let medians = row.ratioOfMedians, let ratio = row.ratio else { return false }
      return ratioText(medians.value) != ratioText(ratio.value)
    }
    guard !rows.isEmpty else { return [] }
    let texts = rows.prefix(6).map {
      "\($0.workload) in \($0.candidate.runtime), \($0.quantity.identifier): \($0.ratioOfMedians.map { EstimateText(ratio: $0).both } ?? "")"
    }
    return [
      "The two distributions differ in shape (Kolmogorov-Smirnov, p < 0.01, after taking the shift off), so that one ratio does not describe the difference; ratios of the medians: \(texts.joined(separator: "; "))\(rows.count > 6 ? "; and \(rows.count - 6) more" : "")."
    ]
  }
}

/// "1 trial", "3 trials".
public func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

/// A probability to two significant digits.
func probabilityText(_ probability: Double) -> String {
  if probability < 0.0001 { return "<0.0001" }
  return fixed(probability, probability < 0.001 ? 5 : probability < 0.01 ? 4 : probability < 0.1 ? 3 : 2)
}
