import ArgumentParser
import Coordinator
import Foundation

/// Where results are.
struct ResultsOptions: ParsableArguments {
  @Option(
    name: .long, help: ArgumentHelp("Where results go: a folder, or a database file ending in .sqlite.", valueName: "DIR|FILE.sqlite"))
  var results: String = "results"

  var database: String {
    results.hasSuffix(".sqlite") || results.hasSuffix(".db")
      ? results : (results.hasSuffix("/") ? String(results.dropLast()) : results) + "/harness.sqlite"
  }

  /// The option as it must be repeated, empty where it is the default.
  var repeated: String { results == "results" ? "" : " --results " + shellWord(results) }
}
