/// What the coordinator asks of one worker: the job file.
///
/// The job file and the observation stream (`WorkerEvent`) are the only contract between coordinator and worker.
/// Both are versioned and described in `Docs/formats.md`. A worker keeps no state and needs no connection back.
public struct Job: Codable, Sendable, Equatable {
  /// The version this code writes and the only one it reads.
  public static let currentVersion = 3

  /// Version of the format; a worker refuses any but `currentVersion`.
  public var version: Int
  /// The run's identifier: letters, digits and `-` only, because it also names the cgroup parent and the containerd namespace.
  public var run: String
  /// The scenario's name, for messages.
  public var scenario: String
  /// Seeds the order of the arms inside each block (SplitMix64 over seed, workload and block index). At most 53 bits, so that every JSON reader keeps it.
  public var seed: UInt64
  /// Which attempt at these blocks this is: 0 at first, one more after each resume.
  public var attempt: Int
  /// Those that `blocks` names; any others are not run.
  public var workloads: [Workload]
  /// How each of the workloads' `arms` is started; those that cannot run are told as `unavailable`.
  public var runtimes: [RuntimeDescription]
  /// The blocks to run, in this order. Every block runs each of its workload's arms once, in random order.
  public var blocks: [BlockRequest]
  /// Also decides on warm-up trials; see its cases.
  public var cache: CacheState
  /// What is counted of every workload in every runtime before the first block; nothing without it.
  public var counts: [Metric]?
  /// How many blocks are worked on at a time, for tests, of which nothing is timed; nil for one.
  public var parallel: Int?
  /// Seconds one trial may take before its process group is killed and the trial is a time-out.
  public var timeLimit: Double
  /// A folder of the worker's own for bundles, images, sockets and logs; made if absent, removed at the end.
  public var scratch: String

  /// Leaves `counts` and `parallel` nil: nothing is counted, one block at a time.
  public init(
    version: Int = Job.currentVersion, run: String, scenario: String, seed: UInt64, attempt: Int = 0, workloads: [Workload],
    runtimes: [RuntimeDescription], blocks: [BlockRequest], cache: CacheState = .warm, timeLimit: Double = 60, scratch: String
  ) {
    self.version = version
    self.run = run
    self.scenario = scenario
    self.seed = seed
    self.attempt = attempt
    self.workloads = workloads
    self.runtimes = runtimes
    self.blocks = blocks
    self.cache = cache
    self.timeLimit = timeLimit
    self.scratch = scratch
  }
}

/// One block of one workload: all its arms once, on one machine, in the same minutes.
public struct BlockRequest: Codable, Sendable, Equatable, Hashable {
  /// Name of a workload of the job.
  public var workload: String
  /// From 0, unique for the workload in the run; it decides the order of the arms together with the seed.
  public var index: Int
  /// - Parameters: as the properties of the same names.
  public init(workload: String, index: Int) {
    self.workload = workload
    self.index = index
  }
}

/// The declared state of the page cache before each trial.
public enum CacheState: String, Codable, Sendable, CaseIterable {
  /// The files involved are in the page cache: one uncounted trial of every arm goes before the first block.
  case warm
  /// The page cache of the files involved is dropped before every trial.
  case cold
  /// Every trial comes right after an uncounted trial of the same arm, so that processor caches are as warm as they get.
  case hot
}

/// A program, what it is given, and what it must answer.
public struct Workload: Codable, Sendable, Equatable {
  /// Unique in a run.
  public var name: String
  /// Absolute path of the WebAssembly module, if the workload has one.
  public var module: String?
  /// Absolute path of the same program as a static native executable, if the workload has one.
  public var native: String?
  /// Arguments after the program's name.
  public var arguments: [String]
  /// Names and values; nothing is inherited.
  public var environment: [String: String]
  /// Text given on standard input; standard input is empty without it.
  public var input: String?
  /// Folders the guest may see: a fresh, empty folder is made for each trial and mounted at each of these guest paths.
  public var folders: [String]
  /// A folder of the host the guest works in, shared by every trial (modules that read their input from beside themselves). It is given
  /// like a folder of `folders` (`{folder:…}` makes a word for it too), and a bare process is started with it as its working folder.
  public var directory: WorkingDirectory?
  /// What decides whether a trial passed.
  public var expected: Expectation
  /// The names of the runtimes (arms) this workload runs in.
  public var arms: [String]
  /// So many instances of the workload are held at once in every trial, and their memory is what is measured; nil for one that is timed.
  /// They are containers on the path `.tasks` and processes on the path `.process`, or instances in one process where the runtime's command
  /// has `{instances}`. Needs a program that prints its expected output and then reads its input to the end.
  public var density: Int?
  /// Every trial makes, starts, awaits and deletes many tasks of the workload; nil for one. Needs runtimes on the path `.tasks`.
  public var churn: Churn?
  /// Every trial begins many tasks of the workload at a fixed rate; nil for one. Needs runtimes on the path `.tasks`.
  public var load: Load?
  /// True for a program that does the same again and again and tells, on standard error, the nanoseconds of each repetition, one a line;
  /// nil means false.
  public var repeats: Bool?
  /// The state of the page cache before each of its trials; nil for that of the run.
  public var cache: CacheState?
  /// A folder of the host of which every trial's guest sees a copy of its own as `/`, without what is called `*.cleanup`: tests leave that
  /// behind. Nil for none.
  public var root: String?
  /// Nil for a workload that is measured.
  public var test: ConformanceTest?

  /// Leaves `density`, `churn`, `load`, `repeats`, `cache`, `root` and `test` nil: one container or process a trial, which is measured.
  public init(
    name: String, module: String? = nil, native: String? = nil, arguments: [String] = [], environment: [String: String] = [:],
    input: String? = nil, folders: [String] = [], directory: WorkingDirectory? = nil, expected: Expectation = Expectation(),
    arms: [String]
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
    self.arms = arms
  }
}

