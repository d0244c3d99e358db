import Observations

/// The page's sections, in the order they are read.
struct HTMLPage {
  private let results: RunResults
  private let summary: Summary

  init(_ results: RunResults) {
    self.results = results
    summary = Summary(results)
  }

  var text: String {
    let sections = [header, comparisons, acrossPaths, overall, failures, unavailable, notes, environment, reproduce]
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>\(escaped(results.run.scenario)): \(escaped(results.run.id))</title>
      <style>
      \(Stylesheet.text)
      </style>
      </head>
      <body>
      <main>
      \(sections.joined())</main>
      <script type="application/json" id="data">\(embedded(json: JSONReport.text(for: results, pretty: false)))</script>
      </body>
      </html>

      """
  }

  private func section(_ title: String, _ identifier: String, _ content: String) -> String {
    content.isEmpty ? "" : "<section id=\"\(identifier)\">\n<h2>\(escaped(title))</h2>\n\(content)</section>\n"
  }

  private var header: String {
    let sentences = Headline.sentences(summary)
    let run = results.run
    return """
      <header>
      <p class="scenario">\(escaped(run.scenario)) · \(escaped(run.startedAt))</p>
      <h1>\(escaped(run.title.isEmpty ? run.scenario : run.title))</h1>
      <p class="answer">\(escaped(sentences[0]))</p>
      \(sentences.dropFirst().map { "<p>\(escaped($0))</p>\n" }.joined())</header>

      """
  }

  private var comparisons: String {
    section("Within one path", "within", summary.quantities.flatMap { Tables.within(summary, $0) }.map(\.html).joined())
  }

  private var acrossPaths: String {
    section("Across paths", "across", summary.quantities.compactMap { Tables.across(summary, $0)?.html }.joined())
  }

  private var overall: String { section("All workloads", "overall", Tables.overall(summary)?.html ?? "") }
  private var failures: String { section("Failures", "failures", Tables.failures(summary)?.html ?? "") }
  private var unavailable: String { section("Missing runtimes", "missing", Tables.unavailable(summary)?.html ?? "") }

  private var notes: String {
    let lines =
      ["Noise: \(summary.noise.text)."] + summary.notes
      + ["“Detectable” is the smallest effect found four times out of five at this noise and number of blocks."]
    return section("Notes", "notes", "<ul>\n" + lines.map { "<li>\(escaped($0))</li>\n" }.joined() + "</ul>\n")
  }

  private var environment: String {
    guard let environment = results.environment else {
      return section("Environment", "environment", "<p>The worker left no record of its machine.</p>\n")
    }
    return section("Environment", "environment", definitions(EnvironmentFacts.all(environment)))
  }

  private var reproduce: String {
    let run = results.run
    let facts = [
      ("Command", run.command), ("Run", run.id), ("Seed", "\(run.seed)"),
      ("Commit", run.commit.isEmpty ? "unknown" : run.commit), ("Blocks", "\(run.blocks)"), ("Page cache", run.cache.rawValue),
      ("Started", run.startedAt), ("Finished", run.finishedAt ?? "not finished"),
    ]
    return section("How to reproduce", "reproduce", definitions(facts))
  }

  private func definitions(_ facts: [(String, String)]) -> String {
    "<dl>\n" + facts.map { "<div><dt>\(escaped($0))</dt><dd>\(escaped($1))</dd></div>\n" }.joined() + "</dl>\n"
  }
}

/// The machine in lines of name and value.
enum EnvironmentFacts {
  static func all(_ machine: MachineEnvironment) -> [(String, String)] {
    [
      ("Machine", machine.hostname), ("CPU", "\(machine.cpuModel), \(machine.cpuCount) in all"),
      ("Memory", Quantity.metric(.peakMemory).text(Double(machine.memoryBytes))), ("Kernel", machine.kernel),
      ("Distribution", machine.distribution), ("Virtualisation", machine.virtualization), ("Governor", machine.governor),
      ("Cgroups", machine.cgroup),
    ] + machine.tools.sorted { $0.key < $1.key }.map { ("Tool " + $0.key, $0.value) }
      + machine.mitigations.sorted { $0.key < $1.key }.map { ("Mitigation " + $0.key, $0.value) }
      + machine.hashes.sorted { $0.key < $1.key }.map { ("SHA-256 " + $0.key, $0.value) }
  }
}
