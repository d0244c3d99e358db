/// How a call ended: the codes of gRPC. containerd turns them into errors of its own, so which one is sent is part of a service's contract.
///
/// Codes that are not listed can come, too.
public struct StatusCode: RawRepresentable, Equatable, Hashable, Sendable, CustomStringConvertible {
  public var rawValue: Int32

  public init(rawValue: Int32) { self.rawValue = rawValue }

  /// No error.
  public static let ok = StatusCode(rawValue: 0)
  /// The caller no longer wants it.
  public static let canceled = StatusCode(rawValue: 1)
  /// An error of which no more is known.
  public static let unknown = StatusCode(rawValue: 2)
  /// What was asked for can never be right.
  public static let invalidArgument = StatusCode(rawValue: 3)
  /// The time for the call was over.
  public static let deadlineExceeded = StatusCode(rawValue: 4)
  /// What was named does not exist.
  public static let notFound = StatusCode(rawValue: 5)
  /// What was to be made exists.
  public static let alreadyExists = StatusCode(rawValue: 6)
  /// The caller must not do that.
  public static let permissionDenied = StatusCode(rawValue: 7)
  /// Too large, or too many.
  public static let resourceExhausted = StatusCode(rawValue: 8)
  /// Not in the state that this needs.
  public static let failedPrecondition = StatusCode(rawValue: 9)
  /// Given up for the sake of another call.
  public static let aborted = StatusCode(rawValue: 10)
  /// Beyond the end.
  public static let outOfRange = StatusCode(rawValue: 11)
  /// There is no such service or method.
  public static let unimplemented = StatusCode(rawValue: 12)
  /// A defect.
  public static let `internal` = StatusCode(rawValue: 13)
  /// Not now; to be tried again.
  public static let unavailable = StatusCode(rawValue: 14)
  /// Data are lost.
  public static let dataLoss = StatusCode(rawValue: 15)
  /// The caller did not say who it is.
  public static let unauthenticated = StatusCode(rawValue: 16)

  private static let names: [StaticString] = [
    "OK", "Canceled", "Unknown", "InvalidArgument", "DeadlineExceeded", "NotFound", "AlreadyExists", "PermissionDenied",
    "ResourceExhausted", "FailedPrecondition", "Aborted", "OutOfRange", "Unimplemented", "Internal", "Unavailable", "DataLoss",
    "Unauthenticated",
  ]

  /// The code's name as gRPC writes it.
  public var description: String {
    Self.names.indices.contains(Int(rawValue)) ? "\(Self.names[Int(rawValue)])" : "Code(\(rawValue))"
  }
}
