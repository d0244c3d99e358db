import FoundationEssentials
import Observations

/// A conformance run in the form of the WASI test suite's own runner (`--json-output-location`), member for member.
extension ConformanceReport {
  /// One indented document; `run` gives the times.
  public func testsuiteJSON(of run: RunDescription) -> String {
    jsonText(
      Document(
        execution: Document.Execution(start_timestamp: run.startedAt, finish_timestamp: run.finishedAt ?? run.startedAt),
        results: suites.map(Document.Suite.init)))
  }

  private struct Document: Encodable {
    var execution: Execution
    var results: [Suite]

    struct Execution: Encodable {
      var start_timestamp: String
      var finish_timestamp: String
    }

    struct Suite: Encodable {
      var name: String
      var runtime: Runtime
      var duration_s: Double
      /// Known failures are among those that passed, as with the suite's own runner.
      var passed: Int
      var failed: Int
      var skipped: Int
      var xfailed: Int
      var xpassed: Int
      var tests: [Test]

      init(_ suite: TestedSuite) {
        name = suite.name
        runtime = Runtime(name: suite.runtime, version: suite.version)
        duration_s = suite.tests.reduce(0) { $0 + $1.seconds }
        passed = suite.tests(.pass) + suite.tests(.xfail)
        failed = suite.tests(.fail) + suite.tests(.xpass)
        skipped = suite.tests(.skip)
        xfailed = suite.tests(.xfail)
        xpassed = suite.tests(.xpass)
        tests = suite.tests.map(Test.init)
      }
    }

    struct Runtime: Encodable {
      var name: String
      var version: String
    }

    struct Test: Encodable {
      var name: String
      var executed: Bool
      var outcome: TestOutcome
      var duration_s: Double
      var failures: [String]

      init(_ test: TestedSuite.Test) {
        name = test.name
        executed = test.outcome != .skip
        outcome = test.outcome
        duration_s = test.seconds
        failures = test.assertions.filter { $0.outcome == .fail || $0.outcome == .xfail }.map(\.sentence)
      }
    }
  }
}
