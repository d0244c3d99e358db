import FoundationEssentials
import Observations

/// The gate page: the verdict, what is worse, and every comparison against what is tolerated.
public enum GatePage {
  /// Writes `index.html` into `folder`, which is made where it is absent.
  /// - Returns: the path of the page.
  /// - Throws: an error of the file system.
  @discardableResult
  public static func write(_ report: GateReport, to folder: String) throws -> String { try PageFrame.write(text(report), to: folder) }

  /// The page as one text.
  public static func text(_ report: GateReport) -> String {
    let isComparable = report.machineDifferences.isEmpty
    return PageFrame(
      kicker: "gate · \(report.candidate.scenario)", heading: GateTexts.headline(report), title: "Gate: \(report.outcome.rawValue)",
      sentences: GateTexts.runs(report),
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
        .init(title: "Ratios", identifier: "ratios", content: isComparable ? plots(report.rows) : ""),
        .init(title: "Figures", identifier: "figures", content: isComparable ? GateTexts.tables(report).map { $0.html() }.joined() : ""),
        .init(title: "Only on one side", identifier: "unmatched", content: PageFrame.list(report.unmatched)),
        .init(title: "Notes", identifier: "notes", content: PageFrame.list(GateTexts.notes(report))),
      ],
      data: ("gate", report.json(pretty: false))
    ).text
  }

  private static func plots(_ rows: [GateRow]) -> String {
    rows.map(\.comparison.quantity).uniqued.enumerated().compactMap { index, quantity in
      let shown = rows.filter { $0.comparison.quantity == quantity && $0.comparison.ratio != nil }
      let groups = shown.map(\.comparison.workload).uniqued.map { workload in
        RatioPlot.Group(
          name: workload,
          rows: shown.filter { $0.comparison.workload == workload }.map { ComparePage.row($0.comparison, tone: tone($0.verdict)) })
      }
      let limits = Set(shown.map(\.threshold))
      return RatioPlot(
        title: "\(quantity.heading), ratio to the baseline; the dashed line is what is tolerated", groups: groups,
        limit: limits.count == 1 ? limits.first.map { 1 + $0 } : nil
      )?.html(identifier: "ratios-\(index)")
    }.joined()
  }

  private static func tone(_ verdict: CellVerdict) -> Table.Tone {
    switch verdict {
    case .regression: .bad
    case .improvement: .good
    case .pass, .inconclusive: .plain
    }
  }
}
