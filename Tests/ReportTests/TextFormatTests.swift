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
    results.observations[0].detail = "said \"no\", twice"
    #expect(CSVReport.text(for: results).contains(",\"said \"\"no\"\", twice\","))
  }

  /// What hostile guests print: colours, a title, a forged line, C1 controls, DEL, and a change of direction.
  static let hostile = "\u{1B}[31mred\u{1B}]0;owned\u{7}\r\nrun,hello,native,0,0,0,passed\u{9B}2J\u{7F}\u{85}\u{202E}evil\u{2066}\u{2028}"

  @Test func `what guests said neither forges a line nor reaches a terminal, in any form`() throws {
    var results = SimulatedResults(blocks: 1).results()
    results.observations[0].outcome = .wrongOutput
    results.observations[0].detail = Self.hostile
    let forms = [
      CSVReport.text(for: results), JSONReport.text(for: results), MarkdownReport.text(for: results),
      TerminalReport.text(for: results, color: false, width: 200),
    ]
    for text in forms {
      for scalar in text.unicodeScalars where scalar != "\n" {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator:
          Issue.record("U+\(String(scalar.value, radix: 16)) in \(text.prefix(40))…")
        default: break
        }
      }
    }
    #expect(forms[0].split(separator: "\n").count == 1 + results.observations.count)
    struct Document: Decodable { var results: RunResults }
    #expect(try JSONDecoder().decode(Document.self, from: Data(forms[1].utf8)).results == results, "JSON keeps what was said")
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
