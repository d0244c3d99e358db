import Glibc
import OCI

/// Makes a container's root file system in the calling process's own mount namespace and moves the process into it.
///
/// Nothing of it is ever mounted on the host: when the last process of the container ends, however it does, the kernel takes the mounts away.
/// The order makes symbolic links of the image harmless: the sources of bind mounts are opened while the host's tree is the root, everything
/// else happens after pivot_root(2), when the host's tree is gone or covered and no path can lead out of the container's own.
public struct RootFileSystem {
  /// One mount of which the root itself is made.
  public struct Layer {
    let type: String
    let source: String
    let options: [String]
    /// - Parameters: as mount(8) has them.
    public init(type: String, source: String, options: [String]) {
      self.type = type
      self.source = source
      self.options = options
    }
  }

  typealias Flag = MountOptions.Flag

  private let spec: RuntimeSpec
  private let path: String
  private let layers: [Layer]
  private let cgroupFolders: CgroupFolders

  /// - Parameters:
  ///   - spec: the whole of `config.json`.
  ///   - bundle: absolute path; a relative root is below it.
  ///   - layers: what is mounted at the root first; none where the root is a folder that is there already.
  public init(_ spec: RuntimeSpec, bundle: String, layers: [Layer], cgroupFolders: CgroupFolders) {
    self.spec = spec
    self.layers = layers
    self.cgroupFolders = cgroupFolders
    path = spec.root.path.hasPrefix("/") ? spec.root.path : bundle + "/" + spec.root.path
  }

  /// Afterwards `/` is the container's, and nothing of the host's tree can be reached.
  ///
  /// - Parameter prepare: run when everything is mounted and nothing is read-only or masked yet.
  /// - Throws: naming the mount that failed, or what `prepare` throws.
  public func enter(_ prepare: () throws(ContainerError) -> Void) throws(ContainerError) {
    // Mounts made here must not appear on the host; those made there may appear here until the tree is left.
    try Mounting.mount("none", at: "/", flags: Flag.recursive | propagation)
    if layers.isEmpty {
      try Mounting.mount(path, at: path, flags: Flag.bind | Flag.recursive)
    } else {
      for layer in layers { try Mounting.mount(type: layer.type, source: layer.source, options: layer.options, at: path) }
    }
    let sources = try openSources()
    let cgroups = spec.mounts.contains(where: Self.showsCgroups) ? cgroupFolders.openCopies() : []
    defer { for source in sources + cgroups where source >= 0 { close(source) } }
    let host = try pivot()
    defer { close(host) }
    // In a user namespace the kernel mounts /proc and /sys only where others of their kind are to be seen (mount_namespaces(7)).
    let needsHost = Namespaces(spec.linux.namespaces).makes(.user)
    if needsHost { try cover(host) } else { try leave(host, isCovered: false) }
    for (index, mount) in spec.mounts.enumerated() { try make(mount, source: sources[index], cgroups) }
    try DeviceNodes(spec).make()
    if needsHost { try leave(host, isCovered: true) }
    try prepare()
    try finishRoot()
    for path in spec.linux.readonlyPaths { try PathRestriction.makeReadOnly(path) }
    for path in spec.linux.maskedPaths { try PathRestriction.mask(path) }
  }

  /// Shared mounts would carry ours back to the host; a root that is to see the host's later mounts is a slave.
  private var propagation: UInt {
    switch spec.linux.rootfsPropagation {
    case "private", "rprivate": Flag.private
    default: Flag.slave
    }
  }

  /// Copies of what is bound into the container, in the order of the mounts; -1 for mounts that have no source in the host's tree.
  private func openSources() throws(ContainerError) -> [Int32] {
    var sources: [Int32] = []
    for mount in spec.mounts {
      let options = MountOptions(mount.options)
      guard options.isBind || mount.type == "bind" else {
        sources.append(-1)
        continue
      }
      let source = Linux.copyOfMount(at: mount.source, recursive: options.isRecursive)
      guard source >= 0 else {
        let error = ContainerError(failed: "open \(mount.source), which is to be mounted on \(mount.destination)")
        for source in sources where source >= 0 { close(source) }
        throw error
      }
      sources.append(source)
    }
    return sources
  }

