import Observations
import Statistics

/// Memory over the number of instances: points as they were measured, and the line through them.
struct GrowthPlot {
  private let name: String
  private let growths: [MemoryGrowth]
  private let unit: Unit
  private let isLogarithmic: Bool

  /// - Returns: nil where there is no line.
  init?(_ growths: [MemoryGrowth]) {
    guard let first = growths.first else { return nil }
    name = first.name
    self.growths = growths
    let points = growths.flatMap(\.points)
    unit = Unit.fitting(points.map(\.bytes).max() ?? 1, .memory)
    let numbers = points.map(\.instances)
    isLogarithmic = (numbers.max() ?? 1) > 10 * (numbers.min() ?? 1)
  }

  static func all(_ summary: Summary, _ names: inout FileNames) -> [Plot] {
    summary.growth.map(\.name).uniqued.compactMap { name in
      GrowthPlot(summary.growth.filter { $0.name == name })?.plot(named: names.name("growth-\(name)"))
    }
  }

  private var title: String { "\(name): memory over instances" }

  private func plot(named file: String) -> Plot {
    let quantity = Quantity.metric(.instanceSlope)
    let lines = growths.map {
      "\($0.runtime) \(quantity.text($0.fixed)) and \(EstimateText($0.slope, of: quantity).both) for each instance"
    }
    return Plot(
      name: file, workload: name, title: title,
      description: "Proportional memory of all instances together. \(lines.joined(separator: "; ")).", script: script(file), data: data,
      kind: .growth)
  }

  private func script(_ file: String) -> String {
    let scale = isLogarithmic ? "set logscale xy 10\n" : "set yrange [0:*]\n"
    var plots = growths.indices.map {
      "'\(file).dat' index \(2 * $0 + 1) using 1:2 with lines linewidth 1.5 linecolor rgb '\(PlotScript.curveColor($0))' notitle"
    }
    plots += growths.enumerated().map { index, growth in
      "'\(file).dat' index \(2 * index) using 1:2 with points pointtype 7 pointsize 0.8 linecolor rgb '\(PlotScript.curveColor(index))' title \(PlotScript.quoted(shortened(growth.runtime, to: 24)))"
    }
    return PlotScript.curves(
      file, title: title, entries: growths.count, x: "instances\(isLogarithmic ? " (both axes logarithmic)" : "")",
      y: "all together (\(unit.symbol))")
      + scale + "plot \(plots.joined(separator: ", \\\n  "))\n"
  }

  private var data: String {
    growths.map { growth in
      let label = printable(growth.runtime)
      let points = growth.points.map { "\($0.instances) \($0.bytes / unit.size)" }
      let (least, most) = (Double(growth.points.first?.instances ?? 1), Double(growth.points.last?.instances ?? 1))
      // Enough of them for a line to look like what it is on logarithmic axes.
      let line = (0...40).map { least + (most - least) * Double($0 * $0 * $0) / 64_000 }.filter { growth.line(at: $0) > 0 }
        .map { "\(fixed($0, 3)) \(growth.line(at: $0) / unit.size)" }
      return "# \(label): instances, all together (\(unit.symbol))\n" + points.joined(separator: "\n")
        + "\n\n\n# \(label): the line\n" + line.joined(separator: "\n")
    }.joined(separator: "\n\n\n") + "\n"
  }
}
