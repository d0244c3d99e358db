import Glibc

/// A history as SVG in a page, drawn here and not by gnuplot because its steps lead to the pages of their runs.
struct HistoryDrawing {
  private let series: HistorySeries
  private let title: String
  private let axis: PlotAxis
  /// Where a run's page is; nil where there is none.
  private let page: (String) -> String?

  init(_ series: HistorySeries, title: String, page: @escaping (String) -> String?) {
    self.series = series
    self.title = title
    self.page = page
    axis = HistoryPlot.axis(of: series)
  }

  /// For wide and for narrow windows: shrinking one drawing would make its text too small to read.
  func html(identifier: String) -> String {
    svg(identifier + "-wide", width: 860, cssClass: "wide") + svg(identifier + "-narrow", width: 400, cssClass: "narrow")
  }

  private static let height = 190.0
  private static let (left, right, top, bottom) = (58.0, 14.0, 16.0, 26.0)

  private func svg(_ identifier: String, width: Double, cssClass: String) -> String {
    let frame = Frame(width: width, count: series.points.count, axis: axis)
    let ink = "var(--\(Palette.ink.name))", color = "var(--\(Palette.path(.process).name))"
    var parts = grid(frame)
    parts.append("<g stroke=\"\(color)\" stroke-width=\"1\" stroke-opacity=\".35\" fill=\"none\"><path d=\"\(bars(frame))\"/></g>")
    parts.append("<path d=\"\(dots(frame))\" stroke=\"\(color)\" stroke-width=\"4\" stroke-linecap=\"round\" fill=\"none\"/>")
    let levels = series.levels.map { level in
      "M\(frame.x(level.range.lowerBound)) \(frame.y(level.mean))H\(frame.x(level.range.upperBound - 1))"
    }
    parts.append("<path d=\"\(levels.joined())\" stroke=\"\(ink)\" stroke-width=\"2\" fill=\"none\"/>")
    parts += marks(frame)
    return """
      <svg class="\(cssClass)" viewBox="0 0 \(Int(width)) \(Int(Self.height))" font-size="13" role="img" aria-labelledby="\(identifier)-title \(identifier)-desc">
      <title id="\(identifier)-title">\(escaped("\(title): \(series.key.metric)"))</title>
      <desc id="\(identifier)-desc">\(escaped(HistoryPlot.description(of: series)))</desc>
      \(parts.joined(separator: "\n"))
      </svg>

      """
  }

  /// Places in the drawing: runs side by side, as far apart as each other, since days without a run tell nothing.
  private struct Frame {
    var width: Double
    var count: Int
    var axis: PlotAxis

    func x(_ index: Int) -> String { fixed(position(index), 1) }
    func position(_ index: Int) -> Double {
      let room = width - HistoryDrawing.left - HistoryDrawing.right
      return HistoryDrawing.left + (count > 1 ? room * Double(index) / Double(count - 1) : room / 2)
    }
    func y(_ value: Double) -> String { fixed(height(value / axis.unit.size), 1) }
    func height(_ value: Double) -> Double {
      let (low, high, place) =
        axis.isLogarithmic ? (logarithm(axis.lower), logarithm(axis.upper), logarithm(value)) : (axis.lower, axis.upper, value)
      let room = HistoryDrawing.height - HistoryDrawing.top - HistoryDrawing.bottom
      return HistoryDrawing.top + room * (1 - (high > low ? (place - low) / (high - low) : 0.5))
    }
    private func logarithm(_ value: Double) -> Double { value > 0 ? log(value) : 0 }
  }

