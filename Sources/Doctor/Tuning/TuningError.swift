/// Why a machine could not be tuned or restored.
public struct TuningError: Error, Equatable, Sendable {
  public enum Reason: Sendable {
    /// This user may not.
    case notAllowed
    /// Somebody else is at it, or has been.
    case busy
    /// The journal or its folder is not as it must be.
    case damaged
    /// A program is not there.
    case missing
    /// Reading or writing failed.
    case inputOutput
  }

  public var reason: Reason
  /// What is wrong, where and how to mend it.
  public var line: String

  init(_ reason: Reason, _ line: String) {
    self.reason = reason
    self.line = line
  }
}
