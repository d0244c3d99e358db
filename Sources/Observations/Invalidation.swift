/// Why a trial that passed enters no estimate: recorded evidence that the machine disturbed it. Never its value, which is what is measured.
///
/// A single stolen tick and pressure are recorded and shown but invalidate nothing. Both are of the whole machine; and a tick meets a long
/// trial more often than a short one, so that leaving out whatever it meets would leave out slow trials: a selection by value after all.
public enum Invalidation: String, Codable, Sendable, CaseIterable {
  /// It read from disk although its files were declared to be in memory, often enough to show in its time.
  case majorFaults = "major-faults"
  /// A hypervisor took away more than a tenth of the CPU time there was.
  case stolenTime = "stolen-time"
  /// Its process waited for a CPU for more than half of its time, and longer than a scheduler makes every process wait on a machine with
  /// other work: that befalls all arms alike, blocks pair it away, and it must not leave a run of short trials without any.
  case runDelay = "run-delay"
  /// A CPU was slowed down for heat.
  case throttled
  /// Somebody set the clock.
  case clockStep = "clock-step"
  /// Its processes were pushed off their CPU far more often than usual for its cell.
  case involuntarySwitches = "involuntary-switches"

  /// Nanoseconds a read from disk is reckoned at, and the share of its time a trial may spend on them: one read spoils a start, not a minute.
  static let diskRead = 1e6
  /// From this share of its time on, reads from disk invalidate a trial.
  public static let readingShare = 0.01
  /// The share of CPU capacity that may be stolen.
  public static let stolenShare = 0.1
  /// The share of its time a process may wait for a CPU.
  public static let waitingShare = 0.5
  /// Nanoseconds a process may wait for a CPU however short it is: several time slices of Linux's scheduler.
  public static let waitingLimit = 2e7
  /// A clock step beyond this many nanoseconds invalidates. The two clocks are read one after the other, so less proves nothing.
  public static let clockStepLimit: UInt64 = 1_000_000
  /// Nanoseconds of one clock tick in /proc/stat (USER_HZ is 100 on every Linux machine).
  static let tick = 1e7

  /// What disturbed a trial, or nil. Trials that did not pass are outcomes of their own and never invalidated.
  /// - Parameters:
  ///   - usualSwitches: the median of involuntary switches among the trials of its cell (workload and runtime).
  ///   - cpuCount: CPUs of the machine.
  public static func reason(for trial: Observation, usualSwitches: UInt64, cache: CacheState, cpuCount: Int) -> Invalidation? {
    guard trial.outcome == .passed, trial.times.exited >= trial.times.spawned else { return nil }
    let evidence = trial.evidence
    let wall = Double(trial.times.exited - trial.times.spawned)
    if cache != .cold, Double(evidence.majorFaults) * diskRead >= readingShare * wall, evidence.majorFaults > 0 { return .majorFaults }
    // Between two readings of a counter of ticks, a difference of n proves only n − 1 whole ticks.
    let stolen = (Double(evidence.stealTicks) - 1) * tick
    if stolen > stolenShare * trial.watched * Double(max(1, cpuCount)) { return .stolenTime }
    if let delay = evidence.runDelay, Double(delay) > max(waitingShare * wall, waitingLimit) { return .runDelay }
    if let throttles = evidence.throttles, throttles > 0 { return .throttled }
    if let step = evidence.clockStep, step.magnitude > clockStepLimit { return .clockStep }
    return hasManySwitches(evidence.involuntarySwitches, usual: usualSwitches) ? .involuntarySwitches : nil
  }

  static func hasManySwitches(_ switches: UInt64, usual: UInt64) -> Bool { switches > 10 &* usual &+ 10 }
}

extension Observation {
  /// Nanoseconds in which stolen time was counted: to the end of everything, which comes long after the exit where instances are held.
  fileprivate var watched: Double { Double(max(times.exited, times.reaped)) - Double(times.spawned) }
}

/// CPU time a hypervisor took from all trials of a cell together. Of one short trial a tick proves nothing; of most trials it does.
struct Theft: Sendable, Equatable {
  private var ticks = 0.0
  private var capacity = 0.0
  private var touched = 0

