import Observations
import Statistics

/// What a run says: estimates of every arm, comparisons within a path and across paths, failures, noise and gaps.
public struct Summary: Codable, Sendable, Equatable {
  /// What was asked for.
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
  /// How memory grows with the number of instances.
  public var growth: [MemoryGrowth]
  /// Whether the differences the scenario expects were observed.
  public var differences: [DifferenceCheck]
  /// Of the trials of all arms.
  public var noise: NoiseSummary
  /// Runtimes that could not run, and how to get them.
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
  /// Name of the workload.
  public var workload: String
  /// Name of the runtime.
  public var runtime: String
  /// The road to the guest, within which the arm is compared first.
  public var path: RuntimePath
  /// Trials that count, whatever their outcome.
  public var trials: Int
  /// Trials that answered right, invalidated ones included.
  public var passed: Int
  /// One entry for every way of failing that occurred.
  public var failures: [FailureCount]
  /// Trials that passed while the machine was disturbed: they are in no estimate.
  public var invalidated: [InvalidationCount]
  /// Whether they are so many that the arm says nothing.
  public var isNoisy: Bool
  /// One entry for every quantity that was observed in undisturbed trials, asked for or not.
  public var medians: [QuantityEstimate]
  /// Median resident size of the largest process, bytes; nil where it is not known.
  public var maxResident: Estimate?
  /// Medians of the phases inside the runtime, in the order they happen, nanoseconds.
  public var phases: [PhaseMedian]
  /// Latencies; nil where the trials are no loads.
  public var load: LoadSummary?
  /// Repetitions; nil where the program tells of none.
  public var loop: LoopSummary?
  /// What instances weigh; nil where the trials hold none.
  public var memory: MemorySummary?

  /// Nil where the quantity was observed in no undisturbed trial.
  public func median(of quantity: Quantity) -> Estimate? { medians.first { $0.quantity == quantity }?.estimate }

  var invalid: Int { invalidated.reduce(0) { $0 + $1.count } }
}

/// How many trials of an arm one kind of evidence invalidated.
public struct InvalidationCount: Codable, Sendable, Equatable {
  /// Of a trial only one reason is counted.
  public var reason: Invalidation
  /// At least 1.
  public var count: Int
}

/// How often an arm failed in one way, and what the first failure said.
public struct FailureCount: Codable, Sendable, Equatable {
  /// Any but `.passed`.
  public var outcome: Outcome
  /// At least 1.
  public var count: Int
  /// `Observation.detail` of the first of them.
  public var firstDetail: String
}

/// A median with its intervals, in nanoseconds or bytes.
public struct QuantityEstimate: Codable, Sendable, Equatable {
  /// Never a count.
  public var quantity: Quantity
  /// Over the undisturbed trials, with distribution-free intervals.
  public var estimate: Estimate
}

/// The median time of one phase over the passed trials of an arm.
public struct PhaseMedian: Codable, Sendable, Equatable {
  /// As the runtime calls it, or "outside the runtime" for what no phase accounts for.
  public var name: String
  /// Over the trials that reported the phase.
  public var nanoseconds: Double
}

/// One runtime beside a baseline, paired by block.
public struct Comparison: Codable, Sendable, Equatable {
  /// Name of the workload.
  public var workload: String
  /// What is compared.
  public var quantity: Quantity
  /// Of `runtime`; across paths the baseline is on another.
  public var path: RuntimePath
  /// Name of the runtime the ratio is of.
  public var runtime: String
  /// Name of the runtime the ratio is to.
  public var baseline: String
  /// Blocks in which both arms passed undisturbed.
  public var pairs: Int
  /// How many times as much as the baseline; nil where there is no pair or a value is not positive.
  public var ratio: Estimate?
  /// The smallest effect found four times out of five at this noise and size, as a fraction.
  public var minimumDetectableEffect: Double?
  /// `.noisyHost` where either arm was disturbed too often, whatever the ratio.
  public var verdict: Verdict
}

/// One runtime beside its path's baseline over several workloads.
public struct OverallComparison: Codable, Sendable, Equatable {
  /// What is compared.
  public var quantity: Quantity
  /// Of `runtime` and `baseline` alike.
  public var path: RuntimePath
  /// Name of the runtime the ratios are of.
  public var runtime: String
  /// Name of the runtime the ratios are to.
  public var baseline: String
  /// How many workloads have a ratio; at least two.
  public var workloads: Int
  /// The value of `estimate`, or the mean of the workloads' ratios where there is none.
  public var geometricMean: Double
  /// Over blocks, each block's ratio being the geometric mean of its workloads' ratios; nil where no block has all workloads.
  public var estimate: Estimate?
  /// Of `estimate`, unless every workload's difference is below the resolution.
  public var verdict: Verdict
  /// How many workloads have the same verdict by themselves.
  public var agreeing: Int
  /// The workload with the least ratio.
  public var smallest: WorkloadRatio
  /// The workload with the greatest ratio.
  public var largest: WorkloadRatio
}

/// One workload's share in an overall comparison.
public struct WorkloadRatio: Codable, Sendable, Equatable {
  /// Name of the workload.
  public var workload: String
  /// Estimated over the workload's own blocks, candidate over baseline.
  public var ratio: Double
}

extension Summary {
  /// Nil where the workload was not to run in the runtime, or could not.
  public func arm(_ workload: String, _ runtime: String) -> ArmSummary? {
    arms.first { $0.workload == workload && $0.runtime == runtime }
  }

  /// Trials that count, of all arms.
  public var trials: Int { arms.reduce(0) { $0 + $1.trials } }
  /// Trials that answered right, of all arms, invalidated ones included.
  public var passed: Int { arms.reduce(0) { $0 + $1.passed } }
}
