import Observations

/// The ratios of a comparison as plots: one for every quantity that has any.
extension CompareReport {
  static func ratioPlots(_ comparison: RunComparison) -> [(quantity: Quantity, plot: RatioPlot)] {
    guard comparison.machineDifferences.isEmpty else { return [] }
    return comparison.rows.map(\.quantity).uniqued.compactMap { quantity in
      let shown = comparison.rows.filter { $0.quantity == quantity && $0.ratio != nil && !$0.isNoisy }
      let groups = shown.map(\.workload).uniqued.map { workload in
        RatioPlot.Group(name: workload, rows: shown.filter { $0.workload == workload }.map { RatioPlot.Row($0) })
      }
      return RatioPlot(title: "\(quantity.heading), ratio to the baseline", groups: groups).map { (quantity, $0) }
    }
  }

  static func plots(_ comparison: RunComparison) -> [Plot] { RatioPlot.scripts(ratioPlots(comparison)) }

  /// The plots as scripts and data for gnuplot.
  /// - Throws: an error of the file system.
  public static func writePlots(_ comparison: RunComparison, to folder: String) throws {
    try GnuplotReport.write(plots(comparison), to: folder)
  }

  /// The same, each drawn as SVG and PNG too.
  /// - Throws: an error of the file system, or what is missing, in words.
  public static func drawPlots(_ comparison: RunComparison, to folder: String) throws {
    try GnuplotReport.draw(plots(comparison), to: folder)
  }
}

extension RatioPlot {
  /// As a page shows them.
  static func html(_ plots: [(quantity: Quantity, plot: RatioPlot)]) -> String {
    plots.enumerated().map { $1.plot.html(identifier: "ratios-\($0)") }.joined()
  }

  /// As gnuplot draws them.
  static func scripts(_ plots: [(quantity: Quantity, plot: RatioPlot)]) -> [Plot] {
    var names = FileNames()
    return plots.map { $0.plot.plot(named: names.name("ratios-\($0.quantity.identifier)")) }
  }
}

extension RatioPlot.Row {
  /// - Parameter tone: instead of that of the comparison's own verdict.
  init(_ arms: ComparedArms, tone: Table.Tone? = nil) {
    let own: Table.Tone =
      switch arms.verdict {
      case .less: .good
      case .more: .bad
      default: .plain
      }
    self.init(
      label: arms.candidate.runtime, ratio: arms.ratio?.value ?? 0, lower: arms.ratio?.interval95?.lower,
      upper: arms.ratio?.interval95?.upper, tone: tone ?? own)
  }
}
