/// Draws a table with aligned columns in a given width: drops what may be dropped, then shortens what is longest.
struct TextTable {
  var table: Table
  var width: Int
  var style: TextStyle

  func lines() -> [String] {
    let kept = keptColumns()
    let widths = fittedWidths(kept)
    var lines = wrapped(table.title, width: width, hanging: 2).map(style.strong)
    if let note = table.note { lines += wrapped(note, width: width, indent: 2).map(style.quiet) }
    lines.append(style.quiet(line(kept.map { .init(table.columns[$0].heading) }, kept, widths)))
    for group in table.groups {
      if let name = group.name {
        let detail = shortened(printable(group.detail), to: width - 12)
        lines.append("  " + shortened(printable(name), to: width - 2 - detail.count) + detail)
      }
      for row in group.rows { lines.append(line(kept.map { row[$0] }, kept, widths, styled: true)) }
    }
    return lines
  }

  private var indent: Int { table.groups.contains { $0.name != nil } ? 4 : 2 }
  private static let gap = 2

  private func naturalWidth(_ column: Int) -> Int {
    table.groups.flatMap(\.rows).map { printable($0[column].text).count }.reduce(table.columns[column].heading.count, max)
  }

  private func total(_ widths: [Int]) -> Int { indent + widths.reduce(0, +) + Self.gap * max(0, widths.count - 1) }

  private func keptColumns() -> [Int] {
    let isEmpty: (Int) -> Bool = { column in !table.groups.flatMap(\.rows).contains { !$0[column].text.isEmpty } }
    var kept = table.columns.indices.filter { !isEmpty($0) }
    while total(kept.map(naturalWidth)) > width {
      let droppable = kept.filter { table.columns[$0].dropOrder != nil }
      guard let next = droppable.min(by: { table.columns[$0].dropOrder! < table.columns[$1].dropOrder! }) else { break }
      kept.removeAll { $0 == next }
    }
    return kept
  }

  /// Shortens the widest column again and again; figures are never cut below what they need while a name is longer.
  private func fittedWidths(_ kept: [Int]) -> [Int] {
    var widths = kept.map(naturalWidth)
    while total(widths) > width, let widest = widths.indices.max(by: { widths[$0] < widths[$1] }), widths[widest] > 6 {
      widths[widest] -= 1
    }
    return widths
  }

  private func line(_ cells: [Table.Cell], _ kept: [Int], _ widths: [Int], styled: Bool = false) -> String {
    var line = String(repeating: " ", count: indent)
    for (position, cell) in cells.enumerated() {
      let text = shortened(printable(cell.text), to: widths[position])
      let padding = String(repeating: " ", count: widths[position] - text.count)
      let shown = styled ? style.toned(text, cell.tone) : text
      if position > 0 { line += String(repeating: " ", count: Self.gap) }
      if table.columns[kept[position]].alignment == .trailing {
        line += padding + shown
      } else {
        line += position == cells.count - 1 ? shown : shown + padding
      }
    }
    while line.last == " " { line.removeLast() }
    return line
  }
}

/// ANSI styles, or none.
struct TextStyle {
  var color: Bool

  func strong(_ text: String) -> String { styled(text, "1") }
  func quiet(_ text: String) -> String { styled(text, "2") }

  func toned(_ text: String, _ tone: Table.Tone) -> String {
    switch tone {
    case .plain: text
    case .quiet: quiet(text)
    case .good: styled(text, "32")
    case .bad: styled(text, "31")
    }
  }

  private func styled(_ text: String, _ code: String) -> String {
    color && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}

func shortened(_ text: String, to width: Int) -> String {
  text.count <= width ? text : String(text.prefix(max(0, width - 1))) + "…"
}

/// Lines of at most `width` columns, broken between words; lines after the first are indented by `hanging` more.
func wrapped(_ text: String, width: Int, indent: Int = 0, hanging: Int = 0) -> [String] {
  var lines: [String] = []
  var line = String(repeating: " ", count: indent)
  var isEmpty = true
  for word in printable(text).split(separator: " ") {
    if !isEmpty, line.count + 1 + word.count > width {
      lines.append(line)
      line = String(repeating: " ", count: indent + hanging)
      isEmpty = true
    }
    line += (isEmpty ? "" : " ") + word
    isEmpty = false
  }
  return isEmpty ? lines : lines + [line]
}
