import Glibc

extension RootFileSystem {
  /// Where the container's own cgroups are, for a mount of type `cgroup`.
  public struct CgroupFolders {
    /// Name of a hierarchy's mount point (`memory`, `cpu,cpuacct`, …; empty for the one hierarchy of version 2) and the container's folder.
    let folders: [(name: String, path: String)]

    /// - Parameter folders: as the property.
    public init(_ folders: [(name: String, path: String)]) { self.folders = folders }

    /// Copies of the container's folders, opened while the host's tree is the root; -1 where there is none.
    func openCopies() -> [Int32] { folders.map { Linux.copyOfMount(at: $0.path, recursive: false) } }

    /// Shows a container its own cgroups and nobody else's.
    ///
    /// - Parameters:
    ///   - copies: from `openCopies`. In a cgroup namespace the hierarchies themselves are mounted: their root is the container's folder there.
    ///   - ownNamespace: whether the container has one.
    /// - Throws: naming the hierarchy that cannot be mounted.
    func mount(at destination: String, _ options: MountOptions, copies: [Int32], ownNamespace: Bool) throws(ContainerError) {
      if folders.count == 1, folders[0].name.isEmpty {
        return try mount(folders[0].name, at: destination, options, copy: copies[0], ownNamespace: ownNamespace)
      }
      let below = try MountPoint(folder: destination)
      defer { below.close() }
      try below.mount("tmpfs", type: "tmpfs", flags: options.flags & ~Flag.readOnly, data: "mode=755")
      for (index, folder) in folders.enumerated() {
        try mount(folder.name, at: destination + "/" + folder.name, options, copy: copies[index], ownNamespace: ownNamespace)
        linkControllers(folder.name, at: destination)
      }
      if options.flags & Flag.readOnly != 0 { try Mounting.remountReadOnly(destination) }
    }

    private func mount(
      _ name: String, at path: String, _ options: MountOptions, copy: Int32, ownNamespace: Bool
    ) throws(ContainerError) {
      let place = try MountPoint(folder: path)
      defer { place.close() }
      guard ownNamespace else {
        guard copy >= 0 else { throw ContainerError("the cgroup \(name) cannot be shown on \(path)") }
        return try place.attach(copy, options, name: "the cgroup \(name)")
      }
      let isUnified = name.isEmpty || name == "unified"
      let controllers = name == "systemd" ? "none,name=systemd" : name
      try place.mount("cgroup", type: isUnified ? "cgroup2" : "cgroup", flags: options.flags, data: isUnified ? "" : controllers)
    }

    /// `cpu` and `cpuacct` beside `cpu,cpuacct`, as programs expect.
    private func linkControllers(_ name: String, at destination: String) {
      guard name.utf8.contains(UInt8(ascii: ",")) else { return }
      for controller in name.split(separator: ",") { symlink(name, destination + "/" + controller) }
    }

    private typealias Flag = MountOptions.Flag
  }
}
