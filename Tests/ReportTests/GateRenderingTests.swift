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
    let parser = XMLParser(data: Data(report.junit().utf8))
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
    let message = "the runs cannot be compared: host: simulated → elsewhere"
    #expect(report.junit().contains("name=\"same machine\"><error type=\"INCONCLUSIVE\" message=\"\(message)\""))
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

  @Test(arguments: [false, true])
  func `nothing measured is an error, whatever is allowed`(allowsInconclusive: Bool) {
    let empty = SimulatedRun(id: "before").measured()
    var rules = GateRules()
    rules.allowsInconclusive = allowsInconclusive
    let text = GateReport(baseline: empty, candidate: empty, rules).junit()
    #expect(text.contains("name=\"measured\"><error type=\"NOTHING MEASURED\""))
    // The comparison without a trial is undecided, and that may be let pass.
    let counts = allowsInconclusive ? "errors=\"1\" skipped=\"1\"" : "errors=\"2\" skipped=\"0\""
    #expect(text.contains("tests=\"2\" failures=\"0\" \(counts)"))
  }

  @Test func `everything that was not measured is an annotation of its own, also of a gate that failed`() {
    var report = report()
    report.lostArms = 1
    report.unmatched = ["other in interpreter: only in before"]
    report.isUnfinished = true
    report.unstarted = [
      GateFailure(
        workload: "same", runtime: "interpreter", trials: 21,
        outcomes: [FailedTrials(outcome: .notStarted, count: 1, firstDetail: "")],
        baselineFailed: 0, baselineTrials: 20)
    ]
    #expect(report.outcome == .failed)
    report.rows.removeAll { $0.verdict != .regression }
    let gaps = GateAnnotations.gitHub(report, file: "s").split(separator: "\n").filter { $0.hasPrefix("::warning ") }
    #expect(
      gaps == [
        "::warning file=s,title=INCONCLUSIVE::1 arm of the baseline not measured: other in interpreter: only in before",
        "::warning file=s,title=INCONCLUSIVE::the candidate's run after is not finished",
        "::warning file=s,title=INCONCLUSIVE::could not be started on this machine: same in interpreter: 1 of 21 trials failed: 1 not started",
      ])
  }

  @Test func `colours are our own and nobody else's`() {
    var baseline = SimulatedRun(id: "before", workloads: ["\u{1B}]0;title\u{7}"])
    var candidate = baseline
    candidate.id = "after"
    baseline.add(scattered(20, about: 10, seed: 1), workload: "\u{1B}]0;title\u{7}")
    candidate.add(scattered(20, about: 12, seed: 2), workload: "\u{1B}]0;title\u{7}")
    let (before, after) = (baseline.measured(), candidate.measured())
    for text in [
      GateReport(baseline: before, candidate: after).terminal(color: true, width: 100),
      CompareReport.terminal(RunComparison(baseline: before, candidate: after), color: true, width: 100),
    ] {
      #expect(text.contains("title"))
      #expect(!text.replacing(/\u{1B}\[[0-9]+m/, with: "").contains { $0 == "\u{1B}" || $0 == "\u{7}" })
    }
  }

  @Test func `a comment that GitHub would refuse is cut behind a line, and says so`() throws {
    let names = (0..<900).map { "\($0)-" + String(repeating: "n", count: 60) }
    var run = SimulatedRun(id: "run", workloads: names)
    for (index, name) in names.enumerated() { run.add([10 + Double(index % 7)], workload: name) }
    let report = GateReport(baseline: run.measured(), candidate: run.measured())
    for text in [report.markdown(), CompareReport.markdown(RunComparison(baseline: run.measured(), candidate: run.measured()))] {
      #expect((60_000..<65_000).contains(text.unicodeScalars.count))
      #expect(text.hasSuffix("The whole is in the command's output, as tables or with `--json`.*\n"))
      #expect(text.ranges(of: "<details>").count == text.ranges(of: "</details>").count)
    }
    let folded = "<details><summary>x</summary>\n\n" + String(repeating: "| a |\n", count: 20_000) + "\n</details>\n"
    let cut = MarkdownReport.fitted(folded)
    #expect(cut.contains("| a |\n\n</details>\n\n*Cut here"))
    #expect(cut.unicodeScalars.count < 65_000)
    #expect(MarkdownReport.fitted("short\n") == "short\n")
  }

  @Test func `nobody is called by a comment`() {
    #expect(MarkdownReport.escaped("thanks, @everyone") == "thanks, @&#8203;everyone")
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
