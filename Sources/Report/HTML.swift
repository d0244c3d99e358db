/// Text as HTML text or a quoted attribute: nothing in it is markup.
func escaped(_ text: String) -> String {
  printable(text).replacing(scalars: ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "'": "&#39;"])
}

/// JSON that cannot end the element it is embedded in.
func embedded(json: String) -> String { json.replacing(scalars: ["<": "\\u003c"]) }

extension Table {
  /// A table that scrolls inside itself where the page is narrow.
  /// - Parameter titled: false where a heading right above says the same.
  func html(titled: Bool = true) -> String {
    func heading(_ column: Column) -> String {
      "<th scope=\"col\"\(column.alignment == .trailing ? " class=\"number\"" : "")>\(escaped(column.heading))</th>"
    }
    func cell(_ cell: Cell, _ index: Int) -> String {
      let classes = [
        columns[index].alignment == .trailing ? "number" : "", columns[index].isProse ? "prose" : "",
        cell.tone == .plain ? "" : cell.tone.rawValue,
      ].filter { !$0.isEmpty }
      let attribute = classes.isEmpty ? "" : " class=\"\(classes.joined(separator: " "))\""
      return index == 0
        ? "<th scope=\"row\"\(attribute)>\(escaped(cell.text))</th>"
        : "<td\(attribute)>\(columns[index].isProse ? prose(cell.text) : escaped(cell.text))</td>"
    }
    let bodies = groups.map { group in
      let name = group.name.map {
        "<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"\(columns.count)\"><b>\(escaped($0))</b>\(escaped(group.detail))</th></tr>\n"
      }
      let rows = group.rows.map { "<tr>" + $0.enumerated().map { cell($1, $0) }.joined() + "</tr>\n" }
      return "<tbody>\n" + (name ?? "") + rows.joined() + "</tbody>\n"
    }
    let words = (titled ? [escaped(title)] : []) + (note.map { ["<span class=\"note\">\(escaped($0))</span>"] } ?? [])
    let caption = words.isEmpty ? "" : "<figcaption>\(words.joined())</figcaption>"
    return """
      <figure class="table">
      \(caption)
      <div class="scroll" tabindex="0" role="region" aria-label="\(escaped(title))">
      <table>
      <thead><tr>\(columns.map(heading).joined())</tr></thead>
      \(bodies.joined())</table>
      </div>
      </figure>

      """
  }
}

/// Text in which a number and its unit, and the two ends of an interval, stay on one line.
func prose(_ text: String) -> String {
  escaped(text).replacing(/, (-?[0-9.]+\])/) { ",&nbsp;\($0.output.1)" }
    .replacing(/([0-9]) (ns|µs|ms|s|B|KiB|MiB|GiB|%|times)\b/) { "\($0.output.1)&nbsp;\($0.output.2)" }
    .replacing(/([0-9]) %/) { "\($0.output.1)&nbsp;%" }
}
