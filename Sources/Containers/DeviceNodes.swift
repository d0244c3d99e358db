import Glibc
import OCI

/// The devices every container has (config-linux.md, "Default Devices"), those its configuration adds, and the links that programs expect.
/// Called inside the container's own root.
struct DeviceNodes {
  private let spec: RuntimeSpec

  init(_ spec: RuntimeSpec) { self.spec = spec }

  /// Character devices: name, major and minor (Documentation/admin-guide/devices.txt).
  private static let usual: [(name: String, major: UInt32, minor: UInt32)] = [
    ("/dev/null", 1, 3), ("/dev/zero", 1, 5), ("/dev/full", 1, 7), ("/dev/random", 1, 8), ("/dev/urandom", 1, 9), ("/dev/tty", 5, 0),
  ]

  func make() throws(ContainerError) {
    // A /dev that is the host's own is left alone.
    let own = spec.mounts.contains {
      $0.destination == "/dev" && $0.type != "bind" && !$0.options.contains("bind") && !$0.options.contains("rbind")
    }
    let isBound = spec.mounts.contains { $0.destination == "/dev" } && !own
    guard !isBound else { return }
    let before = umask(0)
    defer { umask(before) }
    for device in Self.usual {
      try Self.make(device.name, type: S_IFCHR, mode: 0o666, makedev(device.major, device.minor))
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
    try Self.make(device.path, type: type, mode: mode_t(device.fileMode ?? 0o666) & 0o7777, number, owner: (device.uid, device.gid))
  }

  /// Leaves alone what is there already.
  private static func make(
    _ path: String, type: mode_t, mode: mode_t, _ number: dev_t, owner: (user: UInt32, group: UInt32) = (0, 0)
  ) throws(ContainerError) {
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
