import CSeccomp
import OCI

/// A way to call the kernel on x86-64, each with numbers of its own.
enum SeccompArchitecture: Equatable {
  case x86_64
  /// 32-bit programs.
  case x86
  /// 64-bit registers and 32-bit addresses; its numbers have bit 30 set.
  case x32

  /// libseccomp's number: AUDIT_ARCH_X86_64, AUDIT_ARCH_I386, and the former without the bit for 64 bits.
  var token: UInt32 {
    switch self {
    case .x86_64: 0xC000_003E
    case .x86: 0x4000_0003
    case .x32: 0x4000_003E
    }
  }

  /// Whether arguments are compared in 64 bits.
  var isWide: Bool { self == .x86_64 }

  /// The machine's own, and those of the profile that this machine has.
  static func all(_ names: [String]) throws(ContainerError) -> [SeccompArchitecture] {
    var found: [SeccompArchitecture] = [.x86_64]
    for name in names {
      guard name.hasPrefix("SCMP_ARCH_") else {
        throw ContainerError("linux.seccomp.architectures: \"\(name)\" is no architecture; they look like SCMP_ARCH_X86_64")
      }
      if name == "SCMP_ARCH_X86", !found.contains(.x86) { found.append(.x86) }
      if name == "SCMP_ARCH_X32", !found.contains(.x32) { found.append(.x32) }
    }
    return found
  }

  /// What a name stands for: a number, and for 32-bit programs also a call through `socketcall` or `ipc`.
  struct Numbers: Equatable {
    var direct: UInt32?
    var multiplexed: (number: UInt32, call: UInt64)?

    static func == (a: Numbers, b: Numbers) -> Bool {
      a.direct == b.direct && a.multiplexed?.number == b.multiplexed?.number && a.multiplexed?.call == b.multiplexed?.call
    }
  }

  /// - Returns: nil for a name that nobody knows or that this architecture does not have.
  func numbers(_ name: String) -> Numbers? {
    let number = name.withCString { seccomp_syscall_resolve_name_arch(token, $0) }
    if number >= 0 { return Numbers(direct: UInt32(number)) }
    guard self == .x86 else { return nil }
    // libseccomp answers for 32-bit programs with numbers of its own where a call can be made in two ways.
    switch number {
    case -120 ... -101: return Numbers(direct: SeccompArchitecture.directNumbers[Int(number)], multiplexed: (102, UInt64(-100 - number)))
    case -224 ... -201: return Numbers(direct: SeccompArchitecture.directNumbers[Int(number)], multiplexed: (117, UInt64(-200 - number)))
    default: return nil
    }
  }

  /// Numbers that such calls got later (arch/x86/entry/syscalls/syscall_32.tbl).
  private static let directNumbers: [Int: UInt32] = [
    -101: 359, -102: 361, -103: 362, -104: 363, -106: 367, -107: 368, -108: 360, -111: 369, -112: 371, -113: 373, -114: 366, -115: 365,
    -116: 370, -117: 372, -118: 364, -119: 337, -120: 345,
    -202: 393, -203: 394, -211: 400, -212: 401, -213: 399, -214: 402, -221: 397, -222: 398, -223: 395, -224: 396,
  ]
}
