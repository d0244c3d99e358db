import Foundation
import Testing

@testable import ShimConformance

/// Results without any shim behind them.
private func results(_ cells: [[Outcome]], labels: [String], references: Set<String> = []) -> Results {
  let behaviours = cells[0].indices.map { row in Behaviour<Bench>("behaviour \(row)") { _ in nil } }
  var results = Results(of: [Group(name: "Group", behaviours: behaviours)], labels: labels)
  for column in cells { results.append(column.map { Results.Cell(outcome: $0, seconds: 0.5) }) }
  results.references = references
  return results
}

@Suite struct TableTests {
  private let mixed = results(
    [[.passed(nil), .failed("a | b <c>")], [.passed("3 ms"), .notAsked]], labels: ["ours", "other"])

  @Test func everyCellIsCountedOnce() {
    #expect(mixed.summary == "2 passed, 1 failed, 1 skipped")
  }

  @Test func aReferenceIsShownAndNotCounted() {
    let both = results([[.passed(nil)], [.failed("why")]], labels: ["ours", "other"], references: ["other"])
    #expect(both.summary == "1 passed, 0 failed, 0 skipped")
    #expect(Tables.text(both).contains("other: why"))
  }

  @Test func longerDeadlinesAreSaidBeforeTheCounts() {
    var slow = mixed
    slow.slowness = 10
    for text in [Tables.text(slow), Tables.markdown(slow)] {
      let lines = text.split(separator: "\n")
      #expect(lines.dropLast().last?.contains("10 times slower") == true)
      #expect(lines.last == "2 passed, 1 failed, 1 skipped")
    }
    #expect(!Tables.text(mixed).contains("slower"))
  }

  @Test func theTextTableSaysWhyBelowTheRowAndClosesWithTheCounts() {
    let lines = Tables.text(mixed).split(separator: "\n").map(String.init)
    #expect(lines.contains("      ours: a | b <c>"))
    #expect(lines.last == "2 passed, 1 failed, 1 skipped")
  }

  @Test func markdownKeepsItsColumnsWhateverAMessageHolds() {
    let rows = Tables.markdown(mixed).split(separator: "\n").filter { $0.hasPrefix("|") }
    #expect(rows.count == 4)
    #expect(rows[3] == "| behaviour 1 | FAILED: a \\| b &lt;c> | – |")
  }

  @Test func junitIsXMLWithACountForEachRuntime() throws {
    let text = Tables.junit(mixed)
    #expect(text.contains("<testsuite name=\"ours\" tests=\"2\" failures=\"1\" skipped=\"0\">"))
    #expect(text.contains("<failure message=\"a | b &lt;c&gt;\"/>"))
  }

  @Test func jsonHasAResultForEachRuntimeOfEachBehaviour() throws {
    let document = try JSONSerialization.jsonObject(with: Data(Tables.json(mixed).utf8)) as? [String: Any]
    let behaviours = try #require(document?["behaviours"] as? [[String: Any]])
    let outcomes = behaviours.map { behaviour in
      (behaviour["results"] as? [[String: Any]] ?? []).map { $0["outcome"] as? String ?? "" }
    }
    #expect(outcomes == [["passed", "passed"], ["failed", "skipped"]])
  }
}
