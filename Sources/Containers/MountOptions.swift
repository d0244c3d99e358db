import Glibc

/// The options of a mount, sorted into flags of mount(2), propagation, and what the file system itself reads (fstab(5), runtime-spec
/// config.md "Linux mount options").
public struct MountOptions {
  /// MS_… flags.
  public private(set) var flags: UInt = 0
  /// Flags to clear when a bind mount is made writable and so on: those named by their opposite.
  public private(set) var cleared: UInt = 0
  /// The same two of options that hold for every mount below as well: `rro`, `rnosuid` and so on (runtime-spec config.md, "Linux mount
  /// options").
  public private(set) var recursive: (flags: UInt, cleared: UInt) = (0, 0)
  /// MS_SHARED, MS_PRIVATE, MS_SLAVE, MS_UNBINDABLE, perhaps with MS_REC; set by a call each.
  public private(set) var propagation: [UInt] = []
  /// For the file system, joined by commas as mount(2) takes them.
  public private(set) var data = ""
  /// `bind` or `rbind`.
  public private(set) var isBind = false
  /// `rbind`
  public private(set) var isRecursive = false
  /// `tmpcopyup`: what lies below the mount point is copied into a new tmpfs.
  public private(set) var copiesUp = false
  /// `x-mount.mkdir`, `x-mount.auto` and such are for mount(8).
  private static let ignoredPrefix = "x-"

  /// - Parameter words: as in `config.json` or a mount of containerd.
  public init(_ words: [String]) {
    for word in words { take(word) }
  }

  private mutating func take(_ word: String) {
    if let flag = Self.flag(word) {
      if flag.clears { cleared |= flag.bits } else { flags |= flag.bits }
      return
    }
    if word.hasPrefix("r"), let flag = Self.flag(String(word.dropFirst())) {
      if flag.clears { recursive.cleared |= flag.bits } else { recursive.flags |= flag.bits }
      return
    }
    switch word {
    case "defaults", "": return
    case "bind": isBind = true
    case "rbind": (isBind, isRecursive) = (true, true)
    case "tmpcopyup": copiesUp = true
    case "shared": propagation.append(Flag.shared)
    case "rshared": propagation.append(Flag.shared | Flag.recursive)
    case "slave": propagation.append(Flag.slave)
    case "rslave": propagation.append(Flag.slave | Flag.recursive)
    case "private": propagation.append(Flag.private)
    case "rprivate": propagation.append(Flag.private | Flag.recursive)
    case "unbindable": propagation.append(Flag.unbindable)
    case "runbindable": propagation.append(Flag.unbindable | Flag.recursive)
    default:
      if word.hasPrefix(Self.ignoredPrefix) { return }
      data += data.isEmpty ? word : "," + word
    }
  }

  private static func flag(_ word: String) -> (bits: UInt, clears: Bool)? {
    switch word {
    case "ro": (Flag.readOnly, false)
    case "rw": (Flag.readOnly, true)
    case "nosuid": (Flag.noSetUserID, false)
    case "suid": (Flag.noSetUserID, true)
    case "nodev": (Flag.noDevices, false)
    case "dev": (Flag.noDevices, true)
    case "noexec": (Flag.noExecution, false)
    case "exec": (Flag.noExecution, true)
    case "sync": (Flag.synchronous, false)
    case "async": (Flag.synchronous, true)
    case "remount": (Flag.remount, false)
    case "mand": (Flag.mandatoryLocks, false)
    case "nomand": (Flag.mandatoryLocks, true)
    case "dirsync": (Flag.directorySynchronous, false)
    case "noatime": (Flag.noAccessTimes, false)
    case "atime": (Flag.noAccessTimes, true)
    case "nodiratime": (Flag.noDirectoryAccessTimes, false)
    case "diratime": (Flag.noDirectoryAccessTimes, true)
    case "relatime": (Flag.relativeAccessTimes, false)
    case "norelatime": (Flag.relativeAccessTimes, true)
    case "strictatime": (Flag.strictAccessTimes, false)
    case "nostrictatime": (Flag.strictAccessTimes, true)
    case "nosymfollow": (Flag.noSymbolicLinks, false)
    case "symfollow": (Flag.noSymbolicLinks, true)
    default: nil
    }
  }

  /// Bits of mount(2) (include/uapi/linux/mount.h).
  public enum Flag {
    public static let readOnly: UInt = 1
    public static let noSetUserID: UInt = 2
    public static let noDevices: UInt = 4
    public static let noExecution: UInt = 8
    public static let synchronous: UInt = 16
    public static let remount: UInt = 32
    public static let mandatoryLocks: UInt = 64
    public static let directorySynchronous: UInt = 128
    public static let noSymbolicLinks: UInt = 256
    public static let noAccessTimes: UInt = 1024
    public static let noDirectoryAccessTimes: UInt = 2048
    public static let bind: UInt = 4096
    public static let recursive: UInt = 16384
    public static let unbindable: UInt = 1 << 17
    public static let `private`: UInt = 1 << 18
    public static let slave: UInt = 1 << 19
    public static let shared: UInt = 1 << 20
    public static let relativeAccessTimes: UInt = 1 << 21
    public static let strictAccessTimes: UInt = 1 << 24
    /// What a bind mount does not take when it is made, but when it is remounted.
    public static let restrictions =
      readOnly | noSetUserID | noDevices | noExecution | noAccessTimes | noDirectoryAccessTimes
      | relativeAccessTimes | noSymbolicLinks
  }
}
