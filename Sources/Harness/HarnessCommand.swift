import ArgumentParser
import Coordinator
import Doctor
import Foundation

/// The `harness` command: its sub-commands, and how every error becomes one line and an exit code.
@main
struct HarnessCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "harness",
    abstract: "Runs the same program in many runtimes, side by side, and says which is faster or smaller, by how much and how sure.",
    discussion: """
      EXAMPLES:
        harness run scenarios/startup.yaml
        harness report latest --html page
        harness compare latest
        harness gate --base OLD --head NEW scenarios/gate.yaml
        harness history wall-time --branch main
        harness serve
        harness conformance wasi --runtimes interpreter,wasmtime
        harness list runtimes
        harness doctor

      EXIT CODES:
        0    all measured and right
        1    a trial answered wrongly, an expected difference did not hold, a gate found a regression, or something spoils measurements
        3    stopped early; --resume goes on; a gate that cannot decide, runs that cannot be compared
        4    nothing could be measured, or there is nothing to compare
        64   bad usage
        65   a file holds something it must not
        69   a part is missing, or root's rights
        70   a defect of harness
        73   results cannot be created
        74   reading or writing failed (a full disk)
        75   somebody else holds the run or the database
        130  ended by Ctrl+C
      """,
    subcommands: [
      RunCommand.self, ReportCommand.self, CompareCommand.self, GateCommand.self, HistoryCommand.self, ServeCommand.self,
      ExportCommand.self,
      ImportCommand.self, ListCommand.self,
      AACommand.self, ConformanceCommand.self, ImageCommand.self, DoctorCommand.self,
    ])

  static func main() {
    // A machine that somebody's killed `doctor --tune` left changed would be measured as if that were its nature.
    if let line = Recovery.afterKilled(on: TuningPlaces.machine, state: TuningPlaces.state) { Console.error(line) }
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let error as CoordinatorError {
      for line in error.lines { Console.error("error: \(line)") }
      Foundation.exit(error.reason.rawValue)
    } catch {
      end(with: error)
    }
  }

  /// Help goes to standard output and ends with 0; a usage error is one line with where to read more, and 64.
  private static func end(with error: any Error) -> Never {
    let code = exitCode(for: error)
    if code == .success {
      Console.print(fullMessage(for: error))
    } else if error is ExitCode {
      // Said already.
    } else {
      let words = message(for: error).split(separator: "\n").joined(separator: " ") + unknownCommand
      let help = fullMessage(for: error).firstMatch(of: /'(harness[^']* --help)'/)?.1 ?? "harness --help"
      Console.error("error: \(words) (see: \(help))")
    }
    Foundation.exit(code.rawValue)
  }

  /// ` (did you mean run?)` where the first word is nearly a command; nothing where it is one, or like none.
  private static var unknownCommand: String {
    let names = configuration.subcommands.compactMap { $0.configuration.commandName }
    guard let word = CommandLine.arguments.dropFirst().first, !word.hasPrefix("-"), !names.contains(word) else { return "" }
    let near = suggestion(for: word, among: names)
    return near.hasPrefix(" (did you mean") ? near : ""
  }
}
