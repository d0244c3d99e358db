/// The kernel's numbers for kinds of file systems (statfs(2), linux/magic.h).
enum FileSystemKind {
  /// CGROUP2_SUPER_MAGIC.
  static let cgroup2 = 0x6367_7270

  /// Of what an open descriptor is in (fstatfs(2)).
  /// - Returns: nil when it cannot be looked at; errno says why.
  static func of(_ descriptor: Int32) -> Int? {
    withUnsafeTemporaryAllocation(of: Int.self, capacity: 15) { status in
      systemCall(138, Int(descriptor), Int(bitPattern: status.baseAddress), 0, 0, 0) == 0 ? status[0] : nil
    }
  }

  /// - Returns: nil when the path cannot be looked at; errno says why.
  static func of(_ path: String) -> Int? {
    // struct statfs is 120 bytes and begins with f_type.
    withUnsafeTemporaryAllocation(of: Int.self, capacity: 15) { status in
      let answer = path.withCString {
        systemCall(SystemCall.statfs, Int(bitPattern: $0), Int(bitPattern: status.baseAddress), 0, 0, 0)
      }
      return answer == 0 ? status[0] : nil
    }
  }
}
