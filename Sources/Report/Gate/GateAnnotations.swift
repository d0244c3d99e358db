import FoundationEssentials
import Observations

/// A gate's verdict where a continuous-integration service shows it beside the change.
public enum GateAnnotations {
  /// Workflow commands of GitHub Actions: lines on the job's output that become annotations of the run.
  /// - Parameter file: the scenario file, relative to the repository.
  public static func gitHub(_ report: GateReport, file: String) -> String {
    let lines = findings(report).map { finding in
      "::\(finding.level.gitHub) file=\(property(file)),title=\(property(finding.title))::\(data(finding.message))"
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// Text for a job's output in which the runner finds no workflow command: it looks for `::` behind leading blanks, and for `##[` anywhere.
  public static func inert(_ text: String) -> String {
    text.replacing("##[", with: "##\\[").split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let blanks = line.prefix(while: \.isWhitespace), rest = line.dropFirst(blanks.count)
      return rest.hasPrefix("::") ? "\(blanks)\\\(rest)" : String(line)
    }.joined(separator: "\n")
  }

  /// A Code Quality report of GitLab, for `artifacts:reports:codequality`.
  public static func gitLab(_ report: GateReport, file: String) -> String {
    struct Issue: Encodable {
      struct Location: Encodable {
        struct Lines: Encodable { var begin = 1 }
        var path: String
        var lines = Lines()
      }
      var description: String
      var check_name: String
      var fingerprint: String
      var severity: String
      var location: Location
    }
    let issues = findings(report).filter { $0.level != .notice }.map { finding in
      Issue(
        description: "\(finding.title): \(finding.message)", check_name: finding.check, fingerprint: fingerprint(finding.key),
        severity: finding.level.gitLab, location: Issue.Location(path: file))
    }
    return jsonText(issues) + "\n"
  }

  private enum Level {
    case error, warning, notice

    var gitHub: String {
      switch self {
      case .error: "error"
      case .warning: "warning"
      case .notice: "notice"
      }
    }

    var gitLab: String {
      switch self {
      case .error: "major"
      case .warning: "minor"
      case .notice: "info"
      }
    }
  }

  private struct Finding {
    var level: Level
    var check: String
    var title: String
    var message: String
    /// Tells findings apart from one commit to the next.
    var key: String
  }

  private static func findings(_ report: GateReport) -> [Finding] {
    var findings = report.failures.map { failure in
      Finding(
        level: .error, check: "failed-trials", title: "Failed trials", message: GateTexts.failure(failure),
        key: "failed \(failure.workload) \(failure.runtime)")
    }
    for row in report.rows where row.verdict != .pass && report.machineDifferences.isEmpty {
      let arms = row.comparison
      let level: Level =
        switch row.verdict {
        case .regression: .error
        case .inconclusive: .warning
        case .improvement, .pass: .notice
        }
      findings.append(
        Finding(
          level: level, check: row.verdict.rawValue.lowercased(), title: row.verdict.rawValue, message: GateTexts.sentence(row),
          key: "\(row.verdict.rawValue) \(arms.workload) \(arms.candidate.runtime) \(arms.quantity.identifier)"))
    }
    if report.outcome == .nothingMeasured {
      findings.append(
        Finding(level: .warning, check: "gate", title: report.outcome.rawValue, message: GateTexts.headline(report), key: "gate"))
    }
    return findings
      + GateTexts.gaps(report).map { gap in
        Finding(
          level: .warning, check: "gate", title: GateOutcome.inconclusive.rawValue, message: gap.message, key: "gate \(gap.name)")
      }
  }

  /// The message of a workflow command: % and line ends are escaped, as the runner undoes it.
  private static func data(_ text: String) -> String {
    printable(text).replacing(scalars: ["%": "%25", "\r": "%0D", "\n": "%0A"])
  }

  /// A property of a workflow command: also : and , which end one.
  private static func property(_ text: String) -> String {
    data(text).replacing(scalars: [":": "%3A", ",": "%2C"])
  }

  /// FNV-1a, 64 bits: GitLab wants any text that stays the same for the same finding.
  private static func fingerprint(_ key: String) -> String {
    let hash = key.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
