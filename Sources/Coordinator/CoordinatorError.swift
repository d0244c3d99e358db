/// What stopped a command, in lines a user can act on, and the exit code that goes with it.
public struct CoordinatorError: Error, Equatable, CustomStringConvertible {
  /// Why the process ends. The raw value is the exit code; `Docs/formats.md` lists them.
  public enum Reason: Int32, Sendable, CaseIterable {
    /// The worker ended before its job did; what was measured is kept and the run can be resumed.
    case interrupted = 3
    /// No runtime of the scenario can run here.
    case nothingToMeasure = 4
    /// The command line asks for something that does not exist.
    case usage = 64
    /// A scenario, runtimes file or database holds something it must not.
    case badData = 65
    /// A part that was to be built or installed is absent.
    case missing = 69
    /// A defect of ours.
    case defect = 70
    /// The results cannot be created or written where they should go.
    case cannotCreate = 73
    /// Reading or writing failed on the way, for instance on a full disk.
    case inputOutput = 74
    /// Somebody else holds the database or the run; later it may work.
    case busy = 75
  }

  /// Its raw value is the exit code.
  public var reason: Reason
  /// One line each, without the leading `error: `.
  public var lines: [String]

  /// - Parameter line: what is wrong, where and how to mend it, without the leading `error: `.
  public init(_ reason: Reason, _ line: String) {
    self.init(reason, lines: [line])
  }

  /// - Parameter lines: one for every problem, each without the leading `error: `.
  public init(_ reason: Reason, lines: [String]) {
    self.reason = reason
    self.lines = lines
  }

  public var description: String { lines.map { "error: \($0)" }.joined(separator: "\n") }
}
