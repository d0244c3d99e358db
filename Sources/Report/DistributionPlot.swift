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
    let opening = PlotScript(
      name: name, title: "\(workload): \(quantity.title)",
      axisTitle: "\(quantity.title) (\(axis.unit.symbol)\(axis.isLogarithmic ? ", logarithmic" : ""))",
      labels: rows.map(\.arm.runtime), figures: rows.map { EstimateText($0.median, of: quantity).value }, rowHeight: 30,
      key: paths.count > 1 ? paths.map { .init(text: $0.words, color: Palette.path($0)) } : [])

    let medians = "'\(name).dat' index \(rows.count)"
    // Below everything the interval as a pale bar, above it the dots, above them the median as an upright line. Bars and
    // dots are seen through (the first two digits of their colours), so that many dots in one place look denser.
    var plots = paths.map { path in
      "\(medians) using ($5 == \(path.number) ? $2 : NaN):4:($3 - $2):(0) with vectors nohead linewidth 11 linecolor rgb '#a0\(Palette.path(path).light.dropFirst())'"
    }
    plots += rows.enumerated().map { index, row in
      "'\(name).dat' index \(index) using 1:2 with points pointtype 7 pointsize 0.45 linecolor rgb '#70\(Palette.path(row.arm.path).light.dropFirst())'"
    }
    plots.append("\(medians) using 1:($4 - 0.34):(0):(0.68) with vectors nohead linewidth 2.5 linecolor rgb '\(Palette.ink.light)'")
    return opening.opening + axis.script + "plot \\\n  " + plots.joined(separator: ", \\\n  ") + "\n"
  }

  private var data: String {
    var blocks = rows.enumerated().map { index, row in
      "# \(printable(row.arm.runtime)): \(axis.unit.symbol), row (spread so that dots do not hide each other)\n"
        + row.values.enumerated().map { "\($1 / axis.unit.size) \(fixed(Double(-index) + Self.spread($0), 3))" }.joined(separator: "\n")
    }
    blocks.append(
      "# medians: median, lower and upper 95 % bound (the median itself where there is none), row, path\n"
        + rows.enumerated().map { index, row in
          let interval = row.median.interval95
          let (lower, upper) = (interval?.lower ?? row.median.value, interval?.upper ?? row.median.value)
          return "\(row.median.value / axis.unit.size) \(lower / axis.unit.size) \(upper / axis.unit.size) \(-index) \(row.arm.path.number)"
        }.joined(separator: "\n"))
    return blocks.joined(separator: "\n\n\n") + "\n"
  }

  /// Multiples of the golden ratio spread any number of dots evenly, and the same way each time.
  private static func spread(_ index: Int) -> Double {
    let turn = Double(index + 1) * 0.618_033_988_749_895
    return (turn - turn.rounded(.down) - 0.5) * 0.56
  }
}

extension RuntimePath {
  /// How the path is written in a plot's data.
  fileprivate var number: Int { RuntimePath.allCases.firstIndex(of: self) ?? 0 }
}
