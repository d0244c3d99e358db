/// Rows and named columns as CSV (RFC 4180, but with plain newlines): a header line first, a line feed at the end.
struct CSVTable<Row> {
  typealias Column = (name: String, value: (Row) -> String)

  var columns: [Column]

  func text(_ rows: [Row]) -> String {
    let header = columns.map(\.name).joined(separator: ",")
    let lines = rows.map { row in columns.map { CSVReport.quoted($0.value(row)) }.joined(separator: ",") }
    return ([header] + lines).joined(separator: "\n") + "\n"
  }
}

/// A number of CSV; empty where there is none.
func csvNumber(_ value: (some LosslessStringConvertible)?) -> String { value.map { String($0) } ?? "" }
