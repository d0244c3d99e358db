import Glibc

/// One tree of cgroups as it is mounted (cgroups(7)).
public struct CgroupHierarchy: Sendable, Equatable {
  /// Whether the unified hierarchy of version 2 or one of version 1, which may hold several controllers or only a name.
  public let isUnified: Bool
  /// Controllers of a version 1 hierarchy, for instance "cpu" and "cpuacct"; empty for a named and for the unified hierarchy.
  public let controllers: [String]
  /// For instance "systemd"; empty for hierarchies with controllers.
  public let name: String
  /// Where it is mounted.
  public let mountPoint: String
  /// The cgroup that lies at the mount point: "/" unless somebody mounted a part of the tree.
  public let mountedRoot: String
  /// The mount point, opened to be gone down from (O_PATH).
  let folder: Int32

  /// The controller, where this hierarchy has it.
  func has(_ controller: String) -> Bool { controllers.contains(controller) }

  /// What /proc/self/cgroup calls it: controllers, "name=…", or nothing for the unified one.
  var label: String { name.isEmpty ? controllers.joined(separator: ",") : "name=" + name }
}
