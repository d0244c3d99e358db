import Foundation
import Observations

/// An expectations file: what is known to fail in one runtime, and what is not to be run there. TOML in the form of the WASI test suite's
/// own runner, `version = 1`, `[[suite]]` with `name`, and under it `[[suite.test]]` with `name` and `action = "skip"` or `expected = "fail"`.
///
/// A script's assertion is `NAME:LINE`.
struct Expectations: Equatable {
  /// What is said of one test.
  struct Entry: Equatable {
    var known = KnownFailures()
    var isSkipped = false
  }

  /// The file, for messages.
  let path: String
  /// Suite → test → what is said of it.
  private(set) var suites: [String: [String: Entry]] = [:]
  /// Suite → the line that names it first.
  private var lines: [String: Int] = [:]

  /// Nil where nothing is said of the test.
  func entry(_ suite: String, _ test: String) -> Entry? { suites[suite]?[test] }

  /// Suites that are not there. A file may be about more suites than a copy has, so that they are told and not refused.
  func strangers(among suites: [String]) -> [String] {
    lines.filter { !suites.contains($0.key) }.sorted { $0.value < $1.value }.map { suite, line in
      "\(path):\(line):1: there is no suite \"\(suite)\" here, and what is said of it is passed over (suites: \(suites.joined(separator: ", ")))"
    }
  }

  /// Names that are of no test of their suite, which would be believed to be known failures for ever. A suite that is not there is another
  /// matter, see `strangers`.
  /// - Parameter tests: suite → its tests.
  func unknown(among tests: [String: Set<String>]) -> [String] {
    suites.keys.sorted().flatMap { suite -> [String] in
      guard let known = tests[suite] else { return [] }
      return (suites[suite] ?? [:]).keys.sorted().filter { !known.contains($0) }
        .map { "\(path): there is no test \"\($0)\" in the suite \"\(suite)\"\(suggestion(for: $0, among: known.sorted()))" }
    }
  }

  // MARK: Reading

  /// - Throws: `CoordinatorError` with every line that is wrong.
  init(_ path: String) throws {
    guard let text = textFile(path) else {
      throw CoordinatorError(.badData, "\(path): cannot be read as UTF-8 text; name an expectations file")
    }
    self.path = path
    var reader = Reader(path: path)
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() { reader.take(line, number: index + 1) }
    reader.finishTest()
    guard reader.problems.isEmpty else { throw CoordinatorError(.badData, lines: reader.problems) }
    suites = reader.suites
    lines = reader.lines
  }

  /// Reads line by line: the form needs no more of TOML than tables in lists, texts and one number.
  private struct Reader {
    let path: String
    var problems: [String] = []
    var suites: [String: [String: Entry]] = [:]
    var lines: [String: Int] = [:]
    private var place = Place.top
    private var suite: String?
    private var test: Test?

    private enum Place { case top, suite, test }
    private struct Test {
      var line: Int
      var name: String?
      var action: String?
      var expected: String?
    }

    init(path: String) { self.path = path }

    mutating func take(_ line: Substring, number: Int) {
      let text = line.trimmingCharacters(in: .whitespaces)
      switch text {
      case "": return
      case _ where text.hasPrefix("#"): return
      case _ where text.hasPrefix("["):
        finishTest()
        switch Self.withoutComment(text) {
        case "[[suite]]":
          place = .suite
          suite = nil
        case "[[suite.test]]":
          if suite == nil { problem(number, "a test comes behind the name of its suite ([[suite]], name = \"…\")") }
          place = .test
          test = Test(line: number)
        case let other: problem(number, "unknown table \(other); there are [[suite]] and [[suite.test]]")
        }
      default: assign(text, number)
      }
    }

    private mutating func assign(_ text: String, _ number: Int) {
      let parts = text.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      guard parts.count == 2 else { return problem(number, "must be KEY = \"VALUE\" or a table, found \"\(text.prefix(40))\"") }
      let (key, value) = (parts[0], parts[1])
      if place == .top {
        guard key == "version" else { return problem(number, "unknown key \"\(key)\" before the first suite (known: version)") }
        if Self.withoutComment(value) != "1" { problem(number, "version \(value): this harness reads version 1") }
        return
      }
      guard let string = Self.string(value) else {
        return problem(number, "\"\(key)\" must be a text in quotes, found \(value.prefix(40))")
      }
      switch (place, key) {
      case (.suite, "name"):
        suite = string
        lines[string] = lines[string] ?? number
      case (.test, "name"): test?.name = string
      case (.test, "action"):
        if string != "skip" { problem(number, "\"action\" cannot be \"\(string)\" (known: skip)") }
        test?.action = string
      case (.test, "expected"):
        if !["fail", "pass"].contains(string) { problem(number, "\"expected\" cannot be \"\(string)\" (known: fail, pass)") }
        test?.expected = string
      default:
        let known = place == .suite ? ["name"] : ["name", "action", "expected"]
        problem(number, "unknown key \"\(key)\"\(suggestion(for: key, among: known))")
      }
    }

    mutating func finishTest() {
      guard let test else { return }
      self.test = nil
      guard let suite, let name = test.name, !name.isEmpty else { return problem(test.line, "a test needs a \"name\"") }
      guard test.action != nil || test.expected != nil else {
        return problem(test.line, "the test \"\(name)\" needs action = \"skip\" or expected = \"fail\"")
      }
      let parts = name.split(separator: ":", maxSplits: 1)
      let line = parts.count == 2 ? Int(parts[1]) : nil
      let key = line == nil ? name : String(parts[0])
      var entry = suites[suite]?[key] ?? Entry()
      if test.action != nil {
        if line != nil { problem(test.line, "\"\(name)\": only whole tests are skipped; leave \":\(parts[1])\" out") }
        entry.isSkipped = true
      }
      if test.expected == "fail" {
        if let line { entry.known.lines.append(line) } else { entry.known.whole = true }
      }
      suites[suite, default: [:]][key] = entry
    }

    private mutating func problem(_ line: Int, _ text: String) { problems.append("\(path):\(line):1: \(text)") }

    private static func withoutComment(_ text: String) -> String {
      text.prefix { $0 != "#" }.trimmingCharacters(in: .whitespaces)
    }

    /// A text of TOML on one line, basic ("…") or literal ('…'), with at most a comment behind it; nil for anything else.
    private static func string(_ text: String) -> String? {
      guard let quote = text.first, quote == "\"" || quote == "'" else { return nil }
      var result = ""
      var rest = text.dropFirst()
      while let character = rest.popFirst() {
        if character == quote {
          let behind = rest.drop { $0 == " " || $0 == "\t" }
          return behind.isEmpty || behind.hasPrefix("#") ? result : nil
        }
        guard character == "\\", quote == "\"" else {
          result.append(character)
          continue
        }
        switch rest.popFirst() {
        case "\"": result.append("\"")
        case "\\": result.append("\\")
        case "n": result.append("\n")
        case "t": result.append("\t")
        default: return nil
        }
      }
      return nil
    }
  }
}
