extension RuntimeSpec {
  /// `process` of `config.json` (config.md), also what containerd sends for a further process in a container.
  public struct Process: Sendable, Equatable {
    /// Whether standard streams are a terminal of the container's own.
    public var terminal: Bool
    /// The terminal's first size; nil leaves it to whoever holds the terminal.
    public var consoleSize: ConsoleSize?
    /// Numbers inside the container.
    public var user: User
    /// The program, an absolute path or looked up on the container's PATH, and its arguments.
    public var args: [String]
    /// `NAME=VALUE` words.
    public var env: [String]
    /// Absolute path inside the container.
    public var cwd: String
    /// Empty sets where nothing is said.
    public var capabilities: Capabilities
    /// Each type at most once.
    public var rlimits: [Rlimit]
    /// Keeps set-user-ID programs and file capabilities from giving more (`no_new_privs`, prctl(2)).
    public var noNewPrivileges: Bool
    /// Written to `oom_score_adj` (proc(5)), -1000 to 1000; nil leaves the runtime's own.
    public var oomScoreAdj: Int?
    /// Name of a profile the kernel has loaded.
    public var apparmorProfile: String?
    /// The process's label.
    public var selinuxLabel: String?

    /// Without further arguments: root in `/`, no terminal, no limits, no new privileges.
    public init(
      terminal: Bool = false, consoleSize: ConsoleSize? = nil, user: User = User(), args: [String], env: [String], cwd: String = "/",
      capabilities: Capabilities, rlimits: [Rlimit] = [], noNewPrivileges: Bool = true, oomScoreAdj: Int? = nil,
      apparmorProfile: String? = nil, selinuxLabel: String? = nil
    ) {
      self.terminal = terminal
      self.consoleSize = consoleSize
      self.user = user
      self.args = args
      self.env = env
      self.cwd = cwd
      self.capabilities = capabilities
      self.rlimits = rlimits
      self.noNewPrivileges = noNewPrivileges
      self.oomScoreAdj = oomScoreAdj
      self.apparmorProfile = apparmorProfile
      self.selinuxLabel = selinuxLabel
    }
  }

  /// A terminal's size.
  public struct ConsoleSize: Sendable, Equatable {
    /// Lines.
    public var height: UInt32
    /// Columns.
    public var width: UInt32
    /// - Parameters: as the properties of the same names.
    public init(height: UInt32, width: UInt32) {
      self.height = height
      self.width = width
    }
  }

  /// Who the process runs as.
  public struct User: Sendable, Equatable {
    /// Inside the container's user namespace.
    public var uid: UInt32
    /// Inside the container's user namespace.
    public var gid: UInt32
    /// Permission bits that new files do not get; nil leaves the runtime's own.
    public var umask: UInt32?
    /// Groups beside `gid`, inside the container's user namespace.
    public var additionalGids: [UInt32]
    /// Root where nothing is said.
    public init(uid: UInt32 = 0, gid: UInt32 = 0, umask: UInt32? = nil, additionalGids: [UInt32] = []) {
      self.uid = uid
      self.gid = gid
      self.umask = umask
      self.additionalGids = additionalGids
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
    /// What a program that asks for it in its file keeps across execve(2).
    public var inheritable: [String]
    /// What any program keeps across execve(2).
    public var ambient: [String]
    /// - Parameters: as the properties of the same names.
    public init(bounding: [String], effective: [String], permitted: [String], inheritable: [String] = [], ambient: [String] = []) {
      self.bounding = bounding
      self.effective = effective
      self.permitted = permitted
      self.inheritable = inheritable
      self.ambient = ambient
    }
    /// The same names in the bounding, effective and permitted sets, none in the other two.
    public init(_ names: [String]) { self.init(bounding: names, effective: names, permitted: names) }
  }

  /// A limit of setrlimit(2).
  public struct Rlimit: Sendable, Equatable {
    /// `RLIMIT_…`.
    public var type: String
    /// In the limit's own unit; not above `hard`. All bits set is no limit.
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
}
