import Observations

/// A gate as a JUnit file, which most continuous-integration services show: a test case for every comparison and every arm that failed.
///
/// A regression or a failed trial is a `failure`; what cannot be decided is an `error`, or `skipped` where the gate lets it pass. It never lets
/// pass that nothing was measured.
public enum JUnitReport {
  /// XML with a line feed at its end; the suite's time stamp is the candidate's start.
  public static func text(for report: GateReport) -> String {
    let nothing = report.outcome == .nothingMeasured ? [measured(report)] : []
    let gaps = nothing.isEmpty ? gaps(report) : []
    let cases = report.failures.map(failure) + assertions(report) + report.rows.map { row($0, report) } + nothing + gaps
    let failures = report.failures.count + report.regressions + (report.assertions?.regressions.count ?? 0)
    let undecided = report.inconclusive + gaps.count
    let (errors, skipped) = report.allowsInconclusive ? (nothing.count, undecided) : (nothing.count + undecided, 0)
    let name = escaped("harness gate \(report.candidate.scenario)")
    let counts = "tests=\"\(cases.count)\" failures=\"\(failures)\" errors=\"\(errors)\" skipped=\"\(skipped)\""
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="\(name)" \(counts)>
      <testsuite name="\(name)" \(counts) timestamp="\(escaped(String(report.candidate.startedAt.prefix(19))))">
      \(cases.joined(separator: "\n"))
      <system-out>\(([GateTexts.headline(report)] + GateTexts.runs(report) + GateTexts.notes(report)).map(escaped).joined(separator: "\n"))</system-out>
      </testsuite>
      </testsuites>

      """
  }

  private static func failure(_ failure: GateFailure) -> String {
    let first = failure.outcomes.first
    return testCase(
      failure.workload, failure.runtime, "answers",
      element("failure", first?.outcome.rawValue ?? "failed", GateTexts.failure(failure), first?.firstDetail ?? ""))
  }

  /// A case for every assertion that regressed, and one for all that did not.
  private static func assertions(_ report: GateReport) -> [String] {
    guard let assertions = report.assertions else { return [] }
    let regressed = assertions.regressions.map { testCase("gate", "assertions", $0, element("failure", "REGRESSION", $0, "")) }
    let rest = assertions.compared - assertions.regressions.count
    return regressed + (rest > 0 ? [testCase("gate", "assertions", "\(rest) that the baseline passed", "")] : [])
  }

  private static func row(_ row: GateRow, _ report: GateReport) -> String {
    let sentence = GateTexts.sentence(row)
    let inside =
      switch row.verdict {
      case .regression: element("failure", row.verdict.rawValue, sentence, "")
      case .inconclusive: undecided(row.verdict.rawValue, sentence, report)
      case .improvement, .pass: "<system-out>\(escaped(sentence))</system-out>"
      }
    return testCase(row.comparison.workload, row.comparison.candidate.runtime, row.comparison.quantity.identifier, inside)
  }

  private static func measured(_ report: GateReport) -> String {
    testCase("gate", "all", "measured", element("error", report.outcome.rawValue, GateTexts.headline(report), ""))
  }

  private static func gaps(_ report: GateReport) -> [String] {
    GateTexts.gaps(report).map { testCase("gate", "all", $0.name, undecided("INCONCLUSIVE", $0.message, report)) }
  }

  private static func undecided(_ type: String, _ message: String, _ report: GateReport) -> String {
    report.allowsInconclusive ? "<skipped message=\"\(escaped(message))\"/>" : element("error", type, message, "")
  }

  private static func testCase(_ workload: String, _ runtime: String, _ name: String, _ inside: String) -> String {
    "<testcase classname=\"\(escaped("\(workload).\(runtime)"))\" name=\"\(escaped(name))\">\(inside)</testcase>"
  }

  private static func element(_ name: String, _ type: String, _ message: String, _ text: String) -> String {
    "<\(name) type=\"\(escaped(type))\" message=\"\(escaped(message))\">\(escaped(text))</\(name)>"
  }
}
