/// What a container uses, as far as this machine counts it: what is nil or empty is not counted here.
public struct CgroupStatistics: Equatable, Sendable {
  /// Whether the figures come from the unified hierarchy, whose memory fields have other names.
  public var isUnified = false
  /// Processor time.
  public var processor: ProcessorUse?
  /// Memory.
  public var memory: MemoryUse?
  /// Tasks, which are threads.
  public var tasks: TaskUse?
  /// By device.
  public var blockDevices: [BlockDeviceUse] = []
  /// By page size.
  public var hugePages: [HugePageUse] = []

  /// Nothing counted.
  public init() {}

  /// Times in nanoseconds, in both versions.
  public struct ProcessorUse: Equatable, Sendable {
    /// All.
    public var total: UInt64 = 0
    /// In programs.
    public var user: UInt64 = 0
    /// In the kernel.
    public var system: UInt64 = 0
    /// By processor number; version 1 only.
    public var byProcessor: [UInt64] = []
    /// Periods of `cpuPeriod` in which something ran.
    public var periods: UInt64 = 0
    /// Those of them in which the quota ran out.
    public var throttledPeriods: UInt64 = 0
    /// Time kept waiting by the quota.
    public var throttledTime: UInt64 = 0
    /// Nothing used.
    public init() {}
  }

  /// One counter of bytes with its limit.
  public struct Level: Equatable, Sendable {
    /// Bytes now.
    public var usage: UInt64 = 0
    /// The most bytes there ever were; 0 where the kernel does not keep that.
    public var peak: UInt64 = 0
    /// Nil is none.
    public var limit: UInt64?
    /// How often the limit was run into.
    public var failures: UInt64 = 0
    /// Nothing used, no limit.
    public init() {}
  }

  /// A field of memory.stat.
  public struct Field: Equatable, Sendable {
    /// The kernel's word, for instance "total_rss" (version 1) or "anon" (version 2).
    public var name: String
    /// Bytes or a count, as the kernel documents the word.
    public var value: UInt64
  }

  /// Memory in bytes.
  public struct MemoryUse: Equatable, Sendable {
    /// With what is cached of files.
    public var memory = Level()
    /// Version 1: memory and swap together. Version 2: swap alone.
    public var swap: Level?
    /// Of the kernel for the container; version 1 only.
    public var kernel: Level?
    /// Buffers of TCP; version 1 only.
    public var kernelTCP: Level?
    /// memory.stat.
    public var fields: [Field] = []
    /// memory.events in version 2, memory.oom_control in version 1.
    public var events: [Field] = []
    /// Nothing used.
    public init() {}

    /// A field of memory.stat; 0 where there is none.
    public func field(_ name: StaticString) -> UInt64 { MemoryUse.value(name, fields) }

    /// A field of `events`, for instance "oom_kill"; 0 where there is none.
    public func event(_ name: StaticString) -> UInt64 { MemoryUse.value(name, events) }

    private static func value(_ name: StaticString, _ fields: [Field]) -> UInt64 {
      name.withUTF8Buffer { name in fields.first { $0.name.utf8.elementsEqual(name) }?.value ?? 0 }
    }
  }

  /// Tasks.
  public struct TaskUse: Equatable, Sendable {
    /// Now.
    public var count: UInt64 = 0
    /// Nil is none.
    public var limit: UInt64?
    /// Nothing counted.
    public init() {}
  }

  /// What went to and came from a block device.
  public struct BlockDeviceUse: Equatable, Sendable {
    /// The device's number.
    public var major: UInt64
    /// The device's number.
    public var minor: UInt64
    /// Bytes.
    public var readBytes: UInt64 = 0
    /// Bytes.
    public var writtenBytes: UInt64 = 0
    /// Bytes.
    public var discardedBytes: UInt64 = 0
    /// Operations.
    public var reads: UInt64 = 0
    /// Operations.
    public var writes: UInt64 = 0
    /// Operations.
    public var discards: UInt64 = 0
    /// Nothing used.
    public init(major: UInt64, minor: UInt64) {
      self.major = major
      self.minor = minor
    }
  }

  /// Huge pages of one size.
  public struct HugePageUse: Equatable, Sendable {
    /// For instance "2MB".
    public var pageSize: String
    /// Bytes.
    public var level: Level
  }
}
