import CSeccomp
import Glibc
import OCI

/// A filter of system calls, compiled from `linux.seccomp` and ready to be loaded (seccomp(2)).
///
/// libseccomp is asked only for the numbers of system calls. The program is made here: its own compiler takes 12 ms for a profile as long as
/// the usual one with its three architectures, which is more than all the rest of a container's start.
public struct SeccompFilter: Sendable, Equatable {
  /// The kernel's instructions.
  let program: [BPFInstruction]
  /// SECCOMP_FILTER_FLAG_… of linux/seccomp.h.
  let flags: UInt32

  /// Compiles; calls nothing of the kernel.
  ///
  /// - Throws: what the profile says that the kernel or we cannot do. Names of system calls that nobody knows are passed over, as runc does.
  public init(_ profile: RuntimeSpec.Seccomp) throws(ContainerError) {
    flags = try SeccompFilter.flags(profile.flags)
    program = try SeccompCompiler(profile).program()
    // BPF_MAXINSNS of linux/bpf_common.h.
    guard program.count <= 4096 else {
      throw ContainerError("linux.seccomp needs \(program.count) instructions and the kernel takes 4096; say less in it")
    }
  }

  /// Filters every system call of the calling thread from now on, and of what it starts. For a child after its set-up: allocates nothing.
  ///
  /// - Parameter settingNoNewPrivileges: sets `no_new_privs` before (prctl(2)); without it loading needs CAP_SYS_ADMIN.
  /// - Returns: 0, or the system's number for the failure.
  public func load(settingNoNewPrivileges: Bool) -> Int32 {
    if settingNoNewPrivileges {
      let code = NoNewPrivileges.set()
      if code != 0 { return code }
    }
    return program.withUnsafeBufferPointer { instructions in
      // struct sock_fprog: a length of 16 bits, and the address at the next place that fits one.
      var program = (length: UInt(instructions.count), address: UInt(bitPattern: instructions.baseAddress))
      return withUnsafePointer(to: &program) {
        // SECCOMP_SET_MODE_FILTER is 1.
        let answer = systemCall(SystemCall.seccomp, 1, Int(flags), Int(bitPattern: $0), 0, 0)
        // With TSYNC a thread that could not follow is answered by its number.
        return answer == 0 ? 0 : answer > 0 ? ESRCH : errno
      }
    }
  }

  private static func flags(_ names: [String]) throws(ContainerError) -> UInt32 {
    var flags: UInt32 = 0
    for name in names where !name.isEmpty {
      switch name {
      case "SECCOMP_FILTER_FLAG_TSYNC": flags |= 1
      case "SECCOMP_FILTER_FLAG_LOG": flags |= 2
      case "SECCOMP_FILTER_FLAG_SPEC_ALLOW": flags |= 4
      default: throw ContainerError("linux.seccomp.flags: \"\(name)\" is not supported; leave it out")
      }
    }
    return flags
  }
}

/// `process.noNewPrivileges` (prctl(2), PR_SET_NO_NEW_PRIVS).
public enum NoNewPrivileges {
  /// Keeps programs that this process executes from gaining privileges. Allocates nothing.
  ///
  /// - Returns: 0, or the system's number for the failure.
  public static func set() -> Int32 { systemCall(SystemCall.prctl, 38, 1, 0, 0, 0) == 0 ? 0 : errno }
}
