import Observations

/// A conformance run as JUnit: a suite for each suite in each runtime. A test that is one assertion is one case; of a script every assertion
/// that did not simply pass is a case of its own, and those that did are one together, which says how many.
extension ConformanceReport {
  /// XML with a line feed at its end.
  public func junit() -> String {
    let texts = suites.map(Self.text)
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites>
      \(texts.joined(separator: "\n"))
      </testsuites>

      """
  }

  private static func text(_ suite: TestedSuite) -> String {
    let cases = suite.tests.flatMap { Self.cases(of: $0, suite) }
    let counts =
      "tests=\"\(cases.count)\" failures=\"\(suite.count(.fail) + suite.count(.xpass))\" errors=\"0\" skipped=\"\(suite.count(.skip))\""
    let name = escaped("\(suite.name) in \(suite.runtime)")
    return "<testsuite name=\"\(name)\" \(counts) time=\"\(suite.tests.reduce(0) { $0 + $1.seconds })\">\n"
      + "\(cases.joined(separator: "\n"))\n</testsuite>"
  }

  private static func cases(of test: TestedSuite.Test, _ suite: TestedSuite) -> [String] {
    func element(_ name: String, _ inside: String) -> String {
      "<testcase classname=\"\(escaped("\(suite.name).\(suite.runtime).\(test.name)"))\" name=\"\(escaped(name))\" time=\"\(test.seconds)\">\(inside)</testcase>"
    }
    let isWhole = test.assertions.count == 1 && test.assertions[0].line == 0
    let told = test.assertions.filter { $0.outcome != .pass || isWhole }.map { assertion in
      element(assertion.line > 0 ? "line \(assertion.line): \(assertion.kind)" : test.name, inside(assertion))
    }
    let passed = test.assertions.count { $0.outcome == .pass }
    return told + (passed > 0 && !isWhole ? [element("\(passed) assertions that passed", "")] : [])
  }

  private static func inside(_ assertion: TestedAssertion) -> String {
    let text = escaped(assertion.sentence)
    return switch assertion.outcome {
    case .pass: ""
    case .fail, .xpass: "<failure type=\"\(assertion.outcome.rawValue)\" message=\"\(text)\"/>"
    case .skip: "<skipped message=\"\(text)\"/>"
    case .xfail: "<system-out>failed as is known: \(text)</system-out>"
    }
  }
}
