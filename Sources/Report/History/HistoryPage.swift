import FoundationEssentials

/// The history page: what moved, then every series that did or drifts as a plot, then all of them in a table.
public enum HistoryPage {
  /// Plots beyond these many make a page that nobody reads, and a large one.
  static let mostPlots = 24

  /// Writes `index.html` into `folder`, which is made where it is absent, and beside it `plots/` with scripts and data for gnuplot.
  /// - Parameter page: where a run's own page is, as a link from the folder; nil where it has none.
  /// - Returns: the path of the page.
  /// - Throws: an error of the file system.
  @discardableResult
  public static func write(_ report: HistoryReport, to folder: String, page: @escaping (String) -> String?) throws -> String {
    try report.writePlots(to: folder + "/plots")
    return try PageFrame.write(text(report, page: page), to: folder)
  }

  /// The page as one text.
  public static func text(_ report: HistoryReport, page: @escaping (String) -> String?) -> String {
    let all = report.all
    let told = all.filter { !$0.steps.isEmpty || $0.isDrifting }
    let plotted = Array((told + all.filter { $0.steps.isEmpty && !$0.isDrifting }).prefix(mostPlots))
    var figures = PageFrame.paragraph(
      "A dot is a run's median, the pale line its 95 % interval, the dark line the level; a dashed line is the first run of a new level and leads to its page.",
      "quiet")
    for (index, one) in plotted.enumerated() {
      let remark = one.remark.map { PageFrame.paragraph("It \($0).", "quiet") } ?? ""
      figures += """
        <figure class="plot">
        <figcaption>\(escaped(report.title(one)))<span class="note">\(escaped(one.points.last.map { "newest \(one.text($0.value))" } ?? ""))</span></figcaption>
        \(HistoryDrawing(one, title: report.title(one), page: page).html(identifier: "history-\(index)"))\(remark)</figure>

        """
    }
    if all.count > plotted.count {
      figures += PageFrame.paragraph(
        "\(all.count - plotted.count) further series are in the table only; their plots are in the folder plots beside this page.")
    }
    return PageFrame(
      kicker: "history", heading: "What changed over time", title: "History", sentences: [report.headline],
      sections: [
        .init(title: "What moved", identifier: "moved", content: report.steps?.html(titled: false) ?? ""),
        .init(title: "Plots", identifier: "plots", content: all.isEmpty ? "" : figures),
        .init(title: "Every series", identifier: "series", content: all.isEmpty ? "" : report.overview.html(titled: false)),
      ]
    ).text
  }
}
