import Observations

/// The page's sections, in the order they are read.
struct HTMLPage {
  private let results: RunResults
  private let summary: Summary
  private let plots: DrawnPlots
  private let json: String

  init(_ results: RunResults, _ summary: Summary, _ plots: DrawnPlots) {
    self.results = results
    self.summary = summary
    self.plots = plots
    json = JSONReport.text(results, summary, pretty: false)
  }

  private typealias Section = PageFrame.Section

  var text: String {
    let someFailed = summary.differences.contains { !$0.holds }
    let measured =
      [failures] + (someFailed ? [differences] : []) + [
        disturbed, overall, comparisons, loads, loops, memory, counts, distributions, acrossPaths,
      ]
      + (someFailed ? [] : [differences])
    let date = results.run.startedAt.replacing("T", with: " ").replacing("Z", with: " UTC")
    return PageFrame(
      kicker: "\(results.run.scenario) · \(date) · run \(results.run.id)", heading: heading, title: "\(heading): \(results.run.id)",
      sentences: results.isConformance ? [ConformanceReport(results).headline] : Headline.sentences(summary),
      sections: (results.isConformance ? conformance : measured) + [unavailable] + (results.isConformance ? [] : [notes])
        + [environment, reproduce, data],
      data: ("results", json)
    ).text
  }

  private var heading: String { results.run.title.isEmpty ? results.run.scenario : results.run.title }

  /// With many workloads the page shows the first quantity and the first workload's plots, and folds the others.
  private var isLong: Bool { summary.arms.map(\.workload).uniqued.count > 4 }

  private func folded(_ tables: [Table]) -> String {
    tables.enumerated().map { index, table in
      index > 0 && isLong
        ? "<details><summary>\(escaped(table.title))</summary>\n\(table.html(titled: false))</details>\n" : table.html()
    }.joined()
  }

  private func paragraph(_ text: String, _ cssClass: String = "") -> String { PageFrame.paragraph(text, cssClass) }

  /// What became of a suite's tests.
  private var conformance: [Section] {
    let report = ConformanceReport(results)
    return [
      Section(title: "Failed", identifier: "failed", content: PageFrame.list(report.failureLines)),
      Section(title: "Runtime by proposal", identifier: "matrix", content: report.matrix?.html(titled: false) ?? ""),
      Section(title: "Assertions", identifier: "assertions", content: report.table.html()),
      Section(title: "Skipped", identifier: "skipped", content: PageFrame.list(report.skipLines)),
    ]
  }

  private var comparisons: Section {
    Section(
      title: "Compared within one path", identifier: "within",
      content: summary.arms.isEmpty ? "" : folded(summary.quantities.map { Tables.within(summary, $0) }))
  }

  /// Workload by workload, the one that is only there to be taken off at the end.
  private var distributions: Section {
    var content = plots.problems.map { paragraph($0, "problem") }.joined()
    if !plots.drawn.isEmpty {
      content += paragraph("A dot is a passed trial, the upright line the median, the pale bar its 95 % interval.", "quiet")
    }
    let workloads = plots.drawn.map(\.plot.workload).uniqued
    let subtract = results.run.subtract
    for (index, workload) in (workloads.filter { $0 != subtract } + workloads.filter { $0 == subtract }).enumerated() {
      let figures = plots.drawn.filter { $0.plot.workload == workload }.map { drawn in
        """
        <figure class="plot">
        <figcaption>\(escaped(drawn.plot.title))</figcaption>
        \(drawn.html)</figure>

        """
      }
      content +=
        index == 0 || !isLong
        ? figures.joined() : "<details><summary>\(escaped(workload))</summary>\n\(figures.joined())</details>\n"
    }
    if plots.left > 0 {
      content += paragraph("\(plots.left) further plots are in the folder plots beside this page: gnuplot plots/*.gp draws them.", "quiet")
    }
    return Section(title: "Every trial", identifier: "plots", content: content)
  }

