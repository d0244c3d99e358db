import Doctor
import Foundation
import Testing

@testable import Report

@Suite struct DiagnosisReportTests {
  private let diagnosis = Diagnosis([
    Finding(name: "load", state: .good, seen: "0.1", cost: "other work"),
    Finding(
      name: "turbo", state: .spoils, seen: "on", cost: "the frequency drifts", remedy: "echo 1 > /sys/x", settings: [Setting("/sys/x", "1")]
    ),
    Finding(name: "address layout", state: .spoils, seen: "fixed", cost: "one layout", remedy: "sysctl -w a=2"),
    Finding(name: "gnuplot", state: .missing, seen: "not found", cost: "no plots", remedy: "apt-get install gnuplot-nox"),
    Finding(name: "virtualisation", state: .cannotBeChanged, seen: "virtual \u{1B}[31m machine", cost: "the host decides"),
    Finding(name: "SMT", state: .unknown, seen: "not visible", cost: "shared cores"),
  ])

  @Test func tells_the_verdict_then_the_worst_first() {
    let text = DiagnosisReport.terminal(diagnosis, standing: nil, color: false, width: 140)
    let lines = text.split(separator: "\n").map(String.init)
    #expect(lines[0] == "2 things spoil measurements here; harness doctor --tune mends 1 of them. 1 more cannot be changed from here.")
    let rows = ["turbo", "address layout", "gnuplot", "virtualisation", "SMT", "load"]
    let found = rows.compactMap { row in lines.firstIndex { $0.hasPrefix("  \(row) ") } }
    #expect(found.count == rows.count && found == found.sorted(), "\(text)")
    #expect(text.contains("  - turbo: the frequency drifts. To mend it: echo 1 > /sys/x"))
    #expect(text.contains("  - gnuplot: no plots. To get it: apt-get install gnuplot-nox"))
    #expect(text.contains("  - virtualisation: the host decides\n"))
    #expect(!text.contains("\u{1B}"))
  }

  @Test func what_one_remedy_mends_is_told_once() {
    let missing = ["a", "b", "c"].map {
      Finding(name: "runtime \($0)", state: .missing, seen: "", cost: "not measured", remedy: $0 == "c" ? "build c" : "install both")
    }
    let text = DiagnosisReport.terminal(Diagnosis(missing), standing: nil, color: false, width: 100)
    #expect(text.contains("  - runtime a, runtime b. To get it: install both\n  - runtime c: not measured. To get it: build c\n"))
  }

  @Test func colours_only_where_they_are_asked_for() {
    let text = DiagnosisReport.terminal(diagnosis, standing: "8 settings are tuned", color: true, width: 100)
    #expect(text.contains("\u{1B}[31mspoils\u{1B}[0m"))
    #expect(text.contains("\u{1B}[1m8 settings are tuned.\u{1B}[0m"))
  }

  @Test func says_when_nothing_spoils() {
    let good = Diagnosis([Finding(name: "load", state: .good, seen: "0.1", cost: "other work")])
    #expect(DiagnosisReport.headline(good) == "Nothing that can be mended spoils measurements here.")
    let virtual = Diagnosis([Finding(name: "virtualisation", state: .cannotBeChanged, seen: "virtual machine", cost: "the host decides")])
    #expect(
      DiagnosisReport.headline(virtual)
        == "Nothing that can be mended spoils measurements here. 1 thing cannot be changed from here.")
  }

  @Test func json_says_the_same() throws {
    let document = try JSONSerialization.jsonObject(with: Data(DiagnosisReport.json(diagnosis, standing: nil).utf8)) as? [String: Any]
    #expect(document?["version"] as? Int == 1)
    #expect(document?["spoilt"] as? Bool == true)
    let findings = try #require(document?["findings"] as? [[String: Any]])
    #expect(findings.compactMap { $0["state"] as? String } == ["spoils", "spoils", "missing", "cannotBeChanged", "unknown", "good"])
    #expect(findings[0]["settings"] as? [[String: String]] == [["path": "/sys/x", "wanted": "1"]])
  }
}
