import ArgumentParser
import Coordinator
import Foundation
import Observations
import Report

/// `harness history`: what changed since when.
struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "Shows how a metric went over all stored runs, and where it moved.",
    discussion: """
      EXAMPLES:
        harness history wall-time                            every arm, run after run
        harness history wall-time --branch main --html page
        harness history peak-memory --workload crunch --runtimes jit,interpreter
        harness history all --csv history.csv
        harness history all --branch main --junit history.xml
        harness import past.csv && harness history duration

      A point is the median of a run's undisturbed trials; runs of different machines are different series. Steps (▲ slower or larger, ▼ faster
      or smaller) are found by the divergence of Matteson and James, as Apache Otava finds them, leave out what is smaller than a gate's
      threshold, and must be confirmed by a permutation test. A series drifts where neighbouring runs resemble each other within a level:
      its steps are then to be doubted. Some points after a step are needed to see it: it is no gate.
      --csv has a row for every point, which harness import reads back. --junit has a test case for every series with its course in words,
      failed where the newest confirmed step is one to the worse.
      A branch's history begins with that of the branch it left, if harness run --start-point said which.
      """)

  @Argument(
    help: ArgumentHelp("wall-time, first-byte, cpu-time, peak-memory, …, what an imported file calls it, or all.", valueName: "METRIC"))
  var metric: String
  @Option(help: ArgumentHelp("Only runs of this branch, and its past.", valueName: "NAME"))
  var branch: String?
  @Option(help: ArgumentHelp("Only runs of this scenario.", valueName: "NAME"))
  var scenario: String?
  @Option(help: ArgumentHelp("Only these workloads.", valueName: "a,b"))
  var workload: String?
  @Option(help: ArgumentHelp("Only these runtimes.", valueName: "a,b"))
  var runtimes: String?
  @Option(help: ArgumentHelp("The least change that is a step, instead of a gate's threshold.", valueName: "5%"))
  var threshold: String?
  @OptionGroup var results: ResultsOptions
  @Flag(help: "Print JSON instead of text.")
  var json = false
  @Option(help: ArgumentHelp("Write a self-contained page (index.html) into this folder.", valueName: "DIR"))
  var html: String?
  @OptionGroup var plots: PlotOptions
  @OptionGroup var forms: FormOptions

  func validate() throws {
    _ = try leastChange
    try forms.check([("--json", json)])
  }

  private var leastChange: Double? {
    get throws {
      guard let threshold else { return nil }
      guard let change = percentage(threshold) else {
        throw ValidationError("--threshold \(threshold): must be a percentage from 0% to 1000%, for instance 5%")
      }
      return change
    }
  }

  func run() throws {
    let store = try Store(at: results.database)
    try History.complete(store)
    let known = try store.recordedMetrics()
    guard !known.isEmpty else {
      throw CoordinatorError(
        .nothingToMeasure,
        "\(store.path) holds no finished run: measure (harness run scenarios/startup.yaml) or import (harness import FILE)")
    }
    guard metric == "all" || known.contains(metric) else {
      throw CoordinatorError(
        .usage, "no run measured \"\(metric)\"\(suggestion(for: metric, among: known)); there are \(known.joined(separator: ", "))")
    }
    if let branch {
      let branches = try store.branches()
      let begins = try store.start(of: branch)
      guard branches.contains(branch) || begins != nil else {
        throw CoordinatorError(.usage, "--branch: no finished run on \"\(branch)\"\(suggestion(for: branch, among: branches))")
      }
    }
    let runs = try store.history(onBranch: branch, metric: metric == "all" ? nil : metric, scenario: scenario)
    let request = HistoryRequest(workloads: words(workload), runtimes: words(runtimes), threshold: try leastChange)
    let series = HistorySeries.all(runs, request)
    guard !series.isEmpty else {
      throw CoordinatorError(.nothingToMeasure, "no run has \(metric) of what --scenario, --workload and --runtimes name")
    }
    let told = Set(series.flatMap { $0.points.map(\.run) })
    let leftOut = runs.count { $0.run.source == nil && !told.contains($0.run.id) }
    let report = HistoryReport(metric: metric == "all" ? nil : metric, branch: branch, series: series, leftOut: leftOut)
    var said = false
    if let html {
      let path = try OutputFile.writing(html) { try HistoryPage.write(report, to: html, page: { link(to: $0, store, from: html) }) }
      Console.error("wrote \(path)")
      said = true
    }
    if try plots.write({ try report.writePlots(to: $0) }, drawn: { try report.drawPlots(to: $0) }) { said = true }
    try forms.write(markdown: report.markdown, csv: report.csv, junit: report.junit)
    if forms.isGiven { said = true }
    if json {
      Console.print(report.json)
    } else if !said {
      Console.print(report.terminal(color: Console.hasColor, width: Console.width(of: 1)), styled: true)
    }
  }

  /// A run's page beside the database, as a link from the history's page; nil where it was never written.
  private func link(to run: String, _ store: Store, from folder: String) -> String? {
    let page = URL(fileURLWithPath: store.folder(of: run)).appendingPathComponent("index.html").standardizedFileURL.pathComponents
    guard FileManager.default.fileExists(atPath: page.joined(separator: "/")) else { return nil }
    let from = URL(fileURLWithPath: folder).standardizedFileURL.pathComponents
    let shared = zip(from, page).prefix { $0 == $1 }.count
    let path = [String](repeating: "..", count: from.count - shared) + page.dropFirst(shared)
    return path.joined(separator: "/").addingPercentEncoding(withAllowedCharacters: .urlPathAllowed)
  }
}

/// Points of runs that have none yet: those measured before histories were kept, and those that ended in between.
enum History {
  static func complete(_ store: Store) throws {
    for run in try store.runsWithoutPoints() { try store.record(points: store.results(of: run).historyPoints, of: run) }
  }
}
