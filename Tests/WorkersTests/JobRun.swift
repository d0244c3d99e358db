import Foundation
import Observations
import TestSupport

/// A job for the real `harness-worker`, in a folder of its own.
struct JobRun {
  let scratch: Scratch
  var job: Job

  /// - Parameter name: ends the run's name, so that what a worker leaves behind can be told from other workers' things.
  init(_ name: String, workloads: [Workload], runtimes: [RuntimeDescription], blocks: Int = 1, timeLimit: Double = 20) throws {
    scratch = try Scratch()
    job = Job(
      run: "test-\(getpid())-\(name)", scenario: "tests", seed: 1, workloads: workloads, runtimes: runtimes,
      blocks: (0..<blocks).flatMap { block in workloads.map { BlockRequest(workload: $0.name, index: block) } }, timeLimit: timeLimit,
      scratch: scratch.path("worker"))
  }

  func write() throws -> String {
    let path = scratch.path("job.json")
    try JSONEncoder().encode(job).write(to: URL(fileURLWithPath: path))
    return path
  }

  struct Result {
    var status: Int32
    var errors: String
    var events: [WorkerEvent]
    var trials: [Observation] { events.compactMap { if case .trial(let observation) = $0 { observation } else { nil } } }
    var unavailable: [Unavailable] { events.compactMap { if case .unavailable(let value) = $0 { value } else { nil } } }
    func trial(_ workload: String) -> Observation? { trials.first { $0.workload == workload } }
  }

  /// Runs the worker to its end.
  /// - Parameter variables: `NAME=VALUE` each, besides the test's own.
  func run(variables: String...) throws -> Result {
    let outcome = try Command("/usr/bin/env", variables + [Product.path("harness-worker"), try write()]).run(limit: 120)
    return Result(status: outcome.status, errors: outcome.errors, events: try Self.events(outcome.output))
  }

  /// Every whole line decodes.
  static func events(_ text: String) throws -> [WorkerEvent] {
    try text.split(separator: "\n").map { try JSONDecoder().decode(WorkerEvent.self, from: Data($0.utf8)) }
  }

  /// Starts the worker; its events go to the file `events`, what it says on standard error to `errors`.
  func start() throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Product.path("harness-worker"))
    process.arguments = [try write()]
    for name in ["events", "errors"] { try Data().write(to: URL(fileURLWithPath: scratch.path(name))) }
    process.standardOutput = FileHandle(forWritingAtPath: scratch.path("events"))
    process.standardError = FileHandle(forWritingAtPath: scratch.path("errors"))
    try process.run()
    return process
  }

  var eventsSoFar: [WorkerEvent] {
    get throws { try Self.events(String(contentsOfFile: scratch.path("events"), encoding: .utf8)) }
  }

  var errorsSoFar: String {
    get throws { try String(contentsOfFile: scratch.path("errors"), encoding: .utf8) }
  }

  /// Cgroups of this run in any hierarchy.
  var cgroups: [String] {
    let files = FileManager.default
    return ((try? files.contentsOfDirectory(atPath: "/sys/fs/cgroup")) ?? []).flatMap { hierarchy in
      ((try? files.contentsOfDirectory(atPath: "/sys/fs/cgroup/\(hierarchy)")) ?? []).filter { $0.contains(job.run) }
    }
  }
}

/// Processes whose command line contains a word, this one left out.
func processes(with word: String) -> [pid_t] {
  let numbers = ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { pid_t($0) }
  return numbers.filter { number in
    guard number != getpid(), let line = FileManager.default.contents(atPath: "/proc/\(number)/cmdline") else { return false }
    return String(decoding: line, as: UTF8.self).contains(word)
  }
}

/// Asks until it is so, at most some seconds.
func eventually(within seconds: Double = 20, _ condition: () throws -> Bool) rethrows -> Bool {
  let deadline = Date(timeIntervalSinceNow: seconds)
  while Date() < deadline {
    if try condition() { return true }
    usleep(5000)
  }
  return try condition()
}

extension RuntimeDescription {
  static let native = RuntimeDescription(
    name: "native", summary: "the static program", path: .process, program: .native, command: ["{native}", "{arguments}"])
  static let runcDirect = RuntimeDescription(name: "runc-direct", summary: "runc run", path: .oci, program: .native)
  static let runc = RuntimeDescription(name: "runc", summary: "ctr run", path: .containerd, program: .native)
}

extension Workload {
  /// The probe doing something, in some arms.
  static func probe(
    _ name: String, _ arguments: String..., expect output: String? = nil, exitCode: Int32 = 0, arms: [String] = ["native"]
  ) -> Workload {
    Workload(
      name: name, native: Probe.path, arguments: arguments, expected: Expectation(output: output, exitCode: exitCode), arms: arms)
  }
}

/// Containers need root and Debian's packages containerd and runc.
let canRunContainers =
  getuid() == 0 && ["containerd", "ctr", "runc", "containerd-shim-runc-v2"].allSatisfy { Command.find($0) != nil }
/// Memory of a whole tree needs root and a memory controller.
let canUseCgroups =
  getuid() == 0
  && (FileManager.default.fileExists(atPath: "/sys/fs/cgroup/memory/memory.max_usage_in_bytes")
    || FileManager.default.fileExists(atPath: "/sys/fs/cgroup/cgroup.controllers"))
