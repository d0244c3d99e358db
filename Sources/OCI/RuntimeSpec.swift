/// A container's `config.json`, in the words of the OCI runtime specification: the part of it that we set.
public struct RuntimeSpec: Sendable, Equatable {
  /// The version of the specification this follows; runc takes any 1.x.
  public static let version = "1.0.2"

  /// What is started, and as whom.
  public var process: Process
  /// The root file system.
  public var root: Root
  /// Empty leaves the member out: the runtime's choice.
  public var hostname: String
  /// Mounted in this order.
  public var mounts: [Mount]
  /// What is particular to Linux (config-linux.md).
  public var linux: Linux

  /// `process` of `config.json` (config.md).
  public struct Process: Sendable, Equatable {
    /// Whether standard streams are a terminal of the container's own.
    public var terminal: Bool
    /// Numbers inside the container.
    public var user: User
    /// The program, an absolute path or looked up on the container's PATH, and its arguments.
    public var args: [String]
    /// `NAME=VALUE` words.
    public var env: [String]
    /// Absolute path inside the container.
    public var cwd: String
    /// The inheritable and ambient sets are left out.
    public var capabilities: Capabilities
    /// Each type at most once.
    public var rlimits: [Rlimit]
    /// Keeps set-user-ID programs and file capabilities from giving more (`no_new_privs`, prctl(2)).
    public var noNewPrivileges: Bool

    /// Without further arguments: root in `/`, no terminal, no limits, no new privileges.
    public init(
      terminal: Bool = false, user: User = User(), args: [String], env: [String], cwd: String = "/", capabilities: Capabilities,
      rlimits: [Rlimit] = [], noNewPrivileges: Bool = true
    ) {
      self.terminal = terminal
      self.user = user
      self.args = args
      self.env = env
      self.cwd = cwd
      self.capabilities = capabilities
      self.rlimits = rlimits
      self.noNewPrivileges = noNewPrivileges
    }
  }

  /// Who the process runs as.
  public struct User: Sendable, Equatable {
    /// Inside the container's user namespace.
    public var uid: UInt32
    /// Inside the container's user namespace.
    public var gid: UInt32
    /// Root where nothing is said.
    public init(uid: UInt32 = 0, gid: UInt32 = 0) {
      self.uid = uid
      self.gid = gid
    }
  }

  /// Capability sets, `CAP_…` names.
  public struct Capabilities: Sendable, Equatable {
    /// No capability outside this set can ever be gained (capabilities(7)).
    public var bounding: [String]
    /// What permission checks look at.
    public var effective: [String]
    /// What may be made effective.
    public var permitted: [String]
    /// - Parameters: as the properties of the same names.
    public init(bounding: [String], effective: [String], permitted: [String]) {
      self.bounding = bounding
      self.effective = effective
      self.permitted = permitted
    }
    /// The same names in all three sets.
    public init(_ names: [String]) { self.init(bounding: names, effective: names, permitted: names) }
  }

  /// A limit of setrlimit(2).
  public struct Rlimit: Sendable, Equatable {
    /// `RLIMIT_…`.
    public var type: String
    /// In the limit's own unit; not above `hard`.
    public var soft: UInt64
    /// What `soft` may be raised to.
    public var hard: UInt64
    /// - Parameters: as the properties of the same names.
    public init(type: String, soft: UInt64, hard: UInt64) {
      self.type = type
      self.soft = soft
      self.hard = hard
    }
  }

  /// `root` of `config.json` (config.md).
  public struct Root: Sendable, Equatable {
    /// Absolute, or relative to the bundle.
    public var path: String
    /// Mounts inside may be writable all the same.
    public var readonly: Bool
    /// - Parameters: as the properties of the same names.
    public init(path: String, readonly: Bool = false) {
      self.path = path
      self.readonly = readonly
    }
  }

  /// One entry of `mounts` of `config.json` (config.md).
  public struct Mount: Sendable, Equatable {
    /// Absolute path inside the container.
    public var destination: String
    /// The file system's type; "bind" for a folder of the host.
    public var type: String
    /// A path of the host for bind mounts, otherwise whatever the file system takes.
    public var source: String
    /// As in fstab(5), for instance "ro" and "nosuid".
    public var options: [String]
    /// - Parameters: as the properties of the same names.
    public init(destination: String, type: String, source: String, options: [String] = []) {
      self.destination = destination
      self.type = type
      self.source = source
      self.options = options
    }
    /// A folder of the host, shown inside.
    public static func bind(_ source: String, to destination: String, options: [String] = ["rbind", "rw"]) -> Mount {
      Mount(destination: destination, type: "bind", source: source, options: options)
    }
  }

  /// `linux` of `config.json` (config-linux.md).
  public struct Linux: Sendable, Equatable {
    /// Below each controller's mount point, with a leading slash; nil lets the runtime choose.
    public var cgroupsPath: String?
    /// Those the container gets of its own; all others it shares with the host.
    public var namespaces: [Namespace]
    /// Limits, by way of the container's cgroup.
    public var resources: Resources
    /// Paths inside that cannot be read.
    public var maskedPaths: [String]
    /// Paths inside that cannot be written.
    public var readonlyPaths: [String]

    /// - Parameters: as the properties of the same names.
    public init(
      cgroupsPath: String?, namespaces: [Namespace], resources: Resources = Resources(), maskedPaths: [String] = [],
      readonlyPaths: [String] = []
    ) {
      self.cgroupsPath = cgroupsPath
      self.namespaces = namespaces
      self.resources = resources
      self.maskedPaths = maskedPaths
      self.readonlyPaths = readonlyPaths
    }
  }

  /// Kinds of namespaces (namespaces(7)); the raw value is the specification's word.
  public enum Namespace: String, Sendable, CaseIterable {
    case pid, network, ipc, uts, mount, user, cgroup
  }

  /// `resources` of `linux`: what is nil is not limited.
  public struct Resources: Sendable, Equatable {
    /// The guest may open no devices but the harmless ones every runtime makes itself (null, zero, random and the like).
    public var deniesDevices: Bool
    /// Memory limit in bytes; nil is none.
    public var memoryLimit: Int64?
    /// CPU time in microseconds the group may use in each `cpuPeriod`; nil is no limit.
    public var cpuQuota: Int64?
    /// Microseconds.
    public var cpuPeriod: UInt64?
    /// Most tasks at once; nil is no limit.
    public var pidsLimit: Int64?

    /// - Parameters: as the properties of the same names.
    public init(
      deniesDevices: Bool = true, memoryLimit: Int64? = nil, cpuQuota: Int64? = nil, cpuPeriod: UInt64? = nil, pidsLimit: Int64? = nil
    ) {
      self.deniesDevices = deniesDevices
      self.memoryLimit = memoryLimit
      self.cpuQuota = cpuQuota
      self.cpuPeriod = cpuPeriod
      self.pidsLimit = pidsLimit
    }
  }

  /// - Parameters: as the properties of the same names.
  public init(process: Process, root: Root, hostname: String = "", mounts: [Mount], linux: Linux) {
    self.process = process
    self.root = root
    self.hostname = hostname
    self.mounts = mounts
    self.linux = linux
  }
}
