import Observations

/// What a scenario file asks, checked word by word but not yet resolved against this machine.
public struct Scenario: Sendable, Equatable {
  /// Blocks a scenario may ask for; more is a slip of the finger.
  public static let blockRange = 1...10_000
  /// The precision a scenario may ask for, as a fraction.
  public static let precisionRange = 0.001...0.5
  /// Blocks at most, where a scenario asks for a precision and does not say.
  public static let usualMaximumBlocks = 60
  /// Seconds a trial may be given.
  public static let timeLimitRange = 0.001...86_400.0
  /// Instances that a density trial may hold: each reserves eight gibibytes of a process's 128 tebibytes of addresses.
  public static let densityRange = 1...10_000
  /// Containers or processes that it may hold; more do not fit into a small machine's pids and mounts.
  public static let mostProcesses = 1000
  /// Seeds every JSON reader keeps exactly.
  public static let seedRange = 0...(1 << 53) - 1

  /// The file's path as the user gave it.
  public var path: String
  /// Letters, digits, `-`, `_` and `.`, at most 64; part of every run's identifier.
  public var name: String
  /// One line for people; the name where the file says nothing.
  public var title: String
  /// For every workload; with `precision` the least there are.
  public var blocks: Int
  /// How far a 95 % interval may reach from its ratio before blocks stop being added, as a fraction; nil for a fixed number of blocks.
  public var precision: Double?
  /// The most blocks a workload gets for the sake of `precision`.
  public var maximumBlocks: Int
  /// Seconds one trial may take.
  public var timeLimit: Double
  /// Before each trial.
  public var cache: CacheState
  /// Nil has one drawn for every run.
  public var seed: UInt64?
  /// Name of the runtime that ratios are taken to; nil leaves the choice to the planner.
  public var baseline: String?
  /// Never empty, each once; wall time where the file says nothing.
  public var metrics: [Metric]
  /// Name of the workload whose wall time is taken off for execution alone, if any.
  public var subtract: String?
  /// Names from the catalogue, each once.
  public var runtimes: [String]
  /// Each name once; may be empty where `guests` is not nil.
  public var workloads: [ScenarioWorkload]
  /// How the modules of `--guests DIR` become workloads; nil where the scenario takes none.
  public var guests: GuestTemplate?
  /// The suite whose tests are the workloads; nil for a scenario that measures.
  public var conformance: SuiteRequest?
  /// Their workloads are among `workloads`.
  public var differences: [ExpectedDifference]
  /// From which growth on a metric counts as a regression, as a fraction; nil where the file says nothing.
  public var thresholds: [Metric: Double]?

  /// From which growth on a metric counts as a regression.
  public func threshold(of metric: Metric) -> Double { thresholds?[metric] ?? metric.defaultThreshold }
}

/// One workload of a scenario, its files found.
public struct ScenarioWorkload: Sendable, Equatable {
  /// Unique in the scenario.
  public var name: String
  /// Absolute path of the module, if it has one.
  public var module: String?
  /// Absolute path of the native executable, if it is to have one; the file may still have to be built.
  public var native: String?
  /// After the program's name.
  public var arguments: [String] = []
  /// Names and values; nothing is inherited.
  public var environment: [String: String] = [:]
  /// Text on standard input; nil leaves it empty.
  public var input: String?
  /// Guest paths at each of which every trial finds a fresh, empty folder.
  public var folders: [String] = []
  /// The folder the guest works in, shared by all trials; nil for none.
  public var directory: WorkingDirectory?
  /// Exit code 0 and unchecked output unless the file or the guest says otherwise.
  public var expected = Expectation()
  /// The runtimes it runs in; nil means all of the scenario's.
  public var runtimes: [String]?
  /// Instances held at once in every trial; nil for one that is timed. At most one of this, `churn` and `load` is not nil.
  public var density: Int?
  /// Tasks that come and go in every trial; nil for one that is timed.
  public var churn: Churn?
  /// Tasks that every trial begins at a fixed rate; nil for one that is timed.
  public var load: Load?
  /// Whether it tells how long each of its repetitions took. None of `density`, `churn` and `load` is given then.
  public var repeats = false
  /// Before each of its trials; nil for what the scenario says.
  public var cache: CacheState?
  /// The test of a suite that it is; nil for a workload that is measured.
  var test: SuiteTest?

  /// What is to be run comes with the other properties.
  init(
    name: String, module: String? = nil, native: String? = nil, arguments: [String] = [], environment: [String: String] = [:],
    input: String? = nil, folders: [String] = [], directory: WorkingDirectory? = nil, expected: Expectation = Expectation(),
    runtimes: [String]? = nil
  ) {
    self.name = name
    self.module = module
    self.native = native
    self.arguments = arguments
    self.environment = environment
    self.input = input
    self.folders = folders
    self.directory = directory
    self.expected = expected
    self.runtimes = runtimes
  }
}

/// How each module of a folder becomes a workload.
public struct GuestTemplate: Sendable, Equatable {
  /// Given to every module, after the program's name.
  public var arguments: [String] = []
  /// Given to every module: names and values.
  public var environment: [String: String] = [:]
  /// The guest path at which a module sees the folder it lies in; nil shows it nothing.
  public var directory: String?
}

/// Keys of a scenario file, in the order the schema lists them.
enum ScenarioKey: String, CaseIterable {
  case name, title, blocks, precision, maximumBlocks, timeLimit, cache, seed, baseline, metrics, subtract, runtimes, workloads, guests,
    differences, thresholds, conformance
}

/// Keys of one workload.
enum WorkloadKey: String, CaseIterable {
  case name, guest, module, native, arguments, environment, input, folders, directory, expected, runtimes, cache, density, churn, load,
    repeats
}

/// Keys of a churn.
enum ChurnKey: String, CaseIterable { case tasks, parallel }

/// Keys of a load.
enum LoadKey: String, CaseIterable { case rate, tasks, parallel }

/// Keys of what a workload must answer.
enum ExpectationKey: String, CaseIterable { case output, file, exitCode }

/// Keys of the template for `--guests DIR`.
enum GuestTemplateKey: String, CaseIterable { case arguments, environment, directory }

/// Keys of a suite.
enum SuiteKey: String, CaseIterable { case suite, files, expectations, proposals }

/// Keys of a proposal.
enum ProposalKey: String, CaseIterable { case name, folder, enable, disable }

/// Keys of an expected difference.
enum DifferenceKey: String, CaseIterable { case metric, workload, above, expected, tolerance }