  mutating func add(_ trial: Observation, cpuCount: Int) {
    guard trial.times.exited > trial.times.spawned else { return }
    ticks += Double(trial.evidence.stealTicks)
    capacity += trial.watched * Double(max(1, cpuCount))
    if trial.evidence.stealTicks > 0 { touched += 1 }
  }

  func isLarge(trials: Int) -> Bool { 2 * touched > trials && ticks * Invalidation.tick > Invalidation.stolenShare * capacity }
}

/// Which trials of a run are valid, cell by cell. A cell is a workload in a runtime.
public struct Validity: Sendable {
  /// A cell with a larger share of invalidated trials says nothing: neither slow nor passed, but a noisy host.
  public static let noisyShare = 0.1

  private struct Cell: Hashable {
    var workload: String
    var runtime: String
  }

  /// What is known of a cell.
  public struct Count: Sendable, Equatable {
    /// Trials that answered right, invalidated ones included.
    public var passed = 0
    /// Invalidated trials, by reason.
    public var reasons: [Invalidation: Int] = [:]
    fileprivate var theft = Theft()
    /// No trial at all.
    public init() {}
    /// Trials that passed and were invalidated, whatever the reason; one trial has one reason.
    public var invalidated: Int { reasons.values.reduce(0, +) }
    /// Whether the cell says nothing (`Validity.noisyShare`).
    public var isNoisy: Bool { Double(invalidated) > Validity.noisyShare * Double(passed) || theft.isLarge(trials: passed) }
  }

  private let cache: CacheState
  /// Of workloads that have a state of their own.
  private let caches: [String: CacheState]
  private let cpuCount: Int
  private var usualSwitches: [Cell: UInt64] = [:]
  private var counts: [Cell: Count] = [:]

  /// - Parameters:
  ///   - observations: the trials of one run that count, passed or not.
  ///   - cache: the run's state of the page cache.
  ///   - workloads: of the run; some may have a state of their own.
  ///   - cpuCount: CPUs of the machine.
  public init(_ observations: [Observation], cache: CacheState, workloads: [Workload] = [], cpuCount: Int) {
    self.cache = cache
    caches = workloads.caches
    self.cpuCount = cpuCount
    var switches: [Cell: [UInt64]] = [:]
    for trial in observations where trial.outcome == .passed {
      switches[Cell(workload: trial.workload, runtime: trial.runtime), default: []].append(trial.evidence.involuntarySwitches)
    }
    usualSwitches = switches.mapValues { $0.sorted()[($0.count - 1) / 2] }
    for trial in observations where trial.outcome == .passed {
      let cell = Cell(workload: trial.workload, runtime: trial.runtime)
      counts[cell, default: Count()].passed += 1
      counts[cell]?.theft.add(trial, cpuCount: cpuCount)
      if let reason = reason(for: trial) { counts[cell]?.reasons[reason, default: 0] += 1 }
    }
  }

  /// The counted trials of a run. Without a recorded environment the number of CPUs is taken to be one.
  public init(_ results: RunResults) {
    self.init(results.observations, of: results)
  }

  /// - Parameter observations: those of the run that count.
  public init(_ observations: [Observation], of results: RunResults) {
    self.init(observations, cache: results.run.cache, workloads: results.workloads, cpuCount: results.environment?.cpuCount ?? 1)
  }

  /// Why a trial is invalidated, or nil.
  public func reason(for trial: Observation) -> Invalidation? {
    let usual = usualSwitches[Cell(workload: trial.workload, runtime: trial.runtime)] ?? 0
    return Invalidation.reason(for: trial, usualSwitches: usual, cache: caches[trial.workload] ?? cache, cpuCount: cpuCount)
  }

  /// Whether a trial may enter an estimate.
  public func isValid(_ trial: Observation) -> Bool { trial.outcome == .passed && reason(for: trial) == nil }

  /// All zero for a cell of which no trial passed.
  public func count(of workload: String, in runtime: String) -> Count {
    counts[Cell(workload: workload, runtime: runtime)] ?? Count()
  }
}

extension [Workload] {
  /// States of the page cache, by name, of those that do not have the run's.
  var caches: [String: CacheState] {
    reduce(into: [:]) { caches, workload in if let cache = workload.cache { caches[workload.name] = cache } }
  }
}