  /// Makes the new root the process's root and returns the old one's descriptor. The old tree lies on top of the new root (pivot_root(2),
  /// "pivot_root(".", ".")"): `/` does not lead there, but `/..` does, so that it has to go before any path of the image is followed.
  private func pivot() throws(ContainerError) -> Int32 {
    let host = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC)
    guard host >= 0 else { throw ContainerError(failed: "open /") }
    guard chdir(path) == 0, Linux.pivotRoot(".", ".") == 0 else {
      let error = ContainerError(failed: "make \(path) the root (pivot_root)")
      close(host)
      throw error
    }
    // The old tree may not carry what happens to it back to the host.
    guard fchdir(host) == 0 else { throw ContainerError(failed: "enter the old root") }
    try Mounting.mount("none", at: ".", flags: Flag.slave | Flag.recursive)
    guard chdir("/") == 0 else { throw ContainerError(failed: "enter the new root") }
    return host
  }

  /// Lays a second view of the new root on top of the old tree, where `/..` leads then.
  private func cover(_ host: Int32) throws(ContainerError) {
    let copy = Linux.copyOfMount(at: "/", recursive: false)
    guard copy >= 0 else { throw ContainerError(failed: "open the new root") }
    defer { close(copy) }
    guard fchdir(host) == 0, Linux.attach(copy, at: ".") == 0, chdir("/") == 0 else { throw ContainerError(failed: "cover the host's tree") }
  }

  private func leave(_ host: Int32, isCovered: Bool) throws(ContainerError) {
    // What lies on top goes first.
    guard fchdir(host) == 0, !isCovered || umount2(".", 2) == 0, umount2(".", 2) == 0, chdir("/") == 0 else {
      throw ContainerError(failed: "leave the host's tree")
    }
  }

  private func finishRoot() throws(ContainerError) {
    switch spec.linux.rootfsPropagation {
    case "shared": try Mounting.mount("none", at: "/", flags: Flag.shared)
    case "rshared": try Mounting.mount("none", at: "/", flags: Flag.shared | Flag.recursive)
    case "unbindable", "runbindable": try Mounting.mount("none", at: "/", flags: Flag.unbindable)
    default: break
    }
    if spec.root.readonly { try Mounting.remountReadOnly("/") }
  }

  // MARK: One mount

  private static func showsCgroups(_ mount: RuntimeSpec.Mount) -> Bool { mount.type == "cgroup" || mount.type == "cgroup2" }

  private func make(_ mount: RuntimeSpec.Mount, source: Int32, _ cgroups: [Int32]) throws(ContainerError) {
    let options = MountOptions(mount.options)
    if source >= 0 {
      try bind(mount, options, source)
    } else {
      try MountPoint.makeFolder(mount.destination)
      if Self.showsCgroups(mount) {
        try cgroupFolders.mount(
          at: mount.destination, options, copies: cgroups, ownNamespace: Namespaces(spec.linux.namespaces).makes(.cgroup))
      } else {
        try mountFileSystem(mount, options)
      }
    }
    for propagation in options.propagation { try Mounting.mount("none", at: mount.destination, flags: propagation) }
  }

  private func bind(_ mount: RuntimeSpec.Mount, _ options: MountOptions, _ source: Int32) throws(ContainerError) {
    var status = stat()
    fstat(source, &status)
    if status.st_mode & S_IFMT == S_IFDIR {
      try MountPoint.makeFolder(mount.destination)
    } else {
      try MountPoint.makeFile(mount.destination)
    }
    guard Linux.attach(source, at: mount.destination) == 0 else {
      throw ContainerError(failed: "mount \(mount.source) on \(mount.destination)")
    }
    if options.flags & Flag.restrictions != 0 || options.cleared != 0 {
      try Mounting.restrict(mount.destination, to: options)
    }
  }

  private func mountFileSystem(_ mount: RuntimeSpec.Mount, _ options: MountOptions) throws(ContainerError) {
    do throws(ContainerError) {
      // A tmpfs is made writable first where something is copied into it.
      let flags = mount.type == "tmpfs" ? options.flags & ~Flag.readOnly : options.flags
      try Mounting.mount(mount.source, at: mount.destination, type: mount.type, flags: flags, data: options.data)
    } catch {
      // A container without a pid or network namespace of its own in a user namespace may not mount proc or sysfs; runc binds the host's.
      guard mount.type == "mqueue", error.code == EPERM || error.code == ENODEV else { throw error }
    }
  }
}
