import Observations
import Statistics

/// Every trial of a workload as a dot, one row for each runtime, with the median and its interval.
struct DistributionPlot {
  private let workload: String
  private let quantity: Quantity
  private let rows: [Row]
  private let axis: PlotAxis

  private struct Row {
    var arm: ArmSummary
    var values: [Double]
    var median: Estimate
  }

  /// - Returns: nil where no arm has a value.
  init?(workload: String, quantity: Quantity, arms: [ArmSummary], values: MeasuredValues) {
    self.workload = workload
    self.quantity = quantity
    rows = arms.compactMap { arm in
      let values = values.values(of: quantity, workload, arm.runtime).sorted { $0.key < $1.key }.map(\.value)
      return Sample(values).map { Row(arm: arm, values: values, median: $0.medianEstimate) }
    }
    guard let all = Sample(rows.flatMap(\.values)) else { return nil }
    axis = PlotAxis(all, quantity.dimension)
  }

  func plot(named name: String) -> Plot {
    let medians = rows.map { "\($0.arm.runtime) \(EstimateText($0.median, of: quantity).both)" }.joined(separator: ", ")
    return Plot(
      name: name, workload: workload, title: "\(workload): \(quantity.title)",
      description: "Every passed trial as a dot, one row for each runtime; the upright line is the median. Medians: \(medians).",
      script: script(name), data: data)
  }

  private var paths: [RuntimePath] { RuntimePath.allCases.filter { path in rows.contains { $0.arm.path == path } } }

  private func script(_ name: String) -> String {
    let hasKey = paths.count > 1
    var script = PlotScript.opening(
      name: name, title: "\(workload): \(quantity.title)", height: "\(rows.count * 34 + 58 + (hasKey ? 26 : 0))")
    script += axis.script
    script +=
      "set xlabel \(PlotScript.quoted("\(quantity.title) (\(axis.unit.symbol)\(axis.isLogarithmic ? ", logarithmic" : ""))")) textcolor rgb '\(Palette.quiet.light)' noenhanced\n"
    script += "set yrange [\(-Double(rows.count) + 0.45):0.55]\n"
    script += PlotScript.rowLabels(rows.map(\.arm.runtime))
    script += "set rmargin 11\n"
    for (index, row) in rows.enumerated() {
      script +=
        "set label \(index + 1) \(PlotScript.quoted(EstimateText(row.median, of: quantity).value)) at graph 1, first \(-index) offset 1, 0 left textcolor rgb '\(Palette.ink.light)' noenhanced\n"
    }
    script +=
      hasKey
      ? "set key outside top left horizontal Left reverse samplen 1 width 2 textcolor rgb '\(Palette.quiet.light)' noenhanced\n"
      : "set key off\n"

    // The dots are seen through (the first two digits), so that many of them in one place look denser.
    var plots = rows.enumerated().map { index, row in
      "'\(name).dat' index \(index) using 1:2 with points pointtype 7 pointsize 0.45 linecolor rgb '#80\(Palette.path(row.arm.path).light.dropFirst())' notitle"
    }
    let medians = rows.count
    for path in paths {
      let number = RuntimePath.allCases.firstIndex(of: path) ?? 0
      // The interval as a bar, the median as an upright line.
      plots.append(
        "'\(name).dat' index \(medians) using ($5 == \(number) ? $2 : NaN):4:($3 - $2):(0) with vectors nohead linewidth 7 linecolor rgb '\(Palette.path(path).light)' notitle"
      )
      if hasKey {
        plots.append(
          "keyentry with points pointtype 7 pointsize 0.8 linecolor rgb '\(Palette.path(path).light)' title \(PlotScript.quoted(path.words))"
        )
      }
    }
    plots.append(
      "'\(name).dat' index \(medians) using 1:($4 - 0.34):(0):(0.68) with vectors nohead linewidth 2.5 linecolor rgb '\(Palette.ink.light)' notitle"
    )
    return script + "plot \\\n  " + plots.joined(separator: ", \\\n  ") + "\n"
  }

  private var data: String {
    var blocks = rows.enumerated().map { index, row in
      "# \(PlotScript.comment(row.arm.runtime)): \(axis.unit.symbol), row (spread so that dots do not hide each other)\n"
        + row.values.enumerated().map { "\($1 / axis.unit.size) \(fixed(Double(-index) + Self.spread($0), 3))" }.joined(separator: "\n")
    }
    blocks.append(
      "# medians: median, lower and upper 95 % bound (the median itself where there is none), row, path\n"
        + rows.enumerated().map { index, row in
          let interval = row.median.interval95
          let (lower, upper) = (interval?.lower ?? row.median.value, interval?.upper ?? row.median.value)
          let path = RuntimePath.allCases.firstIndex(of: row.arm.path) ?? 0
          return "\(row.median.value / axis.unit.size) \(lower / axis.unit.size) \(upper / axis.unit.size) \(-index) \(path)"
        }.joined(separator: "\n"))
    return blocks.joined(separator: "\n\n\n") + "\n"
  }

  /// Multiples of the golden ratio spread any number of dots evenly, and the same way each time.
  private static func spread(_ index: Int) -> Double {
    let turn = Double(index + 1) * 0.618_033_988_749_895
    return (turn - turn.rounded(.down) - 0.5) * 0.56
  }
}
