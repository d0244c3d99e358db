import ArgumentParser
import Report

/// The forms that every page has beside it, and where they go.
struct FormOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Write Markdown.", valueName: "FILE|-"))
  var markdown: String?
  @Option(help: ArgumentHelp("Write CSV, a row for everything that is told.", valueName: "FILE|-"))
  var csv: String?
  @Option(help: ArgumentHelp("Write a JUnit file.", valueName: "FILE|-"))
  var junit: String?

  func validate() throws { try check() }

  /// - Parameter others: forms that the command has besides, by their options.
  /// - Throws: `ValidationError` where two of them would go to standard output, mixed up.
  func check(_ others: [(option: String, isPrinted: Bool)] = []) throws {
    let printed = [("--markdown -", markdown == "-"), ("--csv -", csv == "-"), ("--junit -", junit == "-")]
    guard (printed + others).filter(\.1).count > 1 else { return }
    let names = (others.map(\.option) + printed.map(\.0))
    throw ValidationError("standard output takes one of \(names.dropLast().joined(separator: ", ")) and \(names[names.count - 1])")
  }

  /// Whether one of them goes to standard output, where then nothing else may stand.
  var isPrinted: Bool { [markdown, csv, junit].contains("-") }
  /// Whether anything was asked for.
  var isGiven: Bool { [markdown, csv, junit].contains { $0 != nil } }

  /// Writes those that were asked for, and makes no other.
  /// - Throws: `CoordinatorError.cannotCreate`.
  func write(markdown: @autoclosure () -> String, csv: @autoclosure () -> String, junit: @autoclosure () -> String) throws {
    if let path = self.markdown { try OutputFile.write(markdown(), to: path) }
    if let path = self.csv { try OutputFile.write(csv(), to: path) }
    if let path = self.junit { try OutputFile.write(junit(), to: path) }
  }
}
