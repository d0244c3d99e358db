import Glibc

/// Moves the launcher between cgroups. A process is born in its parent's cgroups, so a trial starts where the launcher stands.
enum CgroupMembership {
  /// - Throws: `SystemError` naming the folder that would not take this process.
  static func join(_ folders: [String]) throws {
    for folder in folders {
      let descriptor = open(folder + "/cgroup.procs", O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw SystemError("join cgroup \(folder)") }
      defer { close(descriptor) }
      // 0 stands for the writing process (cgroups(7)).
      guard write(descriptor, "0", 1) == 1 else { throw SystemError("join cgroup \(folder)") }
    }
  }

  /// Back to the launcher's own cgroup in every hierarchy it left: a home lies beside the groups of trials.
  static func goHome(_ homes: [String], from folders: [String]) {
    for home in homes {
      guard let slash = home.lastIndex(of: "/") else { continue }
      if folders.contains(where: { $0.hasPrefix(home[...slash]) }) { try? join([home]) }
    }
  }
}
