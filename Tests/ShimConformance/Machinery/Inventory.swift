import Foundation

/// Everything a container can leave behind, listed: processes, mounts, control groups, and whatever lies below `/run` and in containerd's
/// folder for runtimes (FIFOs, sockets, bundles).
struct Inventory {
  var items: Set<String>

  /// - Parameters:
  ///   - namespace: containerd's, which is also the folder of its control groups.
  ///   - daemon: whose processes and sockets belong here.
  static func now(namespace: String, daemon: Daemon) -> Inventory {
    Children.collect()
    var items: Set<String> = []
    for process in processes where process != getpid() && process != daemon.process && !Children.awaited.contains(process) {
      items.insert("process \(process) (\(title(process)))")
    }
    for line in Files.text("/proc/self/mountinfo").split(separator: "\n") {
      let fields = line.split(separator: " ")
      if fields.count > 4 { items.insert("mount \(fields[4])") }
    }
    for hierarchy in ControlGroups.hierarchies {
      items.formUnion(controlGroups(hierarchy + "/" + namespace))
    }
    items.formUnion(Files.tree("/run").filter { !$0.hasPrefix("socket " + Daemon.address) })
    items.formUnion(Files.tree(daemon.root + "/root/io.containerd.runtime.v2.task"))
    // Folders that hold other containers' things stay when the last of them goes.
    let shared = ["\(Daemon.bundles)/\(namespace)", "\(daemon.root)/root/io.containerd.runtime.v2.task/\(namespace)"]
    let kept = [
      "/run/containerd/fifo", "/run/containerd/s", "/run/containerd/runc", "/run/containerd/runc/\(namespace)", "/run/runc",
      "/run/containerd", "/run/made",
    ]
    for folder in shared + kept { items.remove("folder " + folder) }
    return Inventory(items: items)
  }

  /// What is here and was not there.
  func surplus(over other: Inventory) -> [String] { items.subtracting(other.items).sorted() }

  static var processes: [pid_t] { Files.names("/proc").compactMap { pid_t($0) } }

  /// The first words of its command line, or its name in brackets.
  static func title(_ process: pid_t) -> String {
    let words = Files.text("/proc/\(process)/cmdline").split(separator: "\0").prefix(4).joined(separator: " ")
    return words.isEmpty ? "[\(Files.text("/proc/\(process)/comm").trimmed)]" : String(words.prefix(80))
  }

  private static func controlGroups(_ folder: String) -> Set<String> {
    guard Files.exists(folder + "/cgroup.procs") else { return [] }
    var groups: Set<String> = []
    for name in Files.names(folder) where Files.exists("\(folder)/\(name)/cgroup.procs") {
      groups.insert("control group \(folder)/\(name)")
      groups.formUnion(controlGroups("\(folder)/\(name)"))
    }
    return groups
  }
}

extension String {
  var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
