/// What makes a workload a test of a conformance suite: its trials are judged, and nothing of them is timed.
public struct ConformanceTest: Codable, Sendable, Equatable {
  /// The suite's name in reports, for instance `WASI C tests [wasm32-wasip1]`, or a proposal of the specification.
  public var suite: String
  /// The test's name, unique in the suite.
  public var name: String
  /// A script of assertions; nil where the workload's module is the test.
  public var script: TestScript?
  /// Runtime → what is known to fail there.
  public var knownFailures: [String: KnownFailures]
  /// Runtime → why the test is not run there. A runtime is here or among the workload's arms, never both.
  public var skips: [String: String]

  /// - Parameters: as the properties of the same names.
  public init(
    suite: String, name: String, script: TestScript? = nil, knownFailures: [String: KnownFailures] = [:], skips: [String: String] = [:]
  ) {
    self.suite = suite
    self.name = name
    self.script = script
    self.knownFailures = knownFailures
    self.skips = skips
  }
}

/// A test script of the specification.
public struct TestScript: Codable, Sendable, Equatable {
  /// Absolute path of the `.wast` file.
  public var source: String
  /// Absolute path of the same as JSON with modules beside it; nil where no runtime needs that.
  public var converted: String?
  /// Features that are on beyond the runtime's usual ones.
  public var enable: [String]
  /// Features that are off.
  public var disable: [String]
  /// - Parameters: as the properties of the same names.
  public init(source: String, converted: String? = nil, enable: [String] = [], disable: [String] = []) {
    self.source = source
    self.converted = converted
    self.enable = enable
    self.disable = disable
  }
}

/// What an expectations file says of a test.
public struct KnownFailures: Codable, Sendable, Equatable {
  /// The test fails, somewhere.
  public var whole: Bool
  /// Lines of the script whose assertions fail.
  public var lines: [Int]
  /// Without arguments nothing is known to fail.
  public init(whole: Bool = false, lines: [Int] = []) {
    self.whole = whole
    self.lines = lines
  }
}

/// What became of one test in one runtime, told before its trial.
public struct TestedAssertions: Codable, Sendable, Equatable {
  /// Identifier of the run.
  public var run: String
  /// The attempt that tested; where several did, the last one stands.
  public var attempt: Int
  /// Name of a workload of the run.
  public var workload: String
  /// Name of the runtime.
  public var runtime: String
  /// In the script's order. A module that is a test by itself is one assertion, as is a script in a runtime that tells no more of it.
  public var assertions: [TestedAssertion]
  /// - Parameters: as the properties of the same names.
  public init(run: String, attempt: Int, workload: String, runtime: String, assertions: [TestedAssertion]) {
    self.run = run
    self.attempt = attempt
    self.workload = workload
    self.runtime = runtime
    self.assertions = assertions
  }
}

/// One assertion of a script, or a whole test.
public struct TestedAssertion: Codable, Sendable, Equatable {
  /// Line of the `.wast` file, from 1; 0 for a whole test.
  public var line: Int
  /// The command (`assert_return`, …), or `test` for a whole test.
  public var kind: String
  /// What became of it, what is known to fail being taken into account.
  public var outcome: TestOutcome
  /// What was expected and what happened, or why nothing could be tried; nil where it passed.
  public var detail: String?
  /// - Parameters: as the properties of the same names.
  public init(line: Int = 0, kind: String = TestedAssertion.wholeTest, outcome: TestOutcome, detail: String? = nil) {
    self.line = line
    self.kind = kind
    self.outcome = outcome
    self.detail = detail
  }

  /// The kind of what is no single assertion.
  public static let wholeTest = "test"
  /// The kind of what says that an expectations file is wrong.
  public static let expectation = "expectation"
}

/// What became of a test, in the words of the WASI test suite's runner.
public enum TestOutcome: String, Codable, Sendable, CaseIterable {
  /// Did what it should.
  case pass
  /// Did not.
  case fail
  /// Was not tried, and counts as nothing else.
  case skip
  /// Failed, as is known.
  case xfail
  /// Is known to fail, and passed: the expectations file is wrong.
  case xpass

  /// Whether it fails a run.
  public var isFailure: Bool { self == .fail || self == .xpass }
  /// Whether the runtime did what the suite asks, whatever is known of it.
  public var isRight: Bool { self == .pass || self == .xpass }
}

extension [TestedAssertion] {
  /// The outcomes with what is known to fail taken into account; whoever told them knows of nothing.
  public func judged(_ known: KnownFailures?) -> [TestedAssertion] {
    guard let known else { return self }
    var judged = map { assertion in
      var assertion = assertion
      let isKnown = known.whole || known.lines.contains(assertion.line)
      if isKnown, assertion.outcome == .fail { assertion.outcome = .xfail }
      // Of a script that is known to fail somewhere, what passes is no surprise.
      if assertion.outcome == .pass, known.lines.contains(assertion.line) || (known.whole && assertion.line == 0) {
        assertion.outcome = .xpass
        assertion.detail = "is marked as a known failure"
      }
      return assertion
    }
    if known.whole, !isEmpty, judged.allSatisfy({ $0.outcome == .pass || $0.outcome == .skip }),
      judged.contains(where: { $0.outcome == .pass })
    {
      judged.append(
        TestedAssertion(
          kind: TestedAssertion.expectation, outcome: .xpass, detail: "is marked as a known failure, and nothing in it fails"))
    }
    for line in known.lines where !judged.contains(where: { $0.line == line }) {
      judged.append(
        TestedAssertion(
          line: line, kind: TestedAssertion.expectation, outcome: .xpass,
          detail: "is marked as a known failure, and no assertion begins there"))
    }
    return judged
  }
}

extension RunResults {
  /// Whether the run is one of a conformance suite.
  public var isConformance: Bool { workloads.contains { $0.test != nil } }
}
