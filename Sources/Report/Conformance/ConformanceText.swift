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

  /// Which runtimes did all that the suite asks, in one sentence.
  var verdict: String {
    guard tried > 0 else { return "Nothing was tested, so nothing passed." }
    let told = suites.map(\.runtime).uniqued.map { runtime in (runtime, suites.filter { $0.runtime == runtime }) }
    func count(_ suites: [TestedSuite], _ outcomes: TestOutcome...) -> Int {
      outcomes.reduce(0) { sum, outcome in suites.reduce(sum) { $0 + $1.count(outcome) } }
    }
    let right = told.filter { count($0.1, .pass) > 0 && count($0.1, .fail, .xfail, .xpass) == 0 }.map(\.0)
    let wrong = told.filter { count($0.1, .fail, .xfail, .xpass) > 0 }.map { runtime, suites in
      let (failed, known, unexpected) = (count(suites, .fail, .xfail), count(suites, .xfail), count(suites, .xpass))
      let parts = [
        failed > 0
          ? "failed \(failed) of \(count(suites, .pass, .fail, .xfail, .xpass))\(known > 0 ? " (\(known) as is known)" : "")" : nil,
        unexpected > 0 ? "passed \(unexpected) that the expectations file says fail" : nil,
      ]
      return "\(runtime) \(parts.compactMap(\.self).joined(separator: " and "))"
    }
    let untried = told.filter { count($0.1, .pass, .fail, .xfail, .xpass) == 0 }.map(\.0)
    let parts =
      (right.isEmpty ? [] : ["\(Self.listed(right)) passed every assertion that was tried"]) + wrong
      + (untried.isEmpty ? [] : ["nothing was tried in \(Self.listed(untried))"])
    return parts.joined(separator: "; ") + "."
  }

  /// "a", "a and b", "a, b and c".
  private static func listed(_ names: [String]) -> String {
    names.count < 2 ? names.joined() : "\(names.dropLast().joined(separator: ", ")) and \(names[names.count - 1])"
  }

  /// The answer in numbers.
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

  /// Runtime by proposal.
  var matrix: ConformanceMatrix { ConformanceMatrix(suites) }

  /// Which proposal's a test is, as its suite's names tell: a folder, or the beginning of a file's name.
  static func part(of test: String, in suite: String) -> String {
    if let slash = test.firstIndex(of: "/") { return "\(suite): \(test[..<slash])" }
    for (beginning, part) in proposals where test.hasPrefix(beginning) { return "\(suite): \(part)" }
    return suite
  }

  /// Files of the specification's suite that came with a proposal, by the beginning of their names.
  private static let proposals = [
    ("simd_", "vectors"), ("i8x16_relaxed", "relaxed vectors"), ("i16x8_relaxed", "relaxed vectors"), ("i32x4_relaxed", "relaxed vectors"),
    ("relaxed_", "relaxed vectors"), ("memory64", "64-bit memories"), ("address64", "64-bit memories"), ("table_", "tables"),
    ("return_call", "tail calls"), ("try_table", "exceptions"), ("throw", "exceptions"), ("tag", "exceptions"),
    ("array", "garbage collection"), ("struct", "garbage collection"), ("i31", "garbage collection"), ("extern", "garbage collection"),
    ("br_on_cast", "garbage collection"), ("ref_cast", "garbage collection"), ("ref_test", "garbage collection"),
    ("call_ref", "function references"), ("br_on_n", "function references"), ("ref_as", "function references"),
  ]

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

  /// What is known to fail and did, one line each.
  var knownLines: [String] {
    suites.flatMap { suite in
      suite.tests.flatMap { test in
        test.assertions.filter { $0.outcome == .xfail }.map { "\(suite.name)/\(test.name) in \(suite.runtime): \($0.sentence)" }
      }
    }
  }

  /// Why something was not tried, and how many assertions that are in each runtime; nil where everything was.
  var skips: Table? {
    let runtimes = suites.map(\.runtime).uniqued
    var counts: [String: [String: Int]] = [:]
    var reasons: [String] = []
    for suite in suites {
      for assertion in suite.tests.flatMap(\.assertions) where assertion.outcome == .skip {
        let reason = assertion.detail ?? "no reason given"
        if counts[reason] == nil { reasons.append(reason) }
        counts[reason, default: [:]][suite.runtime, default: 0] += 1
      }
    }
    guard !reasons.isEmpty else { return nil }
    return Table(
      title: "Skipped", note: "assertions that were not tried, by reason; they count as neither passed nor failed",
      columns: [.init(heading: "reason", isProse: true)] + runtimes.map { .init(heading: $0, alignment: .trailing) },
      groups: [
        .init(
          rows: reasons.map { reason in
            [.init(reason)] + runtimes.map { runtime in counts[reason]?[runtime].map { .init("\($0)") } ?? .init("–", .quiet) }
          })
      ])
  }

  /// For a pull request or a wiki.
  /// - Parameter run: the run it is of, for its last line.
  public func markdown(of run: RunDescription) -> String {
    let page = MarkdownPage()
    return page.text([
      page.paragraphs([verdict, headline] + RunSections.unfinished(run)), page.list("Failed", failureLines),
      suites.isEmpty ? "" : page.table(matrix.table), skips.map(page.table) ?? "",
      page.folded("Known to fail", [page.list("Known to fail", knownLines)]),
      page.folded("Suite by suite", [suites.isEmpty ? "" : page.table(table)]),
      page.list("Not available here", unavailable.map { "\($0.runtime): \($0.reason); get it: \($0.remedy)" }),
      "Run `\(run.id)`: `\(run.command.replacing(scalars: ["`": "'"]))`",
    ])
  }

  private func told(_ lines: [String]) -> [String] {
    lines.count <= Self.toldFailures ? lines : lines.prefix(Self.toldFailures) + ["and \(lines.count - Self.toldFailures) more"]
  }
}
