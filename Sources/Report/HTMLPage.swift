import Observations

/// The page of a run that measures: its sections, in the order they are read.
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
        memory, loops, loads, disturbed, overall, comparisons, counts, distributions, timelines, acrossPaths,
      ]
      + (someFailed ? [] : [differences])
    return PageFrame(
      kicker: RunSections.kicker(nil, results.run), heading: heading, title: "\(heading): \(results.run.id)",
      sentences: Headline.sentences(summary),
      sections: measured + [
        unavailable, notes, RunSections.environment(results.environment), RunSections.reproduce(results.run),
        RunSections.data(results.run, json),
      ],
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

  private var comparisons: Section {
    Section(
      title: "Compared within one path", identifier: "within",
      content: summary.arms.isEmpty ? "" : folded(summary.quantities.compactMap { Tables.within(summary, $0) }))
  }

  private func drawn(_ kind: Plot.Kind) -> [DrawnPlots.Drawn] { plots.drawn.filter { $0.plot.kind == kind } }

  private var distributions: Section {
    var content = plots.problems.map { paragraph($0, "problem") }.joined()
    let shown = drawn(.distribution)
    if !shown.isEmpty {
      content += paragraph("A dot is a passed trial, the upright line the median, the pale bar its 95 % interval.", "quiet")
    }
    content += figures(shown)
    if plots.left > 0 {
      content += paragraph("\(plots.left) further plots are in the folder plots beside this page: gnuplot plots/*.gp draws them.", "quiet")
    }
    return Section(title: "Every trial", identifier: "plots", content: content)
  }

  private var timelines: Section {
    let shown = drawn(.timeline)
    let lead = paragraph(
      "The trial of median time in each runtime that reports phases, piece by piece. “\(TrialTimeline.rest)” is what neither the runtime nor the kernel accounts for; where in between it passed is not known.",
      "quiet")
    return Section(title: "Where the time goes", identifier: "phases", content: shown.isEmpty ? "" : lead + figures(shown))
  }

  /// Workload by workload, the one that is only there to be taken off at the end.
  private func figures(_ shown: [DrawnPlots.Drawn]) -> String {
    let workloads = shown.map(\.plot.workload).uniqued
    let subtract = results.run.subtract
    return (workloads.filter { $0 != subtract } + workloads.filter { $0 == subtract }).enumerated().map { index, workload in
      let figures = shown.filter { $0.plot.workload == workload }.map { drawn in
        """
        <figure class="plot">
        <figcaption>\(escaped(drawn.plot.title))</figcaption>
        \(drawn.html)</figure>

        """
          + (drawn.plot.figures.map { "<details><summary>The same in figures</summary>\n\($0.html(titled: false))</details>\n" } ?? "")
      }
      return index == 0 || !isLong
        ? figures.joined() : "<details><summary>\(escaped(workload))</summary>\n\(figures.joined())</details>\n"
    }.joined()
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
    Section(
      title: "Closed loop in one process", identifier: "loops",
      content: (Tables.loops(summary)?.html(titled: false) ?? "") + figures(drawn(.warmUp)))
  }

  private var memory: Section {
    Section(
      title: "Memory", identifier: "memory",
      content: (Tables.growth(summary)?.html() ?? "") + figures(drawn(.growth)) + (Tables.memory(summary)?.html() ?? ""))
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
    Section(title: "Missing runtimes", identifier: "missing", content: Tables.unavailable(summary.unavailable)?.html(titled: false) ?? "")
  }

  private var notes: Section {
    let items = Notes.lines(summary).map { "<li>\(prose($0))</li>\n" }
    return Section(title: "Notes", identifier: "notes", content: "<ul>\n\(items.joined())</ul>\n")
  }
}
