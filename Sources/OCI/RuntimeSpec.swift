/// A container's `config.json`, in the words of the OCI runtime specification: the part of it that we set.
public struct RuntimeSpec: Sendable, Equatable {
  /// The version of the specification this follows; runc takes any 1.x.
  public static let version = "1.0.2"

  public var process: Process
  public var root: Root
  public var hostname: String
  public var mounts: [Mount]
  public var linux: Linux

  public struct Process: Sendable, Equatable {
    public var terminal: Bool
    public var user: User
    public var args: [String]
    /// `NAME=VALUE` words.
    public var env: [String]
    public var cwd: String
    public var capabilities: Capabilities
    public var rlimits: [Rlimit]
    public var noNewPrivileges: Bool

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

  public struct User: Sendable, Equatable {
    public var uid: UInt32
    public var gid: UInt32
    public init(uid: UInt32 = 0, gid: UInt32 = 0) {
      self.uid = uid
      self.gid = gid
    }
  }

  /// Capability sets, `CAP_…` names.
  public struct Capabilities: Sendable, Equatable {
    public var bounding: [String]
    public var effective: [String]
    public var permitted: [String]
    public init(bounding: [String], effective: [String], permitted: [String]) {
      self.bounding = bounding
      self.effective = effective
      self.permitted = permitted
    }
    /// The same names in all three sets.
    public init(_ names: [String]) { self.init(bounding: names, effective: names, permitted: names) }
  }

  public struct Rlimit: Sendable, Equatable {
    /// `RLIMIT_…`.
    public var type: String
    public var soft: UInt64
    public var hard: UInt64
    public init(type: String, soft: UInt64, hard: UInt64) {
      self.type = type
      self.soft = soft
      self.hard = hard
    }
  }

  public struct Root: Sendable, Equatable {
    /// Absolute, or relative to the bundle.
    public var path: String
    public var readonly: Bool
    public init(path: String, readonly: Bool = false) {
      self.path = path
      self.readonly = readonly
    }
  }

  public struct Mount: Sendable, Equatable {
    public var destination: String
    public var type: String
    public var source: String
    public var options: [String]
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

  public struct Linux: Sendable, Equatable {
    /// Below each controller's mount point, with a leading slash; nil lets the runtime choose.
    public var cgroupsPath: String?
    public var namespaces: [Namespace]
    public var resources: Resources
    public var maskedPaths: [String]
    public var readonlyPaths: [String]

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

  public enum Namespace: String, Sendable, CaseIterable {
    case pid, network, ipc, uts, mount, user, cgroup
  }

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

  public init(process: Process, root: Root, hostname: String = "", mounts: [Mount], linux: Linux) {
    self.process = process
    self.root = root
    self.hostname = hostname
    self.mounts = mounts
    self.linux = linux
  }
}
