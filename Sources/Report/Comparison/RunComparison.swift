import Observations
import Statistics

/// Two runs, or the arms of one, side by side: what `compare` shows and `gate` judges.
public struct RunComparison: Codable, Sendable, Equatable {
  /// What the ratios are to; the same as `candidate` where `isPaired`.
  public var baseline: ComparedRun
  /// What the ratios are of.
  public var candidate: ComparedRun
  /// True where the arms are of one run, measured side by side, block by block.
  public var isPaired: Bool
  /// What differs between the machines, one line each. Where there is any, times and memory are not compared.
  public var machineDifferences: [String]
  /// One row for every quantity, workload and pair of runtimes.
  public var rows: [ComparedArms]
  /// Arms that only one side has, one line each.
  public var unmatched: [String]
  /// What a reader must know, one sentence each.
  public var notes: [String]
  /// By a quantity's name: from which growth on it is worse, as a fraction. The stricter of both runs' thresholds.
  public var thresholds: [String: Double]
}

extension RunComparison {
  /// Whether there is nothing that could be compared, whatever rows there are.
  public var isEmpty: Bool { !rows.contains(where: \.isCompared) }

  /// Why what both sides have could not be compared; nil where they have nothing in common.
  public var obstacle: String? {
    guard let row = rows.first(where: { !$0.isCompared }) else { return notes.uncounted }
    let others = rows.count > 1 ? " (and \(rows.count - 1) more)" : ""
    return "\(GateTexts.place(row)), \(row.quantity.identifier): \(row.problem ?? "no ratio can be formed")\(others)"
  }
}

/// A run, by what tells it from others.
public struct ComparedRun: Codable, Sendable, Equatable {
  /// Identifier of the run.
  public var id: String
  /// The scenario's name.
  public var scenario: String
  /// ISO 8601 in UTC.
  public var startedAt: String
  /// With "+" where the checkout had changes; empty if unknown.
  public var commit: String
  /// Nil where the checkout was on none.
  public var branch: String?
  /// Nil where no environment was recorded.
  public var hostname: String?
  /// Trials that count, whatever their outcome.
  public var trials: Int

  init(_ measured: MeasuredRun) {
    id = measured.run.id
    scenario = measured.run.scenario
    startedAt = measured.run.startedAt
    commit = measured.run.commit
    branch = measured.run.branch
    hostname = measured.environment?.hostname
    trials = measured.trials
  }
}

/// One arm beside another, in one quantity.
public struct ComparedArms: Codable, Sendable, Equatable {
  /// Name of the workload.
  public var workload: String
  /// What is compared.
  public var quantity: Quantity
  /// Of the candidate's runtime.
  public var path: RuntimePath
  /// What the ratio is to.
  public var baseline: ArmFigures
  /// What the ratio is of.
  public var candidate: ArmFigures
  /// True where the values were measured side by side, block by block.
  public var isPaired: Bool
  /// Pairs, or of two unpaired samples the smaller.
  public var count: Int
  /// Candidate over baseline (Hodges-Lehmann); nil where none can be formed.
  public var ratio: Estimate?
  /// Candidate's median over the baseline's, where the distributions differ in shape (Kolmogorov-Smirnov): the ratio above estimates a
  /// shift and is then to be read beside this one. With a bootstrap interval.
  public var ratioOfMedians: Estimate?
  /// Of no difference: signed-rank test of pairs, Mann-Whitney test otherwise; nil where nothing could be tested.
  public var probability: Double?
  /// Adjusted for all rows together (Benjamini-Hochberg).
  public var adjustedProbability: Double?
  /// The smallest effect found four times out of five at this noise and size, as a fraction.
  public var minimumDetectableEffect: Double?
  /// Why there is no ratio, in words; nil where there is one.
  public var problem: String?
  /// What was counted, where the quantity is a count: it has no interval and no p.
  public var counts: ComparedCounts?

  /// What the row lets one say with 5 % false discoveries over all rows.
  public var verdict: Verdict {
    if let counts {
      return switch counts.verdict(threshold: 0) {
      case .regression: .more
      case .improvement: .less
      case .pass, .inconclusive: .noDifferenceFound
      }
    }
    guard let ratio, ratio.interval95 != nil, let adjustedProbability else { return .tooFewBlocks }
    guard adjustedProbability <= 0.05, ratio.value != 1 else { return .noDifferenceFound }
    if let before = baseline.median?.value, abs(ratio.value - 1) * before < quantity.resolution { return .belowResolution }
    return ratio.value > 1 ? .more : .less
  }

  /// Whether the row says anything: it has a ratio, or counts of both sides.
  var isCompared: Bool { ratio != nil || counts != nil }

  /// Whether one of the arms was disturbed too often to say anything. What is counted is not disturbed.
  public var isNoisy: Bool { counts == nil && (baseline.isNoisy || candidate.isNoisy) }
}

/// What one arm did, for a row.
public struct ArmFigures: Codable, Sendable, Equatable {
  /// Name of the runtime.
  public var runtime: String
  /// Trials that count, whatever their outcome.
  public var trials: Int
  /// Trials that answered right, invalidated ones included.
  public var passed: Int
  /// One entry for every way of failing that occurred.
  public var failures: [FailedTrials]
  /// Trials that passed but were disturbed, by reason; they are in no figure.
  public var invalidated: [String: Int]
  /// Whether so many trials were disturbed that the arm says nothing.
  public var isNoisy: Bool
  /// In nanoseconds or bytes; of what is counted the least of the repetitions.
  public var median: Estimate?
  /// Median peak memory, bytes.
  public var memory: Double?
  /// Bytes of the module or native executable, and of the runtime's own executable.
  public var programSize: UInt64?
  /// Of the first word of the runtime's command; nil where it has none or its size was not recorded.
  public var runtimeSize: UInt64?
  /// Medians of the phases inside the runtime, nanoseconds.
  public var phases: [PhaseMedian]

  /// Trials that passed but were disturbed, whatever the reason.
  public var invalid: Int { invalidated.values.reduce(0, +) }
}
