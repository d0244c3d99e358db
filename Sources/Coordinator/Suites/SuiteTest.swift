import Observations

/// One test of a suite, before it is known which runtimes it runs in.
struct SuiteTest: Equatable {
  /// The suite's name in reports.
  var suite: String
  /// Unique in the suite.
  var name: String
  /// Absolute path; nil for a script.
  var module: String?
  var script: TestScript?
  var arguments: [String] = []
  var environment: [String: String] = [:]
  var input: String?
  /// Absolute path of the folder that the guest sees a copy of as `/`.
  var root: String?
  var expected = Expectation()
  /// Why no runtime can run it; nil where some may.
  var obstacle: String?
  /// Why its script is not there in the form that some runtimes need, where it fails.
  var unconverted: String?
  /// Runtime → what its expectations file says.
  var expectations: [String: Expectations.Entry] = [:]

  init(suite: String, name: String) {
    self.suite = suite
    self.name = name
  }

  /// Whether a command line means it: by its name, or by its suite's and its own.
  func isNamed(_ text: String) -> Bool { text == name || text == "\(suite)/\(name)" }
}
