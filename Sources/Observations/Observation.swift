/// One line of a worker's standard output (NDJSON): the observation stream.
public enum WorkerEvent: Sendable, Equatable {
  /// First line: who measures, where.
  case started(Started)
  /// A runtime that cannot run here, why, and the way to get it. Its arms are left out; the job goes on.
  case unavailable(Unavailable)
  /// What the worker begins to do before the trials that count. For people only: nothing is stored of it.
  case preparing(Preparing)
  /// What one workload does in one runtime, counted before the first block.
  case counts(Counts)
  /// What became of a test; before its trial.
  case assertions(TestedAssertions)
  /// One finished trial.
  case trial(Observation)
  /// All trials of a block are out; a block without this line is run again on resume.
  case blockFinished(BlockRequest)
  /// Last line of a job that ran to its end. A stream without it was cut off.
  case finished(blocks: Int)
}

/// The worker's greeting.
public struct Started: Codable, Sendable, Equatable {
  /// Version of the stream: the worker's `Job.currentVersion`.
  public var version: Int
  /// Identifier of the run, as in the job.
  public var run: String
  /// As in the job.
  public var attempt: Int
  /// Read once, before the first trial.
  public var environment: MachineEnvironment
  /// - Parameters: as the properties of the same names.
  public init(version: Int = Job.currentVersion, run: String, attempt: Int, environment: MachineEnvironment) {
    self.version = version
    self.run = run
    self.attempt = attempt
    self.environment = environment
  }
}

/// A runtime that cannot run on this machine.
public struct Unavailable: Codable, Sendable, Equatable {
  /// Its name in the job.
  public var runtime: String
  /// One line.
  public var reason: String
  /// How to mend it or get the runtime, in one line; empty where nobody says.
  public var remedy: String
  /// - Parameters: as the properties of the same names.
  public init(runtime: String, reason: String, remedy: String) {
    self.runtime = runtime
    self.reason = reason
    self.remedy = remedy
  }
}

/// A step before the trials that count: a worker tells it when the step begins.
public struct Preparing: Codable, Sendable, Equatable {
  /// Stages follow each other in the order of the cases.
  public var stage: PreparationStage
  /// Name of the workload the step is for.
  public var workload: String
  /// Name of the runtime the step is for.
  public var runtime: String
  /// Steps of this stage that are done.
  public var done: Int
  /// Steps of this stage altogether.
  public var total: Int
  /// - Parameters: as the properties of the same names.
  public init(stage: PreparationStage, workload: String, runtime: String, done: Int, total: Int) {
    self.stage = stage
    self.workload = workload
    self.runtime = runtime
    self.done = done
    self.total = total
  }
}

/// What happens before the trials that count, one stage after the other.
public enum PreparationStage: String, Codable, Sendable, CaseIterable {
  /// What a workload needs once in a runtime: a root file system, an image, a containerd.
  case setUp = "set-up"
  /// A few trials that are counted and not timed.
  case counting
  /// One uncounted trial.
  case warmUp = "warm-up"
}

/// One trial: one fresh process (or container) from spawn to reaped.
public struct Observation: Codable, Sendable, Equatable {
  /// Identifier of the run.
  public var run: String
  /// Name of the workload.
  public var workload: String
  /// Index of the block within its workload (`BlockRequest.index`).
  public var block: Int
  /// Position of the trial inside its block, from 0: the random order as it was.
  public var trial: Int
  /// The attempt of the run in which it was measured; of several at a block the highest one that finished it counts.
  public var attempt: Int
  /// Name of the runtime.
  public var runtime: String
  /// Decides whether the trial's figures may be used.
  public var outcome: Outcome
  /// What went wrong, in one line; empty for `.passed`.
  public var detail: String
  /// The process's own; nil where a signal ended it.
  public var exitCode: Int32?
  /// Number of the signal that ended the process; nil where none did.
  public var signal: Int32?
  /// All zero where not even a process was made.
  public var times: TrialTimes
  /// All zero where not even a process was made.
  public var resources: TrialResources
  /// Phases inside the runtime, in the order they happened, nanoseconds each. Empty where the runtime reports none.
  public var phases: [Phase]
  /// Tasks that were made, started, awaited and deleted; nil where the trial was neither a churn nor a load of them.
  public var tasks: Int?
  /// How long each of them took; nil where the trial was no load.
  public var latencies: Latencies?
  /// What the program told of its own repetitions; nil where it was not asked.
  public var repetitions: Repetitions?
  /// By which a trial that passed may be invalidated (`Invalidation`).
  public var evidence: NoiseEvidence
  /// Bytes by which the environment of the runtime's own process was made longer. The size of the environment moves the stack, and with
  /// it the time of many programs (Mytkowicz et al., ASPLOS 2009), so it is drawn anew for every trial.
  public var environmentPadding: Int?

