/// A run as it is stored: what was asked, where it ran, and everything observed. Reports and comparisons are made from this value alone.
public struct RunResults: Codable, Sendable, Equatable {
  /// What was asked for.
  public var run: RunDescription
  /// Of the first attempt that recorded one; nil where none did.
  public var environment: MachineEnvironment?
  /// In the plan's order.
  public var workloads: [Workload]
  /// In the plan's order, without those that were missing when the run was planned.
  public var runtimes: [RuntimeDescription]
  /// Runtimes that could not run, at planning or later; there is no observation of them.
  public var unavailable: [Unavailable]
  /// One for every trial, whatever its outcome.
  public var observations: [Observation]
  /// What was counted, one entry for every workload and runtime; nil where the scenario asks for no such metric.
  public var counts: [Counts]?
  /// What became of tests, one entry for every workload and runtime; nil where the run is of no conformance suite.
  public var assertions: [TestedAssertions]?
  /// Leaves `counts` and `assertions` nil.
  public init(
    run: RunDescription, environment: MachineEnvironment?, workloads: [Workload], runtimes: [RuntimeDescription],
    unavailable: [Unavailable], observations: [Observation]
  ) {
    self.run = run
    self.environment = environment
    self.workloads = workloads
    self.runtimes = runtimes
    self.unavailable = unavailable
    self.observations = observations
  }
}

/// One run of one scenario.
public struct RunDescription: Codable, Sendable, Equatable {
  /// The scenario's name, the start in UTC and four random letters or digits: `startup-20250131-120000-k7fe`.
  public var id: String
  /// The scenario's name.
  public var scenario: String
  /// One line for people, from the scenario file.
  public var title: String
  /// Start, ISO 8601 in UTC.
  public var startedAt: String
  /// End, or nil for a run that was interrupted.
  public var finishedAt: String?
  /// Seeds the order of the arms inside each block; drawn where nobody gave one.
  public var seed: UInt64
  /// The declared state of the page cache before each trial.
  public var cache: CacheState
  /// Blocks asked for, per workload; with `precision` the least there are.
  public var blocks: Int
  /// Blocks are added until the first metric's paired 95 % intervals reach no further than this fraction from their ratios (0.01 is one
  /// per cent); nil for a fixed number of blocks.
  public var precision: Double?
  /// The most blocks a workload gets for the sake of `precision`.
  public var maximumBlocks: Int?
  /// The runtime ratios are taken to.
  public var baseline: String
  /// What is compared: wall time, or memory.
  public var metrics: [Metric]
  /// The workload whose wall time in the same runtime is taken off before ratios are formed (execution only), if any.
  public var subtract: String?
  /// The commit of the checkout the scenario came from, with "+" when it had changes; empty if unknown.
  public var commit: String
  /// The command line that repeats this run.
  public var command: String
  /// Differences between two workloads that the scenario expects in every runtime.
  public var differences: [ExpectedDifference]
  /// From which growth on a metric counts as a regression, as a fraction; a metric that is absent has its own default.
  public var thresholds: [Metric: Double]?
  /// The branch the checkout was on; nil where it was on none or in no checkout.
  public var branch: String?
  /// Leaves `thresholds` and `branch` nil.
  public init(
    id: String, scenario: String, title: String, startedAt: String, finishedAt: String? = nil, seed: UInt64, cache: CacheState,
    blocks: Int, baseline: String, metrics: [Metric], subtract: String? = nil, commit: String, command: String,
    differences: [ExpectedDifference] = [], precision: Double? = nil, maximumBlocks: Int? = nil
  ) {
    self.id = id
    self.scenario = scenario
    self.title = title
    self.startedAt = startedAt
    self.finishedAt = finishedAt
    self.seed = seed
    self.cache = cache
    self.blocks = blocks
    self.baseline = baseline
    self.metrics = metrics
    self.subtract = subtract
    self.commit = commit
    self.command = command
    self.differences = differences
    self.precision = precision
    self.maximumBlocks = maximumBlocks
  }

  /// From which growth on a metric counts as a regression in this run.
  public func threshold(of metric: Metric) -> Double { thresholds?[metric] ?? metric.defaultThreshold }
}

/// In every runtime the median of (`workload` − `above`), block by block, must lie within `tolerance` of `expected`.
public struct ExpectedDifference: Codable, Sendable, Equatable {
  /// A time or peak memory, never a count.
  public var metric: Metric
  /// Name of the workload with more.
  public var workload: String
  /// Name of the workload that is taken off.
  public var above: String
  /// In the metric's unit (nanoseconds or bytes), as is `tolerance`.
  public var expected: Double
  /// How far from `expected` still holds, in the metric's unit; not negative.
  public var tolerance: Double
  /// - Parameters: as the properties of the same names.
  public init(metric: Metric, workload: String, above: String, expected: Double, tolerance: Double) {
    self.metric = metric
    self.workload = workload
    self.above = above
    self.expected = expected
    self.tolerance = tolerance
  }
}

