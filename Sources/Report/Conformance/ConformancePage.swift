import FoundationEssentials
import Observations

/// The conformance page: the verdict, what failed, runtime by proposal, and why anything was skipped.
public enum ConformancePage {
  /// Failures beyond these many make a page that nobody reads; the other forms have them all.
  static let mostFailures = 300

  /// Writes `index.html` into `folder`, which is made where it is absent.
  /// - Returns: the path of the page.
  /// - Throws: an error of the file system.
  @discardableResult
  public static func write(_ results: RunResults, to folder: String) throws -> String { try PageFrame.write(text(results), to: folder) }

  /// The page as one text.
  /// - Parameter results: of a conformance run.
  public static func text(_ results: RunResults) -> String {
    let report = ConformanceReport(results)
    let json = JSONReport.text(results, Summary(results), pretty: false)
    let title = results.run.title.isEmpty ? results.run.scenario : results.run.title
    return PageFrame(
      kicker: RunSections.kicker("conformance", results.run), heading: title, title: "\(title): \(results.run.id)",
      sentences: [report.verdict, report.headline] + RunSections.unfinished(results.run),
      sections: [
        .init(title: "Failed", identifier: "failed", content: list(report.failureLines)),
        .init(title: "Runtime by proposal", identifier: "matrix", content: tables(report.matrix.table, report)),
        .init(title: "Skipped", identifier: "skipped", content: report.skips?.html(titled: false) ?? ""),
        .init(title: "Known to fail", identifier: "known", content: list(report.knownLines)),
        .init(title: "Suite by suite", identifier: "assertions", content: tables(report.table, report)),
        .init(
          title: "Missing runtimes", identifier: "missing", content: Tables.unavailable(results.unavailable)?.html(titled: false) ?? ""),
        RunSections.environment(results.environment), RunSections.reproduce(results.run), RunSections.data(results.run, json),
      ],
      data: ("results", json)
    ).text
  }

  private static func tables(_ table: Table, _ report: ConformanceReport) -> String {
    report.suites.isEmpty ? "" : table.html(titled: false)
  }

  /// The first of them, the others folded away, and where those are that a page has no room for.
  private static func list(_ lines: [String]) -> String {
    let first = PageFrame.list(Array(lines.prefix(unfolded)))
    guard lines.count > unfolded else { return first }
    let others = PageFrame.list(Array(lines.prefix(mostFailures).dropFirst(unfolded)))
    let left =
      lines.count > mostFailures
      ? PageFrame.paragraph("\(lines.count - mostFailures) more are not shown; the forms CSV and JUnit have them all.", "quiet") : ""
    return first + "<details><summary>\(lines.count - unfolded) more</summary>\n\(others)\(left)</details>\n"
  }

  /// What is below a list can be found.
  private static let unfolded = 12
}
