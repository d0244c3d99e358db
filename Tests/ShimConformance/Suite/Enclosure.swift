import Foundation

/// Process and mount namespaces of the suite's own. With the first process in them the kernel ends every other and every mount, so that
/// nothing outlives the suite however it ends.
enum Enclosure {
  /// In front of the process number, in the names of folders and control groups.
  static let prefix = "shim-conformance-"

  /// Removes folders and control groups of earlier calls that were killed before they could: nothing else outlives one.
  static func sweepDeadRuns() {
    func isDead(_ name: String) -> Bool {
      guard name.hasPrefix(prefix), let process = name.split(separator: "-").dropFirst(2).first.flatMap({ pid_t($0) }) else { return false }
      return kill(process, 0) != 0
    }
    for name in Files.names("/var/tmp") where isDead(name) { try? FileManager.default.removeItem(atPath: "/var/tmp/" + name) }
    for hierarchy in ControlGroups.hierarchies {
      for name in Files.names(hierarchy) where isDead(name) { ControlGroups.remove(name) }
    }
  }

  /// Why there can be none here; nil where there can.
  static var obstacle: String? {
    if getuid() != 0 { return "containers need root" }
    for program in ["unshare", "setpriv", "containerd", "ctr", "tar"] where Program.find(program) == nil { return "no \(program) here" }
    return nil
  }

  /// The words that start this executable again inside.
  static func words(_ executable: String, _ arguments: [String]) -> [String] {
    [
      "setpriv", "--pdeathsig", "KILL", "unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "--propagation", "private",
      executable,
    ] + arguments
  }

  /// Inside: gives the suite an empty `/run` of its own, small enough to be filled.
  static func prepare() throws {
    guard getpid() == 1 else { throw Failed("this is not the first process of its namespace") }
    try Program.run(["mount", "-t", "tmpfs", "-o", "mode=755,size=64m", "tmpfs", "/run"]).succeeded()
    // `mount` keeps a file of its own there.
    try Files.makeFolder("/run/mount")
    try Files.write("", to: "/run/mount/utab")
  }

  /// Outside, afterwards: what is still there of what was not there before.
  struct Traces {
    private let before: Set<String>
    private let name: String

    init(name: String) {
      self.name = name
      before = Self.all(name)
    }

    private static func all(_ name: String) -> Set<String> {
      var items = Set(
        Files.text("/proc/self/mountinfo").split(separator: "\n").compactMap { line in
          line.split(separator: " ").dropFirst(4).first.map { "mount \($0)" }
        }.filter { $0.contains(name) })
      for hierarchy in ControlGroups.hierarchies {
        for group in Files.names(hierarchy) where group.hasPrefix(name) { items.insert("control group \(hierarchy)/\(group)") }
      }
      for process in Inventory.processes where process != getpid() {
        if Files.text("/proc/\(process)/cmdline").contains(name) { items.insert("process \(process) (\(Inventory.title(process)))") }
      }
      return items
    }

    /// Listed, then removed.
    func sweep() -> [String] {
      let left = Self.all(name).subtracting(before).sorted()
      for hierarchy in ControlGroups.hierarchies {
        for group in Files.names(hierarchy) where group.hasPrefix(name) { ControlGroups.remove(group) }
      }
      return left
    }
  }
}