  private var acrossPaths: Section {
    Section(
      title: "Compared across paths", identifier: "across",
      content: folded(summary.quantities.compactMap { Tables.across(summary, $0) }))
  }

  private var loads: Section {
    Section(title: "Latency under load", identifier: "loads", content: Tables.loads(summary)?.html(titled: false) ?? "")
  }

  private var loops: Section {
    Section(title: "Closed loop in one process", identifier: "loops", content: Tables.loops(summary)?.html(titled: false) ?? "")
  }

  private var memory: Section {
    Section(
      title: "Memory", identifier: "memory",
      content: [Tables.memory(summary), Tables.growth(summary)].compactMap { $0?.html() }.joined())
  }

  private var counts: Section {
    Section(title: "Counted", identifier: "counts", content: Tables.counts(summary)?.html() ?? "")
  }

  private var overall: Section {
    Section(title: "All workloads together", identifier: "overall", content: Tables.overall(summary)?.html(titled: false) ?? "")
  }

  private var differences: Section {
    Section(title: "Expected differences", identifier: "differences", content: Tables.differences(summary)?.html(titled: false) ?? "")
  }

  private var failures: Section {
    Section(title: "Failed trials", identifier: "failures", content: Tables.failures(summary)?.html(titled: false) ?? "")
  }

  private var disturbed: Section {
    Section(title: "Disturbed trials", identifier: "disturbed", content: Tables.invalidated(summary)?.html(titled: false) ?? "")
  }

  private var unavailable: Section {
    Section(title: "Missing runtimes", identifier: "missing", content: Tables.unavailable(summary)?.html(titled: false) ?? "")
  }

  private var notes: Section {
    let items = Notes.lines(summary).map { "<li>\(prose($0))</li>\n" }
    return Section(title: "Notes", identifier: "notes", content: "<ul>\n\(items.joined())</ul>\n")
  }

  private var environment: Section {
    var content = paragraph("The worker left no record of its machine.")
    if let machine = results.environment {
      content =
        definitions(EnvironmentFacts.machine(machine))
        + details("What this machine cannot measure", EnvironmentFacts.lacking(machine))
        + details("Versions of tools", EnvironmentFacts.tools(machine))
        + details("CPU vulnerabilities and mitigations", EnvironmentFacts.mitigations(machine))
        + details("Hashes of guests and runtimes (SHA-256)", EnvironmentFacts.hashes(machine))
    }
    return Section(title: "Environment", identifier: "environment", content: content)
  }

  private var reproduce: Section {
    let run = results.run
    let command = "<pre class=\"scroll\" tabindex=\"0\"><code>\(escaped(run.command))</code></pre>\n"
    let facts = [
      ("Seed", "\(run.seed)"), ("Commit", run.commit.isEmpty ? "unknown" : run.commit), ("Blocks", "\(run.blocks) for each workload"),
      ("Page cache", run.cache.rawValue), ("Started", run.startedAt), ("Finished", run.finishedAt ?? "not finished"),
    ]
    return Section(title: "How to reproduce", identifier: "reproduce", content: command + definitions(facts))
  }

  private var data: Section {
    Section(
      title: "Data", identifier: "data",
      content: paragraph(
        json.utf8.count <= PageFrame.mostDataBytes
          ? "All results and estimates, with intervals at 95 % and 99 %, are in this page as JSON, in the element with the id “results”."
          : "All results and estimates, with intervals at 95 % and 99 %, as JSON: harness report \(results.run.id) --json FILE"))
  }

  private func definitions(_ facts: [(name: String, value: String)]) -> String {
    let rows = facts.filter { !$0.value.isEmpty }.map { "<div><dt>\(escaped($0.name))</dt><dd>\(escaped($0.value))</dd></div>\n" }
    return rows.isEmpty ? "" : "<dl>\n\(rows.joined())</dl>\n"
  }

  private func details(_ title: String, _ facts: [(name: String, value: String)]) -> String {
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
