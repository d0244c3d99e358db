import Observations
import Statistics

/// What a gate says about a candidate: a verdict for every comparison, and one for all of them. Every text and the exit code are made
/// from this value.
public struct GateReport: Codable, Sendable, Equatable {
  public var outcome: GateOutcome
  public var baseline: ComparedRun
  public var candidate: ComparedRun
  public var rows: [GateRow]
  /// Arms of the candidate with trials that failed. Each of them fails the gate.
  public var failures: [GateFailure]
  /// Why the times of the two runs cannot be compared at all, one line each.
  public var machineDifferences: [String]
  /// Arms that only one side has.
  public var unmatched: [String]
  /// How many arms the baseline measured and the candidate did not: nobody can say whether they regressed, so the gate is undecided.
  public var lostArms = 0
  /// Arms of the candidate with trials that could not be started, though not for a reason of the candidate's: the gate is undecided.
  public var unstarted: [GateFailure] = []
  /// Whether the candidate's run lacks blocks: the gate is undecided.
  public var isUnfinished = false
  public var allowsInconclusive: Bool
  /// What a reader must know, one sentence each.
  public var notes: [String]
}

/// One comparison and what the gate says about it.
public struct GateRow: Codable, Sendable, Equatable {
  public var comparison: ComparedArms
  /// From which growth on it is a regression, as a fraction.
  public var threshold: Double
  public var verdict: CellVerdict
  /// Why it is undecided, or passes although its ratio looks different, in words; empty otherwise.
  public var reason: String
  /// What the first measurement said, where this row is of a second, longer one.
  public var firstVerdict: CellVerdict?
}

public enum CellVerdict: String, Codable, Sendable, CaseIterable {
  case regression = "REGRESSION"
  case improvement = "IMPROVEMENT"
  case pass = "PASS"
  case inconclusive = "INCONCLUSIVE"
}

/// An arm of the candidate with trials that did not pass.
public struct GateFailure: Codable, Sendable, Equatable {
  public var workload: String
  public var runtime: String
  public var trials: Int
  public var outcomes: [FailedTrials]
  /// Failed trials of the same arm of the baseline.
  public var baselineFailed: Int
  public var baselineTrials: Int

  public var failed: Int { outcomes.reduce(0) { $0 + $1.count } }
}

/// The verdict over everything, and the exit code that goes with it.
public enum GateOutcome: String, Codable, Sendable, CaseIterable {
  case passed = "PASS"
  /// A regression, or a trial of the candidate that answered wrongly, crashed or ran out of time.
  case failed = "FAIL"
  /// Undecided, or the machines or the harness stood in the way.
  case inconclusive = "INCONCLUSIVE"
  case nothingMeasured = "NOTHING MEASURED"

  /// 1 is used for nothing else.
  public var exitCode: Int32 {
    switch self {
    case .passed: 0
    case .failed: 1
    case .inconclusive: 3
    case .nothingMeasured: 4
    }
  }
}

extension GateReport {
  public var regressions: Int { rows.count { $0.verdict == .regression } }
  public var improvements: Int { rows.count { $0.verdict == .improvement } }
  public var inconclusive: Int { rows.count { $0.verdict == .inconclusive } }
  public var passes: Int { rows.count { $0.verdict == .pass } }

  /// `--allow-inconclusive` lets an undecided gate pass, and nothing else.
  public var exitCode: Int32 { outcome == .inconclusive && allowsInconclusive ? 0 : outcome.exitCode }

  /// Whether something was not measured that should have been.
  var hasGaps: Bool { lostArms > 0 || isUnfinished || !unstarted.isEmpty }

  /// Rows a second measurement is to decide.
  public var undecided: [GateRow] { rows.filter { $0.verdict == .regression || $0.verdict == .inconclusive } }
}