  /// Leaves `tasks`, `latencies` and `repetitions` nil.
  public init(
    run: String, workload: String, block: Int, trial: Int, attempt: Int, runtime: String, outcome: Outcome, detail: String = "",
    exitCode: Int32? = nil, signal: Int32? = nil, times: TrialTimes, resources: TrialResources, phases: [Phase] = [],
    evidence: NoiseEvidence = NoiseEvidence(), environmentPadding: Int? = nil
  ) {
    self.run = run
    self.workload = workload
    self.block = block
    self.trial = trial
    self.attempt = attempt
    self.runtime = runtime
    self.outcome = outcome
    self.detail = detail
    self.exitCode = exitCode
    self.signal = signal
    self.times = times
    self.resources = resources
    self.phases = phases
    self.evidence = evidence
    self.environmentPadding = environmentPadding
  }
}

/// How a trial ended. Only `.passed` trials enter a time or a ratio; every other outcome is counted and shown.
public enum Outcome: String, Codable, Sendable, CaseIterable {
  /// Ran to its end and answered as expected.
  case passed
  /// Standard output differs from what is expected.
  case wrongOutput = "wrong-output"
  /// The exit code differs from what is expected.
  case wrongExitCode = "wrong-exit-code"
  /// Ended by a signal.
  case crashed
  /// Killed at the time limit.
  case timedOut = "timed-out"
  /// The process or container could not be started.
  case notStarted = "not-started"
  /// A test of a conformance suite: an assertion failed, or one that is known to fail passed.
  case failedTest = "failed-test"
}

/// Moments of a trial on CLOCK_MONOTONIC, nanoseconds. Wall time of the trial is `exited - spawned`.
public struct TrialTimes: Codable, Sendable, Equatable {
  /// Just before fork.
  public var spawned: UInt64
  /// When the first byte of standard output arrived; nil if there was none.
  public var firstByte: UInt64?
  /// When the process was seen to have exited.
  public var exited: UInt64
  /// When it was reaped and everything of it was gone.
  public var reaped: UInt64
  /// The kernel's own moments: the process became its program, its last thread ended. Between `spawned` and the first lies the work of fork
  /// and execve, between the second and `exited` that of an exit. Nil where the kernel does not record them for us.
  public var executed: UInt64?
  /// The last thread's end; see `executed`.
  public var ended: UInt64?
  /// - Parameters: as the properties of the same names.
  public init(
    spawned: UInt64, firstByte: UInt64? = nil, exited: UInt64, reaped: UInt64, executed: UInt64? = nil, ended: UInt64? = nil
  ) {
    self.spawned = spawned
    self.firstByte = firstByte
    self.exited = exited
    self.reaped = reaped
    self.executed = executed
    self.ended = ended
  }
}

