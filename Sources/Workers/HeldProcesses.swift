import ContainerdClient
import Glibc
import Observations

/// Bare processes that are held, or one process that holds many instances.
final class HeldProcesses: HeldCrowd {
  let count: Int
  private let launcher: Launcher
  private let group: TrialGroup?
  private let folder: String
  private let request: (_ instances: Int) throws -> LaunchRequest
  private let isOneProcess: Bool
  private let expected: Expectation
  private let conditions: TrialConditions
  private var held: [HeldProcess] = []

  /// - Parameters:
  ///   - folder: of the trial; FIFOs are made in it.
  ///   - isOneProcess: whether one process holds all instances; else every instance is a process.
  ///   - request: the command of a process that holds so many.
  init(
    _ count: Int, by launcher: Launcher, in group: TrialGroup?, folder: String, isOneProcess: Bool, _ expected: Expectation,
    _ conditions: TrialConditions, request: @escaping (_ instances: Int) throws -> LaunchRequest
  ) {
    self.count = count
    self.launcher = launcher
    self.group = group
    self.folder = folder
    self.isOneProcess = isOneProcess
    self.expected = expected
    self.conditions = conditions
    self.request = request
  }

  /// What an instance holds open: its streams.
  private struct HeldProcess {
    var process: pid_t
    var instances: Int
    var collector: StreamCollector
    var input: InputPipe
  }

  var grows: Bool { !isOneProcess }

  func hold(_ number: Int, until deadline: UInt64) throws {
    guard isOneProcess else {
      while held.count < number { try start(instances: 1, until: deadline) }
      return
    }
    // A process cannot be told to hold more.
    if !held.isEmpty { _ = try end(until: deadline) }
    try start(instances: number, until: deadline)
  }

  var hasEnded: Bool { held.contains { $0.collector.hasEnded(0) } }

  private func start(instances: Int, until deadline: UInt64) throws {
    let name = "\(folder)/held-\(instances)-\(held.count)"
    // Read from before there is a writer, whom nobody would listen to otherwise.
    let collector = try StreamCollector(["\(name).out", "\(name).err"], limit: conditions.outputLimit * (isOneProcess ? instances : 1))
    let input = try InputPipe("\(name).in", [])
    var request = try request(instances)
    (request.input, request.output, request.errors) = ("\(name).in", "\(name).out", "\(name).err")
    let process: pid_t
    do {
      process = try launcher.hold(request)
    } catch let refused as LaunchRefused {
      throw HoldFailure.failed(refused.reason)
    }
    held.append(HeldProcess(process: process, instances: instances, collector: collector, input: input))
    try collector.await(0, length: expected.heldLength * instances, until: deadline)
  }

  /// Ends whatever is held still.
  func abandon() {
    if !held.isEmpty { _ = try? launcher.release(within: 0) }
    held = []
  }

  func processes() -> [pid_t] {
    if let group { return group.allProcesses(.client) }
    return ProcessTree.of(held.map(\.process))
  }

  func end(until deadline: UInt64) throws -> HeldAnswers {
    for process in held { process.input.end() }
    let released = try launcher.release(within: Moment.seconds(until: deadline))
    let held = self.held
    self.held = []
    guard released.programs.count == held.count, !released.programs.contains(where: \.timedOut) else { throw HoldFailure.timedOut }
    var answers = HeldAnswers(streams: [], exitCodes: [], released: released)
    for (process, program) in zip(held, released.programs) {
      process.collector.finish()
      if let signal = program.signal, answers.killed == nil { answers.killed = (answers.exitCodes.count, signal) }
      answers.streams += streams(of: process)
      answers.exitCodes += Array(repeating: program.exitCode ?? 0, count: process.instances)
    }
    return answers
  }

  /// Standard output and standard error of every instance; those of one process come one after the other.
  private func streams(of process: HeldProcess) -> [CollectedStream] {
    let (output, errors) = (process.collector.streams[0], process.collector.streams[1])
    guard process.instances > 1, let length = expected.output?.utf8.count else {
      return Array(repeating: [output, errors], count: process.instances).flatMap { $0 }
    }
    return (0..<process.instances).flatMap { index in
      let start = min(index * length, output.bytes.count)
      // What is too much is the last one's.
      let end = index == process.instances - 1 ? output.bytes.count : min(start + length, output.bytes.count)
      let part = CollectedStream(bytes: Array(output.bytes[start..<end]), length: end - start, firstByte: output.firstByte)
      return [part, errors]
    }
  }
}

/// Processes and what they have started.
enum ProcessTree {
  /// The processes and their descendants (/proc/PID/task/TID/children, proc(5)).
  static func of(_ processes: [pid_t]) -> [pid_t] {
    processes.flatMap { process in
      let threads = SystemFile.entries("/proc/\(process)/task")
      let children = threads.flatMap { thread in
        (SystemFile.text("/proc/\(process)/task/\(thread)/children") ?? "").split(separator: " ").compactMap { pid_t($0) }
      }
      return [process] + of(children)
    }
  }
}
