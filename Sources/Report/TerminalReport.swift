import Observations

/// The report on a terminal: the answer first, then failures, tables and what is missing.
public enum TerminalReport {
  /// - Parameters:
  ///   - color: whether to use ANSI styles; the caller decides by terminal and `NO_COLOR`.
  ///   - width: columns of the terminal; at least 40 are assumed.
  public static func text(for results: RunResults, color: Bool, width: Int) -> String {
    if results.isConformance { return ConformanceReport(results).terminal(color: color, width: width) }
    let summary = Summary(results)
    let width = max(40, width)
    let style = TextStyle(color: color)
    var blocks: [[String]] = []

    blocks.append(Headline.sentences(summary).flatMap { wrapped($0, width: width) })
    let differences = Tables.differences(summary)
    let someFailed = summary.differences.contains { !$0.holds }
    let tables =
      [Tables.failures(summary), someFailed ? differences : nil] + Tables.special(summary)
      + [Tables.invalidated(summary), Tables.overall(summary)]
      + summary.quantities.flatMap { [Tables.within(summary, $0), Tables.across(summary, $0)] }
      + [
        Tables.counts(summary),
        someFailed ? nil : differences,
      ]
    blocks += tables.compactMap { $0.map { TextTable(table: $0, width: width, style: style).lines() } }
    if !summary.unavailable.isEmpty { blocks.append(unavailable(summary, width, style)) }
    blocks.append(notes(summary, width, style))
    return blocks.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  /// A list rather than a table: reasons and remedies are sentences.
  private static func unavailable(_ summary: Summary, _ width: Int, _ style: TextStyle) -> [String] {
    [style.strong("Runtimes not available here")]
      + summary.unavailable.flatMap { missing in
        wrapped("\(missing.runtime): \(missing.reason)", width: width, indent: 2, hanging: 2)
          + wrapped("to get it: \(missing.remedy)", width: width, indent: 4, hanging: 2)
      }
  }

  private static func notes(_ summary: Summary, _ width: Int, _ style: TextStyle) -> [String] {
    [style.strong("Notes")] + Notes.lines(summary).flatMap { wrapped("- " + $0, width: width, indent: 2, hanging: 2) }
  }
}
