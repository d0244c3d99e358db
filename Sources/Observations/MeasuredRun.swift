/// A run as comparisons need it: what was asked, where it ran, and for every arm the figures of its trials in columns.
///
/// It takes about fifty bytes a trial where an `Observation` takes several hundred, so that a million trials can be compared in a
/// small process. Made by a `MeasuredRunBuilder`, from a database, a file or results in memory alike.
public struct MeasuredRun: Sendable {
  /// What was asked for.
  public var run: RunDescription
  /// Of the first attempt that recorded one; nil where none did.
  public var environment: MachineEnvironment?
  /// In the plan's order.
  public var workloads: [Workload]
  /// In the plan's order, without those that were missing when the run was planned.
  public var runtimes: [RuntimeDescription]
  /// Runtimes that could not run, at planning or later; there is no trial of them.
  public var unavailable: [Unavailable]
  /// In the order of the workloads and runtimes.
  public var arms: [MeasuredArm]
  /// What was counted; nil where the scenario asks for nothing of the kind.
  public var counts: [Counts]?
  /// What became of tests; nil where the run is of no conformance suite.
  public var assertions: [TestedAssertions]?
  /// Trials that are stored and do not count: of blocks that are not finished, or that a later attempt measured again.
  public var supersededTrials = 0
  /// Those of them that did not pass.
  public var supersededFailures = 0

  /// Nil where the workload was not to run in the runtime.
  public func arm(_ workload: String, _ runtime: String) -> MeasuredArm? {
    arms.first { $0.workload == workload && $0.runtime == runtime }
  }

  /// Trials that count, whatever became of them.
  public var trials: Int { arms.reduce(0) { $0 + $1.trials } }
}

/// The trials of one workload in one runtime.
public struct MeasuredArm: Sendable {
  /// Name of the workload.
  public let workload: String
  /// Name of the runtime.
  public let runtime: String
  /// The block of every trial that passed, ascending.
  public private(set) var blocks: [Int32] = []
  private static let metrics = Metric.timed
  /// A column a metric, in the order of `metrics`: the values of the trials that passed, NaN where one was not observed. Empty where none was.
  private var columns: [[Double]] = Self.metrics.map { _ in [] }
  /// Phases inside the runtime in the order they happened, a value for every trial that passed; NaN where it reported none.
  private var phaseColumns: [(name: String, values: [Double])] = []
  /// Involuntary switches, and what else invalidates a trial, for every trial that passed.
  private var switches: [UInt64] = []
  private var invalidations: [Invalidation?] = []
  private var theft = Theft()
  /// Trials that did not pass.
  public private(set) var failures: [FailedTrials] = []
  /// Trials that passed, but whose clock readings contradict each other, or that took no time: a worker recorded nonsense. They are in no column.
  public private(set) var contradictions = 0

  /// Without trials; a `MeasuredRunBuilder` adds them.
  public init(workload: String, runtime: String) {
    self.workload = workload
    self.runtime = runtime
  }

  /// Trials that answered right, invalidated ones included.
  public var passed: Int { blocks.count }
  /// Trials that count and did not pass.
  public var failed: Int { failures.reduce(0) { $0 + $1.count } }
  /// Trials that count: `passed`, `failed` and `contradictions` together.
  public var trials: Int { passed + failed + contradictions }

  /// Trials that passed but were disturbed, by reason. They are counted and shown, and in no value.
  public var invalidated: [Invalidation: Int] {
    invalidations.reduce(into: [:]) { counts, reason in if let reason { counts[reason, default: 0] += 1 } }
  }

  /// Whether so many trials were disturbed that the arm says nothing, or so much time was stolen from all of them together.
  public var isNoisy: Bool {
    Double(invalidated.values.reduce(0, +)) > Validity.noisyShare * Double(passed) || theft.isLarge(trials: passed)
  }

  /// The values of a metric and the blocks they are from. Trials that were disturbed, or in which it was not observed, are left out.
  public func values(of metric: Metric) -> (blocks: [Int32], values: [Double]) {
    let column = Self.metrics.firstIndex(of: metric).map { columns[$0] } ?? []
    guard !column.isEmpty else { return ([], []) }
    let known = column.indices.filter { invalidations[$0] == nil && !column[$0].isNaN }
    if known.count == column.count { return (blocks, column) }
    return (known.map { blocks[$0] }, known.map { column[$0] })
  }

  /// The phases inside the runtime, in the order they happened, nanoseconds; undisturbed trials only.
  public var phases: [(name: String, values: [Double])] {
    phaseColumns.map { phase in
      (phase.name, phase.values.indices.filter { invalidations[$0] == nil && !phase.values[$0].isNaN }.map { phase.values[$0] })
    }
  }

  /// What no phase accounts for, for every trial that reported phases: starting the process, loading the runtime, leaving.
  public var timeOutsidePhases: [Double] {
    let wall = columns[Self.metrics.firstIndex(of: .wallTime)!]
    return blocks.indices.filter { invalidations[$0] == nil }.compactMap { trial in
      let reported = phaseColumns.map { $0.values[trial] }.filter { !$0.isNaN }
      return reported.isEmpty ? nil : wall[trial] - reported.reduce(0, +)
    }
  }

