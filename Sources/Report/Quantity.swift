import Observations

/// What a table compares: a metric as it was measured, or wall time less that of the workload that does nothing.
public enum Quantity: Sendable, Hashable {
  /// In the metric's own unit.
  case metric(Metric)
  /// Wall time minus that of the run's `subtract` workload in the same runtime, in the block of the same number.
  case executionOnly

  /// Decides on units and words: nanoseconds, bytes, or a number of things.
  public enum Dimension: Sendable { case time, memory, count }

  /// The bytes of code that a runtime makes are a count, too.
  public var dimension: Dimension {
    switch self {
    case .metric(let metric) where metric.isMemory: .memory
    case .metric(let metric) where metric.isCount: .count
    case .metric, .executionOnly: .time
    }
  }

  /// What is measured, from where to where.
  public var title: String {
    switch self {
    case .metric(.wallTime): "wall time, spawn to exit"
    case .metric(.firstByte): "time to the first byte of output"
    case .metric(.cpuTime): "CPU time, user and system"
    case .metric(.peakMemory): "peak memory of the whole tree"
    case .metric(.firstOutput): "time from Start to the first byte of output"
    case .metric(.taskTime): "time for each of many tasks"
    case .metric(.latencyP50): "median latency of tasks under load"
    case .metric(.latencyP99): "latency that 99 % of tasks under load keep to"
    case .metric(.latencyP999): "latency that 99.9 % of tasks under load keep to"
    case .metric(.instanceMemory): "proportional memory of an instance among those held"
    case .metric(.instanceSlope): "proportional memory of a further instance"
    case .metric(.privateMemory): "private memory of an instance among those held"
    case .metric(.groupMemory): "memory that the cgroups are charged with for an instance"
    case .metric(.guestMemory): "linear memory of a guest"
    case .metric(.engineMemory): "proportional memory of an instance without its guest's"
    case .metric(.steadyTime): "time of a repetition in a warm process"
    case .metric(.warmUpTime): "time until repetitions are steady"
    case .metric(let count): count.countTitle
    case .executionOnly: "execution only, wall time less start-up"
    }
  }

  /// Differences below this cannot be told apart, nanoseconds or bytes. A kernel charges memory in batches (64 pages for each CPU and
  /// cgroup, MEMCG_CHARGE_BATCH in mm/memcontrol.c) and counts resident pages as coarsely.
  var resolution: Double { self == .metric(.peakMemory) ? 1_048_576 : 0 }

  /// Whether only the path `tasks` has it.
  var isOfTasks: Bool {
    switch self {
    case .metric(.firstOutput), .metric(.taskTime), .metric(.latencyP50), .metric(.latencyP99), .metric(.latencyP999): true
    default: false
    }
  }

  /// Whether only trials tell it that hold instances.
  private var isOfHeld: Bool { if case .metric(let metric) = self { metric.isHeldMemory } else { false } }
  /// Whether only trials tell it that do the same again and again.
  private var isOfRepetitions: Bool { self == .metric(.steadyTime) || self == .metric(.warmUpTime) }

  /// Whether only trials of some workloads tell it.
  var isOfSome: Bool { isOfTasks || isOfHeld || isOfRepetitions }

  /// Whether an arm is to have it: what only some trials tell is nothing that the others lack.
  func concerns(_ arm: ArmSummary) -> Bool {
    if isOfTasks, arm.path != .tasks { return false }
    return !isOfSome || arm.passed == 0 || arm.median(of: self) != nil || arm.isNoisy
  }

  /// Whether an arm can be what others are compared with. Native programs have no linear memory, for instance.
  func isKnown(of arm: ArmSummary) -> Bool { arm.passed > 0 && (!(isOfHeld || isOfRepetitions) || arm.median(of: self) != nil) }

  /// The title at the beginning of a line.
  var heading: String { title.prefix(1).uppercased() + title.dropFirst() }

  /// A name for machines and file names.
  public var identifier: String {
    switch self {
    case .metric(let metric): metric.rawValue
    case .executionOnly: "execution-only"
    }
  }

  /// "WORKLOAD … VALUE in RUNTIME".
  var verb: String {
    switch self {
    case .metric(.wallTime): "starts, runs and ends in"
    case .metric(.firstByte): "gives its first byte after"
    case .metric(.cpuTime): "uses CPU time of"
    case .metric(.peakMemory): "peaks at"
    case .metric(.firstOutput): "gives its first byte after a start of"
    case .metric(.taskTime): "takes for each task"
    case .metric(.latencyP50): "has half of its tasks done within"
    case .metric(.latencyP99): "has 99 % of its tasks done within"
    case .metric(.latencyP999): "has 99.9 % of its tasks done within"
    case .metric(.instanceMemory): "weighs for each instance"
    case .metric(.instanceSlope): "weighs for each further instance"
    case .metric(.privateMemory): "has for itself, for each instance,"
    case .metric(.groupMemory): "is charged for each instance with"
    case .metric(.guestMemory): "has linear memory of"
    case .metric(.engineMemory): "weighs for each instance, without the guest's memory,"
    case .metric(.steadyTime): "does a repetition, once warm, within"
    case .metric(.warmUpTime): "is warm after"
    case .metric: "does"
    case .executionOnly: "executes for"
    }
  }

  /// "2.1 times … in BASELINE".
  var comparative: String {
    switch self {
    case .metric(let metric) where metric == .cpuTime || metric.isMemory: "as much as"
    default: "as long as"
    }
  }

  /// A number of this quantity (nanoseconds, bytes or things counted) with its unit, for instance "1.40 ms".
  public func text(_ value: Double) -> String {
    if dimension == .count { return Tables.grouped(UInt64(max(0, min(value, 1e18)))) }
    let unit = Unit.fitting(value, dimension)
    return unit.number(value, decimals: unit.decimals(value, width: nil)) + " " + unit.symbol
  }
}

extension Quantity: Codable {
  public init(from decoder: any Decoder) throws {
    let name = try decoder.singleValueContainer().decode(String.self)
    if name == Quantity.executionOnly.identifier {
      self = .executionOnly
    } else if let metric = Metric(named: name) {
      self = .metric(metric)
    } else {
      throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "unknown quantity \(name)"))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(identifier)
  }
}
