import Foundation
import Observations

/// Runs a job in a `harness-worker` process of this machine and hands over every event as it arrives.
///
/// One thread waits for the worker's output, for a signal and for time to pass. The worker is in its own process group: Ctrl+C reaches
/// only the coordinator, which asks the worker to stop and goes on reading what it still has to say.
public struct LocalExecutor {
  /// Seconds a worker may take to stop after it was asked to.
  public static let stopGrace = 30.0
  /// Seconds a worker may be silent beyond what its trials may take: one step of setting up may start a containerd and import an image.
  public static let silenceGrace = 300.0

  private let worker: String
  /// Folder of the job file and the worker's log.
  private let folder: String
  private let lock: CInt

  /// - Parameter lock: descriptor of the run's lock, which the worker keeps until it ends.
  public init(worker: String, folder: String, lock: CInt) {
    self.worker = worker
    self.folder = folder
    self.lock = lock
  }

  /// How a worker ended.
  public struct Ending: Sendable, Equatable {
    /// The stream closed with `finished`.
    public var isComplete = false
    /// The user asked for the end.
    public var wasInterrupted = false
    /// Lines that were no event of this job.
    public var garbage = 0
    /// The first of them, cut short.
    public var firstGarbage = ""
    /// What ended a worker that did not finish, in words.
    public var reason = ""
    /// Its exit code, where it had one.
    public var exitCode: Int32?
    /// The worker's standard error.
    public var log = ""
  }

  /// What the receiver of an event says to the executor.
  public enum Verdict {
    /// The event belongs to this job and is dealt with.
    case accepted
    /// The event belongs to no part of this job.
    case foreign
  }

  /// - Parameters:
  ///   - interruption: a descriptor that becomes readable when the user wants the end (`Interruption.watch()`).
  ///   - receive: called for every event, at once. What it throws stops the worker and is thrown on.
  ///   - tick: called at least once a second.
  /// - Throws: `CoordinatorError` where the worker cannot be started, or what `receive` threw.
  public func run(
    _ job: Job, interruption: CInt, receive: (WorkerEvent) throws -> Verdict, tick: () -> Void
  ) throws -> Ending {
    var ending = Ending()
    ending.log = "\(folder)/worker-\(job.attempt).log"
    let child = try ChildProcess([worker, try write(job)], errorLog: ending.log, lock: lock)
    defer {
      child.killGroup()
      child.closeOutput()
    }
    var reader = LineReader(descriptor: child.output)
    var lastWord = monotonicSeconds()
    var askedAt: Double?
    var exitedAt: Double?
    let silence = longestSilence(of: job)

    while !reader.atEnd {
      var waits = [
        pollfd(fd: child.output, events: Int16(POLLIN), revents: 0), pollfd(fd: interruption, events: Int16(POLLIN), revents: 0),
      ]
      _ = Glibc.poll(&waits, interruption < 0 ? 1 : 2, 500)
      if waits[0].revents != 0 {
        for line in reader.read() {
          lastWord = monotonicSeconds()
          try take(line, job: job, ending: &ending, receive: receive, stop: { stop(child) })
        }
      }
      if waits[1].revents != 0 {
        drain(interruption)
        ending.wasInterrupted = true
        if askedAt == nil {
          askedAt = monotonicSeconds()
          child.signal(SIGTERM)
        } else {
          child.killGroup()
        }
      }
      tick()
      let now = monotonicSeconds()
      if let asked = askedAt, now - asked > Self.stopGrace { child.killGroup() }
      if now - lastWord > silence {
        ending.reason = "the worker said nothing for \(Int(silence)) s and was ended"
        child.killGroup()
        break
      }
      // Something the worker left behind may hold its output open; what it wrote itself is read by then.
      if child.poll() != nil, waits[0].revents == 0 {
        if let exited = exitedAt, now - exited > 1 { break }
        exitedAt = exitedAt ?? now
      }
    }
    let status = finalStatus(of: child)
    if case .exited(let code) = status { ending.exitCode = code }
    if !ending.isComplete, ending.reason.isEmpty { ending.reason = words(status, log: ending.log) }
    return ending
  }

  // MARK: Parts

  private func write(_ job: Job) throws -> String {
    let path = "\(folder)/job-\(job.attempt).json"
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try encoder.encode(job).write(to: URL(fileURLWithPath: path))
    } catch {
      throw CoordinatorError(.cannotCreate, "\(path): cannot be written (\(systemReason(error)))")
    }
    return path
  }

  private func take(
    _ line: [UInt8], job: Job, ending: inout Ending, receive: (WorkerEvent) throws -> Verdict, stop: () -> Void
  ) throws {
    guard let event = try? JSONDecoder().decode(WorkerEvent.self, from: Data(line)) else {
      note(line, &ending)
      return
    }
    if case .started(let started) = event, started.version != Job.currentVersion {
      stop()
      throw CoordinatorError(
        .missing,
        "\(worker): speaks version \(started.version) of the observation stream, this harness version \(Job.currentVersion); build both anew"
      )
    }
    if case .finished = event { ending.isComplete = true }
    do {
      if try receive(event) == .foreign { note(line, &ending) }
    } catch {
      stop()
      throw error
    }
  }

  private func note(_ line: [UInt8], _ ending: inout Ending) {
    if ending.garbage == 0 { ending.firstGarbage = printable(line) }
    ending.garbage += 1
  }

  private func printable(_ line: [UInt8]) -> String {
    String(String(decoding: line.prefix(120), as: UTF8.self).map { $0.isASCII && !$0.isNewline && $0 >= " " ? $0 : "?" })
  }

  /// Asks the worker to stop and waits for that, throwing away what it still says so that it never waits for a reader.
  private func stop(_ child: ChildProcess) {
    child.signal(SIGTERM)
    let deadline = monotonicSeconds() + Self.stopGrace
    while child.poll() == nil, monotonicSeconds() < deadline {
      var wait = pollfd(fd: child.output, events: Int16(POLLIN), revents: 0)
      if Glibc.poll(&wait, 1, 50) > 0 { drain(child.output) }
    }
  }

  private func finalStatus(of child: ChildProcess) -> ChildProcess.Status? {
    let deadline = monotonicSeconds() + 5
    while child.poll() == nil {
      if monotonicSeconds() > deadline { child.killGroup() }
      usleep(10_000)
    }
    return child.poll()
  }

  /// The longest time between two lines of a healthy worker: it tells every step before the trials and every trial's end, so between
  /// two lines lies one trial, and at times a step beside it; an arm is counted in a few trials at once.
  private func longestSilence(of job: Job) -> Double {
    Double((job.counts ?? []).isEmpty ? 2 : 5) * job.timeLimit + Self.silenceGrace
  }

  private func words(_ status: ChildProcess.Status?, log: String) -> String {
    let lastLine = textFile(log)?.split(separator: "\n").last.map { $0.trimmingPrefix("error: ") }
    let last = lastLine.map { ": \($0.prefix(300))" } ?? ""
    return switch status {
    case .exited(0): "the worker ended before its job did\(last)"
    case .exited(let code): "the worker ended with exit code \(code)\(last)"
    case .signalled(let number): "the worker was killed by signal \(number) (\(String(cString: strsignal(number))))"
    case nil: "the worker vanished"
    }
  }

  private func drain(_ descriptor: CInt) {
    var bytes = [UInt8](repeating: 0, count: 4096)
    _ = read(descriptor, &bytes, bytes.count)
  }
}

/// CLOCK_MONOTONIC in seconds.
public func monotonicSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
