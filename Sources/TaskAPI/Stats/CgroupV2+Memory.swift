import Protobuf

extension CgroupV2 {
  /// Memory: the lines of `memory.stat`, in bytes where they are no counters, and usage with its limits.
  public struct Memory: Message, Equatable {
    /// `anon`
    public var anonymous: UInt64 = 0
    /// `file`
    public var file: UInt64 = 0
    /// `kernel_stack`
    public var kernelStack: UInt64 = 0
    /// `slab`
    public var slab: UInt64 = 0
    /// `sock`
    public var sock: UInt64 = 0
    /// `shmem`
    public var shmem: UInt64 = 0
    /// `file_mapped`
    public var fileMapped: UInt64 = 0
    /// `file_dirty`
    public var fileDirty: UInt64 = 0
    /// `file_writeback`
    public var fileWriteback: UInt64 = 0
    /// `anon_thp`
    public var anonymousHuge: UInt64 = 0
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
    /// `slab_reclaimable`
    public var slabReclaimable: UInt64 = 0
    /// `slab_unreclaimable`
    public var slabUnreclaimable: UInt64 = 0
    /// `pgfault`
    public var faults: UInt64 = 0
    /// `pgmajfault`
    public var majorFaults: UInt64 = 0
    /// `workingset_refault`
    public var workingsetRefault: UInt64 = 0
    /// `workingset_activate`
    public var workingsetActivate: UInt64 = 0
    /// `workingset_nodereclaim`
    public var workingsetNodeReclaim: UInt64 = 0
    /// `pgrefill`
    public var pagesRefilled: UInt64 = 0
    /// `pgscan`
    public var pagesScanned: UInt64 = 0
    /// `pgsteal`
    public var pagesStolen: UInt64 = 0
    /// `pgactivate`
    public var pagesActivated: UInt64 = 0
    /// `pgdeactivate`
    public var pagesDeactivated: UInt64 = 0
    /// `pglazyfree`
    public var pagesMarkedFree: UInt64 = 0
    /// `pglazyfreed`
    public var pagesLazilyFreed: UInt64 = 0
    /// `thp_fault_alloc`
    public var hugeFaultAllocations: UInt64 = 0
    /// `thp_collapse_alloc`
    public var hugeCollapseAllocations: UInt64 = 0
    /// `memory.current`
    public var usage: UInt64 = 0
    /// `memory.max`; 2^64 - 1 for none
    public var usageLimit: UInt64 = 0
    /// `memory.swap.current`
    public var swapUsage: UInt64 = 0
    /// `memory.swap.max`; 2^64 - 1 for none
    public var swapLimit: UInt64 = 0
    /// `memory.peak`, since containerd 2.0
    public var maxUsage: UInt64 = 0
    /// `memory.swap.peak`, since containerd 2.0
    public var swapMaxUsage: UInt64 = 0

    public init() {}

    public mutating func take(_ field: Field) throws(WireError) {
      switch field.number {
      case 1: anonymous = try field.uint64()
      case 2: file = try field.uint64()
      case 3: kernelStack = try field.uint64()
      case 4: slab = try field.uint64()
      case 5: sock = try field.uint64()
      case 6: shmem = try field.uint64()
      case 7: fileMapped = try field.uint64()
      case 8: fileDirty = try field.uint64()
      case 9: fileWriteback = try field.uint64()
      case 10: anonymousHuge = try field.uint64()
      case 11: inactiveAnonymous = try field.uint64()
      case 12: activeAnonymous = try field.uint64()
      case 13: inactiveFile = try field.uint64()
      case 14: activeFile = try field.uint64()
      case 15: unevictable = try field.uint64()
      case 16: slabReclaimable = try field.uint64()
      case 17: slabUnreclaimable = try field.uint64()
      case 18: faults = try field.uint64()
      case 19: majorFaults = try field.uint64()
      case 20: workingsetRefault = try field.uint64()
      case 21: workingsetActivate = try field.uint64()
      case 22: workingsetNodeReclaim = try field.uint64()
      case 23: pagesRefilled = try field.uint64()
      case 24: pagesScanned = try field.uint64()
      case 25: pagesStolen = try field.uint64()
      case 26: pagesActivated = try field.uint64()
      case 27: pagesDeactivated = try field.uint64()
      case 28: pagesMarkedFree = try field.uint64()
      case 29: pagesLazilyFreed = try field.uint64()
      case 30: hugeFaultAllocations = try field.uint64()
      case 31: hugeCollapseAllocations = try field.uint64()
      case 32: usage = try field.uint64()
      case 33: usageLimit = try field.uint64()
      case 34: swapUsage = try field.uint64()
      case 35: swapLimit = try field.uint64()
      case 36: maxUsage = try field.uint64()
      case 37: swapMaxUsage = try field.uint64()
      default: break
      }
    }

    public func write(to writer: inout MessageWriter) {
      writer.field(1, anonymous)
      writer.field(2, file)
      writer.field(3, kernelStack)
      writer.field(4, slab)
      writer.field(5, sock)
      writer.field(6, shmem)
      writer.field(7, fileMapped)
      writer.field(8, fileDirty)
      writer.field(9, fileWriteback)
      writer.field(10, anonymousHuge)
      writer.field(11, inactiveAnonymous)
      writer.field(12, activeAnonymous)
      writer.field(13, inactiveFile)
      writer.field(14, activeFile)
      writer.field(15, unevictable)
      writer.field(16, slabReclaimable)
      writer.field(17, slabUnreclaimable)
      writer.field(18, faults)
      writer.field(19, majorFaults)
      writer.field(20, workingsetRefault)
      writer.field(21, workingsetActivate)
      writer.field(22, workingsetNodeReclaim)
      writer.field(23, pagesRefilled)
      writer.field(24, pagesScanned)
      writer.field(25, pagesStolen)
      writer.field(26, pagesActivated)
      writer.field(27, pagesDeactivated)
      writer.field(28, pagesMarkedFree)
      writer.field(29, pagesLazilyFreed)
      writer.field(30, hugeFaultAllocations)
      writer.field(31, hugeCollapseAllocations)
      writer.field(32, usage)
      writer.field(33, usageLimit)
      writer.field(34, swapUsage)
      writer.field(35, swapLimit)
      writer.field(36, maxUsage)
      writer.field(37, swapMaxUsage)
    }
  }
}
