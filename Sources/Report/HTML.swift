/// Text as HTML text or a quoted attribute: nothing in it is markup.
func escaped(_ text: String) -> String {
  var escaped = ""
  for character in printable(text) {
    switch character {
    case "&": escaped += "&amp;"
    case "<": escaped += "&lt;"
    case ">": escaped += "&gt;"
    case "\"": escaped += "&quot;"
    case "'": escaped += "&#39;"
    default: escaped.append(character)
    }
  }
  return escaped
}

/// JSON that cannot end the element it is embedded in.
func embedded(json: String) -> String { json.replacing("<", with: "\\u003c") }

extension Table {
  /// A table that scrolls inside itself where the page is narrow.
  var html: String {
    func heading(_ column: Column) -> String {
      "<th scope=\"col\"\(column.alignment == .trailing ? " class=\"number\"" : "")>\(escaped(column.heading))</th>"
    }
    func cell(_ cell: Cell, _ index: Int) -> String {
      let classes = [columns[index].alignment == .trailing ? "number" : "", cell.tone == .plain ? "" : cell.tone.rawValue].filter {
        !$0.isEmpty
      }
      let attribute = classes.isEmpty ? "" : " class=\"\(classes.joined(separator: " "))\""
      return index == 0 ? "<th scope=\"row\"\(attribute)>\(escaped(cell.text))</th>" : "<td\(attribute)>\(escaped(cell.text))</td>"
    }
    let bodies = groups.map { group in
      let name = group.name.map {
        "<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"\(columns.count)\">\(escaped($0))</th></tr>\n"
      }
      let rows = group.rows.map { "<tr>" + $0.enumerated().map { cell($1, $0) }.joined() + "</tr>\n" }
      return "<tbody>\n" + (name ?? "") + rows.joined() + "</tbody>\n"
    }
    return """
      <figure class="table">
      <figcaption>\(escaped(title))\(note.map { "<span class=\"note\">\(escaped($0))</span>" } ?? "")</figcaption>
      <div class="scroll" tabindex="0" role="region" aria-label="\(escaped(title))">
      <table>
      <thead><tr>\(columns.map(heading).joined())</tr></thead>
      \(bodies.joined())</table>
      </div>
      </figure>

      """
  }
}