/// Many short tasks, one after the other on each of a few lanes.
public struct Churn: Codable, Sendable, Equatable {
  /// Tasks that a trial may ask for.
  public static let taskRange = 1...1000
  /// Lanes that a trial may ask for.
  public static let laneRange = 1...64

  /// Tasks of a trial, all lanes together.
  public var tasks: Int
  /// How many tasks there are at a time; at most `tasks`.
  public var parallel: Int
  /// - Parameters: as the properties of the same names.
  public init(tasks: Int, parallel: Int) {
    self.tasks = tasks
    self.parallel = parallel
  }
}

/// An existing folder of the host and the path a guest sees it at.
public struct WorkingDirectory: Codable, Sendable, Equatable {
  /// Absolute path on the host. Runtimes that can mount it read-only do.
  public var host: String
  /// Path in the guest, usually `.`.
  public var guest: String
  /// - Parameters: as the properties of the same names.
  public init(host: String, guest: String = ".") {
    self.host = host
    self.guest = guest
  }
}

/// What a trial must answer to count: no number counts without its answer checked.
public struct Expectation: Codable, Sendable, Equatable {
  /// Standard output, byte for byte; `nil` leaves it unchecked (reports say so).
  public var output: String?
  /// What standard error begins with; nil leaves it unchecked.
  public var errors: String?
  /// Whether `output` is only what standard output begins with; nil means false.
  public var isBeginning: Bool?
  /// The guest's exit status, 0 to 255.
  public var exitCode: Int32
  /// Without arguments: exit code 0, output unchecked. Leaves `errors` and `isBeginning` nil.
  public init(output: String? = nil, exitCode: Int32 = 0) {
    self.output = output
    self.exitCode = exitCode
  }
}

/// How one runtime is started, resolved by the coordinator from `scenarios/runtimes.yaml`.
public struct RuntimeDescription: Codable, Sendable, Equatable {
  /// Unique in a run; workloads name it in `arms`.
  public var name: String
  /// One line for people, for instance "our interpreter, bare process".
  public var summary: String
  /// Decides which adapter of the worker starts it, and what it is compared with.
  public var path: RuntimePath
  /// What the arm executes: the module or the native executable.
  public var program: ProgramKind
  /// Words of the command for `path == .process`. `{module}`, `{native}`, `{arguments}` (spliced), `{environment:--env=KEY=VALUE}` (one
  /// word for every variable), `{folder:--dir=HOST::GUEST}` (one word for every folder) and `{instances}` (`Workload.density`) are replaced. The first word is an absolute path.
  public var command: [String]
  /// Words of a command that makes `{prepared}`, a file or folder that `command` needs: run once for a workload before its first trial, with
  /// the workload's arguments and input, and not timed. As `command`, with `{prepared}` for the path to make. Path `.process` only.
  public var prepareCommand: [String]?
  /// Words of the command for test scripts, as `command`, with `{script}` (as JSON), `{source}` (the `.wast` file), and `{enable:--enable=FEATURES}`
  /// and `{disable:…}`, a word where there are features to name; nil where the runtime runs no scripts.
  public var scriptCommand: [String]?
  /// True where that command understands `--assertions-fd N` and tells of every assertion on that descriptor.
  public var reportsAssertions: Bool?
  /// A command that prints the runtime's version, for the environment record.
  public var versionCommand: [String]
  /// True where the command understands `--phases-fd N` and reports in-process phases on that descriptor.
  public var reportsPhases: Bool
  /// True where the command understands `--counts-fd N` and reports what the guest did on that descriptor.
  public var reportsCounts: Bool?
  /// Absolute path of the containerd shim that runs the container; nil for that of runc. Paths `.containerd` and `.tasks` only.
  public var shim: String?
  /// Absolute path of the OCI runtime that the shim of runc calls instead of runc; nil for runc. Paths `.containerd` and `.tasks` only.
  public var ociRuntime: String?
  /// Annotations of the container, by name, in its `config.json`. Paths `.containerd` and `.tasks` only.
  public var annotations: [String: String]?
  /// CPU time in nanoseconds that is burnt between fork and exec of every trial: a known slow-down, to see whether it is found.
  public var spin: UInt64?

  /// Leaves `scriptCommand`, `reportsAssertions` and `reportsCounts` nil, which means false, `shim` and `ociRuntime` nil, which means runc's and
  /// runc, and `prepareCommand` and `annotations` nil, which means none.
  public init(
    name: String, summary: String, path: RuntimePath, program: ProgramKind, command: [String] = [], versionCommand: [String] = [],
    reportsPhases: Bool = false, spin: UInt64? = nil
  ) {
    self.name = name
    self.summary = summary
    self.path = path
    self.program = program
    self.command = command
    self.versionCommand = versionCommand
    self.reportsPhases = reportsPhases
    self.spin = spin
  }
}

/// The road from the client to the guest. Comparisons are made within one path first.
public enum RuntimePath: String, Codable, Sendable, CaseIterable {
  /// A bare process: fork, exec, exit.
  case process
  /// An OCI runtime called directly on a bundle (`runc run`).
  case oci
  /// A client, containerd, a shim and an OCI runtime (`ctr run --rm`).
  case containerd
  /// The same without a client: containerd's own interface, on a container that is there already (Create, Start, Delete of its task).
  case tasks

  /// Whether a containerd is on the way.
  public var needsContainerd: Bool { self == .containerd || self == .tasks }
}

/// What an arm executes.
public enum ProgramKind: String, Codable, Sendable {
  /// `Workload.module`.
  case module
  /// `Workload.native`.
  case native
}
