import FoundationEssentials
import Observations

/// What every page of one run ends with: where it ran, how to repeat it, its data.
enum RunSections {
  /// The small line above the heading.
  static func kicker(_ kind: String?, _ run: RunDescription) -> String {
    let date = run.startedAt.replacing("T", with: " ").replacing("Z", with: " UTC")
    return "\(kind.map { "\($0) · " } ?? "")\(run.scenario) · \(date) · run \(run.id)"
  }

  /// A sentence where the run is not finished.
  static func unfinished(_ run: RunDescription) -> [String] {
    run.finishedAt == nil ? ["This run is not finished (go on: harness run --resume \(run.id))."] : []
  }

  static func environment(_ machine: MachineEnvironment?) -> PageFrame.Section {
    var content = PageFrame.paragraph("The worker left no record of its machine.")
    if let machine {
      content =
        definitions(EnvironmentFacts.machine(machine))
        + details("What this machine cannot measure", EnvironmentFacts.lacking(machine))
        + details("Versions of tools", EnvironmentFacts.tools(machine))
        + details("CPU vulnerabilities and mitigations", EnvironmentFacts.mitigations(machine))
        + details("Hashes of guests and runtimes (SHA-256)", EnvironmentFacts.hashes(machine))
    }
    return PageFrame.Section(title: "Environment", identifier: "environment", content: content)
  }

  static func reproduce(_ run: RunDescription) -> PageFrame.Section {
    let command = "<pre class=\"scroll\" tabindex=\"0\"><code>\(escaped(run.command))</code></pre>\n"
    let facts = [
      ("Seed", "\(run.seed)"), ("Commit", run.commit.isEmpty ? "unknown" : run.commit), ("Blocks", "\(run.blocks) for each workload"),
      ("Page cache", run.cache.rawValue), ("Started", run.startedAt), ("Finished", run.finishedAt ?? "not finished"),
    ]
    return PageFrame.Section(title: "How to reproduce", identifier: "reproduce", content: command + definitions(facts))
  }

  /// - Parameter json: what the page embeds where it is short enough.
  static func data(_ run: RunDescription, _ json: String) -> PageFrame.Section {
    PageFrame.Section(
      title: "Data", identifier: "data",
      content: PageFrame.paragraph(
        json.utf8.count <= PageFrame.mostDataBytes
          ? "All results and estimates, with intervals at 95 % and 99 %, are in this page as JSON, in the element with the id “results”."
          : "All results and estimates, with intervals at 95 % and 99 %, as JSON: harness report \(run.id) --json FILE"))
  }

  private static func definitions(_ facts: [(name: String, value: String)]) -> String {
    let rows = facts.filter { !$0.value.isEmpty }.map { "<div><dt>\(escaped($0.name))</dt><dd>\(escaped($0.value))</dd></div>\n" }
    return rows.isEmpty ? "" : "<dl>\n\(rows.joined())</dl>\n"
  }

  private static func details(_ title: String, _ facts: [(name: String, value: String)]) -> String {
    facts.isEmpty ? "" : "<details><summary>\(escaped(title))</summary>\n\(definitions(facts))</details>\n"
  }
}

/// The machine in lines of name and value.
enum EnvironmentFacts {
  static func machine(_ machine: MachineEnvironment) -> [(name: String, value: String)] {
    [
      ("Machine", machine.hostname), ("CPU", "\(machine.cpuModel) (\(machine.cpuCount) logical)"),
      ("Memory", Quantity.metric(.peakMemory).text(Double(machine.memoryBytes))), ("Kernel", machine.kernel),
      ("Distribution", machine.distribution), ("Virtualisation", machine.virtualization), ("Governor", machine.governor),
      ("Cgroups", machine.cgroup),
    ]
  }

  static func lacking(_ machine: MachineEnvironment) -> [(name: String, value: String)] { sorted(machine.lacking ?? [:]) }
  static func tools(_ machine: MachineEnvironment) -> [(name: String, value: String)] { sorted(machine.tools) }
  static func mitigations(_ machine: MachineEnvironment) -> [(name: String, value: String)] { sorted(machine.mitigations) }
  static func hashes(_ machine: MachineEnvironment) -> [(name: String, value: String)] { sorted(machine.hashes) }

  private static func sorted(_ facts: [String: String]) -> [(name: String, value: String)] {
    facts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
