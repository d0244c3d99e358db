/// What became of a script's commands. Every assertion is in exactly one of the three counts; another command (`module`, `register`, an
/// action alone) is in none of them when it works.
public struct ScriptResult: Sendable, Equatable {
  /// The converted script's path.
  public var file: String
  /// The `.wast` file's name.
  public var source: String
  /// Every assertion, and every other command that failed or could not be tried, in the script's order.
  public internal(set) var assertions: [Assertion] = []
  /// Commands that passed though the words of an error differ from the script's.
  public internal(set) var warnings: [Note] = []

  /// One command and what became of it.
  public struct Assertion: Sendable, Equatable {
    /// What was expected and what happened, or why nothing could be tried; empty where it passed.
    public var note: Note
    /// The command's name, for instance `assert_return`.
    public var command: String
    /// What became of it.
    public var outcome: Outcome
  }

  /// What became of a command; the raw values are what a report on a descriptor says.
  public enum Outcome: String, Sendable {
    /// It did what the script says.
    case passed = "pass"
    /// It did something else.
    case failed = "fail"
    /// It could not be tried at all, or what came of it says nothing.
    case skipped = "skip"
  }

  /// A line of the script and what there is to say of it.
  public struct Note: Sendable, Equatable {
    /// Of the `.wast` file, counted from 1.
    public var line: Int
    /// What was expected and what happened, or why nothing could be tried.
    public var text: String
  }

  /// One note for every command that did something else.
  public var failures: [Note] { notes(.failed) }
  /// Why commands could not be tried at all, or why what came of them says nothing.
  public var skips: [Note] { notes(.skipped) }
  /// Assertions that passed.
  public var passed: Int { assertions.count { $0.outcome == .passed } }
  /// Commands that failed.
  public var failed: Int { assertions.count { $0.outcome == .failed } }
  /// Commands that could not be tried.
  public var skipped: Int { assertions.count { $0.outcome == .skipped } }

  private func notes(_ outcome: Outcome) -> [Note] { assertions.filter { $0.outcome == outcome }.map(\.note) }

  /// `N passed, M failed, K skipped`
  public var summary: String { "\(passed) passed, \(failed) failed, \(skipped) skipped" }
}

extension ScriptResult {
  /// All results as a JUnit report: one suite for each script, one case for each failure and skip, and one for the rest.
  public static func junit(_ results: [ScriptResult]) -> String {
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n"
    for result in results {
      let name = escape(result.source)
      let count = result.passed + result.failed + result.skipped
      text += "  <testsuite name=\"\(name)\" tests=\"\(count)\" failures=\"\(result.failed)\" skipped=\"\(result.skipped)\">\n"
      for note in result.failures {
        text += "    <testcase classname=\"\(name)\" name=\"line \(note.line)\"><failure message=\"\(escape(note.text))\"/></testcase>\n"
      }
      for note in result.skips {
        text += "    <testcase classname=\"\(name)\" name=\"line \(note.line)\"><skipped message=\"\(escape(note.text))\"/></testcase>\n"
      }
      if result.passed > 0 { text += "    <testcase classname=\"\(name)\" name=\"\(result.passed) passed\"/>\n" }
      text += "  </testsuite>\n"
    }
    return text + "</testsuites>\n"
  }

  private static func escape(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case _ where scalar.value < 0x20: result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
