import Glibc

/// A container's cgroup: one folder at the same place in every hierarchy.
///
/// A value only names it, so that any process can take up a cgroup which another one made. The life of one: `create`, `apply`,
/// `restrictDevices`, join, …, `kill`, `remove`.
public struct Cgroup: Sendable {
  let layout: CgroupLayout
  /// In the order of the layout's hierarchies.
  let folders: [CgroupFolder]
  /// The same folder below every hierarchy's root, beginning with a slash; nil where they differ.
  public let absolutePath: String?

  /// - Parameters:
  ///   - layout: the machine's hierarchies.
  ///   - path: `linux.cgroupsPath`: absolute below every mount point, relative below this process's own cgroups, or systemd's
  ///     `slice:prefix:name` (the folder is made where systemd would make it; systemd is not told).
  ///   - defaultPath: taken where `path` is nil or empty, for instance "/default/c1".
  /// - Throws: when the path names no cgroup below the root.
  public init(in layout: CgroupLayout, path: String?, defaultPath: String) throws(ContainerError) {
    let text = path ?? ""
    self.layout = layout
    switch try CgroupPath(text.isEmpty ? defaultPath : text) {
    case .absolute(let path):
      absolutePath = "/" + path
      folders = layout.hierarchies.map { CgroupFolder(root: $0.folder, path: path, mountPoint: $0.mountPoint) }
    case .relative(let path):
      absolutePath = nil
      let own = try layout.ownPaths()
      folders = zip(layout.hierarchies, own).map { hierarchy, own in
        CgroupFolder(root: hierarchy.folder, path: own.isEmpty ? path : own + "/" + path, mountPoint: hierarchy.mountPoint)
      }
    }
  }

  /// The folder in the version 1 hierarchy with the controller.
  func folder(_ controller: String) -> CgroupFolder? { layout.index(of: controller).map { folders[$0] } }

  /// The folder in the unified hierarchy.
  var unified: CgroupFolder? { layout.unifiedIndex.map { folders[$0] } }

  /// The hierarchy that is asked who is in the container.
  var census: CgroupFolder { folder("devices") ?? folder("pids") ?? folders[0] }

  /// Whether the cgroup exists in the hierarchy that is asked for its members.
  public var exists: Bool { census.exists("cgroup.procs") }

  /// The folder in the hierarchy with the controller (version 1), or else in the unified one.
  public func path(of controller: String) -> String? { (folder(controller) ?? unified)?.fullPath }
}
