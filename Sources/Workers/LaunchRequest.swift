/// What the launcher is asked to start.
struct LaunchRequest {
  var command: [String]
  var environment: [String: String] = [:]
  var folder: String?
  /// Standard input; empty without it.
  var input: String?
  /// Standard input does not end before this file exists.
  var inputEndsAfter: String?
  /// Where the launcher keeps the two streams.
  var output = "/dev/null"
  var errors = "/dev/null"
  /// Bytes kept of each stream.
  var outputLimit = 4 << 20
  /// Seconds; nil for none.
  var timeLimit: Double?
  /// Nanoseconds of CPU time burnt between fork and exec.
  var spin: UInt64?
  /// Cgroup folders it starts in.
  var groups: [String] = []
  /// Names of what the kernel is to count, and of probes `NAME=OFFSET:FILE`. A counted trial is not timed.
  var counters: [String] = []
  var probes: [String] = []
  /// Descriptor number → file opened for writing.
  var descriptors: [(number: Int32, path: String)] = []

  /// The words of the launcher's command line.
  var words: [String] {
    var words: [String] = []
    if let timeLimit { words += ["--time-limit", "\(timeLimit)"] }
    if let spin { words += ["--spin", "\(spin)"] }
    for group in groups { words += ["--cgroup", group] }
    if let input { words += ["--input", input] }
    if let inputEndsAfter { words += ["--input-ends-after", inputEndsAfter] }
    words += ["--output", output, "--errors", errors, "--output-limit", "\(outputLimit)"]
    if let folder { words += ["--folder", folder] }
    for (name, value) in environment.sorted(by: { $0.key < $1.key }) { words += ["--env", "\(name)=\(value)"] }
    for descriptor in descriptors { words += ["--descriptor", "\(descriptor.number)=\(descriptor.path)"] }
    for counter in counters { words += ["--count", counter] }
    for probe in probes { words += ["--probe", probe] }
    return words + ["--"] + command
  }
}

/// The launcher's report on one trial. Times are CLOCK_MONOTONIC nanoseconds, CPU times nanoseconds, sizes bytes.
struct LaunchReport: Decodable {
  var spawned: UInt64
  var firstByte: UInt64?
  var exited: UInt64
  var reaped: UInt64
  /// The kernel's own moments of exec and end.
  var executed: UInt64?
  var ended: UInt64?
  var exitCode: Int32?
  var signal: Int32?
  var timedOut: Bool
  /// Why the program could not be executed, if it could not.
  var startError: String?
  var userTime: UInt64
  var systemTime: UInt64
  /// `ru_maxrss` of the largest process of the tree that was waited for; nil where it is no larger than the launcher's own, which it then is.
  var maxResident: UInt64?
  var minorFaults: UInt64
  var majorFaults: UInt64
  var voluntarySwitches: UInt64
  var involuntarySwitches: UInt64
  /// Nanoseconds its leader waited for a CPU, where the kernel counts it.
  var runDelay: UInt64?
  /// Bytes written in all, kept or not.
  var outputBytes: Int
  var errorBytes: Int
  /// Processes it left behind, killed.
  var strays: Int
  /// What was odd about a trial all the same.
  var remark: String?
  /// Of many containers the one whose answer this is, from 0.
  var answering: Int?
  /// What was counted, and what could not be and why.
  var counts: [String: UInt64]?
  var uncounted: [String: String]?
}

/// The launcher's report on programs that were held, in the order in which they were started. CPU times of all together, nanoseconds.
struct ReleasedPrograms: Decodable {
  struct Program: Decodable {
    var exitCode: Int32?
    var signal: Int32?
    /// Killed at the time limit.
    var timedOut: Bool
  }

  var programs: [Program]
  var userTime: UInt64
  var systemTime: UInt64
  var minorFaults: UInt64
  var majorFaults: UInt64
  /// Processes that they left behind, killed.
  var strays: Int
}
