import Glibc

/// The kernel's names of its trace points (Documentation/trace/events.rst).
enum TraceEvents {
  /// Whether file systems may be mounted here without anybody else seeing them.
  nonisolated(unsafe) static var mayMount = false
  private static let folders = ["/sys/kernel/tracing", "/sys/kernel/debug/tracing"]

  /// The number of an event `GROUP/NAME`.
  /// - Throws: `SystemError` where tracefs cannot be had.
  static func identifier(_ event: String) throws -> UInt64 {
    for folder in folders {
      if let number = SmallFile.number("\(folder)/events/\(event)/id") { return number }
    }
    guard mayMount else {
      throw SystemError(message: "tracefs cannot be read (as root: mount -t tracefs tracefs \(folders[0]))")
    }
    try System.mountFileSystem("tracefs", at: folders[0])
    defer { umount2(folders[0], Int32(MNT_DETACH)) }
    guard let number = SmallFile.number("\(folders[0])/events/\(event)/id") else {
      throw SystemError(message: "the kernel has no trace point \(event)")
    }
    return number
  }
}
