import Glibc

/// Ratios with their intervals, one under the other on a logarithmic axis, so that twice and half are as far from 1.
struct RatioPlot {
  struct Row {
    var label: String
    var ratio: Double
    var lower: Double?
    var upper: Double?
    var tone: Table.Tone
  }

  /// Rows under a common name.
  struct Group {
    var name: String
    var rows: [Row]
  }

  let title: String
  let groups: [Group]
  /// Ratios that are tolerated end here; nil where nothing is judged.
  let limit: Double?
  let range: ClosedRange<Double>
  private let left: Int

  /// A page with more is not read.
  private static let mostRows = 120
  private static let rowHeight = 22.0

  /// - Returns: nil where there is no ratio to be drawn.
  init?(title: String, groups: [Group], limit: Double? = nil) {
    var room = Self.mostRows
    var shown: [Group] = []
    for group in groups {
      let rows = group.rows.filter { $0.ratio > 0 && $0.ratio.isFinite }.prefix(room)
      room -= rows.count
      if !rows.isEmpty { shown.append(Group(name: group.name, rows: Array(rows))) }
    }
    guard !shown.isEmpty else { return nil }
    self.title = title
    self.groups = shown
    self.limit = limit
    left = groups.reduce(0) { $0 + $1.rows.count } - shown.reduce(0) { $0 + $1.rows.count }
    let values = shown.flatMap(\.rows).flatMap { [$0.ratio, $0.lower, $0.upper].compactMap(\.self) }.filter { $0 > 0 && $0.isFinite } + [1]
    let (least, most) = (values.min() ?? 1, values.max() ?? 1)
    // At least from 0.9 to 1.1, so that noise does not fill the plot.
    range = min(least / 1.05, 0.9)...max(most * 1.05, 1.1)
  }

  func html(identifier: String) -> String {
    let more = left > 0 ? PageFrame.paragraph("\(left) further ratios are in the table only.", "quiet") : ""
    return """
      <figure class="plot">
      <figcaption>\(escaped(title))</figcaption>
      \(svg(identifier + "-wide", width: 860, labels: 230, cssClass: "wide"))\(svg(identifier + "-narrow", width: 400, labels: 130, cssClass: "narrow"))\(more)</figure>

      """
  }

  var description: String {
    groups.map { group in
      "\(group.name): "
        + group.rows.map { row in
          let interval = row.lower.flatMap { lower in row.upper.map { " from \(ratioText(lower)) to \(ratioText($0))" } } ?? ""
          return "\(row.label) \(ratioText(row.ratio))\(interval)"
        }.joined(separator: ", ")
    }.joined(separator: ". ") + "."
  }

  private func svg(_ identifier: String, width: Double, labels: Double, cssClass: String) -> String {
    let (start, end) = (labels + 8, width - 12)
    func x(_ ratio: Double) -> Double {
      start + (end - start) * (log(ratio) - log(range.lowerBound)) / (log(range.upperBound) - log(range.lowerBound))
    }
    func place(_ value: Double) -> String { fixed(value, 1) }
    let rows = groups.reduce(0) { $0 + $1.rows.count + 1 }
    let bottom = Double(rows) * Self.rowHeight + 6
    var parts: [String] = []
    let marks = Self.marks(range, atMost: width > 500 ? 9 : 5)
    let grid = marks.map { "M\(place(x($0))) 0V\(place(bottom))" }.joined()
    parts.append("<path d=\"\(grid)\" stroke=\"var(--\(Palette.grid.name))\" fill=\"none\"/>")
    parts.append(
      "<path d=\"M\(place(x(1))) 0V\(place(bottom))\" stroke=\"var(--\(Palette.quiet.name))\" stroke-width=\"1.5\" fill=\"none\"/>")
    if let limit, range.contains(limit) {
      parts.append("<path d=\"M\(place(x(limit))) 0V\(place(bottom))\" stroke=\"var(--bad)\" stroke-dasharray=\"4 3\" fill=\"none\"/>")
    }
    let figures = marks.map { mark in
      "<text x=\"\(place(x(mark)))\" y=\"\(place(bottom + 16))\" text-anchor=\"middle\">\(escaped(ratioText(mark)))</text>"
    }
    parts.append("<g fill=\"var(--\(Palette.quiet.name))\">\(figures.joined())</g>")
    var top = 0.0
    let characters = Int(labels / 7.3)
    for group in groups {
      parts.append(
        "<text x=\"0\" y=\"\(place(top + 15))\" fill=\"var(--\(Palette.quiet.name))\">\(escaped(shortened(group.name, to: Int(width / 7.3))))</text>"
      )
      top += Self.rowHeight
      for row in group.rows {
        let middle = top + Self.rowHeight / 2
        let color = Self.color(row.tone)
        parts.append(
          "<text x=\"\(place(labels))\" y=\"\(place(middle + 4.5))\" text-anchor=\"end\" fill=\"var(--\(Palette.ink.name))\">\(escaped(shortened(row.label, to: characters)))</text>"
        )
        if let lower = row.lower, let upper = row.upper, lower > 0 {
          parts.append(
            "<path d=\"M\(place(x(lower))) \(place(middle))H\(place(x(upper)))\" stroke=\"\(color)\" stroke-width=\"3\" stroke-opacity=\".45\" fill=\"none\"/>"
          )
        }
        parts.append("<circle cx=\"\(place(x(row.ratio)))\" cy=\"\(place(middle))\" r=\"4\" fill=\"\(color)\"/>")
        top += Self.rowHeight
      }
    }
    return """
      <svg class="\(cssClass)" viewBox="0 0 \(Int(width)) \(Int(bottom) + 24)" font-size="13" role="img" aria-labelledby="\(identifier)-title \(identifier)-desc">
      <title id="\(identifier)-title">\(escaped(title))</title>
      <desc id="\(identifier)-desc">\(escaped(description))</desc>
      \(parts.joined(separator: "\n"))
      </svg>

      """
  }

  private static func color(_ tone: Table.Tone) -> String {
    switch tone {
    case .good: "var(--good)"
    case .bad: "var(--bad)"
    case .plain, .quiet: "var(--\(Palette.path(.process).name))"
    }
  }

  /// Ratios that a reader expects on an axis.
  static func marks(_ range: ClosedRange<Double>, atMost count: Int) -> [Double] {
    // Where the axis is short, steps of a twentieth, a tenth, a fifth, a quarter; a set is for axes that it reaches over.
    let fine = [
      [0.85, 0.9, 0.95, 1, 1.05, 1.1, 1.15, 1.2], [0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6], [0.6, 0.8, 1, 1.2, 1.4, 1.6, 1.8],
      [0.5, 0.75, 1, 1.25, 1.5, 2],
    ]
    let coarse = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]
    let decades = [0.0001, 0.001, 0.01, 0.1, 1, 10, 100, 1000, 10000]
    let reaching = fine.filter { range.lowerBound > $0[0] / 1.15 && range.upperBound < $0[$0.count - 1] * 1.15 }
    for candidates in reaching + [coarse, decades] {
      let marks = candidates.filter(range.contains)
      if marks.count <= count { return marks }
    }
    return [1]
  }
}
