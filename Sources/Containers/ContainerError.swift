import Glibc

/// Why a container could not be made, changed or ended, in words a user can act on.
public struct ContainerError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was attempted, on what, and why it failed.
  public let description: String
  /// The system's number for the failure (errno(3)); 0 where it was not the system that refused.
  public let code: Int32

  /// A refusal of our own.
  public init(_ description: String) {
    self.description = description
    code = 0
  }

  /// A failed system call.
  ///
  /// - Parameters:
  ///   - attempt: for example "write 5 to pids.max".
  ///   - code: defaults to that of the last failed call.
  public init(failed attempt: String, code: Int32 = errno) {
    description = "cannot \(attempt): \(String(cString: strerror(code)))"
    self.code = code
  }
}
