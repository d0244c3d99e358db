import Observations
import Statistics

/// A history as gnuplot draws it: one point a run, its interval behind it, and the levels as lines.
struct HistoryPlot {
  private let series: HistorySeries
  private let title: String
  private let axis: PlotAxis

  init(_ series: HistorySeries, title: String) {
    self.series = series
    self.title = title
    axis = Self.axis(of: series)
  }

  /// Over everything that is drawn.
  static func axis(of series: HistorySeries) -> PlotAxis {
    let values = series.points.flatMap { [$0.value, $0.lower, $0.upper].compactMap(\.self) }.filter(\.isFinite)
    return Sample(values).map { PlotAxis($0, series.key.unit.dimension) } ?? PlotAxis(upTo: 1, series.key.unit.dimension)
  }

  func plot(named name: String) -> Plot {
    Plot(
      name: name, workload: series.key.workload, title: "\(title): \(series.key.metric)", description: Self.description(of: series),
      script: script(name), data: data)
  }

  /// For those who have it read to them.
  static func description(of series: HistorySeries) -> String {
    let steps = series.steps.map { step in
      "\(HistorySeries.percent(step.change)) on \(series.points[step.index].startedAt.prefix(10)), \(series.text(step))"
    }
    let newest = series.points.last.map { "The newest is \(series.text($0.value)). " } ?? ""
    return "One point for each of \(series.points.count) runs, oldest first. \(newest)"
      + (steps.isEmpty ? "It never moved." : "It moved: \(steps.joined(separator: "; ")).")
  }

  private func script(_ name: String) -> String {
    let color = Palette.path(.process).light
    let scale = axis.isLogarithmic ? "set logscale y 10\n" : ""
    return """
      # \(printable(title)): \(printable(series.key.metric))
      # Edit this script or \(name).dat, then draw it again: gnuplot \(name).gp
      \(PlotScript.sizeAndFormat(name, height: "280"))
      set encoding utf8
      set title \(PlotScript.quoted("\(title): \(series.key.metric)")) noenhanced
      set xdata time
      set timefmt '%Y-%m-%dT%H:%M:%SZ'
      set format x '%Y-%m-%d'
      set xtics nomirror rotate by -30 textcolor rgb '\(Palette.ink.light)'
      set ytics nomirror textcolor rgb '\(Palette.ink.light)'
      set ylabel \(PlotScript.quoted(axis.unit.symbol)) noenhanced
      set rmargin 6
      set border 3 linecolor rgb '\(Palette.quiet.light)'
      set grid ytics linecolor rgb '\(Palette.grid.light)' linetype 1 linewidth 1
      set key off
      \(scale)set yrange [\(axis.lower):\(axis.upper)]
      plot '\(name).dat' index 0 using 1:2:3:4 with yerrorbars pointtype 7 pointsize 0 linecolor rgb '#a0\(color.dropFirst())', \\
        '\(name).dat' index 0 using 1:2 with points pointtype 7 pointsize 0.5 linecolor rgb '\(color)', \\
        '\(name).dat' index 1 using 1:2 with lines linewidth 2 linecolor rgb '\(Palette.ink.light)'

      """
  }

  private var data: String {
    let size = axis.unit.size
    let points = series.points.map { point in
      "\(point.startedAt) \(point.value / size) \((point.lower ?? point.value) / size) \((point.upper ?? point.value) / size) \(printable(point.run))"
    }
    let levels = series.levels.map { level in
      "\(series.points[level.range.lowerBound].startedAt) \(level.mean / size)\n\(series.points[level.range.upperBound - 1].startedAt) \(level.mean / size)"
    }
    return "# start, median (\(axis.unit.symbol)), lower and upper 95 % bound, run\n" + points.joined(separator: "\n")
      + "\n\n\n# levels: from and to, mean\n" + levels.joined(separator: "\n\n") + "\n"
  }
}

extension HistorySeries {
  /// The stretches between steps, and their means.
  var levels: [(range: Range<Int>, mean: Double)] {
    let bounds = [0] + steps.map(\.index) + [points.count]
    return zip(bounds, bounds.dropFirst()).filter { $0 < $1 }.map { start, end in
      (start..<end, points[start..<end].reduce(0) { $0 + $1.value } / Double(end - start))
    }
  }
}
