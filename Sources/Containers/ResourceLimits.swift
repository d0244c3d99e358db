import Glibc
import OCI

/// `process.rlimits`: limits of setrlimit(2).
public struct ResourceLimits: Equatable, Sendable {
  struct Limit: Equatable, Sendable {
    var number: Int
    var soft: UInt64
    var hard: UInt64
  }
  let limits: [Limit]

  /// - Throws: a name that is no limit, one that is said twice, a soft limit above its hard one.
  public init(_ limits: [RuntimeSpec.Rlimit]) throws(ContainerError) {
    var known: [Limit] = []
    for limit in limits {
      guard let number = ResourceLimits.number(limit.type) else {
        throw ContainerError("process.rlimits: \"\(limit.type)\" is no limit; they look like RLIMIT_NOFILE")
      }
      guard !known.contains(where: { $0.number == number }) else { throw ContainerError("process.rlimits says \(limit.type) twice") }
      guard limit.soft <= limit.hard else {
        throw ContainerError("process.rlimits: the soft limit of \(limit.type) (\(limit.soft)) is above the hard one (\(limit.hard))")
      }
      known.append(Limit(number: number, soft: limit.soft, hard: limit.hard))
    }
    self.limits = known
  }

  /// Sets them. Allocates nothing.
  ///
  /// - Parameter process: 0 is the caller.
  public func apply(to process: pid_t = 0) throws(StepFailure) {
    for limit in limits {
      var pair: (soft: UInt64, hard: UInt64) = (limit.soft, limit.hard)
      let answer = withUnsafeMutablePointer(to: &pair) {
        systemCall(SystemCall.prlimit64, Int(process), limit.number, Int(bitPattern: $0), 0, 0)
      }
      guard answer == 0 else { throw StepFailure("set a resource limit") }
    }
  }

  /// Sets those of another process that may not raise them itself.
  /// - Throws: naming what failed.
  public func raise(of process: pid_t) throws(ContainerError) {
    do throws(StepFailure) { try apply(to: process) } catch { throw ContainerError(error.description) }
  }

  /// asm-generic/resource.h.
  private static func number(_ name: String) -> Int? {
    switch name {
    case "RLIMIT_CPU": 0
    case "RLIMIT_FSIZE": 1
    case "RLIMIT_DATA": 2
    case "RLIMIT_STACK": 3
    case "RLIMIT_CORE": 4
    case "RLIMIT_RSS": 5
    case "RLIMIT_NPROC": 6
    case "RLIMIT_NOFILE": 7
    case "RLIMIT_MEMLOCK": 8
    case "RLIMIT_AS": 9
    case "RLIMIT_LOCKS": 10
    case "RLIMIT_SIGPENDING": 11
    case "RLIMIT_MSGQUEUE": 12
    case "RLIMIT_NICE": 13
    case "RLIMIT_RTPRIO": 14
    case "RLIMIT_RTTIME": 15
    default: nil
    }
  }
}
