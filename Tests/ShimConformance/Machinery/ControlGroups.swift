import Foundation

/// Control groups of a name, in every hierarchy.
enum ControlGroups {
  /// The folders that hold such a group.
  static func folders(_ name: String) -> [String] {
    (["/sys/fs/cgroup"] + Files.names("/sys/fs/cgroup").map { "/sys/fs/cgroup/" + $0 }).map { $0 + "/" + name }
      .filter { Files.exists($0 + "/cgroup.procs") }
  }

  /// Thaws, kills and removes them with all that is below.
  static func remove(_ name: String) { folders(name).forEach(removeFolder) }

  private static func removeFolder(_ folder: String) {
    for name in Files.names(folder) where Files.exists("\(folder)/\(name)/cgroup.procs") { removeFolder("\(folder)/\(name)") }
    try? Files.write("THAWED", to: folder + "/freezer.state")
    _ = Clock.waits(3) {
      if rmdir(folder) == 0 || errno != EBUSY { return true }
      for process in Files.text(folder + "/cgroup.procs").split(separator: "\n").compactMap({ pid_t($0) }) { kill(process, SIGKILL) }
      return false
    }
  }
}