  private func grid(_ frame: Frame) -> [String] {
    let quiet = "var(--\(Palette.quiet.name))", line = "var(--\(Palette.grid.name))"
    let marks = axis.marks(atMost: 5)
    let lines = marks.map { "M\(fixed(Self.left, 0)) \(fixed(frame.height($0.value), 1))H\(fixed(frame.width - Self.right, 0))" }.joined()
    let texts = marks.map { mark in
      "<text x=\"\(fixed(Self.left - 8, 0))\" y=\"\(fixed(frame.height(mark.value) + 4, 1))\" text-anchor=\"end\">\(escaped(mark.text))</text>"
    }
    let unit = "<text x=\"\(fixed(Self.left - 8, 0))\" y=\"11\" text-anchor=\"end\">\(escaped(axis.unit.symbol))</text>"
    let below = fixed(Self.height - 7, 0)
    var dates = ""
    if let first = series.points.first, let last = series.points.last {
      dates = "<text x=\"\(fixed(Self.left, 0))\" y=\"\(below)\">\(escaped(String(first.startedAt.prefix(10))))</text>"
      if series.points.count > 1 {
        dates +=
          "<text x=\"\(fixed(frame.width - Self.right, 0))\" y=\"\(below)\" text-anchor=\"end\">\(escaped(String(last.startedAt.prefix(10))))</text>"
      }
    }
    return [
      "<path d=\"\(lines)\" stroke=\"\(line)\" fill=\"none\"/>", "<g fill=\"\(quiet)\">\(texts.joined())\(unit)\(dates)</g>",
    ]
  }

  /// No more than the eye can tell apart.
  private func shown(_ frame: Frame) -> some Sequence<Int> {
    let step = max(1, Int(Double(series.points.count) / frame.width.rounded()))
    return stride(from: 0, to: series.points.count, by: step)
  }

  private func bars(_ frame: Frame) -> String {
    shown(frame).compactMap { index in
      guard let lower = series.points[index].lower, let upper = series.points[index].upper else { return nil }
      return "M\(frame.x(index)) \(frame.y(lower))V\(frame.y(upper))"
    }.joined()
  }

  private func dots(_ frame: Frame) -> String {
    shown(frame).map { "M\(frame.x($0)) \(frame.y(series.points[$0].value))h0" }.joined()
  }

  private enum LabelSide { case right, left, none }

  /// Of an upright line's label, on the safe side.
  private static let labelWidth = 78.0

  /// Labels stand at the right of their lines, at the left where another line is too near, and nowhere where both sides are taken.
  private func marks(_ frame: Frame) -> [String] {
    var taken = 0.0
    return series.steps.indices.map { number in
      let place = frame.position(series.steps[number].index)
      let next = number + 1 < series.steps.count ? frame.position(series.steps[number + 1].index) : frame.width
      let side: LabelSide = next - place >= Self.labelWidth ? .right : place - taken >= Self.labelWidth ? .left : .none
      taken = side == .right ? place + Self.labelWidth : place
      return mark(series.steps[number], place, side)
    }
  }

  /// An upright line with the change above it; a link where the run has a page.
  private func mark(_ step: HistorySeries.Step, _ place: Double, _ side: LabelSide) -> String {
    let point = series.points[step.index]
    let color = step.change > 0 ? "var(--bad)" : "var(--good)"
    let words = "\(point.startedAt.prefix(10)): \(HistorySeries.percent(step.change)), \(series.text(step)); \(HistoryReport.place(point))"
    let text =
      side == .none
      ? ""
      : """
      <text x="\(fixed(place + (side == .left ? -4 : 4), 1))" y="12" fill="\(color)"\(side == .left ? " text-anchor=\"end\"" : "")>\(step.change > 0 ? "▲" : "▼") \(escaped(HistorySeries.percent(step.change)))</text>
      """
    let drawing = """
      <g><title>\(escaped(words))</title><path d="M\(fixed(place, 1)) \(fixed(Self.top, 0))V\(fixed(Self.height - Self.bottom, 0))" stroke="\(color)" stroke-dasharray="3 3" fill="none"/>\(text)</g>
      """
    guard let address = page(point.run) else { return drawing }
    return "<a href=\"\(escaped(address))\" aria-label=\"\(escaped(words))\">\(drawing)</a>"
  }
}
