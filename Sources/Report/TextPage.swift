import FoundationEssentials

/// Puts paragraphs, tables and lists below each other on a terminal. What is empty leaves no trace.
struct TextPage {
  let style: TextStyle
  let width: Int

  init(color: Bool, width: Int) {
    style = TextStyle(color: color)
    self.width = max(40, width)
  }

  func paragraphs(_ sentences: [String], _ tone: Table.Tone = .plain) -> [String] {
    sentences.flatMap { wrapped($0, width: width).map { style.toned($0, tone) } }
  }

  func table(_ table: Table) -> [String] { TextTable(table: table, width: width, style: style).lines() }

  func list(_ title: String, _ items: [String], _ tone: Table.Tone = .plain) -> [String] {
    guard !items.isEmpty else { return [] }
    return [style.strong(title)]
      + items.flatMap { wrapped("- " + $0, width: width, indent: 2, hanging: 2).map { style.toned($0, tone) } }
  }

  func text(_ blocks: [[String]]) -> String {
    blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }
}

/// The same in Markdown.
struct MarkdownPage {
  func paragraphs(_ sentences: [String]) -> String { sentences.map(MarkdownReport.escaped).joined(separator: "\n\n") }

  func table(_ table: Table) -> String { MarkdownReport.table(table) }

  func list(_ title: String, _ items: [String]) -> String {
    items.isEmpty
      ? "" : "**\(MarkdownReport.escaped(title))**\n\n" + items.map { "- " + MarkdownReport.escaped($0) }.joined(separator: "\n")
  }

  /// Shown when it is asked for.
  func folded(_ title: String, _ blocks: [String]) -> String {
    let text = blocks.filter { !$0.isEmpty }.joined(separator: "\n\n")
    return text.isEmpty ? "" : "<details><summary>\(MarkdownReport.escaped(title))</summary>\n\n\(text)\n\n</details>"
  }

  func text(_ blocks: [String]) -> String { MarkdownReport.fitted(blocks.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n") }
}

/// Readable JSON; numbers that JSON cannot say become texts.
func jsonText(_ value: some Encodable, pretty: Bool = true) -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = pretty ? [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes] : [.sortedKeys, .withoutEscapingSlashes]
  encoder.nonConformingFloatEncodingStrategy = .convertToString(positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
  do {
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  } catch {
    preconditionFailure("reports are plain values and always encode: \(error)")
  }
}
