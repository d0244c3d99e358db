/// What one workload does in one runtime, counted rather than timed: figures that do not depend on how fast or how busy the machine is.
public struct Counts: Codable, Sendable, Equatable {
  /// Identifier of the run.
  public var run: String
  /// The attempt that counted; where several did, the last one stands.
  public var attempt: Int
  /// Name of a workload of the run.
  public var workload: String
  /// Name of the runtime that the workload runs in.
  public var runtime: String
  /// One entry for every metric asked for, also for those that could not be counted.
  public var counts: [Count]

  /// - Parameters: as the properties of the same names.
  public init(run: String, attempt: Int, workload: String, runtime: String, counts: [Count]) {
    self.run = run
    self.attempt = attempt
    self.workload = workload
    self.runtime = runtime
    self.counts = counts
  }
}

/// One metric counted a few times.
public struct Count: Codable, Sendable, Equatable {
  /// One with `isCount`.
  public var metric: Metric
  /// One value for every repetition, in the metric's unit (bytes, or a number of things); empty where it could not be counted.
  public var values: [UInt64]
  /// Why it could not be counted, in one line.
  public var unavailable: String?

  /// Either with values or with the reason why there are none.
  public init(metric: Metric, values: [UInt64] = [], unavailable: String? = nil) {
    self.metric = metric
    self.values = values
    self.unavailable = unavailable
  }

  /// The smallest of the repetitions: what came on top in another one is not the program's own.
  public var value: UInt64? { values.min() }
  /// Whether every repetition, of at least two, gave the same.
  public var isDeterministic: Bool { values.count >= 2 && values.allSatisfy { $0 == values[0] } }
  var result: (value: UInt64, isDeterministic: Bool)? { value.map { ($0, isDeterministic) } }
}

extension Metric {
  /// Whether it is counted in trials of its own and not timed in every trial.
  public var isCount: Bool {
    switch self {
    case .wallTime, .firstByte, .cpuTime, .peakMemory, .firstOutput, .taskTime, .latencyP50, .latencyP99, .latencyP999, .instanceMemory,
      .instanceSlope, .privateMemory, .groupMemory, .guestMemory, .engineMemory, .steadyTime, .warmUpTime:
      false
    case .guestInstructions, .allocations, .systemCalls, .codeBytes, .preparedBytes, .instructions, .cycles: true
    }
  }

  /// The metrics of every trial.
  public static let timed = allCases.filter { !$0.isCount }

  /// Whether the runtime itself counts it (`--counts-fd`), and not the kernel.
  public var isCountedByRuntime: Bool { self == .guestInstructions || self == .codeBytes }
}

extension [Metric] {
  /// Those of every trial; wall time where only counts are asked for.
  public var timed: [Metric] {
    let timed = filter { !$0.isCount }
    return timed.isEmpty ? [.wallTime] : timed
  }
}

extension RunDescription {
  /// The metrics of every trial; wall time where only counts are asked for.
  public var timedMetrics: [Metric] { metrics.timed }
}

extension [Counts] {
  /// What was counted of a metric; nil where it was not asked for.
  public func count(of metric: Metric, workload: String, runtime: String) -> Count? {
    first { $0.workload == workload && $0.runtime == runtime }?.counts.first { $0.metric == metric }
  }
}

extension RunResults {
  /// The value of a counted metric, and whether every repetition gave the same; nil where it was not counted.
  public func count(of metric: Metric, workload: String, runtime: String) -> (value: UInt64, isDeterministic: Bool)? {
    counts?.count(of: metric, workload: workload, runtime: runtime)?.result
  }
}

extension MeasuredRun {
  /// The value of a counted metric, and whether every repetition gave the same; nil where it was not counted.
  public func count(of metric: Metric, workload: String, runtime: String) -> (value: UInt64, isDeterministic: Bool)? {
    counts?.count(of: metric, workload: workload, runtime: runtime)?.result
  }
}
