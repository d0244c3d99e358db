/// What one run says of one metric of one workload in one runtime: a point of a history.
public struct HistoryPoint: Codable, Sendable, Equatable {
  /// Name of the workload.
  public var workload: String
  /// Name of the runtime.
  public var runtime: String
  /// A `Quantity` or `Metric` by its name, or what an imported file calls it.
  public var metric: String
  /// What the numbers count.
  public var unit: HistoryUnit
  /// Of the run's undisturbed trials: the median.
  public var value: Double
  /// 95 % bounds of the median; nil where they are not known.
  public var lower: Double?
  public var upper: Double?
  /// How many trials the value is of; at least 1.
  public var samples: Int

  /// - Parameters: as the properties of the same names.
  public init(
    workload: String, runtime: String, metric: String, unit: HistoryUnit, value: Double, lower: Double? = nil, upper: Double? = nil,
    samples: Int
  ) {
    self.workload = workload
    self.runtime = runtime
    self.metric = metric
    self.unit = unit
    self.value = value
    self.lower = lower
    self.upper = upper
    self.samples = samples
  }
}

/// The unit of a point: times are kept in nanoseconds, memory in bytes.
public enum HistoryUnit: String, Codable, Sendable {
  case nanoseconds = "ns"
  case bytes = "B"
  /// Anything else that is counted.
  case count = "1"
}

/// A run as a history knows it.
public struct HistoryRun: Codable, Sendable, Equatable {
  /// Identifier of the run.
  public var id: String
  /// The scenario's name, or what an imported file is of.
  public var scenario: String
  /// ISO 8601 in UTC.
  public var startedAt: String
  /// The branch its checkout was on; nil where none is known.
  public var branch: String?
  /// The commit of the checkout, with "+" when it had changes; empty if unknown.
  public var commit: String
  /// Host name and processor; empty where the run left no record of its machine. Series never join what different machines measured.
  public var machine: String
  /// The form of the file an imported run comes from; nil for a run that was measured.
  public var source: String?

  /// - Parameters: as the properties of the same names.
  public init(
    id: String, scenario: String, startedAt: String, branch: String?, commit: String, machine: String, source: String? = nil
  ) {
    self.id = id
    self.scenario = scenario
    self.startedAt = startedAt
    self.branch = branch
    self.commit = commit
    self.machine = machine
    self.source = source
  }
}

/// A run with all its points.
public struct RecordedRun: Codable, Sendable, Equatable {
  /// The run.
  public var run: HistoryRun
  /// One for every metric of every arm.
  public var points: [HistoryPoint]

  /// - Parameters: as the properties of the same names.
  public init(run: HistoryRun, points: [HistoryPoint]) {
    self.run = run
    self.points = points
  }
}
