import Observations

/// A gate's verdict on a terminal, as a pull-request comment, and for machines.
extension GateReport {
  /// Of the JSON document; raised when a field's meaning changes.
  public static let currentVersion = 1

  /// - Parameters:
  ///   - color: whether escape sequences may be used.
  ///   - width: columns of the terminal; never taken to be less than 40.
  public func terminal(color: Bool, width: Int) -> String {
    let page = TextPage(color: color, width: width)
    let tone: Table.Tone =
      switch outcome {
      case .passed: .good
      case .failed: .bad
      case .inconclusive, .nothingMeasured: .plain
      }
    var blocks = [page.paragraphs([GateTexts.headline(self)], tone).map(page.style.strong) + page.paragraphs(GateTexts.runs(self))]
    blocks.append(page.list("Regressions", GateTexts.regressions(self), .bad))
    blocks.append(page.list("Assertions that the baseline passed", assertions?.regressions ?? [], .bad))
    blocks.append(page.list("Failed trials", lines(failures), .bad))
    blocks.append(page.list("Not started, for a reason of the machine's", lines(unstarted)))
    blocks.append(page.list("Different machines or states", machineDifferences))
    blocks.append(page.list("Undecided", machineDifferences.isEmpty ? GateTexts.undecided(self) : []))
    if machineDifferences.isEmpty { blocks += GateTexts.tables(self).map(page.table) }
    blocks.append(page.list("Only on one side", unmatched))
    blocks.append(page.list("Notes", GateTexts.notes(self)))
    return page.text(blocks)
  }

  /// A comment: the verdict, what is worse, and everything else folded away.
  public func markdown() -> String {
    let page = MarkdownPage()
    let mark =
      switch outcome {
      case .passed: "✅"
      case .failed: "❌"
      case .inconclusive, .nothingMeasured: "❔"
      }
    var blocks = ["### \(mark) \(MarkdownReport.escaped(GateTexts.headline(self)))"]
    blocks.append(page.list("Regressions", GateTexts.regressions(self)))
    blocks.append(page.list("Assertions that the baseline passed", assertions?.regressions ?? []))
    blocks.append(page.list("Failed trials", lines(failures)))
    blocks.append(page.list("Not started, for a reason of the machine's", lines(unstarted)))
    blocks.append(page.list("Different machines or states", machineDifferences))
    if machineDifferences.isEmpty {
      let improved = rows.filter { $0.verdict == .improvement }.map(GateTexts.sentence)
      blocks.append(page.list("Improvements", improved))
      blocks.append(page.list("Undecided", GateTexts.undecided(self)))
      blocks.append(page.folded("All \(counted(rows.count, "comparison"))", GateTexts.tables(self).map(page.table)))
    }
    blocks.append(page.list("Only on one side", unmatched))
    blocks.append(page.folded("Notes and runs", [page.list("Notes", GateTexts.notes(self)), page.list("Runs", GateTexts.runs(self))]))
    return page.text(blocks)
  }

  /// One document: `version`, `exitCode` and `gate`.
  /// - Parameter pretty: with indentation.
  public func json(pretty: Bool = true) -> String {
    struct Document: Encodable {
      var version = GateReport.currentVersion
      var exitCode: Int32
      var gate: GateReport
    }
    return jsonText(Document(exitCode: exitCode, gate: self), pretty: pretty)
  }

  func lines(_ failures: [GateFailure]) -> [String] {
    failures.map { failure in
      let detail = failure.outcomes.first { !$0.firstDetail.isEmpty }.map { "; the first said: \($0.firstDetail)" } ?? ""
      return GateTexts.failure(failure) + detail
    }
  }
}
