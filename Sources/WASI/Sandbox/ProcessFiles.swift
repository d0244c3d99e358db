import Glibc

/// Files of the kernel's process file system (proc(5)), some of which would let a guest out although no path leads out: `/proc/self/mem` is
/// the memory of the very process that runs the guest.
///
/// What is refused depends on the file that was opened, not on the path that led to it, so that no link and no directory opened before makes
/// a difference.
enum ProcessFiles {
  /// PROC_SUPER_MAGIC (linux/magic.h).
  private static let kind = 0x9FA0
  /// fstatfs(2), which glibc's module hides.
  private static let callNumber = 138
  /// Beginnings of the names of files that show memory: of a process, of the kernel. A file whose process is gone has more behind its name.
  private static let memories = ["mem", "kcore"]
  /// The one place where something may be written: settings of the kernel, which are none of a process's own.
  private static let settings = "/proc/sys/"
  /// What a path's end is looked for in; a longer path is none of the kernel's.
  private static let longestPath = 1024

  /// - Parameters:
  ///   - file: just opened, of mode `mode`.
  ///   - writes: whether it was opened for writing.
  /// - Throws: `acces` for a file that shows a process's memory, and for one opened for writing outside of the kernel's settings; also where
  ///   it cannot be told which file it is.
  static func check(_ file: Int32, mode: mode_t, writes: Bool) throws(Errno) {
    guard isHere(file) else { return }
    // What everybody may read shows nobody's memory.
    if !writes, mode & S_IROTH != 0 { return }
    guard let path = path(of: file) else { throw .acces }
    let name = path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...]
    guard !memories.contains(where: name.hasPrefix), !writes || path.hasPrefix(settings) else { throw .acces }
  }

  /// Whether an open file or directory, also one opened as a path only, is in a process file system.
  static func isHere(_ file: Int32) -> Bool {
    // struct statfs is 120 bytes and begins with f_type (fstatfs(2)).
    withUnsafeTemporaryAllocation(of: Int.self, capacity: 15) { status in
      systemCall(callNumber, Int(file), Int(bitPattern: status.baseAddress), 0, 0, 0) == 0 && status[0] == kind
    }
  }

  /// Where the kernel says that the file is; nil where this process has no `/proc`, or something else by that name.
  private static func path(of file: Int32) -> String? {
    let own = open("/proc/self/fd", O_PATH | O_DIRECTORY | O_CLOEXEC)
    guard own >= 0 else { return nil }
    defer { close(own) }
    guard isHere(own) else { return nil }
    return withUnsafeTemporaryAllocation(byteCount: longestPath, alignment: 1) { buffer in
      let count = readlinkat(own, "\(file)", buffer.baseAddress!.assumingMemoryBound(to: CChar.self), buffer.count)
      guard count > 0, count < buffer.count else { return nil }
      return String(decoding: buffer[..<count], as: UTF8.self)
    }
  }
}
