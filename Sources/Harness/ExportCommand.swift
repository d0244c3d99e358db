import ArgumentParser
import Coordinator
import Foundation

/// `harness export`: a stored run as one file.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Writes a stored run, every trial of it, as one JSON file.",
    discussion: """
      EXAMPLES:
        harness export latest -o main.json
        harness export startup-20260131 | gzip > run.json.gz

      The file is described in Docs/formats.md; harness import, compare and gate read it.
      """)

  @Argument(help: ArgumentHelp("The run: its name, the beginning of it, or latest.", valueName: "RUN"))
  var name: String
  @Option(name: .shortAndLong, help: ArgumentHelp("Where to write; standard output without it.", valueName: "FILE"))
  var output = "-"
  @OptionGroup var results: ResultsOptions

  func run() throws {
    let store = try Store.forReading(results.database)
    try store.export(try store.identifier(matching: name), to: output)
    if output != "-" { Console.error("wrote \(output)") }
  }
}
