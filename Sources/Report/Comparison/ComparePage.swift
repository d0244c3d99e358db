import FoundationEssentials
import Observations

/// The compare page: ratios with intervals as a picture, then the figures.
public enum ComparePage {
  /// Writes `index.html` into `folder`, which is made where it is absent, and beside it `plots/` with scripts and data for gnuplot.
  /// - Returns: the path of the page.
  /// - Throws: an error of the file system.
  @discardableResult
  public static func write(_ comparison: RunComparison, to folder: String) throws -> String {
    try GnuplotReport.write(CompareReport.plots(comparison), to: folder + "/plots")
    return try PageFrame.write(text(comparison), to: folder)
  }

  /// The page as one text.
  public static func text(_ comparison: RunComparison) -> String {
    let isComparable = comparison.machineDifferences.isEmpty
    let failures = ComparisonTexts.failures(comparison)
    let heading =
      comparison.isPaired
      ? "\(comparison.candidate.scenario): one runtime beside another" : "\(comparison.candidate.scenario): before and after"
    return PageFrame(
      kicker: "compare · \(comparison.baseline.id)\(comparison.isPaired ? "" : " and \(comparison.candidate.id)")", heading: heading,
      title: "Compare \(comparison.candidate.id)", sentences: [ComparisonTexts.headline(comparison)] + CompareReport.runs(comparison),
      sections: [
        .init(title: "Different machines", identifier: "machines", content: PageFrame.list(comparison.machineDifferences)),
        .init(title: "Failed trials", identifier: "failures", content: PageFrame.list(failures)),
        .init(title: "Ratios", identifier: "ratios", content: RatioPlot.html(CompareReport.ratioPlots(comparison))),
        .init(
          title: "Figures", identifier: "figures",
          content: (isComparable ? ComparisonTexts.tables(comparison) : [CompareReport.correctness(comparison)]).map { $0.html() }.joined()),
        .init(title: "Only on one side", identifier: "unmatched", content: PageFrame.list(comparison.unmatched)),
        .init(title: "Notes", identifier: "notes", content: PageFrame.list(comparison.notes)),
      ],
      data: ("comparison", CompareReport.json(comparison, pretty: false))
    ).text
  }
}
