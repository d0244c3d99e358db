import ArgumentParser
import Coordinator
import Foundation

/// `harness import`: exported runs back into a database, and the past that other tools measured.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Takes exported runs, and other tools' results, into the database.",
    discussion: """
      EXAMPLES:
        harness import main.json
        harness import shards/*.json --results /var/lib/harness
        harness import past.csv --scenario startup --branch main       columns date, value and more, see Docs/formats.md
        harness import hyperfine.json --date 2026-01-31 --commit 1a2b3c4
        harness import gbench-*.json pytest.json

      What a file is, is seen from its content: a run of harness export; CSV; the JSON of google-benchmark, hyperfine (--export-json) or
      pytest-benchmark. Other tools' results have no trials: they are points for harness history, and nothing else.
      Importing a run twice changes nothing; a run that went on since it was imported is completed. A file is taken in as a whole or not
      at all.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case harness, csv
    case googleBenchmark = "google-benchmark"
    case hyperfine
    case pytestBenchmark = "pytest-benchmark"

    var foreign: ForeignFormat? { ForeignFormat(rawValue: rawValue) }
  }

  @Argument(help: ArgumentHelp("Files written by harness export or another tool.", valueName: "FILE"))
  var files: [String]
  @OptionGroup var results: ResultsOptions
  @Flag(help: "Print JSON.") var json = false
  @Option(help: ArgumentHelp("What the files are: \(Format.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "FORMAT"))
  var format: Format?
  @Option(help: ArgumentHelp("What other tools' series are of; without it the file's name.", valueName: "NAME"))
  var scenario: String?
  @Option(help: ArgumentHelp("The branch other tools' results are of.", valueName: "NAME"))
  var branch: String?
  @Option(help: ArgumentHelp("The commit other tools' results are of.", valueName: "ID"))
  var commit: String?
  @Option(
    help: ArgumentHelp("When a file of one run was measured; without it what the file says, or when it was written.", valueName: "DATE"))
  var date: String?
  @Option(help: ArgumentHelp("The column of a CSV file that holds the numbers.", valueName: "COLUMN"))
  var value: String?

  private struct ForeignOutcome: Codable {
    var file: String
    var format: String
    var runs: Int
    var added: Int
  }

  private struct Outcomes: Codable {
    var exported: [ImportOutcome] = []
    var foreign: [ForeignOutcome] = []
  }

  func run() throws {
    let store = try Store(at: results.database)
    var outcomes = Outcomes()
    for file in files {
      if let foreign = try foreignFormat(of: file) {
        let outcome = try take(file, foreign, store)
        outcomes.foreign.append(outcome)
        if !json {
          Console.print(
            "\(file): \(outcome.runs) run(s) of \(outcome.format), \(outcome.added) added, \(outcome.runs - outcome.added) known already")
        }
      } else {
        let outcome = try store.importRun(file)
        outcomes.exported.append(outcome)
        if !json { Console.print("\(outcome.run): \(outcome.added) trial(s) added, \(outcome.known) known already") }
      }
    }
    guard json else { return }
    Console.print(try outcomes.foreign.isEmpty ? encoded(outcomes.exported) : encoded(outcomes))
  }

  private var options: ForeignOptions {
    ForeignOptions(scenario: scenario, branch: branch, commit: commit, date: date, valueColumn: value)
  }

  /// Nil for a run of ours.
  private func foreignFormat(of file: String) throws -> ForeignFormat? {
    if let format { return format.foreign }
    return try ForeignFile(file, options: options).format()
  }

  private func take(_ file: String, _ format: ForeignFormat, _ store: Store) throws -> ForeignOutcome {
    let runs = try ForeignFile(file, options: options).runs(format)
    return ForeignOutcome(file: file, format: format.rawValue, runs: runs.count, added: try store.importRuns(runs))
  }
}
