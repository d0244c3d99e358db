import Foundation
import Glibc

/// What tests make outside the checkout is named after the test process, so that the next one can tell what a killed one left behind.
///
/// A process number alone comes back into use; together with the process's start time it does not.
public enum Leftovers {
  static let prefix = "harness-test-"

  /// A name for a folder, a cgroup or a container that nobody else on this machine has: `harness-test-RANDOM.PID.START`.
  public static func newName() -> String {
    _ = swept
    return "\(prefix)\(UUID().uuidString.prefix(8).lowercased()).\(getpid()).\(startTime(of: getpid()) ?? 0)"
  }

  /// Removes the cgroups of a name in every hierarchy, with those below them: container engines leave the folder of their namespace.
  public static func removeCgroups(_ name: String) {
    for hierarchy in hierarchies { removeCgroup("\(hierarchy)/\(name)") }
  }

  /// Done once in a process, before it makes something itself.
  private static let swept: Void = sweep(folder: FileManager.default.temporaryDirectory.path)

  /// Ends the processes, then removes the mounts, folders and cgroups of test processes that are dead.
  static func sweep(folder: String) {
    let dead = entries(folder).filter(belongsToDead).map { "\(folder)/\($0)" }
    for path in dead {
      endProcesses(naming: path)
      for mount in mounts(below: path) { umount2(mount, Int32(MNT_DETACH)) }
      try? FileManager.default.removeItem(atPath: path)
    }
    for hierarchy in hierarchies {
      for name in entries(hierarchy) where belongsToDead(name) { removeCgroup("\(hierarchy)/\(name)") }
    }
  }

  /// Whether a name is of the kind made here and its process no longer runs.
  static func belongsToDead(_ name: String) -> Bool {
    let parts = name.split(separator: ".")
    guard name.hasPrefix(prefix), parts.count == 3, let process = pid_t(parts[1]), let start = UInt64(parts[2]) else { return false }
    return startTime(of: process) != start
  }

  // MARK: The machine

  /// Clock ticks after boot (/proc/PID/stat, field 22; the name in field 2 may hold anything up to the last parenthesis).
  private static func startTime(of process: pid_t) -> UInt64? {
    guard let line = text("/proc/\(process)/stat"), let end = line.lastIndex(of: ")") else { return nil }
    let fields = line[line.index(after: end)...].split(separator: " ")
    return fields.count > 19 ? UInt64(fields[19]) : nil
  }

  private static func endProcesses(naming path: String) {
    for process in entries("/proc").compactMap({ pid_t($0) }) where process != getpid() {
      if text("/proc/\(process)/cmdline")?.contains(path) == true { kill(process, SIGKILL) }
    }
  }

  /// Mounts in and below a folder, the innermost first.
  private static func mounts(below folder: String) -> [String] {
    (text("/proc/self/mounts") ?? "").split(separator: "\n").compactMap { line in
      line.split(separator: " ").dropFirst().first.map(String.init)
    }.filter { $0 == folder || $0.hasPrefix(folder + "/") }.reversed()
  }

  /// Folders that may hold cgroups: every hierarchy of version 1, or the one of version 2.
  private static var hierarchies: [String] { ["/sys/fs/cgroup"] + entries("/sys/fs/cgroup").map { "/sys/fs/cgroup/\($0)" } }

  private static func removeCgroup(_ folder: String) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else { return }
    for name in entries(folder) { removeCgroup("\(folder)/\(name)") }
    // A group is busy for a moment after its last process.
    for _ in 0..<200 {
      if rmdir(folder) == 0 || errno != EBUSY { return }
      for process in (text("\(folder)/cgroup.procs") ?? "").split(separator: "\n").compactMap({ pid_t($0) }) { kill(process, SIGKILL) }
      usleep(5000)
    }
  }

  // By hand, because in /proc entries vanish while they are listed and files tell no length in advance, and signals of children that end
  // may interrupt any call: none of that must hide a process.

  private static func entries(_ folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: Int(entry.pointee.d_reclen)) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  private static func text(_ path: String) -> String? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16384)
    while true {
      let count = read(file, &buffer, buffer.count)
      if count > 0 { bytes += buffer[..<count] } else if count == 0 { break } else if errno != EINTR { return nil }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
