import Observations

/// A conformance run as JUnit: a suite for each suite in each runtime. A test that is one assertion is one case; of a script every assertion
/// that did not simply pass is a case of its own, and those that did are one together, which says how many.
extension ConformanceReport {
  /// XML with a line feed at its end.
  public func junit() -> String {
    JUnit(
      suites: suites.map { suite in
        JUnit.Suite(
          name: "\(suite.name) in \(suite.runtime)", cases: suite.tests.flatMap { Self.cases(of: $0, suite) },
          seconds: suite.tests.reduce(0) { $0 + $1.seconds })
      }
    ).text
  }

  private static func cases(of test: TestedSuite.Test, _ suite: TestedSuite) -> [JUnit.Case] {
    let className = "\(suite.name).\(suite.runtime).\(test.name)"
    let isWhole = test.assertions.count == 1 && test.assertions[0].line == 0
    let told = test.assertions.filter { $0.outcome != .pass || isWhole }.map { assertion in
      var one = JUnit.Case(
        className: className, name: assertion.line > 0 ? "line \(assertion.line): \(assertion.kind)" : test.name, seconds: test.seconds)
      let sentence = assertion.sentence
      switch assertion.outcome {
      case .pass: break
      case .fail, .xpass: one.result = .failure(type: assertion.outcome.rawValue, message: sentence)
      case .skip: one.result = .skipped(message: sentence)
      case .xfail: one.output = "failed as is known: \(sentence)"
      }
      return one
    }
    let passed = test.assertions.count { $0.outcome == .pass }
    guard passed > 0, !isWhole else { return told }
    return told + [JUnit.Case(className: className, name: "\(passed) assertions that passed", seconds: test.seconds)]
  }
}
