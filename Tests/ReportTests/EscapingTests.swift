import Foundation
import FoundationXML
import Observations
import Testing

@testable import Report

/// What people and programs say may join marks to the signs of a format, with which they are other characters and still markup.
@Suite struct EscapingTests {
  /// Every sign with a mark behind it.
  private static func marked(_ signs: String) -> String { signs.unicodeScalars.map { "\($0)\u{301}" }.joined() }

  private func same(_ text: String, _ expected: String) -> Bool { text.unicodeScalars.elementsEqual(expected.unicodeScalars) }

  @Test func `markup of HTML`() {
    let signs = escaped(Self.marked("<&\"'>|%:"))
    let expected = "&lt;\u{301}&amp;\u{301}&quot;\u{301}&#39;\u{301}&gt;\u{301}|\u{301}%\u{301}:\u{301}"
    #expect(same(signs, expected))
    #expect(same(escaped("<\u{FE0F}"), "&lt;\u{FE0F}"))
    // A letter that joins what follows it.
    let json = embedded(json: "\u{D4E}</script>")
    #expect(!json.unicodeScalars.contains("<"))
  }

  @Test func `markup of Markdown`() {
    let signs = MarkdownReport.escaped(Self.marked("<&|*"))
    let expected = "&lt;\u{301}&amp;\u{301}" + "\\|\u{301}" + "\\*\u{301}"
    #expect(same(signs, expected))
    let joined = MarkdownReport.escaped("\u{D4E}|")
    #expect(joined.unicodeScalars.contains("\\"))
  }

  @Test func `quotes of CSV and gnuplot`() {
    var results = SimulatedResults(blocks: 1).results()
    results.observations = [results.observations[0]]
    results.observations[0].detail = Self.marked("\",")
    #expect(CSVReport.text(for: results).unicodeScalars.split(separator: "\"").count == 3)
    #expect(same(PlotScript.quoted(Self.marked("'")), "'’\u{301}'"))
  }

  private var report: GateReport {
    let name = Self.marked("<&\"'%:,")
    var baseline = SimulatedRun(id: "before", workloads: [name]), candidate = SimulatedRun(id: "after", workloads: [name])
    baseline.add(scattered(20, about: 10, seed: 1), workload: name)
    candidate.add(scattered(20, about: 20, seed: 2), workload: name)
    candidate.add([1], workload: name, outcome: .crashed)
    return GateReport(baseline: baseline.measured(), candidate: candidate.measured())
  }

  @Test func `a JUnit file stays well-formed`() {
    #expect(XMLParser(data: Data(report.junit().utf8)).parse())
  }

  @Test func `annotations keep their parts apart`() throws {
    let text = GateAnnotations.gitHub(report, file: Self.marked("%:,"))
    let line = try #require(text.split(separator: "\n").first)
    #expect(line.unicodeScalars.starts(with: "::error file=%25\u{301}%3A\u{301}%2C\u{301},title=Failed trials::".unicodeScalars))
    #expect(line.unicodeScalars.count { $0 == "%" } == 4, "\(line)")
  }
}
