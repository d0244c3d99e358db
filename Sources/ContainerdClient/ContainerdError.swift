import GRPCCore

/// Why containerd did not do what it was asked.
public struct ContainerdError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What kind of failure it is, as far as a caller does something about it.
  public enum Kind: Sendable, Equatable {
    /// There is no such container, task or snapshot.
    case notFound
    /// There is one of that name already.
    case alreadyExists
    /// The daemon is gone or cannot be reached.
    case unavailable
    /// The caller's time was up.
    case timedOut
    /// The caller's own process was asked to stop.
    case interrupted
    /// Anything else: `message` says what.
    case refused
  }

  /// What kind of failure it is.
  public var kind: Kind
  /// containerd's own words, or ours where it said nothing.
  public var message: String

  /// - Parameters: as the properties of the same names.
  public init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }

  /// The message alone.
  public var description: String { message }

  /// - Parameter attempt: what was asked, for the beginning of the message.
  init(_ error: any Error, attempt: String) {
    if let known = error as? ContainerdError {
      self = known
    } else if let error = error as? RPCError {
      self.init(Self.kind(of: error.code), "\(attempt): \(error.message)")
    } else if error is CancellationError {
      self.init(.timedOut, "\(attempt): given up")
    } else {
      self.init(.unavailable, "\(attempt): \(error)")
    }
  }

  private static func kind(of code: RPCError.Code) -> Kind {
    switch code {
    case .notFound: .notFound
    case .alreadyExists: .alreadyExists
    case .unavailable: .unavailable
    case .deadlineExceeded, .cancelled: .timedOut
    default: .refused
    }
  }
}
