/// Comma-separated values with a header (RFC 4180).
struct CSVTable {
  var columns: [String]
  /// Each with the number of the line it begins on, counted from 1.
  var rows: [(line: Int, cells: [String])]

  struct Malformed: Error {
    var line: Int
    var reason: String
  }

  init(_ text: String) throws(Malformed) {
    var records: [(line: Int, cells: [String])] = []
    var cells: [String] = []
    var cell = ""
    var (line, start) = (1, 1)
    var isQuoted = false, wasQuoted = false
    func ends(_ character: Character) -> Bool { character == "\n" || character == "\r\n" || character == "\r" }
    var index = text.startIndex
    while index < text.endIndex {
      let character = text[index]
      index = text.index(after: index)
      if isQuoted {
        if character == "\"" {
          if index < text.endIndex, text[index] == "\"" {
            cell.append("\"")
            index = text.index(after: index)
          } else {
            isQuoted = false
          }
        } else {
          if ends(character) { line += 1 }
          cell.append(character)
        }
      } else if character == "\"", cell.isEmpty, !wasQuoted {
        isQuoted = true
        wasQuoted = true
      } else if character == "," {
        cells.append(cell)
        (cell, wasQuoted) = ("", false)
      } else if ends(character) {
        if !(cells.isEmpty && cell.isEmpty && !wasQuoted) { records.append((start, cells + [cell])) }
        (cells, cell, wasQuoted) = ([], "", false)
        line += 1
        start = line
      } else {
        if wasQuoted { throw Malformed(line: line, reason: "something follows a closing quotation mark") }
        cell.append(character)
      }
    }
    if isQuoted { throw Malformed(line: start, reason: "a quotation mark is not closed") }
    if !(cells.isEmpty && cell.isEmpty && !wasQuoted) { records.append((start, cells + [cell])) }
    guard let header = records.first else { throw Malformed(line: 1, reason: "there is no header") }
    columns = header.cells.map { $0.filter { $0 != "\u{FEFF}" } }
    for record in records.dropFirst() where record.cells.count != columns.count {
      throw Malformed(line: record.line, reason: "\(record.cells.count) cells, where the header has \(columns.count)")
    }
    rows = Array(records.dropFirst())
  }
}
