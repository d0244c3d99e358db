import Foundation

/// Control groups of a name, in every hierarchy.
enum ControlGroups {
  private static let top = "/sys/fs/cgroup"

  /// Whether this machine has version 2 alone.
  static var isVersion2: Bool { Files.exists(top + "/cgroup.procs") }

  /// Where hierarchies are mounted: version 2 alone right there, those of version 1 in folders below.
  static var hierarchies: [String] { isVersion2 ? [top] : Files.names(top).map { top + "/" + $0 } }

  /// The folders that hold such a group.
  static func folders(_ name: String) -> [String] { hierarchies.map { $0 + "/" + name }.filter { Files.exists($0 + "/cgroup.procs") } }

  /// What the group's file says, in the first hierarchy that has one of these names: each version has its own.
  static func text(_ name: String, _ files: String...) -> String? {
    for folder in folders(name) {
      for file in files where Files.exists(folder + "/" + file) { return Files.text(folder + "/" + file).trimmed }
    }
    return nil
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