/// A measured quantity and its unit.
public enum Metric: String, Codable, Sendable, CaseIterable, CodingKeyRepresentable {
  /// From spawn to exit, nanoseconds.
  case wallTime = "wall-time"
  /// From spawn to the first byte of standard output, nanoseconds.
  case firstByte = "first-byte"
  /// User plus system time, nanoseconds.
  case cpuTime = "cpu-time"
  /// Peak memory of the whole tree, bytes.
  case peakMemory = "peak-memory"
  /// From the request to start a container's task to the first byte of its output, nanoseconds.
  case firstOutput = "first-output"
  /// What one task of a churn takes: from the first Create to the last Delete, divided by the number of tasks, nanoseconds.
  case taskTime = "task-time"
  /// The time within which half of the tasks of a load ended, from the moment each was due, nanoseconds.
  case latencyP50 = "latency-p50"
  /// The same for 99 of 100 tasks, nanoseconds.
  case latencyP99 = "latency-p99"
  /// The same for 999 of 1000 tasks, nanoseconds.
  case latencyP999 = "latency-p999"
  /// Proportional memory of an instance among those that are held: a container, a process, or an instance in a process of many. Bytes.
  case instanceMemory = "instance-memory"
  /// Proportional memory that each further instance takes, bytes.
  case instanceSlope = "instance-slope"
  /// Memory of an instance that no other process has, bytes.
  case privateMemory = "private-memory"
  /// What the cgroups of the instances are charged with, for each of them, bytes.
  case groupMemory = "group-memory"
  /// A guest's linear memory, proportionally, bytes.
  case guestMemory = "guest-memory"
  /// Proportional memory of an instance without its guest's, bytes.
  case engineMemory = "engine-memory"
  /// The time of one repetition in a process that is warm, nanoseconds.
  case steadyTime = "steady-time"
  /// What a process takes until its repetitions are steady, nanoseconds.
  case warmUpTime = "warm-up-time"
  /// WebAssembly instructions executed, as the runtime counts them.
  case guestInstructions = "guest-instructions"
  /// Calls of the C library's functions that allocate memory, of the whole tree.
  case allocations
  /// Entries into the kernel, of the whole tree.
  case systemCalls = "system-calls"
  /// Bytes of code the runtime made of the guest.
  case codeBytes = "code-bytes"
  /// Bytes of the files that were made of the guest before its first trial.
  case preparedBytes = "prepared-bytes"
  /// Instructions of the processor in user mode, of the whole tree.
  case instructions
  /// Cycles of the processor in user mode, of the whole tree.
  case cycles

  /// From which growth on it counts as a regression unless a scenario says otherwise: 3 % of a time, 5 % of memory, any of a count.
  public var defaultThreshold: Double {
    switch self {
    case .wallTime, .firstByte, .cpuTime, .firstOutput, .taskTime, .latencyP50, .latencyP99, .latencyP999, .steadyTime, .warmUpTime: 0.03
    case .peakMemory, .instanceMemory, .instanceSlope, .privateMemory, .groupMemory, .guestMemory, .engineMemory: 0.05
    case .guestInstructions, .allocations, .systemCalls, .codeBytes, .preparedBytes, .instructions, .cycles: 0
    }
  }

  /// Whether it is an amount of memory, in bytes.
  public var isMemory: Bool { self == .peakMemory || isHeldMemory }

  /// Whether only trials tell it that hold instances.
  public var isHeldMemory: Bool {
    switch self {
    case .instanceMemory, .instanceSlope, .privateMemory, .groupMemory, .guestMemory, .engineMemory: true
    default: false
    }
  }
}

extension Metric {
  /// What metrics were called when only containers were held.
  private static let formerNames: [String: Metric] = ["container-memory": .instanceMemory, "container-slope": .instanceSlope]

  /// The metric of a name, or of one that it had once.
  public init?(named name: String) {
    guard let metric = Metric(rawValue: name) ?? Self.formerNames[name] else { return nil }
    self = metric
  }

  public init(from decoder: any Decoder) throws {
    let name = try decoder.singleValueContainer().decode(String.self)
    guard let metric = Metric(named: name) else {
      throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "unknown metric \(name)"))
    }
    self = metric
  }

  public init?(codingKey: some CodingKey) { self.init(named: codingKey.stringValue) }
}

extension Observation {
  /// The trial's value of a metric, or nil where it was not observed. What is counted is not observed in trials (`RunResults.counts`).
  public func value(of metric: Metric) -> Double? {
    switch metric {
    case .wallTime: Double(times.exited) - Double(times.spawned)
    case .firstByte: times.firstByte.map { Double($0) - Double(times.spawned) }
    case .cpuTime: Double(resources.userTime) + Double(resources.systemTime)
    // Not `map(Double.init)`, which would read the number as a bit pattern.
    case .peakMemory: resources.peakMemory.map { Double($0) }
    // The phase `create` ends where the request to start is made.
    case .firstOutput:
      phases.first { $0.name == Phase.create }.flatMap { create in
        times.firstByte.map { Double($0) - Double(times.spawned) - Double(create.nanoseconds) }
      }
    case .taskTime: tasks.flatMap { $0 > 0 ? (Double(times.exited) - Double(times.spawned)) / Double($0) : nil }
    case .latencyP50: latencies.map { Double($0.latency.p50) }
    case .latencyP99: latencies.map { Double($0.latency.p99) }
    case .latencyP999: latencies.map { Double($0.latency.p999) }
    case .instanceMemory: resources.held.map { Double($0.proportional) }
    case .instanceSlope: resources.held?.slope.map { Double($0) }
    case .privateMemory: resources.held?.privateMemory.map { Double($0) }
    case .groupMemory: resources.held?.group.map { Double($0) }
    case .guestMemory: resources.held?.guest.map { Double($0) }
    case .engineMemory: resources.held?.engine.map { Double($0) }
    case .steadyTime: repetitions?.steady?.time.map { Double($0) }
    case .warmUpTime: repetitions?.steady.flatMap { $0.time == nil ? nil : Double($0.warmUpTime) }
    case .guestInstructions, .allocations, .systemCalls, .codeBytes, .preparedBytes, .instructions, .cycles: nil
    }
  }
}
