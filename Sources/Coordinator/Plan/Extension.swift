import Foundation
import Observations
import Statistics

/// Why a block is measured.
public enum BlockPurpose: String, Sendable, CaseIterable {
  /// One of those the run began with.
  case planned
  /// Added because an interval was still too wide.
  case precision
  /// Added for trials that evidence of disturbance invalidated.
  case replacement
}

/// Blocks added to a run after those it began with are measured.
///
/// Decided from what is stored and nothing else, so that a run killed at any moment goes on as if it had not been.
public struct Extension: Sendable, Equatable {
  /// Replacements at most, as a share of the other blocks.
  public static let replacementShare = 0.2

  /// Name of the workload that gets the blocks.
  public var workload: String
  /// `.precision` or `.replacement`.
  public var purpose: BlockPurpose
  /// Blocks to add; at least 1.
  public var count: Int

  /// What a run whose blocks are all measured still needs, workload by workload.
  /// - Parameter blocks: for every workload, how many blocks of each purpose there are.
  static func needed(_ results: RunResults, blocks: [String: [BlockPurpose: Int]]) -> [Extension] {
    let validity = Validity(results)
    // A test is run once, however busy the machine was.
    return results.workloads.filter { $0.test == nil }.compactMap { workload in
      let existing = blocks[workload.name] ?? [:]
      let comparisons = pairs(results, workload, validity)
      // A pair is lost with either of its trials; an arm without a partner loses its own.
      let lost = comparisons.map(\.invalidated) + workload.arms.map { validity.count(of: workload.name, in: $0).invalidated }
      return replacement(for: workload.name, lost: lost.max() ?? 0, existing)
        ?? precision(for: workload.name, comparisons, existing, results.run)
    }
  }

  /// The pairs of every arm with the baseline of its path. Arms that never answered right have nothing to make precise.
  private static func pairs(_ results: RunResults, _ workload: Workload, _ validity: Validity) -> [Pairs] {
    let metric = results.run.timedMetrics[0]
    return results.runtimes.filter { workload.arms.contains($0.name) }.compactMap { runtime in
      guard let baseline = results.baseline(of: workload.name, on: runtime.path), baseline != runtime.name,
        validity.count(of: workload.name, in: runtime.name).passed > 0
      else { return nil }
      return Pairs(
        results.observations, workload: workload.name, baseline: baseline, candidate: runtime.name, metric: metric, validity: validity)
    }
  }

  /// As many blocks as the worst comparison lost, within the limit.
  private static func replacement(for workload: String, lost: Int, _ existing: [BlockPurpose: Int]) -> Extension? {
    let replaced = existing[.replacement] ?? 0
    let limit = Int((replacementShare * Double(asked(existing))).rounded(.up))
    let count = min(lost, limit) - replaced
    return count > 0 ? Extension(workload: workload, purpose: .replacement, count: count) : nil
  }

  private static func precision(
    for workload: String, _ comparisons: [Pairs], _ existing: [BlockPurpose: Int], _ run: RunDescription
  ) -> Extension? {
    guard let precision = run.precision, let most = run.maximumBlocks, !comparisons.isEmpty else { return nil }
    let asked = asked(existing)
    let rule = StoppingRule(halfWidth: precision, fewestBlocks: run.blocks, mostBlocks: most)
    // Lost pairs that no replacement made up for count as blocks without a pair.
    let logRatios = comparisons.map { pairs in
      let ratios = zip(pairs.baseline, pairs.candidate).map { log($1 / $0) }
      return ratios + Array(repeating: .nan, count: max(0, asked - ratios.count))
    }
    guard case .measure(let until) = rule.decision(logRatios: logRatios), until > asked else { return nil }
    return Extension(workload: workload, purpose: .precision, count: until - asked)
  }

  private static func asked(_ existing: [BlockPurpose: Int]) -> Int { (existing[.planned] ?? 0) + (existing[.precision] ?? 0) }
}
