import Glibc

/// Why a job cannot be worked on: what is wrong, where, and how to mend it, with the exit code that goes with it (sysexits.h).
public struct WorkerError: Error, Sendable, CustomStringConvertible {
  /// One line, without the leading `error: `.
  public var message: String
  /// One of sysexits.h, or 128 plus the signal's number after an interruption.
  public var exitCode: Int32

  /// - Parameters: as the properties of the same names.
  public init(_ message: String, exitCode: Int32) {
    self.message = message
    self.exitCode = exitCode
  }

  /// Bad input: the job file, or what it names.
  static func badData(_ message: String) -> WorkerError { WorkerError(message, exitCode: 65) }
  /// Something the worker needs is not there.
  static func missing(_ message: String) -> WorkerError { WorkerError(message, exitCode: 69) }
  /// A system call failed that has no business failing.
  static func system(_ attempt: String, _ code: Int32) -> WorkerError {
    WorkerError("\(attempt): \(String(cString: strerror(code)))", exitCode: 71)
  }
  /// Stopped by a signal or because the parent died; nothing is wrong.
  static func interrupted(by signal: Int32) -> WorkerError { WorkerError("interrupted", exitCode: 128 + signal) }

  public var description: String { message }
}

/// Why one runtime cannot run on this machine, and the way to get it.
struct RuntimeUnavailable: Error {
  var reason: String
  var remedy: String
}
