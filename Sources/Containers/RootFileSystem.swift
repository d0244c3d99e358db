import Glibc
import OCI

/// Makes a container's root file system in the calling process's own mount namespace and moves the process into it.
///
/// Nothing of it is ever mounted on the host: when the last process of the container ends, however it does, the kernel takes the mounts away.
/// The order makes symbolic links of the image harmless: the sources of bind mounts are opened while the host's tree is the root. Everything
/// else happens below the container's root, and every place of a mount is looked up so that no link leads out of it (`MountPoint`).
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
  private let bundle: String
  private let layers: [Layer]
  private let cgroupFolders: CgroupFolders
  private let hostMounts: HostMounts?

  /// - Parameters:
  ///   - spec: the whole of `config.json`.
  ///   - bundle: absolute path; a relative root is below it.
  ///   - layers: what is mounted at the root first; none where the root is a folder that is there already.
  ///   - hostMounts: what somebody with the host's privileges has opened; nil where `enter` is to do so. They are closed by it.
  public init(_ spec: RuntimeSpec, bundle: String, layers: [Layer], cgroupFolders: CgroupFolders, hostMounts: HostMounts? = nil) {
    self.spec = spec
    self.hostMounts = hostMounts
    self.layers = layers
    self.bundle = bundle
    self.cgroupFolders = cgroupFolders
    path = spec.root.path.hasPrefix("/") ? spec.root.path : bundle + "/" + spec.root.path
  }

  /// Afterwards `/` is the container's, and nothing of the host's tree can be reached.
  ///
  /// - Parameters:
  ///   - beforeLeaving: run when everything is mounted and the container's tree is the root, and before the host's tree is let go of.
  ///     What it returns is run a moment later with the host's tree as the root: hooks, whose programs lie there (config.md,
  ///     "POSIX-platform Hooks").
  ///   - prepare: run when the host's tree is gone and nothing is read-only or masked yet.
  /// - Throws: naming the mount that failed, or what one of the three throws.
  public func enter(
    beforeLeaving: () throws(ContainerError) -> HostStep?, _ prepare: () throws(ContainerError) -> Void
  ) throws(ContainerError) {
    // Mounts made here must not appear on the host; those made there may appear here until the tree is left.
    try Mounting.mount("none", at: "/", flags: Flag.recursive | propagation)
    if let hostMounts, hostMounts.root >= 0 {
      try attachRoot(hostMounts.root)
    } else if layers.isEmpty {
      try Mounting.mount(path, at: path, flags: Flag.bind | Flag.recursive)
    } else {
      try mountLayers()
    }
    let sources = if let hostMounts { hostMounts.sources } else { try openSources() }
    let cgroups = spec.mounts.contains(where: Self.showsCgroups) ? cgroupFolders.openCopies() : []
    let devices = try DeviceNodes(spec)
    defer {
      for source in sources + cgroups where source >= 0 { close(source) }
      devices.close()
    }
    let host = try enterRoot()
    for (index, mount) in spec.mounts.enumerated() { try make(mount, source: sources[index], cgroups) }
    try devices.make()
    try leave(host, try beforeLeaving())
    try prepare()
    // An image may name a working folder that it does not have.
    if !spec.process.cwd.isEmpty { try MountPoint(folder: spec.process.cwd).close() }
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

  private func mountLayers() throws(ContainerError) {
    for layer in layers { try Mounting.mount(type: layer.type, source: layer.source, options: layer.options, at: path) }
  }

  private func attachRoot(_ root: Int32) throws(ContainerError) {
    let place = open(path, openPath | O_DIRECTORY | O_CLOEXEC)
    defer { for descriptor in [place, root] where descriptor >= 0 { close(descriptor) } }
    guard place >= 0, Linux.attach(root, at: place) == 0 else { throw ContainerError(failed: "mount the root on \(path)") }
  }

  /// The layers as one mount that is attached nowhere. To be called in a mount namespace of the caller's own, which they stay in.
  /// - Throws: naming the mount that failed.
  public func copyOfLayers() throws(ContainerError) -> Int32 {
    try Mounting.mount("none", at: "/", flags: Flag.recursive | Flag.private)
    try mountLayers()
    let copy = Linux.copyOfMount(at: path, recursive: true)
    guard copy >= 0 else { throw ContainerError(failed: "open \(path)") }
    return copy
  }

  /// Copies of what is bound into the container, in the order of the mounts; -1 for mounts that have no source in the host's tree. The host's
  /// later mounts appear in them, and none of theirs on the host.
  /// - Throws: naming what cannot be opened.
  public func copiesOfSources() throws(ContainerError) -> [Int32] {
    let copies = try openSources()
    for copy in copies where copy >= 0 {
      guard Linux.setAttributes(ofMount: copy, propagation: Flag.slave, recursively: true) == 0 else {
        throw ContainerError(failed: "part a copy of a mount from the host's")
      }
    }
    return copies
  }

  private func openSources() throws(ContainerError) -> [Int32] {
    var sources: [Int32] = []
    for mount in spec.mounts {
      let options = MountOptions(mount.options)
      guard options.isBind || mount.type == "bind" else {
        sources.append(-1)
        continue
      }
      // A relative source is one in the bundle (config.md, "Mounts").
      let path = mount.source.hasPrefix("/") ? mount.source : bundle + "/" + mount.source
      let source = Linux.copyOfMount(at: path, recursive: options.isRecursive)
      guard source >= 0 else {
        let error = ContainerError(failed: "open \(mount.source), which is to be mounted on \(mount.destination)")
        for source in sources where source >= 0 { close(source) }
        throw error
      }
      sources.append(source)
    }
    return sources
  }

  /// Makes the new root the process's root (chroot(2)) and returns the old one's descriptor.
  ///
  /// The host's tree stays part of the mount namespace: in a user namespace the kernel allows mounts of proc and sysfs only where whole ones
  /// are there already. It does not lie on top of the new root meanwhile, as it would after pivot_root(".", "."): `..` at the root would lead
  /// into it.
  private func enterRoot() throws(ContainerError) -> Int32 {
    let host = open("/", openPath | O_DIRECTORY | O_CLOEXEC)
    guard host >= 0 else { throw ContainerError(failed: "open /") }
    guard chdir(path) == 0, chroot(".") == 0 else {
      let error = ContainerError(failed: "enter the root \(path)")
      close(host)
      throw error
    }
    return host
  }

  /// What is done with the host's tree as the root.
  public typealias HostStep = () throws(ContainerError) -> Void

  /// Exchanges the host's tree for the new root and lets go of it.
  private func leave(_ host: Int32, _ last: HostStep?) throws(ContainerError) {
    let root = open("/", openPath | O_DIRECTORY | O_CLOEXEC)
    defer { for folder in [root, host] where folder >= 0 { close(folder) } }
    guard root >= 0, fchdir(host) == 0, chroot(".") == 0 else { throw ContainerError(failed: "return to the host's tree") }
    try last?()
    guard fchdir(root) == 0, Linux.pivotRoot(".", ".") == 0 else {
      throw ContainerError(failed: "make \(path) the root (pivot_root)")
    }
    // MNT_DETACH: the old tree lies on top of the new root now.
    guard fchdir(host) == 0, umount2(".", 2) == 0, chdir("/") == 0 else { throw ContainerError(failed: "leave the host's tree") }
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
    } else if Self.showsCgroups(mount) {
      try cgroupFolders.mount(
        at: mount.destination, options, copies: cgroups, ownNamespace: Namespaces(spec.linux.namespaces).makes(.cgroup))
    } else {
      try mountFileSystem(mount, options)
    }
    guard !options.propagation.isEmpty else { return }
    let place = try MountPoint(mount.destination)
    defer { place.close() }
    for propagation in options.propagation { try place.setPropagation(propagation) }
  }

  private func bind(_ mount: RuntimeSpec.Mount, _ options: MountOptions, _ source: Int32) throws(ContainerError) {
    try ProcessMounts.check(mount, source: source)
    var status = stat()
    fstat(source, &status)
    let place = status.st_mode & S_IFMT == S_IFDIR ? try MountPoint(folder: mount.destination) : try MountPoint(file: mount.destination)
    defer { place.close() }
    try place.attach(source, options, name: mount.source)
  }

  private func mountFileSystem(_ mount: RuntimeSpec.Mount, _ options: MountOptions) throws(ContainerError) {
    try ProcessMounts.check(mount)
    let place = try MountPoint(folder: mount.destination)
    defer { place.close() }
    guard mount.type != "tmpfs" else { return try mountMemory(mount, options, place) }
    do throws(ContainerError) {
      try place.mount(mount.source, type: mount.type, flags: options.flags | options.recursive.flags, data: options.data)
    } catch {
      // A container without a pid or network namespace of its own in a user namespace may not mount proc or sysfs; runc binds the host's.
      guard mount.type == "mqueue", error.code == EPERM || error.code == ENODEV else { throw error }
    }
  }

  /// A tmpfs, as open to others as the folder it covers unless its options say how, perhaps with a copy of what that folder holds.
  private func mountMemory(_ mount: RuntimeSpec.Mount, _ options: MountOptions, _ place: MountPoint) throws(ContainerError) {
    let flags = options.flags | options.recursive.flags
    var data = options.data
    if !place.isNew {
      var status = stat()
      fstat(place.descriptor, &status)
      // Of two modes the later one counts.
      data = "mode=" + String(status.st_mode & 0o7777, radix: 8) + (data.isEmpty ? "" : "," + data)
    }
    guard options.copiesUp else { return try place.mount(mount.source, type: "tmpfs", flags: flags, data: data) }
    try place.mount(mount.source, type: "tmpfs", flags: flags & ~Flag.readOnly, data: data)
    let top = try MountPoint(mount.destination)
    defer { top.close() }
    try TreeCopy.copy(from: place.descriptor, to: top.descriptor, name: mount.destination)
    if flags & Flag.readOnly != 0 { try top.mount("none", type: "", flags: flags | Flag.remount | Flag.bind, data: "") }
  }
}
