import Observations

/// A conformance run on a terminal and on a page: a table a suite, what failed, and why something was skipped.
extension ConformanceReport {
  /// Failures that are told one by one.
  private static let toldFailures = 20

  /// - Parameters:
  ///   - color: whether to use ANSI styles.
  ///   - width: columns of the terminal; at least 40 are assumed.
  public func terminal(color: Bool, width: Int) -> String {
    let page = TextPage(color: color, width: max(40, width))
    return page.text([
      page.paragraphs([headline]).map(page.style.strong), page.table(table), page.list("Failed", told(failureLines), .bad),
      page.list("Skipped", skipLines),
      page.list("Not available here", unavailable.map { "\($0.runtime): \($0.reason); get it: \($0.remedy)" }),
    ])
  }

  /// The answer in one sentence.
  var headline: String {
    let failed = failures == 0 ? "nothing failed" : "\(failures) failed"
    let known = count(.xfail) == 0 ? "" : ", \(count(.xfail)) failed as is known"
    let skipped = count(.skip) == 0 ? "" : ", \(count(.skip)) skipped"
    guard tried > 0 else { return "Nothing was tested\(skipped)." }
    return "\(count(.pass)) passed, \(failed)\(known)\(skipped)."
  }

  /// A row for every suite in every runtime.
  var table: Table {
    let headings = ["tests", "passed", "failed", "skipped", "known", "unexpected"]
    return Table(
      title: "Assertions", note: "known: failed as an expectations file says; unexpected: passed although it says so",
      columns: [.init(heading: "suite")] + headings.map { .init(heading: $0, alignment: .trailing) },
      groups: suites.map(\.runtime).uniqued.map { runtime in
        let rows = suites.filter { $0.runtime == runtime }
        let sum: [[Table.Cell]] = rows.count > 1 ? [Self.row("together", rows)] : []
        return Table.Group(name: runtime, rows: rows.map { Self.row($0.name, [$0]) } + sum)
      })
  }

  private static func row(_ name: String, _ suites: [TestedSuite]) -> [Table.Cell] {
    func count(_ outcome: TestOutcome) -> Int { suites.reduce(0) { $0 + $1.count(outcome) } }
    func cell(_ outcome: TestOutcome, _ tone: Table.Tone) -> Table.Cell { .init("\(count(outcome))", count(outcome) > 0 ? tone : .quiet) }
    return [
      .init(name), .init("\(suites.reduce(0) { $0 + $1.tests.count })"), cell(.pass, .plain), cell(.fail, .bad), cell(.skip, .plain),
      cell(.xfail, .plain), cell(.xpass, .bad),
    ]
  }

  /// One line a failure: "core/binary in interpreter: line 107, assert_malformed: …".
  var failureLines: [String] {
    suites.flatMap { suite in
      suite.tests.flatMap { test in test.failures.map { "\(suite.name)/\(test.name) in \(suite.runtime): \($0.sentence)" } }
    }
  }

  /// One line a reason, with how often it was given.
  var skipLines: [String] {
    let reasons = suites.flatMap { suite in
      suite.tests.flatMap { test in
        test.assertions.filter { $0.outcome == .skip }.map { "\(suite.runtime): \($0.detail ?? "no reason given")" }
      }
    }
    return reasons.uniqued.map { reason in "\(reasons.count { $0 == reason }) in \(reason)" }
  }

  private func told(_ lines: [String]) -> [String] {
    lines.count <= Self.toldFailures ? lines : lines.prefix(Self.toldFailures) + ["and \(lines.count - Self.toldFailures) more"]
  }
}
