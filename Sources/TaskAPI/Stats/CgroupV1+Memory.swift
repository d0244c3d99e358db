import Protobuf

extension CgroupV1 {
  /// Memory: the lines of `memory.stat`, in bytes where they are no counters, and four entries with limits.
  public struct Memory: Message, Equatable {
    /// `cache`
    public var cache: UInt64 = 0
    /// `rss`
    public var rss: UInt64 = 0
    /// `rss_huge`
    public var rssHuge: UInt64 = 0
    /// `mapped_file`
    public var mappedFile: UInt64 = 0
    /// `dirty`
    public var dirty: UInt64 = 0
    /// `writeback`
    public var writeback: UInt64 = 0
    /// `pgpgin`
    public var pagesIn: UInt64 = 0
    /// `pgpgout`
    public var pagesOut: UInt64 = 0
    /// `pgfault`
    public var faults: UInt64 = 0
    /// `pgmajfault`
    public var majorFaults: UInt64 = 0
    /// `inactive_anon`
    public var inactiveAnonymous: UInt64 = 0
    /// `active_anon`
    public var activeAnonymous: UInt64 = 0
    /// `inactive_file`
    public var inactiveFile: UInt64 = 0
    /// `active_file`
    public var activeFile: UInt64 = 0
    /// `unevictable`
    public var unevictable: UInt64 = 0
    /// `hierarchical_memory_limit`
    public var hierarchicalLimit: UInt64 = 0
    /// `hierarchical_memsw_limit`
    public var hierarchicalSwapLimit: UInt64 = 0
    /// `total_cache`
    public var totalCache: UInt64 = 0
    /// `total_rss`
    public var totalRSS: UInt64 = 0
    /// `total_rss_huge`
    public var totalRSSHuge: UInt64 = 0
    /// `total_mapped_file`
    public var totalMappedFile: UInt64 = 0
    /// `total_dirty`
    public var totalDirty: UInt64 = 0
    /// `total_writeback`
    public var totalWriteback: UInt64 = 0
    /// `total_pgpgin`
    public var totalPagesIn: UInt64 = 0
    /// `total_pgpgout`
    public var totalPagesOut: UInt64 = 0
    /// `total_pgfault`
    public var totalFaults: UInt64 = 0
    /// `total_pgmajfault`
    public var totalMajorFaults: UInt64 = 0
    /// `total_inactive_anon`
    public var totalInactiveAnonymous: UInt64 = 0
    /// `total_active_anon`
    public var totalActiveAnonymous: UInt64 = 0
    /// `total_inactive_file`
    public var totalInactiveFile: UInt64 = 0
    /// `total_active_file`
    public var totalActiveFile: UInt64 = 0
    /// `total_unevictable`
    public var totalUnevictable: UInt64 = 0
    /// `memory.*`: all memory.
    public var usage: MemoryEntry?
    /// `memory.memsw.*`: memory and swap space.
    public var swap: MemoryEntry?
    /// `memory.kmem.*`: the kernel's.
    public var kernel: MemoryEntry?
    /// `memory.kmem.tcp.*`: the kernel's for connections.
    public var kernelTCP: MemoryEntry?

    public init() {}

    public mutating func take(_ field: Field) throws(WireError) {
      switch field.number {
      case 1: cache = try field.uint64()
      case 2: rss = try field.uint64()
      case 3: rssHuge = try field.uint64()
      case 4: mappedFile = try field.uint64()
      case 5: dirty = try field.uint64()
      case 6: writeback = try field.uint64()
      case 7: pagesIn = try field.uint64()
      case 8: pagesOut = try field.uint64()
      case 9: faults = try field.uint64()
      case 10: majorFaults = try field.uint64()
      case 11: inactiveAnonymous = try field.uint64()
      case 12: activeAnonymous = try field.uint64()
      case 13: inactiveFile = try field.uint64()
      case 14: activeFile = try field.uint64()
      case 15: unevictable = try field.uint64()
      case 16: hierarchicalLimit = try field.uint64()
      case 17: hierarchicalSwapLimit = try field.uint64()
      case 18: totalCache = try field.uint64()
      case 19: totalRSS = try field.uint64()
      case 20: totalRSSHuge = try field.uint64()
      case 21: totalMappedFile = try field.uint64()
      case 22: totalDirty = try field.uint64()
      case 23: totalWriteback = try field.uint64()
      case 24: totalPagesIn = try field.uint64()
      case 25: totalPagesOut = try field.uint64()
      case 26: totalFaults = try field.uint64()
      case 27: totalMajorFaults = try field.uint64()
      case 28: totalInactiveAnonymous = try field.uint64()
      case 29: totalActiveAnonymous = try field.uint64()
      case 30: totalInactiveFile = try field.uint64()
      case 31: totalActiveFile = try field.uint64()
      case 32: totalUnevictable = try field.uint64()
      case 33: try field.merge(into: &usage)
      case 34: try field.merge(into: &swap)
      case 35: try field.merge(into: &kernel)
      case 36: try field.merge(into: &kernelTCP)
      default: break
      }
    }

    public func write(to writer: inout MessageWriter) {
      writer.field(1, cache)
      writer.field(2, rss)
      writer.field(3, rssHuge)
      writer.field(4, mappedFile)
      writer.field(5, dirty)
      writer.field(6, writeback)
      writer.field(7, pagesIn)
      writer.field(8, pagesOut)
      writer.field(9, faults)
      writer.field(10, majorFaults)
      writer.field(11, inactiveAnonymous)
      writer.field(12, activeAnonymous)
      writer.field(13, inactiveFile)
      writer.field(14, activeFile)
      writer.field(15, unevictable)
      writer.field(16, hierarchicalLimit)
      writer.field(17, hierarchicalSwapLimit)
      writer.field(18, totalCache)
      writer.field(19, totalRSS)
      writer.field(20, totalRSSHuge)
      writer.field(21, totalMappedFile)
      writer.field(22, totalDirty)
      writer.field(23, totalWriteback)
      writer.field(24, totalPagesIn)
      writer.field(25, totalPagesOut)
      writer.field(26, totalFaults)
      writer.field(27, totalMajorFaults)
      writer.field(28, totalInactiveAnonymous)
      writer.field(29, totalActiveAnonymous)
      writer.field(30, totalInactiveFile)
      writer.field(31, totalActiveFile)
      writer.field(32, totalUnevictable)
      writer.field(33, usage)
      writer.field(34, swap)
      writer.field(35, kernel)
      writer.field(36, kernelTCP)
    }
  }
}
