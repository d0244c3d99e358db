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

      RUN may be latest, or the beginning of a name that only one run has. A FILE of - is standard output.
      """)

  @Argument(help: ArgumentHelp("The run.", valueName: "RUN"))
  var name: String
  @OptionGroup var results: ResultsOptions
  @Option(help: ArgumentHelp("Write a self-contained page (index.html) into this folder.", valueName: "DIR"))
  var html: String?
  @OptionGroup var plots: PlotOptions
  @Option(help: ArgumentHelp("Write a Markdown table.", valueName: "FILE"))
  var markdown: String?
  @Option(help: ArgumentHelp("Write one row per trial.", valueName: "FILE"))
  var csv: String?
  @Option(help: ArgumentHelp("Write everything as JSON.", valueName: "FILE"))
  var json: String?
  @Option(help: ArgumentHelp("Write a JUnit file, of a conformance run.", valueName: "FILE"))
  var junit: String?

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
    if let gnuplot = plots.gnuplot {
      try OutputFile.writing(gnuplot) {
        try plots.draw ? GnuplotReport.draw(measured, to: gnuplot) : GnuplotReport.write(measured, to: gnuplot)
      }
      Console.error("wrote \(gnuplot)")
      said = true
    }
    for (path, text) in [(markdown, MarkdownReport.text), (csv, CSVReport.text), (json, JSONReport.text)] {
      guard let path else { continue }
      try OutputFile.write(text(measured), to: path)
      said = true
    }
    if let junit {
      guard measured.isConformance else {
        throw CoordinatorError(
          .usage, "--junit: run \(measured.run.id) is of no suite; what fails of a measurement is said by harness gate --junit")
      }
      try OutputFile.write(ConformanceReport(measured).junit(), to: junit)
      said = true
    }
    guard !said else { return }
    Console.print(TerminalReport.text(for: measured, color: Console.hasColor, width: Console.width(of: 1)), styled: true)
  }
}
