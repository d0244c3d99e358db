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

  /// Runtime beside runtime: of every part of the suites how many of the tried assertions passed.
  var matrix: Table? {
    let runtimes = suites.map(\.runtime).uniqued
    struct Cell {
      var passed = 0, tried = 0
    }
    var parts: [String] = []
    var cells: [String: [String: Cell]] = [:]
    for suite in suites {
      for test in suite.tests {
        let part = Self.part(of: test.name, in: suite.name)
        if cells[part] == nil { parts.append(part) }
        var cell = cells[part, default: [:]][suite.runtime] ?? Cell()
        for assertion in test.assertions where assertion.outcome != .skip {
          cell.tried += 1
          if assertion.outcome == .pass || assertion.outcome == .xpass { cell.passed += 1 }
        }
        cells[part, default: [:]][suite.runtime] = cell
      }
    }
    guard parts.count > 1 || runtimes.count > 1 else { return nil }
    return Table(
      title: "Runtime by proposal", note: "passed of those tried; a dash: nothing was tried",
      columns: [.init(heading: "part")] + runtimes.map { .init(heading: $0, alignment: .trailing) },
      groups: [
        .init(
          rows: parts.map { part in
            [Table.Cell(part)]
              + runtimes.map { runtime in
                guard let cell = cells[part]?[runtime], cell.tried > 0 else { return .init("–", .quiet) }
                return cell.passed == cell.tried ? .init("all \(cell.tried)", .good) : .init("\(cell.passed) of \(cell.tried)", .bad)
              }
          })
      ])
  }

  /// Which proposal's a test is, as its suite's names tell: a folder, or the beginning of a file's name.
  private static func part(of test: String, in suite: String) -> String {
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

  private func told(_ lines: [String]) -> [String] {
    lines.count <= Self.toldFailures ? lines : lines.prefix(Self.toldFailures) + ["and \(lines.count - Self.toldFailures) more"]
  }
}
