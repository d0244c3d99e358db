import Foundation
import FoundationXML
import Observations
import Testing

@testable import Report

@Suite struct GateRenderingTests {
  private func report(allowsInconclusive: Bool = false) -> GateReport {
    let names = ["slower", "faster", "same", "unclear", "crashed|<b>"]
    var baseline = SimulatedRun(id: "before", metrics: [.wallTime, .peakMemory], workloads: names)
    var candidate = SimulatedRun(id: "after", metrics: [.wallTime, .peakMemory], workloads: names)
    for (index, (name, after)) in zip(names, [11.0, 9, 10, 10, 10]).enumerated() {
      let spread = name == "unclear" ? 0.1 : 0.005
      baseline.add(scattered(20, about: 10, spread: spread, seed: UInt64(index)), workload: name)
      candidate.add(scattered(20, about: after, spread: spread, seed: UInt64(index + 100)), workload: name)
    }
    candidate.add([1], workload: "crashed|<b>", outcome: .crashed)
    var rules = GateRules()
    rules.allowsInconclusive = allowsInconclusive
    return GateReport(baseline: baseline.measured(), candidate: candidate.measured(), rules)
  }

  @Test func `the terminal says the verdict first, and is plain without colour`() {
    let text = report().terminal(color: false, width: 100)
    #expect(text.hasPrefix("FAIL: 1 regression and 1 failed trial ("))
    #expect(!text.contains("\u{1B}"))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
    #expect(text.contains("slower in interpreter: wall time"))
    #expect(text.contains("crashed|<b> in interpreter: 1 of 21 trials failed: 1 crashed; the first said: it said no"))
    #expect(report().terminal(color: true, width: 100).contains("\u{1B}[31m"))
  }

  @Test func `every row of a Markdown table has as many cells, and names are no markup`() {
    let text = report().markdown()
    #expect(text.hasPrefix("### ❌ FAIL"))
    #expect(!text.contains("<b>"))
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
    #expect(text.contains("<details><summary>All 10 comparisons</summary>"))
  }

  @Test func `JSON holds the verdict, the exit code and every row`() throws {
    struct Document: Decodable {
      var version: Int
      var exitCode: Int32
      var gate: GateReport
    }
    let report = report()
    let document = try JSONDecoder().decode(Document.self, from: Data(report.json().utf8))
    #expect(document.version == 1 && document.exitCode == 1)
    #expect(document.gate == report)
  }

  @Test(arguments: [false, true])
  func `JUnit is well-formed and counts what it holds`(allowsInconclusive: Bool) throws {
    let report = report(allowsInconclusive: allowsInconclusive)
    let parser = XMLParser(data: Data(JUnitReport.text(for: report).utf8))
    let counter = ElementCounter()
    parser.delegate = counter
    #expect(parser.parse())
    #expect(counter.counts["testcase"] == 11)
    #expect(counter.counts["failure"] == 2)
    #expect(counter.counts[allowsInconclusive ? "skipped" : "error"] == report.inconclusive)
    #expect(counter.counts[allowsInconclusive ? "error" : "skipped"] == nil)
    #expect(counter.suite["tests"] == "11" && counter.suite["failures"] == "2")
    #expect(counter.suite["errors"] == (allowsInconclusive ? "0" : "\(report.inconclusive)"))
    #expect(report.inconclusive > 0)
  }

  @Test func `different machines are a test case of their own`() {
    var baseline = SimulatedRun(id: "before"), candidate = SimulatedRun(id: "after")
    baseline.add([10])
    candidate.add([10])
    candidate.host?.hostname = "elsewhere"
    let report = GateReport(baseline: baseline.measured(), candidate: candidate.measured())
    #expect(
      JUnitReport.text(for: report).contains("name=\"same machine\"><error type=\"INCONCLUSIVE\" message=\"host: simulated → elsewhere\""))
    #expect(report.terminal(color: false, width: 80).hasPrefix("INCONCLUSIVE: the runs cannot be compared\n"))
  }

  @Test func `annotations for GitHub are one escaped line each`() {
    let lines = GateAnnotations.gitHub(report(), file: "scenarios/a,b.yaml").split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("::error file=scenarios/a%2Cb.yaml,title=REGRESSION::slower in interpreter: wall time") })
    #expect(lines.contains { $0.hasPrefix("::notice ") && $0.contains("faster") })
    #expect(lines.contains { $0.hasPrefix("::warning ") && $0.contains("unclear") })
    #expect(lines.allSatisfy { $0.hasPrefix("::") })
    #expect(lines.contains { $0.contains("threshold 3 %25") }, "a per cent sign would begin an escape")
  }

  @Test func `the report for GitLab has what Code Quality asks for`() throws {
    struct Issue: Decodable {
      struct Location: Decodable {
        struct Lines: Decodable { var begin: Int }
        var path: String
        var lines: Lines
      }
      var description: String
      var check_name: String
      var fingerprint: String
      var severity: String
      var location: Location
    }
    let issues = try JSONDecoder().decode([Issue].self, from: Data(GateAnnotations.gitLab(report(), file: "scenarios/gate.yaml").utf8))
    #expect(issues.contains { $0.check_name == "regression" && $0.severity == "major" })
    #expect(issues.allSatisfy { ["info", "minor", "major", "critical", "blocker"].contains($0.severity) })
    #expect(Set(issues.map(\.fingerprint)).count == issues.count)
    #expect(issues.allSatisfy { $0.location.path == "scenarios/gate.yaml" && $0.location.lines.begin == 1 })
  }

  @Test func `a passing gate is short`() {
    var baseline = SimulatedRun(id: "before"), candidate = SimulatedRun(id: "after")
    baseline.add(scattered(30, about: 10, seed: 1))
    candidate.add(scattered(30, about: 10, seed: 2))
    let report = GateReport(baseline: baseline.measured(), candidate: candidate.measured())
    #expect(report.markdown().hasPrefix("### ✅ PASS: no regression in 1 comparison\n"))
    #expect(GateAnnotations.gitHub(report, file: "s.yaml").isEmpty)
    #expect(GateAnnotations.gitLab(report, file: "s.yaml") == "[\n\n]\n")
  }
}

/// Counts elements, and keeps the attributes of the test suite.
private final class ElementCounter: NSObject, XMLParserDelegate {
  var counts: [String: Int] = [:]
  var suite: [String: String] = [:]

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?, attributes: [String: String]
  ) {
    counts[name, default: 0] += 1
    if name == "testsuite" { suite = attributes }
  }
}
