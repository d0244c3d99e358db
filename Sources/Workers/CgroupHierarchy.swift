import Glibc

/// One mounted cgroup hierarchy.
struct CgroupHierarchy: Equatable {
  enum Version { case one, two }
  var version: Version
  var mount: String
  /// Controllers that can be used in it.
  var controllers: Set<String>

  /// Every hierarchy in /proc/self/mounts.
  static func all() -> [CgroupHierarchy] {
    var result: [CgroupHierarchy] = []
    for line in (SystemFile.text("/proc/self/mounts") ?? "").split(separator: "\n") {
      let fields = line.split(separator: " ").map(String.init)
      guard fields.count >= 4, !result.contains(where: { $0.mount == fields[1] }) else { continue }
      if fields[2] == "cgroup" {
        result.append(
          CgroupHierarchy(version: .one, mount: fields[1], controllers: Set(fields[3].split(separator: ",").map(String.init))))
      } else if fields[2] == "cgroup2" {
        let controllers = SystemFile.line(fields[1] + "/cgroup.controllers") ?? ""
        result.append(
          CgroupHierarchy(version: .two, mount: fields[1], controllers: Set(controllers.split(separator: " ").map(String.init))))
      }
    }
    return result
  }

  /// The hierarchy a controller is attached to on this machine; version 2 where both offer it (they never do at once).
  static func with(_ controller: String, among hierarchies: [CgroupHierarchy]) -> CgroupHierarchy? {
    hierarchies.first { $0.version == .two && $0.controllers.contains(controller) }
      ?? hierarchies.first { $0.controllers.contains(controller) }
  }
}

/// A cgroup folder.
enum CgroupFolder {
  /// Makes the folder; in version 2 its parents hand the memory and cpu controllers down to it.
  /// - Returns: false where it cannot be made.
  static func make(_ folder: String, in hierarchy: CgroupHierarchy) -> Bool {
    if hierarchy.version == .two, let slash = folder.lastIndex(of: "/") {
      // A controller that is there already, or cannot be had, is not an error here: the peak file decides.
      let parent = folder[..<slash]
      SystemFile.write("+memory", to: parent + "/cgroup.subtree_control")
      SystemFile.write("+cpu", to: parent + "/cgroup.subtree_control")
    }
    return mkdir(folder, 0o755) == 0 || errno == EEXIST
  }

  /// Removes a folder and those below it, killing what still runs in them. A group stays busy for a moment after its last process.
  static func remove(_ folder: String) {
    for name in SystemFile.entries(folder) where isFolder("\(folder)/\(name)") { remove("\(folder)/\(name)") }
    for _ in 0..<200 {
      if rmdir(folder) == 0 || errno == ENOENT { return }
      for process in processes(folder) where process > 1 { kill(process, SIGKILL) }
      usleep(5000)
    }
  }

  /// The processes in this very folder.
  static func processes(_ folder: String) -> [pid_t] {
    (SystemFile.text(folder + "/cgroup.procs") ?? "").split(separator: "\n").compactMap { pid_t($0) }
  }

  /// The processes in this folder and in those below it.
  static func allProcesses(_ folder: String) -> [pid_t] {
    processes(folder) + SystemFile.entries(folder).map { "\(folder)/\($0)" }.filter(isFolder).flatMap(allProcesses)
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
