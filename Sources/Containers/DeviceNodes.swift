import Glibc
import OCI

/// The devices every container has (config-linux.md, "Default Devices"), those its configuration adds, and the links that programs expect.
///
/// In a user namespace of the container's own the kernel lets nobody make devices (mknod(2)); the host's are bound there instead.
struct DeviceNodes {
  private let spec: RuntimeSpec
  /// The host's devices by their paths, attached nowhere yet; empty where devices are made.
  private let ofHost: [String: Int32]

  /// Called while the host's tree is the root.
  /// - Throws: naming a device that the host does not have.
  init(_ spec: RuntimeSpec) throws(ContainerError) {
    self.spec = spec
    guard Namespaces(spec.linux.namespaces).makes(.user), !Self.isHosts(spec) else {
      ofHost = [:]
      return
    }
    var found: [String: Int32] = [:]
    for path in Self.usual.map(\.name) + spec.linux.devices.filter({ $0.type != "p" }).map(\.path) where found[path] == nil {
      let copy = Linux.copyOfMount(at: path, recursive: false)
      guard copy >= 0 else { throw ContainerError(failed: "open the host's device \(path)") }
      found[path] = copy
    }
    ofHost = found
  }

  func close() { for copy in ofHost.values { Glibc.close(copy) } }

  /// A /dev that is the host's own is left alone.
  private static func isHosts(_ spec: RuntimeSpec) -> Bool {
    spec.mounts.contains {
      $0.destination == "/dev" && ($0.type == "bind" || $0.options.contains("bind") || $0.options.contains("rbind"))
    }
  }

  /// Character devices: name, major and minor (Documentation/admin-guide/devices.txt).
  private static let usual: [(name: String, major: UInt32, minor: UInt32)] = [
    ("/dev/null", 1, 3), ("/dev/zero", 1, 5), ("/dev/full", 1, 7), ("/dev/random", 1, 8), ("/dev/urandom", 1, 9), ("/dev/tty", 5, 0),
  ]

  /// Called inside the container's own root.
  func make() throws(ContainerError) {
    guard !Self.isHosts(spec) else { return }
    let before = umask(0)
    defer { umask(before) }
    for device in Self.usual {
      try make(device.name, type: S_IFCHR, mode: 0o666, makedev(device.major, device.minor))
    }
    for device in spec.linux.devices { try make(device) }
    if spec.mounts.contains(where: { $0.destination == "/dev/pts" }) {
      unlink("/dev/ptmx")
      symlink("pts/ptmx", "/dev/ptmx")
    }
    symlink("/proc/self/fd", "/dev/fd")
    symlink("/proc/self/fd/0", "/dev/stdin")
    symlink("/proc/self/fd/1", "/dev/stdout")
    symlink("/proc/self/fd/2", "/dev/stderr")
    if access("/proc/kcore", F_OK) == 0 { symlink("/proc/kcore", "/dev/core") }
  }

  private func make(_ device: RuntimeSpec.Device) throws(ContainerError) {
    let type =
      switch device.type {
      case "b": S_IFBLK
      case "p": S_IFIFO
      case "c", "u": S_IFCHR
      default: throw ContainerError("the device \(device.path) has the type '\(device.type)'; b, c, u and p exist")
      }
    let number = makedev(UInt32(truncatingIfNeeded: device.major), UInt32(truncatingIfNeeded: device.minor))
    try make(device.path, type: type, mode: mode_t(device.fileMode ?? 0o666) & 0o7777, number, owner: (device.uid, device.gid))
  }

  /// Leaves alone what is there already.
  private func make(
    _ path: String, type: mode_t, mode: mode_t, _ number: dev_t, owner: (user: UInt32, group: UInt32) = (0, 0)
  ) throws(ContainerError) {
    if let copy = ofHost[path] {
      let place = try MountPoint(file: path)
      defer { place.close() }
      guard Linux.attach(copy, at: place.descriptor) == 0 else { throw ContainerError(failed: "bind the host's device \(path)") }
      return
    }
    let slash = path.lastIndex(of: "/") ?? path.startIndex
    let name = String(path[slash...].drop { $0 == "/" })
    let folder = try MountPoint(folder: String(path[..<slash]))
    defer { folder.close() }
    guard mknodat(folder.descriptor, name, type | mode, number) == 0 else {
      guard errno == EEXIST else { throw ContainerError(failed: "make the device \(path)") }
      return
    }
    // AT_SYMLINK_NOFOLLOW
    if owner != (0, 0) { fchownat(folder.descriptor, name, owner.user, owner.group, 0x100) }
  }
}

/// The C library's macro.
private func makedev(_ major: UInt32, _ minor: UInt32) -> dev_t {
  let (major, minor) = (UInt64(major), UInt64(minor))
  return dev_t((major & 0xFFFF_F000) << 32 | (major & 0xFFF) << 8 | (minor & 0xFFFF_FF00) << 12 | minor & 0xFF)
}
