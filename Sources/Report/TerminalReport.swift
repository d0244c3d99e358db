import Observations

/// The report on a terminal: the answer first, then failures, tables and what is missing.
public enum TerminalReport {
  /// - Parameters:
  ///   - color: whether to use ANSI styles; the caller decides by terminal and `NO_COLOR`.
  ///   - width: columns of the terminal; at least 40 are assumed.
  public static func text(for results: RunResults, color: Bool, width: Int) -> String {
    let summary = Summary(results)
    let width = max(40, width)
    let style = TextStyle(color: color)
    var blocks: [[String]] = []

    blocks.append(Headline.sentences(summary).flatMap { wrapped($0, width: width) })
    for table in [Tables.failures(summary), Tables.invalidated(summary)] {
      if let table { blocks.append(TextTable(table: table, width: width, style: style).lines()) }
    }
    if let overall = Tables.overall(summary) { blocks.append(TextTable(table: overall, width: width, style: style).lines()) }
    for quantity in summary.quantities {
      let tables = [Tables.within(summary, quantity), Tables.across(summary, quantity)].compactMap(\.self)
      blocks += tables.map { TextTable(table: $0, width: width, style: style).lines() }
    }
    if let counts = Tables.counts(summary) { blocks.append(TextTable(table: counts, width: width, style: style).lines()) }
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
