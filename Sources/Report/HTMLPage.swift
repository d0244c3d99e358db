import Observations

/// The page's sections, in the order they are read.
struct HTMLPage {
  private let results: RunResults
  private let summary: Summary
  private let plots: DrawnPlots

  init(_ results: RunResults, _ summary: Summary, _ plots: DrawnPlots) {
    self.results = results
    self.summary = summary
    self.plots = plots
  }

  var text: String {
    let sections = [header, comparisons, distributions, acrossPaths, overall, failures, unavailable, notes, environment, reproduce, data]
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>\(escaped(heading)): \(escaped(results.run.id))</title>
      <style>
      \(Stylesheet.text)
      </style>
      </head>
      <body>
      <main>
      \(sections.joined())</main>
      <script type="application/json" id="results">\(embedded(json: JSONReport.text(for: results, pretty: false)))</script>
      </body>
      </html>

      """
  }

  private var heading: String { results.run.title.isEmpty ? results.run.scenario : results.run.title }

  private func section(_ title: String, _ identifier: String, _ content: String) -> String {
    content.isEmpty ? "" : "<section id=\"\(identifier)\">\n<h2>\(escaped(title))</h2>\n\(content)</section>\n"
  }

  private func paragraph(_ text: String, _ cssClass: String = "") -> String {
    "<p\(cssClass.isEmpty ? "" : " class=\"\(cssClass)\"")>\(escaped(text))</p>\n"
  }

  private var header: String {
    let sentences = Headline.sentences(summary)
    let date = results.run.startedAt.replacing("T", with: " ").replacing("Z", with: " UTC")
    return """
      <header>
      <p class="kicker">\(escaped(results.run.scenario)) · \(escaped(date)) · run \(escaped(results.run.id))</p>
      <h1>\(escaped(heading))</h1>
      \(paragraph(sentences[0], "answer"))\(sentences.dropFirst().map { paragraph($0) }.joined())</header>

      """
  }

  private var comparisons: String {
    let tables = summary.arms.isEmpty ? [] : summary.quantities.map { Tables.within(summary, $0).html }
    return section("Compared within one path", "within", tables.joined())
  }

  /// Workload by workload; from the fifth on folded, so that the page stays short.
  private var distributions: String {
    var content = plots.problems.map { paragraph($0, "problem") }.joined()
    for (index, workload) in plots.drawn.map(\.plot.workload).uniqued.enumerated() {
      let figures = plots.drawn.filter { $0.plot.workload == workload }.map { drawn in
        """
        <figure class="plot">
        <figcaption>\(escaped(drawn.plot.title))</figcaption>
        \(drawn.html)</figure>

        """
      }
      content +=
        index < 4
        ? figures.joined() : "<details><summary>\(escaped(workload))</summary>\n\(figures.joined())</details>\n"
    }
    return section("Every trial", "plots", content)
  }

  private var acrossPaths: String {
    section("Compared across paths", "across", summary.quantities.compactMap { Tables.across(summary, $0)?.html }.joined())
  }

  private var overall: String { section("All workloads together", "overall", Tables.overall(summary)?.html ?? "") }
  private var failures: String { section("Failures", "failures", Tables.failures(summary)?.html ?? "") }
  private var unavailable: String { section("Missing runtimes", "missing", Tables.unavailable(summary)?.html ?? "") }

  private var notes: String {
    section("Notes", "notes", "<ul>\n" + Notes.lines(summary).map { "<li>\(escaped($0))</li>\n" }.joined() + "</ul>\n")
  }

  private var environment: String {
    guard let environment = results.environment else {
      return section("Environment", "environment", paragraph("The worker left no record of its machine."))
    }
    return section(
      "Environment", "environment",
      definitions(EnvironmentFacts.machine(environment))
        + details("Versions of tools", EnvironmentFacts.tools(environment))
        + details("CPU vulnerabilities and mitigations", EnvironmentFacts.mitigations(environment))
        + details("Hashes of guests and runtimes (SHA-256)", EnvironmentFacts.hashes(environment)))
  }

  private var reproduce: String {
    let run = results.run
    let command = "<pre class=\"scroll\" tabindex=\"0\"><code>\(escaped(run.command))</code></pre>\n"
    let facts = [
      ("Seed", "\(run.seed)"), ("Commit", run.commit.isEmpty ? "unknown" : run.commit), ("Blocks", "\(run.blocks) for each workload"),
      ("Page cache", run.cache.rawValue), ("Started", run.startedAt), ("Finished", run.finishedAt ?? "not finished"),
    ]
    return section("How to reproduce", "reproduce", command + definitions(facts))
  }

  private var data: String {
    section(
      "Data", "data",
      paragraph(
        "All results and estimates, with intervals at 95 % and 99 %, are in this page as JSON, in the element with the id “results”."))
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

  static func tools(_ machine: MachineEnvironment) -> [(name: String, value: String)] { sorted(machine.tools) }
  static func mitigations(_ machine: MachineEnvironment) -> [(name: String, value: String)] { sorted(machine.mitigations) }
  static func hashes(_ machine: MachineEnvironment) -> [(name: String, value: String)] { sorted(machine.hashes) }

  private static func sorted(_ facts: [String: String]) -> [(name: String, value: String)] {
    facts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
