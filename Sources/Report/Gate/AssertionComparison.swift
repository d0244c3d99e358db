import Observations

/// What a candidate's conformance is against a baseline's, assertion by assertion. What the candidate's expectations say counts for
/// nothing here: a candidate does not choose what it is judged by.
public struct AssertionComparison: Codable, Sendable, Equatable {
  /// Assertions that the baseline passed and the candidate tried.
  public var compared: Int
  /// Those that the candidate failed, one line each.
  public var regressions: [String]
  /// How many that the baseline passed the candidate did not try: nobody can say whether they regressed.
  public var untried: Int

  /// - Parameters: as the properties of the same names.
  public init(compared: Int, regressions: [String], untried: Int) {
    self.compared = compared
    self.regressions = regressions
    self.untried = untried
  }

  /// Nil where neither run is of a conformance suite.
  init?(_ baseline: MeasuredRun, _ candidate: MeasuredRun, _ request: ComparisonRequest) {
    guard baseline.assertions != nil || candidate.assertions != nil else { return nil }
    self.init(compared: 0, regressions: [], untried: 0)
    let after = Dictionary((candidate.assertions ?? []).map { (Arm($0), Self.keyed($0.assertions)) }) { $1 }
    for tested in baseline.assertions ?? [] where request.runtimes?.contains(tested.runtime) ?? true {
      let now = after[Arm(tested)] ?? [:]
      for (key, assertion) in Self.keyed(tested.assertions) where assertion.outcome.isRight {
        guard let other = now[key] ?? now[Key.whole], other.outcome != .skip else {
          untried += 1
          continue
        }
        compared += 1
        guard !other.outcome.isRight else { continue }
        regressions.append("\(tested.workload) in \(tested.runtime): \(other.sentence)")
      }
    }
    regressions = regressions.uniqued.sorted()
  }

  private struct Arm: Hashable {
    var workload: String
    var runtime: String
    init(_ tested: TestedAssertions) { (workload, runtime) = (tested.workload, tested.runtime) }
  }

  /// An assertion's place in its script: several may begin on one line.
  private struct Key: Hashable {
    var line: Int
    var number: Int
    /// Stands for every assertion of a script that failed before its first.
    static let whole = Key(line: 0, number: 0)
  }

  private static func keyed(_ assertions: [TestedAssertion]) -> [Key: TestedAssertion] {
    var seen: [Int: Int] = [:]
    var result: [Key: TestedAssertion] = [:]
    for assertion in assertions where assertion.kind != TestedAssertion.expectation {
      result[Key(line: assertion.line, number: seen[assertion.line, default: 0])] = assertion
      seen[assertion.line, default: 0] += 1
    }
    return result
  }
}
