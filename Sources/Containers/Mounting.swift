import Glibc

/// mount(2) and umount2(2) with errors that say what was to go where.
public enum Mounting {
  typealias Flag = MountOptions.Flag

  /// - Throws: naming type, target and the kernel's reason.
  public static func mount(
    _ source: String, at target: String, type: String = "", flags: UInt = 0, data: String = ""
  ) throws(ContainerError) {
    let result = Glibc.mount(source, target, type, flags, data)
    guard result == 0 else { throw ContainerError(failed: "mount \(type.isEmpty ? source : type) on \(target)") }
  }

  /// One mount as containerd gives it for a root file system: an overlay, a bind mount or whatever a snapshotter makes.
  public static func mount(
    type: String, source: String, options words: [String], at target: String
  ) throws(ContainerError) {
    let options = MountOptions(words)
    if options.isBind || type == "bind" {
      try mount(source, at: target, flags: Flag.bind | (options.isRecursive ? Flag.recursive : 0))
      if options.flags & Flag.restrictions != 0 {
        try mount(source, at: target, flags: Flag.bind | Flag.remount | options.flags)
      }
    } else {
      try mountFileSystem(type, source, options, at: target)
    }
    for propagation in options.propagation { try mount("none", at: target, flags: propagation) }
  }

  /// The kernel takes one page of options; an overlay of many layers needs more, unless its layers are named from their common folder.
  private static func mountFileSystem(_ type: String, _ source: String, _ options: MountOptions, at target: String) throws(ContainerError) {
    guard type == "overlay", options.data.utf8.count >= 4000, let shorter = OverlayFolders(options.data) else {
      return try mount(source, at: target, type: type, flags: options.flags, data: options.data)
    }
    let before = open(".", openPath | O_DIRECTORY | O_CLOEXEC)
    defer {
      if before >= 0 {
        fchdir(before)
        close(before)
      }
    }
    guard chdir(shorter.folder) == 0 else { throw ContainerError(failed: "enter \(shorter.folder)") }
    try mount(source, at: target, type: type, flags: options.flags, data: shorter.data)
  }

  /// Unmounts everything that is mounted at a path, the uppermost first. Nothing mounted there is no error.
  /// - Returns: whether nothing is mounted there any more.
  @discardableResult
  public static func unmountAll(at path: String) -> Bool {
    // MNT_DETACH | UMOUNT_NOFOLLOW
    while true {
      if umount2(path, 2 | 8) == 0 { continue }
      return errno == EINVAL || errno == ENOENT
    }
  }
}

/// The options of an overlay with its lower folders named relative to the folder they all lie in.
struct OverlayFolders {
  let folder: String
  let data: String

  /// - Parameter data: the overlay's options. Nil where the lower folders have no folder in common.
  init?(_ data: String) {
    let options = data.split(separator: ",").map(String.init)
    guard let lower = options.first(where: { $0.hasPrefix("lowerdir=") }) else { return nil }
    let folders = lower.dropFirst("lowerdir=".utf8.count).split(separator: ":")
    guard var common = folders.first else { return nil }
    for other in folders { common = common.commonPrefix(with: other) }
    guard let slash = common.lastIndex(of: "/"), slash > common.startIndex else { return nil }
    folder = String(common[..<slash])
    let count = folder.utf8.count + 1
    let relative = folders.map { String($0.utf8.dropFirst(count))! }.joined(separator: ":")
    self.data = options.map { $0.hasPrefix("lowerdir=") ? "lowerdir=" + relative : $0 }.joined(separator: ",")
  }
}

extension Substring {
  fileprivate func commonPrefix(with other: Substring) -> Substring {
    var (mine, theirs) = (startIndex, other.startIndex)
    while mine < endIndex, theirs < other.endIndex, utf8[mine] == other.utf8[theirs] {
      mine = utf8.index(after: mine)
      theirs = other.utf8.index(after: theirs)
    }
    return self[..<mine]
  }
}
