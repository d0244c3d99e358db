import Observations

/// A conformance run as CSV: a row for every assertion in every runtime, what was skipped included.
extension ConformanceReport {
  /// The columns of `Docs/formats.md`.
  public func csv() -> String {
    typealias Row = (suite: TestedSuite, test: TestedSuite.Test, assertion: TestedAssertion)
    let columns: [CSVTable<Row>.Column] = [
      ("suite", \.suite.name), ("proposal", { Self.part(of: $0.test.name, in: $0.suite.name) }), ("test", \.test.name),
      ("runtime", \.suite.runtime), ("version", \.suite.version), ("line", { $0.assertion.line > 0 ? "\($0.assertion.line)" : "" }),
      ("kind", \.assertion.kind), ("outcome", \.assertion.outcome.rawValue), ("detail", { $0.assertion.detail ?? "" }),
    ]
    return CSVTable(columns: columns).text(
      suites.flatMap { suite in suite.tests.flatMap { test in test.assertions.map { (suite, test, $0) } } })
  }
}
