/// Names of capabilities in the order of their numbers (linux/capability.h).
enum CapabilityNames {
  private static let all: [StaticString] = [
    "CHOWN", "DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID", "KILL", "SETGID", "SETUID", "SETPCAP", "LINUX_IMMUTABLE",
    "NET_BIND_SERVICE", "NET_BROADCAST", "NET_ADMIN", "NET_RAW", "IPC_LOCK", "IPC_OWNER", "SYS_MODULE", "SYS_RAWIO", "SYS_CHROOT",
    "SYS_PTRACE", "SYS_PACCT", "SYS_ADMIN", "SYS_BOOT", "SYS_NICE", "SYS_RESOURCE", "SYS_TIME", "SYS_TTY_CONFIG", "MKNOD", "LEASE",
    "AUDIT_WRITE", "AUDIT_CONTROL", "SETFCAP", "MAC_OVERRIDE", "MAC_ADMIN", "SYSLOG", "WAKE_ALARM", "BLOCK_SUSPEND", "AUDIT_READ",
    "PERFMON", "BPF", "CHECKPOINT_RESTORE",
  ]

  /// - Parameter name: `CAP_…`, in any case.
  static func number(_ name: String) -> Int? {
    let prefix = "CAP_".utf8
    guard name.utf8.count > prefix.count else { return nil }
    return all.firstIndex { known in
      guard name.utf8.count == prefix.count + known.utf8CodeUnitCount else { return false }
      return zip(name.utf8, prefix).allSatisfy { upper($0) == $1 }
        && known.withUTF8Buffer { zip(name.utf8.dropFirst(prefix.count), $0).allSatisfy { upper($0) == $1 } }
    }
  }

  private static func upper(_ byte: UInt8) -> UInt8 { (97...122).contains(byte) ? byte - 32 : byte }
}
