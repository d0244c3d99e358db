import FoundationEssentials
import Observations

/// The gate page: the verdict, what is worse, and every comparison against what is tolerated.
public enum GatePage {
  /// Writes `index.html` into `folder`, which is made where it is absent, and beside it `plots/` with scripts and data for gnuplot.
  /// - Returns: the path of the page.
  /// - Throws: an error of the file system.
  @discardableResult
  public static func write(_ report: GateReport, to folder: String) throws -> String {
    try report.writePlots(to: folder + "/plots")
    return try PageFrame.write(text(report), to: folder)
  }

  /// The page as one text.
  public static func text(_ report: GateReport) -> String {
    let isComparable = report.machineDifferences.isEmpty
    return PageFrame(
      kicker: "gate · \(report.candidate.scenario)", heading: "\(report.candidate.scenario): may this be merged?",
      title: "Gate: \(report.outcome.rawValue)", sentences: [GateTexts.headline(report)] + GateTexts.runs(report),
      sections: [
        .init(title: "Regressions", identifier: "regressions", content: PageFrame.list(GateTexts.regressions(report))),
        .init(
          title: "Assertions that the baseline passed", identifier: "assertions",
          content: PageFrame.list(report.assertions?.regressions ?? [])),
        .init(title: "Failed trials", identifier: "failures", content: PageFrame.list(report.lines(report.failures))),
        .init(
          title: "Not started, for a reason of the machine's", identifier: "unstarted",
          content: PageFrame.list(report.lines(report.unstarted))),
        .init(title: "Different machines or states", identifier: "machines", content: PageFrame.list(report.machineDifferences)),
        .init(title: "Undecided", identifier: "undecided", content: isComparable ? PageFrame.list(GateTexts.undecided(report)) : ""),
        .init(title: "Ratios", identifier: "ratios", content: RatioPlot.html(report.ratioPlots)),
        .init(title: "Figures", identifier: "figures", content: isComparable ? GateTexts.tables(report).map { $0.html() }.joined() : ""),
        .init(title: "Only on one side", identifier: "unmatched", content: PageFrame.list(report.unmatched)),
        .init(title: "Notes", identifier: "notes", content: PageFrame.list(GateTexts.notes(report))),
      ],
      data: ("gate", report.json(pretty: false))
    ).text
  }
}
