/// A series as a line of blocks, as high as its values, and a line of marks below it.
struct Sparkline {
  /// One character a column.
  var line: String
  /// As wide: where the series went up or down.
  var marks: String

  private static let blocks = Array("▁▂▃▄▅▆▇█")

  /// - Parameter width: most columns; longer series have several values in each, and their median is drawn.
  init(_ series: HistorySeries, width: Int) {
    // What is no number cannot be drawn; nothing stands in its place.
    let values = series.points.map { $0.value.isFinite ? $0.value : 0 }
    let columns = max(1, min(width, values.count))
    func column(_ index: Int) -> Int { min(columns - 1, index * columns / max(1, values.count)) }
    var heights: [Double] = []
    var start = 0
    for number in 0..<columns {
      var end = start
      while end < values.count, column(end) == number { end += 1 }
      let part = values[start..<end].sorted()
      heights.append(part.isEmpty ? (heights.last ?? 0) : part[part.count / 2])
      start = end
    }
    let (least, most) = (heights.min() ?? 0, heights.max() ?? 0)
    // What is less than a change that counts is drawn flat, in the middle.
    let isFlat = most - least <= abs(most) * max(series.threshold, 0.01)
    line = String(
      heights.map { height in
        let place = isFlat ? 0.5 : (height - least) / (most - least)
        return Self.blocks[min(Self.blocks.count - 1, Int(place * Double(Self.blocks.count)))]
      })
    var marks = [Character](repeating: " ", count: columns)
    for step in series.steps { marks[column(step.index)] = step.change > 0 ? "▲" : "▼" }
    self.marks = String(marks)
  }
}