  /// - Precondition: the trial is of this arm and counts.
  mutating func add(_ trial: Observation, cache: CacheState, cpuCount: Int) {
    guard trial.outcome == .passed else {
      if let known = failures.firstIndex(where: { $0.outcome == trial.outcome }) {
        failures[known].count += 1
      } else {
        failures.append(FailedTrials(outcome: trial.outcome, count: 1, firstDetail: trial.detail))
      }
      return
    }
    guard trial.times.exited > trial.times.spawned, trial.times.firstByte.map({ $0 >= trial.times.spawned }) ?? true else {
      contradictions += 1
      return
    }
    theft.add(trial, cpuCount: cpuCount)
    let row = blocks.count
    blocks.append(Int32(clamping: trial.block))
    switches.append(trial.evidence.involuntarySwitches)
    // Whether switches are many is known when all trials are.
    invalidations.append(Invalidation.reason(for: trial, usualSwitches: .max / 20, cache: cache, cpuCount: cpuCount))
    for column in Self.metrics.indices {
      let value = trial.value(of: Self.metrics[column])
      // Most metrics are observed in few runs.
      if value != nil, columns[column].isEmpty { columns[column] = Array(repeating: .nan, count: row) }
      if value != nil || !columns[column].isEmpty { columns[column].append(value ?? .nan) }
    }
    for column in phaseColumns.indices { phaseColumns[column].values.append(.nan) }
    for phase in trial.phases {
      let value = Double(phase.nanoseconds)
      if let column = phaseColumns.firstIndex(where: { $0.name == phase.name }) {
        phaseColumns[column].values[row] = value
      } else {
        phaseColumns.append((phase.name, [Double](repeating: .nan, count: row) + [value]))
      }
    }
  }

  /// Brings the trials into the order of their blocks and finds those with many switches.
  mutating func finish() {
    if !zip(blocks, blocks.dropFirst()).allSatisfy({ $0 <= $1 }) {
      let order = blocks.indices.sorted { blocks[$0] < blocks[$1] }
      blocks = order.map { blocks[$0] }
      switches = order.map { switches[$0] }
      invalidations = order.map { invalidations[$0] }
      for column in columns.indices where !columns[column].isEmpty { columns[column] = order.map { columns[column][$0] } }
      for column in phaseColumns.indices { phaseColumns[column].values = order.map { phaseColumns[column].values[$0] } }
    }
    guard !switches.isEmpty else { return }
    let usual = switches.sorted()[(switches.count - 1) / 2]
    for trial in switches.indices where invalidations[trial] == nil && Invalidation.hasManySwitches(switches[trial], usual: usual) {
      invalidations[trial] = .involuntarySwitches
    }
  }
}

/// How often an arm failed in one way, and what the first failure said.
public struct FailedTrials: Codable, Sendable, Equatable {
  /// Any but `.passed`.
  public var outcome: Outcome
  /// At least 1.
  public var count: Int
  /// `Observation.detail` of the first one that was read.
  public var firstDetail: String
  /// - Parameters: as the properties of the same names.
  public init(outcome: Outcome, count: Int, firstDetail: String) {
    self.outcome = outcome
    self.count = count
    self.firstDetail = firstDetail
  }
}

/// Collects the trials of a run, one after the other, in any order.
public struct MeasuredRunBuilder {
  private var measured: MeasuredRun
  private var places: [String: [String: Int]] = [:]
  /// Trials mostly arrive in runs of one workload; this spares a lookup.
  private var lastWorkload = ""
  private var lastPlaces: [String: Int] = [:]
  private let caches: [String: CacheState]
  private var lastCache: CacheState

  /// Arms without trials for everything the workloads are to run in.
  public init(
    run: RunDescription, environment: MachineEnvironment?, workloads: [Workload], runtimes: [RuntimeDescription],
    unavailable: [Unavailable], counts: [Counts]? = nil, assertions: [TestedAssertions]? = nil
  ) {
    caches = workloads.caches
    lastCache = run.cache
    measured = MeasuredRun(
      run: run, environment: environment, workloads: workloads, runtimes: runtimes, unavailable: unavailable, arms: [], counts: counts,
      assertions: assertions)
    for workload in workloads { for runtime in runtimes where workload.arms.contains(runtime.name) { place(workload.name, runtime.name) } }
  }

  /// - Precondition: the trial counts: it is the only one of its arm in its block.
  public mutating func add(_ trial: Observation) {
    if trial.workload != lastWorkload {
      lastWorkload = trial.workload
      lastPlaces = places[trial.workload] ?? [:]
      lastCache = caches[trial.workload] ?? measured.run.cache
    }
    measured.arms[lastPlaces[trial.runtime] ?? place(trial.workload, trial.runtime)].add(
      trial, cache: lastCache, cpuCount: measured.environment?.cpuCount ?? 1)
  }

  /// Counts a trial that does not count.
  public mutating func supersede(_ outcome: Outcome) {
    measured.supersededTrials += 1
    if outcome != .passed { measured.supersededFailures += 1 }
  }

  /// Puts the trials into the order of their blocks and decides which of them had unusually many switches.
  public consuming func finish() -> MeasuredRun {
    for arm in measured.arms.indices { measured.arms[arm].finish() }
    return measured
  }

  @discardableResult
  private mutating func place(_ workload: String, _ runtime: String) -> Int {
    measured.arms.append(MeasuredArm(workload: workload, runtime: runtime))
    places[workload, default: [:]][runtime] = measured.arms.count - 1
    lastWorkload = workload
    lastPlaces = places[workload] ?? [:]
    lastCache = caches[workload] ?? measured.run.cache
    return measured.arms.count - 1
  }
}
