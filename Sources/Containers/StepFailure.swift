import Glibc

/// A failed step of a child that sets itself up: small enough to be sent through a pipe, and made without allocating.
public struct StepFailure: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was attempted, for example "drop a capability".
  public let step: StaticString
  /// The system's number for the failure (errno(3)).
  public let code: Int32

  /// - Parameter code: defaults to that of the last failed call.
  public init(_ step: StaticString, code: Int32 = errno) {
    self.step = step
    self.code = code
  }

  public var description: String { ContainerError(failed: "\(step)", code: code).description }

  public static func == (a: StepFailure, b: StepFailure) -> Bool { a.code == b.code && a.step.description == b.step.description }
}
