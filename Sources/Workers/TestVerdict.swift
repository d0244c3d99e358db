import FoundationEssentials
import Observations

/// What became of a test in one trial: of its assertions, and of the trial as a whole.
struct TestVerdict: Equatable {
  var assertions: [TestedAssertion]
  var outcome: Outcome
  /// The first failure; of a trial that passed, how much of it is known to fail.
  var detail: String

  /// - Parameters:
  ///   - verdict: how the process ended and what it answered.
  ///   - errors: what a script's runtime said on standard error; empty for a module.
  ///   - told: what the runtime told of a script's assertions; nil where it told nothing.
  ///   - exitCode: the process's.
  init(_ verdict: Verdict, errors: String = "", told: [TestedAssertion]?, exitCode: Int32?, known: KnownFailures?) {
    let isRight = verdict.outcome == .passed
    // Of a script the reason stands behind what failed, which is the script.
    let words = errors.split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(400)
    let whole = TestedAssertion(outcome: isRight ? .pass : .fail, detail: isRight ? nil : words.isEmpty ? verdict.detail : String(words))
    var raw = told ?? [whole]
    if told?.isEmpty == true, Self.codesOfScripts.contains(exitCode ?? -1) {
      raw = [TestedAssertion(outcome: .skip, detail: "a script without assertions")]
    }
    // Nothing less than a failure is behind an exit code that speaks of none of its assertions.
    if told != nil, !isRight, !Self.codesOfScripts.contains(exitCode ?? -1) { raw.append(whole) }
    assertions = raw.judged(known)
    let failures = assertions.filter(\.outcome.isFailure)
    let expected = assertions.count { $0.outcome == .xfail }
    if let first = failures.first {
      let isOwn = told == nil && first.outcome == .fail
      outcome = isOwn ? verdict.outcome : .failedTest
      let place = first.line > 0 ? "line \(first.line): " : ""
      let text = "\(place)\(first.outcome == .xpass ? "passed, but " : "")\(first.detail ?? first.kind)"
      detail = String((failures.count == 1 ? text : "\(failures.count) failures, first \(text)").prefix(500))
    } else {
      outcome = .passed
      detail = expected > 0 ? "\(expected) known failure\(expected == 1 ? "" : "s")" : ""
    }
  }

  /// `wvm wast`: nothing failed, something failed, nothing was tested.
  private static let codesOfScripts: Set<Int32> = [0, 1, 77]

  /// What a runtime wrote on the descriptor it tells of assertions on; nil where that is not as described in `Docs/formats.md`.
  static func parse(_ text: String) -> [TestedAssertion]? {
    struct Line: Decodable { var assertions: [TestedAssertion] }
    guard let line = text.split(separator: "\n").first else { return nil }
    return (try? JSONDecoder().decode(Line.self, from: Data(line.utf8)))?.assertions
  }
}
