import Observations

/// The ratios a gate judges, as plots with what is tolerated: one for every quantity that has any.
extension GateReport {
  var ratioPlots: [(quantity: Quantity, plot: RatioPlot)] {
    guard machineDifferences.isEmpty else { return [] }
    return rows.map(\.comparison.quantity).uniqued.compactMap { quantity in
      let shown = rows.filter { $0.comparison.quantity == quantity && $0.comparison.ratio != nil }
      let groups = shown.map(\.comparison.workload).uniqued.map { workload in
        RatioPlot.Group(
          name: workload,
          rows: shown.filter { $0.comparison.workload == workload }.map { RatioPlot.Row($0.comparison, tone: Self.tone($0.verdict)) })
      }
      let limits = Set(shown.map(\.threshold))
      return RatioPlot(
        title: "\(quantity.heading), ratio to the baseline; the dashed line is what is tolerated", groups: groups,
        limit: limits.count == 1 ? limits.first.map { 1 + $0 } : nil
      ).map { (quantity, $0) }
    }
  }

  /// The plots as scripts and data for gnuplot.
  /// - Throws: an error of the file system.
  public func writePlots(to folder: String) throws { try GnuplotReport.write(RatioPlot.scripts(ratioPlots), to: folder) }

  /// The same, each drawn as SVG and PNG too.
  /// - Throws: an error of the file system, or what is missing, in words.
  public func drawPlots(to folder: String) throws { try GnuplotReport.draw(RatioPlot.scripts(ratioPlots), to: folder) }

  private static func tone(_ verdict: CellVerdict) -> Table.Tone {
    switch verdict {
    case .regression: .bad
    case .improvement: .good
    case .pass, .inconclusive: .plain
    }
  }
}
