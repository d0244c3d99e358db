import Doctor

/// What was found on a machine, for people and machines.
public enum DiagnosisReport {
  /// Of the JSON document; raised when a field's meaning changes.
  public static let currentVersion = 1

  /// - Parameters:
  ///   - standing: what is tuned at the moment, nil for nothing.
  ///   - color: whether escape sequences may be used.
  ///   - width: columns of the terminal; never taken to be less than 40.
  public static func terminal(_ diagnosis: Diagnosis, standing: String?, color: Bool, width: Int) -> String {
    let page = TextPage(color: color, width: width)
    return page.text([
      page.paragraphs([headline(diagnosis)] + (standing.map { [$0 + "."] } ?? [])).map(page.style.strong),
      page.table(table(diagnosis)),
      page.list("What spoils measurements, and how to mend it", told(diagnosis, .spoils, "mend it"), .bad),
      page.list("What is missing, and how to get it", told(diagnosis, .missing, "get it")),
      page.list("What cannot be changed from here", told(diagnosis, .cannotBeChanged, "do instead")),
    ])
  }

  /// One document: `version`, `spoilt`, `standing` and `findings`.
  public static func json(_ diagnosis: Diagnosis, standing: String?) -> String {
    struct Document: Encodable {
      var version = DiagnosisReport.currentVersion
      var spoilt: Bool
      var standing: String?
      var findings: [Finding]
    }
    return jsonText(Document(spoilt: diagnosis.isSpoilt, standing: standing, findings: diagnosis.findings))
  }

  /// The answer in one line.
  static func headline(_ diagnosis: Diagnosis) -> String {
    let spoils = diagnosis.count(.spoils), fixed = diagnosis.count(.cannotBeChanged)
    let tunable = diagnosis.findings.count { $0.state == .spoils && !$0.settings.isEmpty }
    func rest(_ amount: String) -> String { fixed == 0 ? "" : " \(amount) cannot be changed from here." }
    guard spoils > 0 else {
      return "Nothing that can be mended spoils measurements here." + rest(fixed == 1 ? "1 thing" : "\(fixed) things")
    }
    let things = spoils == 1 ? "1 thing spoils" : "\(spoils) things spoil"
    let tune = tunable == 0 ? "" : "; harness doctor --tune mends \(tunable == spoils ? "all of it" : "\(tunable) of them")"
    return "\(things) measurements here\(tune)." + rest("\(fixed) more")
  }

  private static func table(_ diagnosis: Diagnosis) -> Table {
    Table(
      title: "What measurements meet on this machine", columns: [.init(heading: "check"), .init(heading: "state"), .init(heading: "seen")],
      groups: [
        .init(
          rows: diagnosis.findings.map { finding in
            let (word, tone) = words(finding.state)
            return [.init(finding.name), .init(word, tone), .init(finding.seen, tone == .quiet ? .quiet : .plain)]
          })
      ])
  }

  private static func words(_ state: Finding.State) -> (String, Table.Tone) {
    switch state {
    case .spoils: ("spoils", .bad)
    case .missing: ("missing", .plain)
    case .cannotBeChanged: ("unchangeable", .plain)
    case .unknown: ("unknown", .quiet)
    case .good: ("good", .good)
    }
  }

  /// One item for each finding; those that the same remedy mends, as one installation brings many runtimes, share theirs.
  private static func told(_ diagnosis: Diagnosis, _ state: Finding.State, _ verb: String) -> [String] {
    let findings = diagnosis.findings.filter { $0.state == state }
    let remedies = findings.map { $0.remedy ?? $0.name }.uniqued
    return remedies.map { remedy in
      let together = findings.filter { ($0.remedy ?? $0.name) == remedy }
      let cost = together.count == 1 ? ": \(together[0].cost)" : ""
      return together.map(\.name).joined(separator: ", ") + cost + (together[0].remedy.map { ". To \(verb): \($0)" } ?? "")
    }
  }
}
