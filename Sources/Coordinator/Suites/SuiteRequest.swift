import Observations

/// The suite a scenario is made of, as its key `conformance` asks for it.
public struct SuiteRequest: Sendable, Equatable {
  /// Which suite, and in which form it comes.
  public enum Kind: String, Sendable, CaseIterable {
    /// The specification's scripts (`.wast`).
    case spec
    /// WASI preview 1: modules with manifests.
    case wasi
  }

  /// Scripts of the specification that are run with the same features.
  public struct Proposal: Sendable, Equatable {
    /// Its name in reports.
    public var name: String
    /// Folder of its scripts, relative to the suite's.
    public var folder: String
    /// Features that are on beyond the runtime's usual ones.
    public var enable: [String] = []
    /// Features that are off.
    public var disable: [String] = []
  }

  /// Which suite.
  public var kind: Kind
  /// Path of the list of the suite's files, from which it is fetched; nil where it has to be given.
  public var files: String?
  /// Runtime → path of its expectations file.
  public var expectations: [String: String] = [:]
  /// In the order of tables; none for WASI.
  public var proposals: [Proposal] = []

  /// The variable of the environment that names the suite's folder, where the command line does not.
  public var variable: String { kind == .spec ? "HARNESS_SPEC_SUITE" : "HARNESS_WASI_SUITE" }
}

/// What the command line says about a suite.
public struct SuiteOptions: Sendable {
  /// Its folder; nil for the one the environment names, or a fetched one.
  public var folder: String?
  /// Where to fetch it from instead of the list's own place.
  public var source: String?
  /// Only tests of these names; nil for all.
  public var names: [String]?
  /// Runtime → expectations file, before those of the scenario.
  public var expectations: [String: String] = [:]
  /// Without arguments: all tests, as the scenario says.
  public init() {}
}
