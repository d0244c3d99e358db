import ArgumentParser
import Coordinator
import Foundation
import Observations
import Report

/// `harness report`: a stored run, told again in any form.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Reports on a stored run: a table, or files in the forms asked for.",
    discussion: """
      EXAMPLES:
        harness report latest
        harness report startup-2026 --html page --csv trials.csv
        harness report latest --gnuplot plots --draw
        harness report latest --markdown report.md --json report.json --junit report.xml

      RUN may be latest, or the beginning of a name that only one run has. A FILE of - is standard output.
      --csv has a row for every trial. --junit has a test case for every workload and runtime: failed trials are failures, an arm that could
      not run is skipped with the reason; times fail nothing (harness gate does that). Of a conformance run both are of its assertions.
      """)

  @Argument(help: ArgumentHelp("The run.", valueName: "RUN"))
  var name: String
  @OptionGroup var results: ResultsOptions
  @Option(help: ArgumentHelp("Write a self-contained page (index.html) into this folder.", valueName: "DIR"))
  var html: String?
  @OptionGroup var plots: PlotOptions
  @OptionGroup var forms: FormOptions
  @Option(help: ArgumentHelp("Write everything as JSON.", valueName: "FILE|-"))
  var json: String?

  func validate() throws { try forms.check([("--json -", json == "-")]) }

  func run() throws {
    let store = try Store.forReading(results.database)
    let measured = try store.results(of: try store.identifier(matching: name))
    if measured.run.finishedAt == nil {
      Console.error("note: run \(measured.run.id) is not finished; go on: harness run --resume \(measured.run.id)\(results.repeated)")
    }
    var said = false
    if let html {
      Console.error("wrote \(try OutputFile.writing(html) { try HTMLReport.write(measured, to: html) })")
      said = true
    }
    if try plots.write({ try GnuplotReport.write(measured, to: $0) }, drawn: { try GnuplotReport.draw(measured, to: $0) }) { said = true }
    try forms.write(
      markdown: MarkdownReport.text(for: measured), csv: CSVReport.text(for: measured), junit: JUnitReport.text(for: measured))
    if let json { try OutputFile.write(JSONReport.text(for: measured), to: json) }
    if forms.isGiven || json != nil { said = true }
    guard !said else { return }
    Console.print(TerminalReport.text(for: measured, color: Console.hasColor, width: Console.width(of: 1)), styled: true)
  }
}
