/// A JUnit file, which most continuous-integration services show. Every report is written through it, so that all of them count alike.
struct JUnit {
  /// What one test case came to.
  enum Result {
    case passed
    case failure(type: String, message: String, text: String = "")
    case error(type: String, message: String, text: String = "")
    case skipped(message: String)
  }

  struct Case {
    /// What the case is of; services group by it.
    var className: String
    /// Unique among the cases of its class.
    var name: String
    var result = Result.passed
    /// What there is to say whatever the result; empty for nothing.
    var output = ""
    /// Nil where nothing was timed.
    var seconds: Double?
  }

  struct Suite {
    var name: String
    var cases: [Case]
    /// ISO 8601; JUnit knows no time zone.
    var startedAt: String?
    /// Nil where nothing was timed.
    var seconds: Double?
    /// Lines about the suite as a whole.
    var output: [String] = []
  }

  /// Of all suites together; nil for none.
  var name: String?
  var suites: [Suite]

  /// XML with a line feed at its end.
  var text: String {
    let attributes = name.map { " name=\"\(escaped($0))\" \(Self.counts(suites.flatMap(\.cases)))" } ?? ""
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites\(attributes)>
      \(suites.map(Self.text).joined(separator: "\n"))
      </testsuites>

      """
  }

  private static func text(_ suite: Suite) -> String {
    let startedAt = suite.startedAt.map { " timestamp=\"\(escaped(String($0.prefix(19))))\"" } ?? ""
    let output =
      suite.output.isEmpty ? [] : ["<system-out>\(suite.output.map(escaped).joined(separator: "\n"))</system-out>"]
    let lines =
      ["<testsuite name=\"\(escaped(suite.name))\" \(counts(suite.cases))\(time(suite.seconds))\(startedAt)>"]
      + suite.cases.map(text) + output + ["</testsuite>"]
    return lines.joined(separator: "\n")
  }

  private static func text(_ one: Case) -> String {
    let output = one.output.isEmpty ? "" : "<system-out>\(escaped(one.output))</system-out>"
    return
      "<testcase classname=\"\(escaped(one.className))\" name=\"\(escaped(one.name))\"\(time(one.seconds))>\(text(one.result))\(output)</testcase>"
  }

  private static func text(_ result: Result) -> String {
    func element(_ name: String, _ type: String, _ message: String, _ text: String) -> String {
      "<\(name) type=\"\(escaped(type))\" message=\"\(escaped(message))\">\(escaped(text))</\(name)>"
    }
    return switch result {
    case .passed: ""
    case .failure(let type, let message, let text): element("failure", type, message, text)
    case .error(let type, let message, let text): element("error", type, message, text)
    case .skipped(let message): "<skipped message=\"\(escaped(message))\"/>"
    }
  }

  private static func counts(_ cases: [Case]) -> String {
    var (failures, errors, skipped) = (0, 0, 0)
    for one in cases {
      switch one.result {
      case .passed: break
      case .failure: failures += 1
      case .error: errors += 1
      case .skipped: skipped += 1
      }
    }
    return "tests=\"\(cases.count)\" failures=\"\(failures)\" errors=\"\(errors)\" skipped=\"\(skipped)\""
  }

  private static func time(_ seconds: Double?) -> String { seconds.map { " time=\"\($0)\"" } ?? "" }
}
