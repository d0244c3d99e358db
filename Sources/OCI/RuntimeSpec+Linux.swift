extension RuntimeSpec {
  /// `linux` of `config.json` (config-linux.md).
  public struct Linux: Sendable, Equatable {
    /// Below each controller's mount point, with a leading slash, or `slice:prefix:name` for systemd; nil lets the runtime choose.
    public var cgroupsPath: String?
    /// Those the container gets of its own or joins; all others it shares with the host.
    public var namespaces: [Namespace]
    /// How user IDs inside the container's user namespace are seen outside.
    public var uidMappings: [IDMapping]
    /// How group IDs inside the container's user namespace are seen outside.
    public var gidMappings: [IDMapping]
    /// Kernel parameters set inside the container, in the document's order.
    public var sysctl: [Sysctl]
    /// Device files made in the container's `/dev`, besides those every runtime makes.
    public var devices: [Device]
    /// Limits, by way of the container's cgroup.
    public var resources: Resources
    /// The filter of system calls; nil is none.
    public var seccomp: Seccomp?
    /// "shared", "slave", "private" or "unbindable", or one of them behind an "r"; nil leaves the runtime's own.
    public var rootfsPropagation: String?
    /// Paths inside that cannot be read.
    public var maskedPaths: [String]
    /// Paths inside that cannot be written.
    public var readonlyPaths: [String]
    /// SELinux label of the container's mounts.
    public var mountLabel: String?

    /// - Parameters: as the properties of the same names.
    public init(
      cgroupsPath: String? = nil, namespaces: [Namespace] = [], uidMappings: [IDMapping] = [], gidMappings: [IDMapping] = [],
      sysctl: [Sysctl] = [], devices: [Device] = [], resources: Resources = Resources(), seccomp: Seccomp? = nil,
      rootfsPropagation: String? = nil, maskedPaths: [String] = [], readonlyPaths: [String] = [], mountLabel: String? = nil
    ) {
      self.cgroupsPath = cgroupsPath
      self.namespaces = namespaces
      self.uidMappings = uidMappings
      self.gidMappings = gidMappings
      self.sysctl = sysctl
      self.devices = devices
      self.resources = resources
      self.seccomp = seccomp
      self.rootfsPropagation = rootfsPropagation
      self.maskedPaths = maskedPaths
      self.readonlyPaths = readonlyPaths
      self.mountLabel = mountLabel
    }
  }

  /// A namespace (namespaces(7)) that the container gets or joins.
  public struct Namespace: Sendable, Equatable {
    /// The raw value is the specification's word.
    public enum Kind: String, Sendable, CaseIterable {
      case pid, network, ipc, uts, mount, user, cgroup, time
    }
    /// At most one namespace of each kind.
    public var kind: Kind
    /// An existing namespace to join, for instance `/proc/7/ns/net`; nil makes a new one.
    public var path: String?
    /// - Parameters: as the properties of the same names.
    public init(_ kind: Kind, path: String? = nil) {
      self.kind = kind
      self.path = path
    }
    /// A new namespace of that kind.
    public static var pid: Namespace { Namespace(.pid) }
    /// A new namespace of that kind.
    public static var network: Namespace { Namespace(.network) }
    /// A new namespace of that kind.
    public static var ipc: Namespace { Namespace(.ipc) }
    /// A new namespace of that kind.
    public static var uts: Namespace { Namespace(.uts) }
    /// A new namespace of that kind.
    public static var mount: Namespace { Namespace(.mount) }
    /// A new namespace of that kind.
    public static var user: Namespace { Namespace(.user) }
    /// A new namespace of that kind.
    public static var cgroup: Namespace { Namespace(.cgroup) }
    /// A new namespace of that kind.
    public static var time: Namespace { Namespace(.time) }
  }

  /// A range of user or group IDs of a user namespace (user_namespaces(7)).
  public struct IDMapping: Sendable, Equatable {
    /// The first of the range, inside.
    public var containerID: UInt32
    /// The first of the range, outside.
    public var hostID: UInt32
    /// How many.
    public var size: UInt32
    /// - Parameters: as the properties of the same names.
    public init(containerID: UInt32, hostID: UInt32, size: UInt32) {
      self.containerID = containerID
      self.hostID = hostID
      self.size = size
    }
  }

  /// A kernel parameter (sysctl(8)).
  public struct Sysctl: Sendable, Equatable {
    /// For instance "net.ipv4.ip_forward".
    public var name: String
    /// As it would be written into the file below `/proc/sys`.
    public var value: String
    /// - Parameters: as the properties of the same names.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// A device file (mknod(2)).
  public struct Device: Sendable, Equatable {
    /// Absolute path inside the container.
    public var path: String
    /// "c" and "u" for character, "b" for block devices, "p" for a FIFO.
    public var type: String
    /// 0 for a FIFO.
    public var major: Int64
    /// 0 for a FIFO.
    public var minor: Int64
    /// Permission bits; nil leaves the runtime's own.
    public var fileMode: UInt32?
    /// Owner inside the container.
    public var uid: UInt32
    /// Owner's group inside the container.
    public var gid: UInt32
    /// - Parameters: as the properties of the same names.
    public init(path: String, type: String, major: Int64 = 0, minor: Int64 = 0, fileMode: UInt32? = nil, uid: UInt32 = 0, gid: UInt32 = 0) {
      self.path = path
      self.type = type
      self.major = major
      self.minor = minor
      self.fileMode = fileMode
      self.uid = uid
      self.gid = gid
    }
  }
}
