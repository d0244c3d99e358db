import Foundation
import Observations
import Testing

@testable import Report

@Suite struct TextFormatTests {
  @Test func `CSV has one row for each trial, counted or not`() {
    var simulated = SimulatedResults(blocks: 4)
    simulated.arms[1].failsEvery = 2
    var results = simulated.results()
    results.observations.append(results.observations[0])
    let lines = CSVReport.text(for: results).split(separator: "\n")
    #expect(lines.count == 1 + 4 * 7 + 1)
    let width = lines[0].split(separator: ",", omittingEmptySubsequences: false).count
    for line in lines { #expect(line.split(separator: ",", omittingEmptySubsequences: false).count == width) }
    #expect(lines.filter { $0.contains(",timed-out,") }.count == 2)
    #expect(lines[0].hasPrefix("run,workload,runtime,block,trial,attempt,outcome"))
  }

  @Test func `CSV quotes what would break a row`() {
    var results = SimulatedResults(blocks: 1).results()
    results.observations = [results.observations[0]]
    results.observations[0].detail = "said \"no\", twice\nand left"
    #expect(CSVReport.text(for: results).contains(",\"said \"\"no\"\", twice\nand left\","))
  }

  @Test func `JSON holds the summary with both levels, and the results whole`() throws {
    struct Document: Decodable {
      var version: Int
      var summary: Summary
      var results: RunResults
    }
    let results = SimulatedResults(workloads: ["noop", "work"], subtract: "noop").results()
    let document = try JSONDecoder().decode(Document.self, from: Data(JSONReport.text(for: results).utf8))
    #expect(document.version == 1)
    #expect(document.results == results)
    #expect(document.summary.quantities == Summary(results).quantities)
    #expect(document.summary.withinPath.allSatisfy { $0.ratio?.interval95 != nil && $0.ratio?.interval99 != nil })
  }

  @Test func `Markdown tables have as many cells in every row, whatever the names say`() {
    let text = MarkdownReport.text(for: SimulatedResults(workloads: ["a|b <script> *c* `d`"]).results())
    #expect(!text.contains("<script>"))
    var columns = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      guard line.hasPrefix("|") else {
        columns = 0
        continue
      }
      let cells = line.replacing("\\|", with: "").split(separator: "|", omittingEmptySubsequences: false).count
      if columns == 0 { columns = cells }
      #expect(cells == columns, "\(line)")
    }
    #expect(text.hasPrefix("a\\|b"))
  }
}
