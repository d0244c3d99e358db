import Glibc

/// The files that tell a process how much memory its cgroup may have and has, kept open where the process cannot reach cgroups by path.
public struct CgroupMemoryFiles {
  /// Open for reading; -1 where the machine limits no memory.
  public var limit: Int32
  /// Open for reading; -1 where the machine limits no memory.
  public var usage: Int32

  /// - Parameters: as the properties of the same names.
  public init(limit: Int32, usage: Int32) {
    self.limit = limit
    self.usage = usage
  }

  /// Opens those of a cgroup, through a mount that is read-only and attached nowhere: whoever may look at the descriptors of the process that
  /// holds them can open them anew (proc(5), /proc/pid/fd), and shall not be able to write.
  public init(_ cgroup: Cgroup) {
    let isFirst = cgroup.folder("memory") != nil
    guard let folder = cgroup.folder("memory") ?? cgroup.unified else {
      self.init(limit: -1, usage: -1)
      return
    }
    let names = isFirst ? ("memory.limit_in_bytes", "memory.usage_in_bytes") : ("memory.max", "memory.current")
    let view = Linux.copyOfMount(at: folder.fullPath, recursive: false)
    defer { if view >= 0 { Glibc.close(view) } }
    // Who may make no mounts makes no containers either.
    guard view >= 0, Linux.setAttributes(ofMount: view, added: 1, removed: 0) == 0 else {
      self.init(limit: folder.open(names.0, O_RDONLY), usage: folder.open(names.1, O_RDONLY))
      return
    }
    self.init(limit: openat(view, names.0, O_RDONLY | O_CLOEXEC), usage: openat(view, names.1, O_RDONLY | O_CLOEXEC))
  }

  /// Closes them.
  public func close() { for descriptor in [limit, usage] where descriptor >= 0 { Glibc.close(descriptor) } }

  /// In bytes; nil where there is none.
  public var limitBytes: Int? { Self.number(limit).flatMap { $0 < Self.unlimited ? $0 : nil } }
  /// In bytes; nil where it is not counted.
  public var usageBytes: Int? { Self.number(usage) }

  /// Version 1 says the largest number of pages for no limit.
  private static let unlimited = 1 << 60

  private static func number(_ descriptor: Int32) -> Int? {
    guard descriptor >= 0 else { return nil }
    return withUnsafeTemporaryAllocation(byteCount: 32, alignment: 8) { buffer in
      let count = pread(descriptor, buffer.baseAddress!, buffer.count, 0)
      guard count > 0 else { return nil }
      var value = 0
      for byte in buffer[..<count] where byte != UInt8(ascii: "\n") {
        let digit = Int(byte) - 48
        guard (0...9).contains(digit), value <= (Int.max - digit) / 10 else { return nil }
        value = value * 10 + digit
      }
      return value
    }
  }
}

extension Cgroup {
  /// For a mount of type `cgroup`: every hierarchy's name and the container's folder in it.
  public var mountFolders: RootFileSystem.CgroupFolders {
    RootFileSystem.CgroupFolders(
      zip(layout.hierarchies, folders).map { hierarchy, folder in
        let name = layout.version == .v2 ? "" : String(hierarchy.mountPoint.split(separator: "/").last ?? "")
        return (name: name, path: folder.fullPath)
      })
  }
}
