import Observations
import Statistics

/// What a gate says about a candidate: a verdict for every comparison, and one for all of them. Every text and the exit code are made
/// from this value.
public struct GateReport: Codable, Sendable, Equatable {
  /// Follows from everything below, `allowsInconclusive` aside.
  public var outcome: GateOutcome
  /// What the candidate is judged against.
  public var baseline: ComparedRun
  /// What is judged.
  public var candidate: ComparedRun
  /// One for every comparison, of a second measurement where there was one.
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
  /// What became of the candidate's assertions; nil where no run is of a conformance suite.
  public var assertions: AssertionComparison?
  /// An undecided gate then ends with exit code 0; its outcome stays what it is.
  public var allowsInconclusive: Bool
  /// What a reader must know, one sentence each.
  public var notes: [String]
}

/// One comparison and what the gate says about it.
public struct GateRow: Codable, Sendable, Equatable {
  /// Every figure the verdict rests on.
  public var comparison: ComparedArms
  /// From which growth on it is a regression, as a fraction.
  public var threshold: Double
  /// `.inconclusive` has a `reason`.
  public var verdict: CellVerdict
  /// Why it is undecided, or passes although its ratio looks different, in words; empty otherwise.
  public var reason: String
  /// What the first measurement said, where this row is of a second, longer one.
  public var firstVerdict: CellVerdict?
}

/// What a gate says about one comparison; the raw values are what it prints.
public enum CellVerdict: String, Codable, Sendable, CaseIterable {
  /// Worse by more than is tolerated, and not by chance.
  case regression = "REGRESSION"
  /// Better by as much, and not by chance.
  case improvement = "IMPROVEMENT"
  /// Not worse by more than is tolerated: the whole interval, or every repetition of a count, says so.
  case pass = "PASS"
  /// None of them can be said; `GateRow.reason` has why.
  case inconclusive = "INCONCLUSIVE"
}

/// An arm of the candidate with trials that did not pass.
public struct GateFailure: Codable, Sendable, Equatable {
  /// Name of the workload.
  public var workload: String
  /// Name of the candidate's runtime.
  public var runtime: String
  /// Trials of the arm that count, those of a second measurement included.
  public var trials: Int
  /// One entry for every way of failing that occurred.
  public var outcomes: [FailedTrials]
  /// Failed trials of the same arm of the baseline.
  public var baselineFailed: Int
  /// Trials of the same arm of the baseline that count; 0 where it has none.
  public var baselineTrials: Int

  /// Trials of the candidate's arm that did not pass.
  public var failed: Int { outcomes.reduce(0) { $0 + $1.count } }
}

/// The verdict over everything, and the exit code that goes with it.
public enum GateOutcome: String, Codable, Sendable, CaseIterable {
  /// No regression, no failed trial, nothing undecided.
  case passed = "PASS"
  /// A regression, or a trial of the candidate that answered wrongly, crashed or ran out of time.
  case failed = "FAIL"
  /// Undecided, or the machines or the harness stood in the way.
  case inconclusive = "INCONCLUSIVE"
  /// One of the sides has no trial, or nothing is to be compared.
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
  /// Rows that fail the gate.
  public var regressions: Int { rows.count { $0.verdict == .regression } }
  /// Rows that are better; they decide nothing.
  public var improvements: Int { rows.count { $0.verdict == .improvement } }
  /// Rows that leave the gate undecided unless something fails it.
  public var inconclusive: Int { rows.count { $0.verdict == .inconclusive } }
  /// Rows that are neither worse nor better nor undecided.
  public var passes: Int { rows.count { $0.verdict == .pass } }

  /// `--allow-inconclusive` lets an undecided gate pass, and nothing else.
  public var exitCode: Int32 { outcome == .inconclusive && allowsInconclusive ? 0 : outcome.exitCode }

  /// Whether something was not measured that should have been.
  var hasGaps: Bool { lostArms > 0 || isUnfinished || !unstarted.isEmpty || (assertions?.untried ?? 0) > 0 }

  /// Rows a second measurement is to decide.
  public var undecided: [GateRow] { rows.filter { $0.verdict == .regression || $0.verdict == .inconclusive } }
}
