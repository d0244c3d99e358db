import FoundationEssentials
import Observations

/// The compare page: ratios with intervals as a picture, then the figures.
public enum ComparePage {
  /// Writes `index.html` into `folder`, which is made where it is absent.
  /// - Returns: the path of the page.
  /// - Throws: an error of the file system.
  @discardableResult
  public static func write(_ comparison: RunComparison, to folder: String) throws -> String {
    try PageFrame.write(text(comparison), to: folder)
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
        .init(title: "Ratios", identifier: "ratios", content: isComparable ? plots(comparison.rows) : ""),
        .init(
          title: "Figures", identifier: "figures",
          content: (isComparable ? ComparisonTexts.tables(comparison) : [CompareReport.correctness(comparison)]).map { $0.html() }.joined()),
        .init(title: "Only on one side", identifier: "unmatched", content: PageFrame.list(comparison.unmatched)),
        .init(title: "Notes", identifier: "notes", content: PageFrame.list(comparison.notes)),
      ],
      data: ("comparison", CompareReport.json(comparison, pretty: false))
    ).text
  }

  /// One plot for every quantity that has ratios.
  static func plots(_ rows: [ComparedArms]) -> String {
    rows.map(\.quantity).uniqued.enumerated().compactMap { index, quantity in
      let shown = rows.filter { $0.quantity == quantity && $0.ratio != nil && !$0.isNoisy }
      let groups = shown.map(\.workload).uniqued.map { workload in
        RatioPlot.Group(name: workload, rows: shown.filter { $0.workload == workload }.map { row($0) })
      }
      return RatioPlot(title: "\(quantity.heading), ratio to the baseline", groups: groups)?.html(identifier: "ratios-\(index)")
    }.joined()
  }

  static func row(_ arms: ComparedArms, tone: Table.Tone? = nil) -> RatioPlot.Row {
    let own: Table.Tone =
      switch arms.verdict {
      case .less: .good
      case .more: .bad
      default: .plain
      }
    return RatioPlot.Row(
      label: arms.candidate.runtime, ratio: arms.ratio?.value ?? 0, lower: arms.ratio?.interval95?.lower,
      upper: arms.ratio?.interval95?.upper,
      tone: tone ?? own)
  }
}
