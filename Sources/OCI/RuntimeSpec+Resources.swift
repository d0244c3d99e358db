extension RuntimeSpec {
  /// `resources` of `linux` (config-linux.md, Control groups), also what containerd sends to change a running container: what is nil is
  /// not said, and -1 says "no limit" where a number may be negative.
  public struct Resources: Sendable, Equatable {
    /// Which devices may be opened; later rules override earlier ones.
    public var devices: [DeviceRule]

    /// Bytes.
    public var memoryLimit: Int64?
    /// Bytes below which nothing is reclaimed from the group while others use more than theirs.
    public var memoryReservation: Int64?
    /// Bytes of memory and swap together.
    public var memorySwap: Int64?
    /// Bytes of kernel memory; the specification advises against it since 1.0.2.
    public var memoryKernel: Int64?
    /// Bytes of kernel memory for TCP buffers.
    public var memoryKernelTCP: Int64?
    /// 0 to 100.
    public var memorySwappiness: UInt64?
    /// Whether a process waits for memory instead of being killed.
    public var disablesOOMKiller: Bool?

    /// Weight against other groups; 1024 is usual.
    public var cpuShares: UInt64?
    /// CPU time in microseconds the group may use in each `cpuPeriod`.
    public var cpuQuota: Int64?
    /// Microseconds.
    public var cpuPeriod: UInt64?
    /// Microseconds real-time tasks may use in each `cpuRealtimePeriod`.
    public var cpuRealtimeRuntime: Int64?
    /// Microseconds.
    public var cpuRealtimePeriod: UInt64?
    /// Processors, for instance "0-2,7".
    public var cpus: String?
    /// Memory nodes, written like `cpus`.
    public var mems: String?
    /// 1 gives the group only time nobody else wants.
    public var cpuIdle: Int64?

    /// Most tasks at once; 0 and -1 are no limit.
    public var pidsLimit: Int64?

    /// Weight against other groups, 10 to 1000.
    public var blockWeight: UInt16?
    /// Limits of single block devices.
    public var blockThrottles: [BlockThrottle]

    /// Limits by page size.
    public var hugepageLimits: [HugepageLimit]
    /// Files of the group in the unified hierarchy and what is written to them, in the document's order.
    public var unified: [UnifiedValue]

    /// - Parameters: as the properties of the same names.
    public init(
      devices: [DeviceRule], memoryLimit: Int64? = nil, memoryReservation: Int64? = nil, memorySwap: Int64? = nil,
      memoryKernel: Int64? = nil, memoryKernelTCP: Int64? = nil, memorySwappiness: UInt64? = nil, disablesOOMKiller: Bool? = nil,
      cpuShares: UInt64? = nil, cpuQuota: Int64? = nil, cpuPeriod: UInt64? = nil, cpuRealtimeRuntime: Int64? = nil,
      cpuRealtimePeriod: UInt64? = nil, cpus: String? = nil, mems: String? = nil, cpuIdle: Int64? = nil, pidsLimit: Int64? = nil,
      blockWeight: UInt16? = nil, blockThrottles: [BlockThrottle] = [], hugepageLimits: [HugepageLimit] = [], unified: [UnifiedValue] = []
    ) {
      self.devices = devices
      self.memoryLimit = memoryLimit
      self.memoryReservation = memoryReservation
      self.memorySwap = memorySwap
      self.memoryKernel = memoryKernel
      self.memoryKernelTCP = memoryKernelTCP
      self.memorySwappiness = memorySwappiness
      self.disablesOOMKiller = disablesOOMKiller
      self.cpuShares = cpuShares
      self.cpuQuota = cpuQuota
      self.cpuPeriod = cpuPeriod
      self.cpuRealtimeRuntime = cpuRealtimeRuntime
      self.cpuRealtimePeriod = cpuRealtimePeriod
      self.cpus = cpus
      self.mems = mems
      self.cpuIdle = cpuIdle
      self.pidsLimit = pidsLimit
      self.blockWeight = blockWeight
      self.blockThrottles = blockThrottles
      self.hugepageLimits = hugepageLimits
      self.unified = unified
    }

    /// The few limits our own containers have.
    ///
    /// - Parameter deniesDevices: the guest may open no devices but the harmless ones every runtime allows itself (null, zero, random and
    ///   the like): `devices` is the one rule that denies all.
    public init(
      deniesDevices: Bool = true, memoryLimit: Int64? = nil, cpuQuota: Int64? = nil, cpuPeriod: UInt64? = nil, pidsLimit: Int64? = nil
    ) {
      self.init(
        devices: deniesDevices ? [.denyAll] : [], memoryLimit: memoryLimit, cpuQuota: cpuQuota, cpuPeriod: cpuPeriod, pidsLimit: pidsLimit)
    }

    /// Whether `devices` is the one rule that denies all.
    public var deniesDevices: Bool { devices == [.denyAll] }
  }

  /// Whether devices may be opened (config-linux.md, Allowed Device list).
  public struct DeviceRule: Sendable, Equatable {
    /// False denies.
    public var allow: Bool
    /// "a" for all, "c" for character, "b" for block devices; nil is all.
    public var type: String?
    /// Nil and -1 are any.
    public var major: Int64?
    /// Nil and -1 are any.
    public var minor: Int64?
    /// Letters of "rwm": read, write, make.
    public var access: String
    /// - Parameters: as the properties of the same names.
    public init(allow: Bool, type: String? = nil, major: Int64? = nil, minor: Int64? = nil, access: String) {
      self.allow = allow
      self.type = type
      self.major = major
      self.minor = minor
      self.access = access
    }
    /// No device at all.
    public static var denyAll: DeviceRule { DeviceRule(allow: false, access: "rwm") }
  }

  /// A limit of a block device.
  public struct BlockThrottle: Sendable, Equatable {
    /// What is limited.
    public enum Kind: Sendable, CaseIterable {
      /// Bytes or operations a second, read or written.
      case readBps, writeBps, readIOPS, writeIOPS
    }
    /// Decides the unit of `rate`.
    public var kind: Kind
    /// The device's number.
    public var major: Int64
    /// The device's number.
    public var minor: Int64
    /// A second.
    public var rate: UInt64
    /// - Parameters: as the properties of the same names.
    public init(_ kind: Kind, major: Int64, minor: Int64, rate: UInt64) {
      self.kind = kind
      self.major = major
      self.minor = minor
      self.rate = rate
    }
  }

  /// A limit of huge pages of one size.
  public struct HugepageLimit: Sendable, Equatable {
    /// As the kernel names it, for instance "2MB".
    public var pageSize: String
    /// Bytes.
    public var limit: UInt64
    /// - Parameters: as the properties of the same names.
    public init(pageSize: String, limit: UInt64) {
      self.pageSize = pageSize
      self.limit = limit
    }
  }

  /// A file of the unified hierarchy and what is written to it.
  public struct UnifiedValue: Sendable, Equatable {
    /// For instance "memory.high".
    public var name: String
    /// Written as it is.
    public var value: String
    /// - Parameters: as the properties of the same names.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }
}
