import ContainerdClient
import Glibc
import Observations

/// Instances that are made, kept while they are weighed, and ended: containers, processes, or instances in one process.
protocol HeldCrowd: AnyObject {
  /// How many there are to be in the end.
  var count: Int { get }
  /// Whether those that are held stay when more are made; else all are made anew.
  var grows: Bool { get }
  /// Makes it so that so many are there, each of which has said what it has to say.
  /// - Parameter deadline: CLOCK_MONOTONIC, nanoseconds.
  /// - Throws: `HoldFailure` where one does not come so far.
  func hold(_ number: Int, until deadline: UInt64) throws
  /// Everything that is there for those that are held, shims and helpers included.
  func processes() -> [pid_t]
  /// Whether any of them has closed its output: it has ended, or said that it will say nothing more.
  var hasEnded: Bool { get }
  /// Ends the input of those that are held and waits for their ends.
  /// - Returns: what each answered, in their order.
  func end(until deadline: UInt64) throws -> HeldAnswers
}

/// What instances answered.
struct HeldAnswers {
  /// Standard output and standard error of the first, then of the second, and so on.
  var streams: [CollectedStream]
  var exitCodes: [Int32]
  /// The first that a signal ended, and its signal.
  var killed: (instance: Int, signal: Int32)?
  /// What they used and left behind; nil where somebody else knows it.
  var released: ReleasedPrograms?

  /// Of the instance whose answer a report is about.
  func streams(of report: LaunchReport) -> [CollectedStream] {
    let first = 2 * (report.answering ?? 0)
    return Array(streams[first...first + 1])
  }
}

extension Moment {
  /// Seconds that are left; never none, so that whoever has ended in time is still seen to have.
  static func seconds(until deadline: UInt64) -> Double {
    let now = now
    return deadline > now ? Double(deadline - now) / 1e9 : 0.001
  }
}

/// Why instances are not held.
enum HoldFailure: Error {
  case timedOut
  /// One has ended before it was to.
  case ended
  /// What went wrong, in one line.
  case failed(String)
}

extension StreamCollector {
  /// Waits until so much has come out of a stream.
  /// - Throws: `HoldFailure`, or an interruption.
  func await(_ stream: Int, length wanted: Int, until deadline: UInt64) throws {
    while length(stream) < wanted {
      try Interruption.check()
      if hasEnded(stream), length(stream) < wanted { throw HoldFailure.ended }
      guard Moment.now < deadline else { throw HoldFailure.timedOut }
      usleep(1000)
    }
  }
}

extension Expectation {
  /// Bytes after which an instance has said what it has to say before it waits.
  var heldLength: Int { max(1, output?.utf8.count ?? 1) }
}