/// What a trial used.
public struct TrialResources: Codable, Sendable, Equatable {
  /// User and system CPU time in nanoseconds, of the child tree (wait4) or of the cgroup.
  public var userTime: UInt64
  /// As `userTime`, in the kernel.
  public var systemTime: UInt64
  /// Peak memory of the whole tree (runtime, shim, guest) in bytes; nil where it could not be had.
  public var peakMemory: UInt64?
  /// Where `peakMemory` comes from; `.none` where it is nil.
  public var memorySource: MemorySource
  /// Resident size of the tree's largest process at its peak (`ru_maxrss`), bytes, with pages that others share; nil where the guest is
  /// no descendant of what was started.
  public var maxResident: UInt64?
  /// What each of many instances weighs; nil where the trial held none.
  public var held: HeldMemory?
  /// Leaves `held` nil.
  public init(
    userTime: UInt64 = 0, systemTime: UInt64 = 0, peakMemory: UInt64? = nil, memorySource: MemorySource = .none, maxResident: UInt64? = nil
  ) {
    self.userTime = userTime
    self.systemTime = systemTime
    self.peakMemory = peakMemory
    self.memorySource = memorySource
    self.maxResident = maxResident
  }
}

/// Where a memory figure comes from.
public enum MemorySource: String, Codable, Sendable {
  /// `memory.max_usage_in_bytes` of a cgroup v1.
  case cgroup1
  /// `memory.peak` of a cgroup v2.
  case cgroup2
  /// `ru_maxrss` of the child of the minimal launcher.
  case launcher
  /// There is no figure.
  case none
}

extension Phase {
  /// Of a container's task: from the request to create it until it is there.
  public static let create = "create"
  /// From the request to start it until that is answered.
  public static let start = "start"
  /// From there until its end is told.
  public static let run = "run"
  /// From the request to delete it until that is answered; after the end, and no part of wall time.
  public static let delete = "delete"
}

/// A named part of a trial's time, nanoseconds.
public struct Phase: Codable, Sendable, Equatable {
  /// As the runtime calls it.
  public var name: String
  /// How long it took.
  public var nanoseconds: UInt64
  /// - Parameters: as the properties of the same names.
  public init(name: String, nanoseconds: UInt64) {
    self.name = name
    self.nanoseconds = nanoseconds
  }
}

/// Evidence of noise during a trial: differences between just before and just after it.
public struct NoiseEvidence: Codable, Sendable, Equatable {
  /// Stolen CPU time of the whole machine, clock ticks (/proc/stat).
  public var stealTicks: UInt64
  /// Microseconds some task waited for a CPU (/proc/pressure/cpu, `some total`); nil where the kernel has no pressure information.
  public var cpuPressure: UInt64?
  /// The same for memory and IO.
  public var memoryPressure: UInt64?
  /// As `cpuPressure`, for IO: microseconds.
  public var ioPressure: UInt64?
  /// Context switches because the trial's processes waited (`ru_nvcsw`).
  public var voluntarySwitches: UInt64
  /// Context switches because they were pushed off their CPU (`ru_nivcsw`).
  public var involuntarySwitches: UInt64
  /// Page faults that needed no read from disk (`ru_minflt`).
  public var minorFaults: UInt64
  /// Page faults that read from disk (`ru_majflt`).
  public var majorFaults: UInt64
  /// Nanoseconds the started process was ready to run but waited for a CPU (/proc/PID/schedstat); nil where the kernel does not count it.
  public var runDelay: UInt64?
  /// How often a CPU was slowed down because it was hot, all CPUs together; nil where the machine does not count it.
  public var throttles: UInt64?
  /// Nanoseconds the time of day moved against the monotonic clock: somebody set the clock.
  public var clockStep: Int64?
  /// - Parameters: as the properties of the same names.
  public init(
    stealTicks: UInt64 = 0, cpuPressure: UInt64? = nil, memoryPressure: UInt64? = nil, ioPressure: UInt64? = nil,
    voluntarySwitches: UInt64 = 0, involuntarySwitches: UInt64 = 0, minorFaults: UInt64 = 0, majorFaults: UInt64 = 0,
    runDelay: UInt64? = nil, throttles: UInt64? = nil, clockStep: Int64? = nil
  ) {
    self.stealTicks = stealTicks
    self.cpuPressure = cpuPressure
    self.memoryPressure = memoryPressure
    self.ioPressure = ioPressure
    self.voluntarySwitches = voluntarySwitches
    self.involuntarySwitches = involuntarySwitches
    self.minorFaults = minorFaults
    self.majorFaults = majorFaults
    self.runDelay = runDelay
    self.throttles = throttles
    self.clockStep = clockStep
  }
}
