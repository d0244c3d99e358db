import Observations
import Testing

@testable import Report

@Suite struct TerminalReportTests {
  @Test(arguments: [40, 80, 120])
  func `no line is wider than the terminal`(width: Int) {
    let text = TerminalReport.text(for: SimulatedResults().results(), color: false, width: width)
    for line in text.split(separator: "\n") { #expect(line.count <= width, "\(line)") }
  }
}
