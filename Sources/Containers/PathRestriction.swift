import Glibc

/// Paths of the container that may not be read or written (config-linux.md, "Masked Paths" and "Readonly Paths"). A path that does not exist
/// needs no protection.
enum PathRestriction {
  /// Covers a file by the null device, a folder by an empty one.
  static func mask(_ path: String) throws(ContainerError) {
    guard isNullDevice("/dev/null") else { throw ContainerError("cannot mask \(path): the image's /dev/null is not the null device") }
    guard mount("/dev/null", path, nil, MountOptions.Flag.bind, nil) != 0 else { return }
    switch errno {
    case ENOENT: return
    case ENOTDIR: try Mounting.mount("tmpfs", at: path, type: "tmpfs", flags: MountOptions.Flag.readOnly, data: "nr_blocks=1,nr_inodes=1")
    default: throw ContainerError(failed: "mask \(path)")
    }
  }

  /// An image whose /dev is its own may have put anything there, a link to what is to be hidden too.
  private static func isNullDevice(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFCHR && status.st_rdev == 0x103
  }

  static func makeReadOnly(_ path: String) throws(ContainerError) {
    guard mount(path, path, nil, MountOptions.Flag.bind | MountOptions.Flag.recursive, nil) == 0 else {
      if errno == ENOENT { return }
      throw ContainerError(failed: "bind \(path) on itself")
    }
    try Mounting.remountReadOnly(path)
  }
}

extension Mounting {
  /// Makes what is mounted at a path read-only; its other restrictions stay, since some cannot be taken away (mount(2), "MS_REMOUNT").
  static func remountReadOnly(_ path: String) throws(ContainerError) {
    try mount("none", at: path, flags: Flag.bind | Flag.remount | Flag.readOnly | present(at: path))
  }

  /// Changes the restrictions of a mount that is attached nowhere yet: those that are named are added or taken away, all others stay.
  /// - Returns: 0, or -1 with `errno`.
  static func restrict(_ mount: Int32, to options: MountOptions) -> Int32 {
    let below = options.recursive
    guard restrict(mount, flags: below.flags, cleared: below.cleared, recursively: true) == 0 else { return -1 }
    return restrict(mount, flags: options.flags, cleared: options.cleared, recursively: false)
  }

  private static func restrict(_ mount: Int32, flags: UInt, cleared: UInt, recursively: Bool) -> Int32 {
    let relevant = Flag.restrictions & ~Flag.relativeAccessTimes
    var (added, removed) = (attributes(flags & relevant), attributes(cleared & relevant & ~flags))
    if (flags | cleared) & (Flag.noAccessTimes | Flag.relativeAccessTimes | Flag.strictAccessTimes) != 0 {
      // One field, not a flag each: MOUNT_ATTR__ATIME with 0 for relatime, NOATIME, STRICTATIME (mount_setattr(2)).
      removed |= 0x70
      if flags & Flag.noAccessTimes != 0 {
        added |= 0x10
      } else if flags & Flag.strictAccessTimes != 0 {
        added |= 0x20
      }
    }
    guard added | removed != 0 else { return 0 }
    return Linux.setAttributes(ofMount: mount, added: added, removed: removed, recursively: recursively)
  }

  /// MOUNT_ATTR_ for MS_, without access times.
  private static func attributes(_ flags: UInt) -> UInt64 {
    // The first four are the same.
    var attributes = UInt64(flags & 0xF)
    if flags & Flag.noDirectoryAccessTimes != 0 { attributes |= 0x80 }
    if flags & Flag.noSymbolicLinks != 0 { attributes |= 0x20_0000 }
    return attributes
  }

  private static func present(at path: String) -> UInt {
    var status = statvfs()
    guard statvfs(path, &status) == 0 else { return 0 }
    // ST_ flags equal their MS_ counterparts but for relatime (statvfs(3)).
    let kept =
      UInt(status.f_flag)
      & (Flag.readOnly | Flag.noSetUserID | Flag.noDevices | Flag.noExecution | Flag.noAccessTimes
        | Flag.noDirectoryAccessTimes)
    return kept | (status.f_flag & 4096 != 0 ? Flag.relativeAccessTimes : 0)
  }
}
