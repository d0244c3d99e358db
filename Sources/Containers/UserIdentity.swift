import Glibc
import OCI

/// Who a process is to run as: `process.user`.
public struct UserIdentity: Equatable, Sendable {
  let user: UInt32
  let group: UInt32
  let groups: [UInt32]
  let umask: UInt32

  /// Takes the numbers as they are; they are the container's.
  public init(_ user: RuntimeSpec.User) {
    self.user = user.uid
    group = user.gid
    groups = user.additionalGids
    // As runc has it where nothing is said.
    umask = user.umask ?? 0o022
  }

  /// Becomes the user: groups first, because only the one who may change users may change groups, and the user last. Of the calling thread
  /// alone, for a child with one thread. Allocates nothing.
  public func assume() throws(StepFailure) {
    _ = Glibc.umask(mode_t(umask & 0o777))
    let answer = groups.withUnsafeBufferPointer {
      systemCall(SystemCall.setgroups, $0.count, Int(bitPattern: $0.baseAddress), 0, 0, 0)
    }
    // In a user namespace made without privileges nobody may set groups; to want none is no reason to fail there.
    guard answer == 0 || (groups.isEmpty && errno == EPERM) else { throw StepFailure("set supplementary groups") }
    guard systemCall(SystemCall.setgid, Int(group), 0, 0, 0, 0) == 0 else { throw StepFailure("set the group") }
    guard systemCall(SystemCall.setuid, Int(user), 0, 0, 0, 0) == 0 else { throw StepFailure("set the user") }
  }
}
