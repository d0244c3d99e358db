import Glibc
import Observations

/// Instances that are made, kept while they are weighed, and ended: containers, processes, or instances in one process.
protocol HeldCrowd: AnyObject {
  /// How many there are to be in the end.
  var count: Int { get }
  /// Makes it so that so many are there, each of which has said what it has to say.
  /// - Throws: `HoldFailure` where one does not come so far.
  func hold(_ number: Int) throws
  /// Everything that is there for those that are held, shims and helpers included.
  func processes() -> [pid_t]
  /// Ends the input of them all and waits for their ends.
  /// - Returns: what each answered, in their order.
  func end() throws -> HeldAnswers
}

/// What instances answered.
struct HeldAnswers {
  /// Standard output and standard error of the first, then of the second, and so on.
  var streams: [CollectedStream]
  var exitCodes: [Int32]
  /// User and system time of them all, nanoseconds; nil where somebody else knows it.
  var time: (user: UInt64, system: UInt64)?
}

/// Why instances are not held.
enum HoldFailure: Error {
  case timedOut
  /// What went wrong, in one line.
  case failed(String)
}
