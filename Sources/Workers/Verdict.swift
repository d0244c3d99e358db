import FoundationEssentials
import Observations

/// How a trial ended, judged by its report and its answer.
struct Verdict: Equatable {
  var outcome: Outcome
  /// What went wrong; of a trial that passed, what was odd about it.
  var detail: String

  /// - Parameters:
  ///   - output: the file with standard output, whole unless it is longer than what was expected and the limit.
  ///   - startFailure: the client's reason why the guest never ran.
  init(_ report: LaunchReport, expected: Expectation, output: String, errors: String, timeLimit: Double, startFailure: String?) {
    if let reason = report.startError {
      self.init(.notStarted, reason)
    } else if report.timedOut {
      self.init(.timedOut, "killed after \(timeLimit) s\(Self.reason(errors))")
    } else if let signal = report.signal {
      self.init(.crashed, "signal \(signal)\(Self.reason(errors))")
    } else if report.exitCode != expected.exitCode, let startFailure {
      self.init(.notStarted, startFailure)
    } else if report.exitCode != expected.exitCode {
      let wanted = expected.exitCode == 0 ? "" : ", expected \(expected.exitCode)"
      self.init(.wrongExitCode, "exit code \(report.exitCode ?? -1)\(wanted)\(Self.reason(errors))")
    } else if let text = expected.output, let difference = Self.difference(text, output, report.outputBytes, expected.isBeginning ?? false)
    {
      self.init(.wrongOutput, "standard output" + difference)
    } else if let text = expected.errors, let difference = Self.difference(text, errors, report.errorBytes, true) {
      self.init(.wrongOutput, "standard error" + difference)
    } else {
      self.init(.passed, report.strays > 0 ? "left processes behind, which were killed" : report.remark ?? "")
    }
  }

  private init(_ outcome: Outcome, _ detail: String) {
    self.outcome = outcome
    self.detail = String(detail.prefix(500)).replacing("\n", with: " ")
  }

  /// Where a stream differs from what was expected of all of it or of its beginning, or nil. A flood is told by its length alone.
  private static func difference(_ expected: String, _ path: String, _ length: Int, _ isBeginning: Bool) -> String? {
    let expected = Array(expected.utf8)
    guard let stream = try? Data(contentsOf: URL(filePath: path)) else { return " could not be read back" }
    let output = isBeginning ? stream.prefix(expected.count) : stream
    if isBeginning || length == expected.count, output.elementsEqual(expected) { return nil }
    let lineEnd = UInt8(ascii: "\n")
    if !isBeginning, Array(output) == expected + [lineEnd] { return " ends with a line end that is not expected" }
    if !isBeginning, Array(output) + [lineEnd] == expected { return " lacks the line end that is expected at its end" }
    let place = zip(output, expected).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(output.count, expected.count)
    let line = expected[..<place].count { $0 == lineEnd } + 1
    return " differs from line \(line) on: \(length) bytes, expected \(expected.count)\(isBeginning ? " or more" : "")"
  }

  /// What a program said of its failure, for the end of a sentence: the first line that begins as an error does, else the first that
  /// names one, else the first of all. What follows it is where and how, which takes more than a line.
  private static func reason(_ errors: String) -> String {
    guard let data = try? Data(contentsOf: URL(filePath: errors), options: .mappedIfSafe) else { return "" }
    let lines = String(decoding: data.prefix(longestErrors), as: UTF8.self).split(whereSeparator: \.isNewline)
      .map { $0.drop(while: \.isWhitespace) }.filter { !$0.isEmpty }
    let line = lines.first { line in openings.contains { line.lowercased().hasPrefix($0) } } ?? lines.first { $0.contains("Error: ") }
    return (line ?? lines.first).map { ": " + $0.prefix(200) } ?? ""
  }

  private static let openings = ["error", "trap: ", "fatal", "panic"]
  /// Bytes of standard error that are looked at.
  private static let longestErrors = 65_536
}
