import Glibc

/// What the kernel does at a system call (seccomp(2), SECCOMP_RET_…), with the error number in its lower half where it has one.
struct SeccompAction: Equatable, Sendable {
  var value: UInt32

  static let allow = SeccompAction(value: 0x7FFF_0000)
  static let killThread = SeccompAction(value: 0)
  /// What the kernel itself answers to system calls it does not have.
  static let notImplemented = SeccompAction(value: 0x0005_0000 | UInt32(ENOSYS))

  init(value: UInt32) { self.value = value }

  /// - Parameters:
  ///   - name: `SCMP_ACT_…`.
  ///   - errnoReturn: EPERM where nil.
  init(_ name: String, errnoReturn: UInt32?) throws(ContainerError) {
    let code = errnoReturn ?? UInt32(EPERM)
    // MAX_ERRNO of linux/err.h.
    guard code <= 4095 else { throw ContainerError("linux.seccomp: \(code) is no error number; they end at 4095") }
    switch name {
    case "SCMP_ACT_ALLOW": value = 0x7FFF_0000
    case "SCMP_ACT_ERRNO": value = 0x0005_0000 | code
    case "SCMP_ACT_KILL", "SCMP_ACT_KILL_THREAD": value = 0
    case "SCMP_ACT_KILL_PROCESS": value = 0x8000_0000
    case "SCMP_ACT_TRAP": value = 0x0003_0000
    case "SCMP_ACT_TRACE": value = 0x7FF0_0000 | code
    case "SCMP_ACT_LOG": value = 0x7FFC_0000
    case "SCMP_ACT_NOTIFY":
      throw ContainerError("linux.seccomp: SCMP_ACT_NOTIFY needs an agent that answers, and none is supported; take another action")
    default: throw ContainerError("linux.seccomp: \"\(name)\" is no action; they look like SCMP_ACT_ERRNO")
    }
  }

  /// Whether programs go on at the call: such an action is left for system calls that are newer than the profile.
  var letsGoOn: Bool { [0x7FFF_0000, 0x7FFC_0000, 0x7FF0_0000].contains(value & 0xFFFF_0000) }
}
