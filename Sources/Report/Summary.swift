import Observations
import Statistics

/// What a run says: estimates of every arm, comparisons within a path and across paths, failures, noise and gaps.
public struct Summary: Codable, Sendable, Equatable {
  public var run: RunDescription
  /// What is compared, the most telling first.
  public var quantities: [Quantity]
  /// Every arm that was to run and could, in the order of the workloads and runtimes.
  public var arms: [ArmSummary]
  /// Ratios to the path's own baseline: the comparison to trust.
  public var withinPath: [Comparison]
  /// Ratios to the run's baseline over different roads to the guest: they compare more than the runtimes.
  public var acrossPaths: [Comparison]
  /// One runtime over all workloads compared, within a path.
  public var overall: [OverallComparison]
  /// Whether the differences the scenario expects were observed.
  public var differences: [DifferenceCheck]
  public var noise: NoiseSummary
  public var unavailable: [Unavailable]
  /// What was counted rather than timed, metric by metric.
  public var counts: [CountRow]
  /// Trials that do not count because their block was run again.
  public var supersededTrials: Int
  /// What a reader must know before trusting the numbers, one sentence each.
  public var notes: [String]
}

/// One workload in one runtime.
public struct ArmSummary: Codable, Sendable, Equatable {
  public var workload: String
  public var runtime: String
  public var path: RuntimePath
  public var trials: Int
  public var passed: Int
  public var failures: [FailureCount]
  /// Trials that passed while the machine was disturbed: they are in no estimate.
  public var invalidated: [InvalidationCount]
  /// Whether they are so many that the arm says nothing.
  public var isNoisy: Bool
  public var medians: [QuantityEstimate]
  /// Median resident size of the largest process, bytes; nil where it is not known.
  public var maxResident: Estimate?
  /// Medians of the phases inside the runtime, in the order they happen, nanoseconds.
  public var phases: [PhaseMedian]

  public func median(of quantity: Quantity) -> Estimate? { medians.first { $0.quantity == quantity }?.estimate }

  var invalid: Int { invalidated.reduce(0) { $0 + $1.count } }
}

/// How many trials of an arm one kind of evidence invalidated.
public struct InvalidationCount: Codable, Sendable, Equatable {
  public var reason: Invalidation
  public var count: Int
}

/// How often an arm failed in one way, and what the first failure said.
public struct FailureCount: Codable, Sendable, Equatable {
  public var outcome: Outcome
  public var count: Int
  public var firstDetail: String
}

/// A median with its intervals, in nanoseconds or bytes.
public struct QuantityEstimate: Codable, Sendable, Equatable {
  public var quantity: Quantity
  public var estimate: Estimate
}

/// The median time of one phase over the passed trials of an arm.
public struct PhaseMedian: Codable, Sendable, Equatable {
  public var name: String
  public var nanoseconds: Double
}

/// One runtime beside a baseline, paired by block.
public struct Comparison: Codable, Sendable, Equatable {
  public var workload: String
  public var quantity: Quantity
  public var path: RuntimePath
  public var runtime: String
  public var baseline: String
  /// Blocks in which both arms passed undisturbed.
  public var pairs: Int
  /// How many times as much as the baseline; nil where there is no pair or a value is not positive.
  public var ratio: Estimate?
  /// The smallest effect found four times out of five at this noise and size, as a fraction.
  public var minimumDetectableEffect: Double?
  public var verdict: Verdict
}

/// One runtime beside its path's baseline over several workloads.
public struct OverallComparison: Codable, Sendable, Equatable {
  public var quantity: Quantity
  public var path: RuntimePath
  public var runtime: String
  public var baseline: String
  public var workloads: Int
  /// The value of `estimate`, or the mean of the workloads' ratios where there is none.
  public var geometricMean: Double
  /// Over blocks, each block's ratio being the geometric mean of its workloads' ratios; nil where no block has all workloads.
  public var estimate: Estimate?
  public var verdict: Verdict
  /// How many workloads have the same verdict by themselves.
  public var agreeing: Int
  public var smallest: WorkloadRatio
  public var largest: WorkloadRatio
}

public struct WorkloadRatio: Codable, Sendable, Equatable {
  public var workload: String
  public var ratio: Double
}

extension Summary {
  public func arm(_ workload: String, _ runtime: String) -> ArmSummary? {
    arms.first { $0.workload == workload && $0.runtime == runtime }
  }

  public var trials: Int { arms.reduce(0) { $0 + $1.trials } }
  public var passed: Int { arms.reduce(0) { $0 + $1.passed } }
}
