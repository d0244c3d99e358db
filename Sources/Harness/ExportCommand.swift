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

/// `harness import`: exported runs back into a database.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Takes exported runs into the database.",
    discussion: """
      EXAMPLES:
        harness import main.json
        harness import shards/*.json --results /var/lib/harness

      Importing a run twice changes nothing; a run that went on since it was imported is completed. A file is taken in as a whole or not
      at all.
      """)

  @Argument(help: ArgumentHelp("Files written by harness export.", valueName: "FILE"))
  var files: [String]
  @OptionGroup var results: ResultsOptions
  @Flag(help: "Print JSON.") var json = false

  func run() throws {
    let store = try Store(at: results.database)
    var outcomes: [ImportOutcome] = []
    for file in files {
      let outcome = try store.importRun(file)
      outcomes.append(outcome)
      if !json { Console.print("\(outcome.run): \(outcome.added) trial(s) added, \(outcome.known) known already") }
    }
    if json { Console.print(try encoded(outcomes)) }
  }
}
