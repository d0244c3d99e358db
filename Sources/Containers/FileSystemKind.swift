/// The kernel's numbers for kinds of file systems (statfs(2), linux/magic.h).
enum FileSystemKind {
  /// CGROUP2_SUPER_MAGIC.
  static let cgroup2 = 0x6367_7270

  /// PROC_SUPER_MAGIC.
  static let processes = 0x9FA0

  /// - Returns: nil when the path cannot be looked at; errno says why.
  static func of(_ path: String) -> Int? { path.withCString { ask(SystemCall.statfs, Int(bitPattern: $0)) } }

  /// Of what an open descriptor is in.
  /// - Returns: nil when it cannot be looked at; errno says why.
  static func of(_ descriptor: Int32) -> Int? { ask(SystemCall.fstatfs, Int(descriptor)) }

  private static func ask(_ call: Int, _ subject: Int) -> Int? {
    // struct statfs is 120 bytes and begins with f_type.
    withUnsafeTemporaryAllocation(of: Int.self, capacity: 15) { status in
      systemCall(call, subject, Int(bitPattern: status.baseAddress), 0, 0, 0) == 0 ? status[0] : nil
    }
  }
}
