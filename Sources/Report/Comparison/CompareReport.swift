import Observations

/// A comparison for people and machines.
public enum CompareReport {
  /// Of the JSON document; raised when a field's meaning changes.
  public static let currentVersion = 1

  /// - Parameters:
  ///   - color: whether escape sequences may be used.
  ///   - width: columns of the terminal; never taken to be less than 40.
  public static func terminal(_ comparison: RunComparison, color: Bool, width: Int) -> String {
    let page = TextPage(color: color, width: width)
    var blocks = [page.paragraphs([ComparisonTexts.headline(comparison)] + runs(comparison))]
    blocks += [page.list("Different machines", comparison.machineDifferences)]
    if comparison.machineDifferences.isEmpty {
      blocks += ComparisonTexts.tables(comparison).map(page.table)
    } else {
      blocks.append(page.table(correctness(comparison)))
    }
    blocks.append(page.list("Failed trials", ComparisonTexts.failures(comparison), .bad))
    blocks.append(page.list("Only on one side", comparison.unmatched))
    blocks.append(page.list("Notes", comparison.notes))
    return page.text(blocks)
  }

  /// For a pull request: the headline first, the runs last.
  public static func markdown(_ comparison: RunComparison) -> String {
    let page = MarkdownPage()
    var blocks = [page.paragraphs([ComparisonTexts.headline(comparison)])]
    blocks.append(page.list("Different machines", comparison.machineDifferences))
    if comparison.machineDifferences.isEmpty {
      blocks += ComparisonTexts.tables(comparison).map(page.table)
    } else {
      blocks.append(page.table(correctness(comparison)))
    }
    blocks.append(page.list("Failed trials", ComparisonTexts.failures(comparison)))
    blocks.append(page.list("Only on one side", comparison.unmatched))
    blocks.append(page.list("Notes", comparison.notes))
    blocks.append(page.list("Runs", runs(comparison)))
    return page.text(blocks)
  }

  /// One document: `version` and `comparison`.
  /// - Parameter pretty: with indentation.
  public static func json(_ comparison: RunComparison, pretty: Bool = true) -> String {
    struct Document: Encodable {
      var version = CompareReport.currentVersion
      var comparison: RunComparison
    }
    return jsonText(Document(comparison: comparison), pretty: pretty)
  }

  static func runs(_ comparison: RunComparison) -> [String] {
    comparison.isPaired
      ? ["run \(GateTexts.described(comparison.candidate))"]
      : ["baseline \(GateTexts.described(comparison.baseline))", "candidate \(GateTexts.described(comparison.candidate))"]
  }

  /// What may be compared whatever the machine: whether the answers were right.
  static func correctness(_ comparison: RunComparison) -> Table {
    let rows = comparison.rows.filter { $0.quantity == comparison.rows.first?.quantity }
    return Table(
      title: "Right answers", note: "passed trials of all; right answers do not depend on the machine",
      columns: [
        .init(heading: "workload"), .init(heading: "runtime"), .init(heading: "baseline", alignment: .trailing),
        .init(heading: "candidate", alignment: .trailing),
      ],
      groups: [
        .init(
          rows: rows.map { row in
            func cell(_ figures: ArmFigures) -> Table.Cell {
              .init("\(figures.passed)/\(figures.trials)", figures.passed < figures.trials ? .bad : .plain)
            }
            return [.init(row.workload), .init(row.candidate.runtime), cell(row.baseline), cell(row.candidate)]
          })
      ])
  }
}
