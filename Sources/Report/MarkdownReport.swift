import Observations

/// Tables for a pull request.
public enum MarkdownReport {
  /// Blocks with an empty line between them; names and messages are escaped, so that none becomes markup.
  public static func text(for results: RunResults) -> String {
    if results.isConformance { return ConformanceReport(results).markdown(of: results.run) }
    let summary = Summary(results)
    var blocks = [Headline.sentences(summary).map(escaped).joined(separator: " ")]
    let differences = Tables.differences(summary)
    let someFailed = summary.differences.contains { !$0.holds }
    let first =
      [Tables.failures(summary), someFailed ? differences : nil] + Tables.special(summary)
      + [Tables.invalidated(summary), Tables.overall(summary)]
    blocks += first.compactMap { $0.map(table) }
    for quantity in summary.quantities {
      let tables = [Tables.within(summary, quantity), Tables.across(summary, quantity)].compactMap(\.self)
      blocks += tables.map(table)
    }
    blocks += [
      Tables.counts(summary), someFailed ? nil : differences, Tables.unavailable(summary.unavailable),
    ].compactMap { $0.map(table) }
    blocks.append(Notes.lines(summary).map { "- " + escaped($0) }.joined(separator: "\n"))
    blocks.append("Run `\(summary.run.id)`, seed \(summary.run.seed): `\(summary.run.command.replacing(scalars: ["`": "'"]))`")
    return fitted(blocks.joined(separator: "\n\n") + "\n")
  }

  /// What GitHub takes as a comment is 65,536 characters; whoever posts it may put something in front.
  static let longest = 65_000

  /// A text that fits into a comment: what is too long is cut behind a line, and its last line says so.
  static func fitted(_ text: String) -> String {
    guard text.unicodeScalars.count > longest else { return text }
    let end = "</details>"
    let note = "*Cut here, because a comment holds no more. The whole is in the command's output, as tables or with `--json`.*\n"
    var room = longest - note.count - end.count - 4
    let kept = text.split(separator: "\n", omittingEmptySubsequences: false).prefix { line in
      room -= line.unicodeScalars.count + 1
      return room >= 0
    }
    // Names are escaped, so that only we fold anything.
    let isFolded = kept.count { $0.hasPrefix("<details>") } > kept.count { $0 == end }
    return (kept + (isFolded ? ["", end[...]] : []) + ["", note[...]]).joined(separator: "\n")
  }

  static func table(_ table: Table) -> String {
    var lines = ["**\(escaped(table.title))**" + (table.note.map { " (\(escaped($0)))" } ?? ""), ""]
    func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
    lines.append(row(table.columns.map { escaped($0.heading) }))
    lines.append(row(table.columns.map { $0.alignment == .trailing ? "---:" : "---" }))
    for group in table.groups {
      if let name = group.name {
        lines.append(row(["*\(escaped(name + group.detail))*"] + [String](repeating: "", count: table.columns.count - 1)))
      }
      lines += group.rows.map { row($0.map { escaped($0.text) }) }
    }
    return lines.joined(separator: "\n")
  }

  /// Names and messages are text, never markup.
  static func escaped(_ text: String) -> String {
    printable(text).replacing(scalars: [
      "&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "\\|", "\\": "\\\\", "*": "\\*", "_": "\\_", "`": "\\`", "[": "\\[", "]": "\\]",
      "#": "\\#", "~": "\\~",
      // A zero-width space behind it: nobody is called by what a program said.
      "@": "@&#8203;",
    ])
  }
}
