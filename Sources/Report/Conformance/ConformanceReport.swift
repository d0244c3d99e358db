import Observations

/// What a conformance run says: every test in every runtime, and how many assertions of each suite did what.
public struct ConformanceReport: Sendable {
  /// Every test of every runtime of the run, suite by suite in the run's order.
  public var suites: [TestedSuite]
  /// Runtimes that could not run, and how to get them.
  public var unavailable: [Unavailable]

  /// - Parameter results: of a conformance run.
  public init(_ results: RunResults) {
    unavailable = results.unavailable
    let tested = Dictionary(grouping: results.assertions ?? [], by: \.runtime).mapValues { tests in
      Dictionary(tests.map { ($0.workload, $0.assertions) }) { $1 }
    }
    let seconds = Dictionary(grouping: results.observations, by: \.runtime).mapValues { trials in
      Dictionary(trials.map { ($0.workload, Double($0.times.exited &- $0.times.spawned) / 1e9) }) { $1 }
    }
    suites = results.workloads.compactMap(\.test?.suite).uniqued.flatMap { suite in
      results.runtimes.map { runtime in
        let tests = results.workloads.compactMap { workload -> TestedSuite.Test? in
          guard let test = workload.test, test.suite == suite else { return nil }
          let skip = test.skips[runtime.name] ?? "the run ended before it"
          return TestedSuite.Test(
            name: test.name,
            assertions: tested[runtime.name]?[workload.name] ?? [TestedAssertion(outcome: .skip, detail: skip)],
            seconds: seconds[runtime.name]?[workload.name] ?? 0)
        }
        return TestedSuite(
          name: suite, runtime: runtime.name, version: Self.version(results.environment?.tools[runtime.name]), tests: tests)
      }
    }
  }

  /// Assertions with some outcome, everywhere.
  public func count(_ outcome: TestOutcome) -> Int { suites.reduce(0) { $0 + $1.count(outcome) } }
  /// Assertions that failed, or passed although they are marked as known failures.
  public var failures: Int { count(.fail) + count(.xpass) }
  /// Assertions that say anything at all.
  public var tried: Int { suites.reduce(0) { $0 + $1.tests.reduce(0) { $0 + $1.assertions.count { $0.outcome != .skip } } } }

  /// The number in what a program says of its version.
  private static func version(_ line: String?) -> String {
    guard let line else { return "unknown" }
    return line.split(separator: " ").first { $0.first?.isNumber == true }.map(String.init) ?? line
  }
}

/// A suite in one runtime.
public struct TestedSuite: Sendable {
  /// As the suite calls itself.
  public var name: String
  /// Name of the runtime.
  public var runtime: String
  /// Of the runtime, or `unknown`.
  public var version: String
  /// In the run's order.
  public var tests: [Test]

  /// One test.
  public struct Test: Sendable {
    /// Unique in the suite.
    public var name: String
    /// Never empty: a test that was not run is one that was skipped.
    public var assertions: [TestedAssertion]
    /// How long it took; 0 where it was not run.
    public var seconds: Double

    /// The worst of its assertions; a test is skipped where all of them are.
    public var outcome: TestOutcome {
      [.fail, .xpass, .xfail, .pass].first { outcome in assertions.contains { $0.outcome == outcome } } ?? .skip
    }
    /// Assertions that fail a run.
    public var failures: [TestedAssertion] { assertions.filter(\.outcome.isFailure) }
  }

  /// Assertions with some outcome.
  public func count(_ outcome: TestOutcome) -> Int { tests.reduce(0) { $0 + $1.assertions.count { $0.outcome == outcome } } }
  /// Tests with some outcome.
  public func tests(_ outcome: TestOutcome) -> Int { tests.count { $0.outcome == outcome } }
}

extension TestedAssertion {
  /// What it says of itself in a list: "line 12, assert_trap: expected …".
  var sentence: String {
    let place = line > 0 ? "line \(line), \(kind): " : ""
    let surprise = outcome == .xpass ? "passed, but " : ""
    return place + surprise + (detail ?? outcome.rawValue)
  }
}
