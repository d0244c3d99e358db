import ArgumentParser
import Coordinator
import Foundation
import Observations
import Report

/// `harness compare`: two runs, or the arms of one, side by side.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Compares two stored runs, or the runtimes of one.",
    discussion: """
      EXAMPLES:
        harness compare latest                                  the runtimes of a run, each beside the baseline of its path
        harness compare latest --baseline native
        harness compare startup-20260131 startup-20260214       every arm of the second beside the same of the first
        harness compare main.json latest --markdown -           one of them exported elsewhere
        harness compare latest --html page
        harness compare latest --json
        harness compare main.json latest --csv compared.csv --junit compared.xml

      RUN may be latest, the beginning of a name that only one run has, or a file written by harness export.
      Inside one run arms are paired block by block; two runs share no block and are compared unpaired. Times measured on different
      machines, or in different states of the page cache, are not compared: the command says what differs, shows who answered right,
      and ends with 3.
      --csv has a row for every pair of arms and every metric. --junit has a test case for each, failed only where the verdict is clearly worse
      (adjusted p at most 0.05) and by the metric's threshold or more, skipped where no ratio can be formed; it changes no exit code.

      EXIT CODES: 0 compared, 3 not comparable, 4 nothing to compare, 64 usage, 65 bad input.
      """)

  @Argument(help: ArgumentHelp("One run, or two: the baseline, then the candidate.", valueName: "RUN"))
  var runs: [String]
  @Option(help: ArgumentHelp("Inside one run: compare with this runtime, whatever its path.", valueName: "NAME"))
  var baseline: String?
  @Option(help: ArgumentHelp("Only these runtimes.", valueName: "a,b"))
  var runtimes: String?
  @OptionGroup var results: ResultsOptions
  @Flag(help: "Print JSON instead of tables.")
  var json = false
  @OptionGroup var plots: PlotOptions
  @OptionGroup var forms: FormOptions
  @Option(help: ArgumentHelp("Write a self-contained page (index.html) into this folder.", valueName: "DIR"))
  var html: String?

  func validate() throws {
    guard (1...2).contains(runs.count) else { throw ValidationError("\(runs.count) runs: give one, or two to compare with each other") }
    if runs.count == 2, baseline != nil {
      throw ValidationError("--baseline is a runtime of one run; with two runs the first is the baseline")
    }
    try forms.check([("--json", json)])
  }

  func run() throws {
    let source = RunSource(results: results)
    let request = ComparisonRequest(runtimes: words(runtimes))
    let comparison: RunComparison
    if runs.count == 2 {
      let before = try source.measuredRun(runs[0]), after = try source.measuredRun(runs[1])
      try checkRuntimes(request.runtimes, in: [before, after])
      comparison = RunComparison(baseline: before, candidate: after, request)
    } else {
      let run = try source.measuredRun(runs[0])
      try check(baseline, in: run)
      try checkRuntimes(request.runtimes, in: [run])
      comparison = RunComparison(within: run, baseline: baseline, request)
    }
    if json {
      Console.print(CompareReport.json(comparison))
    } else if !forms.isPrinted {
      Console.print(CompareReport.terminal(comparison, color: Console.hasColor, width: Console.width(of: 1)), styled: true)
    }
    try forms.write(
      markdown: CompareReport.markdown(comparison), csv: CompareReport.csv(comparison), junit: CompareReport.junit(comparison))
    try plots.write(
      { try CompareReport.writePlots(comparison, to: $0) }, drawn: { try CompareReport.drawPlots(comparison, to: $0) })
    if let html { Console.error("wrote \(try OutputFile.writing(html) { try ComparePage.write(comparison, to: html) })") }
    if !comparison.machineDifferences.isEmpty {
      Console.error(
        "error: the runs cannot be compared: \(comparison.machineDifferences.joined(separator: "; ")); measure both on one machine in one state"
      )
      throw ExitCode(3)
    }
    if comparison.isEmpty {
      let unpaired =
        runs.count == 2 ? "the runs share no workload in the same runtime" : "no two runtimes on one path; give --baseline NAME"
      throw CoordinatorError(.nothingToMeasure, "nothing to compare: \(comparison.obstacle ?? unpaired)")
    }
  }

  private func check(_ baseline: String?, in run: MeasuredRun) throws {
    guard let baseline, !run.runtimes.contains(where: { $0.name == baseline }) else { return }
    let names = run.runtimes.map(\.name)
    throw CoordinatorError(.usage, "--baseline: run \(run.run.id) has no runtime \"\(baseline)\"\(suggestion(for: baseline, among: names))")
  }
}

/// - Throws: `CoordinatorError.usage` where none of the runs has a runtime that is asked for.
func checkRuntimes(_ runtimes: [String]?, in runs: [MeasuredRun]) throws {
  let known = runs.flatMap { $0.runtimes.map(\.name) }
  for name in runtimes ?? [] where !known.contains(name) {
    throw CoordinatorError(.usage, "--runtimes: no runtime \"\(name)\" in \(runs[0].run.id)\(suggestion(for: name, among: known))")
  }
}

/// The words of a list with commas; nil where there is none.
func words(_ list: String?) -> [String]? {
  list?.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
}
