import Containers
import Protobuf
import TaskAPI

extension CgroupStatistics {
  /// As containerd, its clients and Kubernetes understand it: they know one message for each version of cgroups.
  var message: AnyMessage { isUnified ? AnyMessage(unifiedMetrics) : AnyMessage(metrics) }

  // MARK: Version 1

  private var metrics: CgroupV1.Metrics {
    var metrics = CgroupV1.Metrics()
    metrics.pids = tasks.map { CgroupV1.Pids(current: $0.count, limit: $0.limit ?? 0) }
    metrics.cpu = processor.map {
      CgroupV1.CPU(
        usage: CgroupV1.CPUUsage(total: $0.total, kernel: $0.system, user: $0.user, perCPU: $0.byProcessor),
        throttling: CgroupV1.Throttling(
          periods: $0.periods, throttledPeriods: $0.throttledPeriods, throttledTime: $0.throttledTime))
    }
    metrics.memory = memory.map(Self.memory)
    metrics.outOfMemory = memory.map {
      CgroupV1.OutOfMemory(
        killDisabled: $0.event("oom_kill_disable"), underOOM: $0.event("under_oom"), kills: $0.event("oom_kill"))
    }
    metrics.blkio = blockIO
    metrics.hugetlb = hugePages.map {
      CgroupV1.HugeTLB(usage: $0.level.usage, max: $0.level.peak, failcnt: $0.level.failures, pageSize: $0.pageSize)
    }
    return metrics
  }

  private static func memory(_ use: MemoryUse) -> CgroupV1.Memory {
    var memory = CgroupV1.Memory()
    (memory.cache, memory.rss, memory.rssHuge) = (use.field("cache"), use.field("rss"), use.field("rss_huge"))
    (memory.mappedFile, memory.dirty, memory.writeback) = (use.field("mapped_file"), use.field("dirty"), use.field("writeback"))
    (memory.pagesIn, memory.pagesOut) = (use.field("pgpgin"), use.field("pgpgout"))
    (memory.faults, memory.majorFaults) = (use.field("pgfault"), use.field("pgmajfault"))
    (memory.inactiveAnonymous, memory.activeAnonymous) = (use.field("inactive_anon"), use.field("active_anon"))
    (memory.inactiveFile, memory.activeFile) = (use.field("inactive_file"), use.field("active_file"))
    memory.unevictable = use.field("unevictable")
    (memory.hierarchicalLimit, memory.hierarchicalSwapLimit) = (
      use.field("hierarchical_memory_limit"), use.field("hierarchical_memsw_limit")
    )
    (memory.totalCache, memory.totalRSS, memory.totalRSSHuge) = (
      use.field("total_cache"), use.field("total_rss"), use.field("total_rss_huge")
    )
    memory.totalMappedFile = use.field("total_mapped_file")
    (memory.totalDirty, memory.totalWriteback) = (use.field("total_dirty"), use.field("total_writeback"))
    (memory.totalPagesIn, memory.totalPagesOut) = (use.field("total_pgpgin"), use.field("total_pgpgout"))
    (memory.totalFaults, memory.totalMajorFaults) = (use.field("total_pgfault"), use.field("total_pgmajfault"))
    (memory.totalInactiveAnonymous, memory.totalActiveAnonymous) = (use.field("total_inactive_anon"), use.field("total_active_anon"))
    (memory.totalInactiveFile, memory.totalActiveFile) = (use.field("total_inactive_file"), use.field("total_active_file"))
    memory.totalUnevictable = use.field("total_unevictable")
    memory.usage = entry(use.memory)
    memory.swap = use.swap.map(entry)
    memory.kernel = use.kernel.map(entry)
    memory.kernelTCP = use.kernelTCP.map(entry)
    return memory
  }

  private static func entry(_ level: Level) -> CgroupV1.MemoryEntry {
    // The largest number of pages is the kernel's word for no limit.
    CgroupV1.MemoryEntry(
      limit: level.limit ?? 0x7FFF_FFFF_FFFF_F000, usage: level.usage, max: level.peak, failcnt: level.failures)
  }

  private var blockIO: CgroupV1.BlockIO {
    var result = CgroupV1.BlockIO()
    for device in blockDevices {
      func entry(_ operation: String, _ value: UInt64) -> CgroupV1.BlockIOEntry {
        CgroupV1.BlockIOEntry(operation: operation, device: "", major: device.major, minor: device.minor, value: value)
      }
      result.serviceBytes += [
        entry("Read", device.readBytes), entry("Write", device.writtenBytes), entry("Discard", device.discardedBytes),
        entry("Total", device.readBytes + device.writtenBytes + device.discardedBytes),
      ]
      result.serviced += [
        entry("Read", device.reads), entry("Write", device.writes), entry("Discard", device.discards),
        entry("Total", device.reads + device.writes + device.discards),
      ]
    }
    return result
  }

  // MARK: Version 2

  private var unifiedMetrics: CgroupV2.Metrics {
    var metrics = CgroupV2.Metrics()
    metrics.pids = tasks.map {
      var pids = CgroupV2.Pids()
      // The largest number is version 2's word for no limit, everywhere.
      (pids.current, pids.limit) = ($0.count, $0.limit ?? .max)
      return pids
    }
    metrics.cpu = processor.map {
      var cpu = CgroupV2.CPU()
      // Microseconds here.
      (cpu.usage, cpu.user, cpu.system) = ($0.total / 1000, $0.user / 1000, $0.system / 1000)
      (cpu.periods, cpu.throttledPeriods, cpu.throttledTime) = ($0.periods, $0.throttledPeriods, $0.throttledTime / 1000)
      return cpu
    }
    metrics.memory = memory.map(Self.unifiedMemory)
    metrics.memoryEvents = memory.map {
      var events = CgroupV2.MemoryEvents()
      (events.low, events.high, events.max) = ($0.event("low"), $0.event("high"), $0.event("max"))
      (events.oom, events.oomKill) = ($0.event("oom"), $0.event("oom_kill"))
      return events
    }
    metrics.io = io
    metrics.hugetlb = hugePages.map {
      var pages = CgroupV2.HugeTLB()
      (pages.current, pages.max, pages.pageSize) = ($0.level.usage, $0.level.limit ?? .max, $0.pageSize)
      return pages
    }
    return metrics
  }

  private static func unifiedMemory(_ use: MemoryUse) -> CgroupV2.Memory {
    var memory = CgroupV2.Memory()
    (memory.anonymous, memory.file) = (use.field("anon"), use.field("file"))
    (memory.kernelStack, memory.slab, memory.sock, memory.shmem) = (
      use.field("kernel_stack"), use.field("slab"), use.field("sock"), use.field("shmem")
    )
    (memory.fileMapped, memory.fileDirty, memory.fileWriteback) = (
      use.field("file_mapped"), use.field("file_dirty"), use.field("file_writeback")
    )
    memory.anonymousHuge = use.field("anon_thp")
    (memory.inactiveAnonymous, memory.activeAnonymous) = (use.field("inactive_anon"), use.field("active_anon"))
    (memory.inactiveFile, memory.activeFile) = (use.field("inactive_file"), use.field("active_file"))
    memory.unevictable = use.field("unevictable")
    (memory.slabReclaimable, memory.slabUnreclaimable) = (use.field("slab_reclaimable"), use.field("slab_unreclaimable"))
    (memory.faults, memory.majorFaults) = (use.field("pgfault"), use.field("pgmajfault"))
    (memory.usage, memory.usageLimit, memory.maxUsage) = (use.memory.usage, use.memory.limit ?? .max, use.memory.peak)
    if let swap = use.swap { (memory.swapUsage, memory.swapLimit, memory.swapMaxUsage) = (swap.usage, swap.limit ?? .max, swap.peak) }
    return memory
  }

  private var io: CgroupV2.IO {
    var io = CgroupV2.IO()
    io.usage = blockDevices.map {
      var entry = CgroupV2.IOEntry()
      (entry.major, entry.minor) = ($0.major, $0.minor)
      (entry.readBytes, entry.writtenBytes, entry.reads, entry.writes) = ($0.readBytes, $0.writtenBytes, $0.reads, $0.writes)
      return entry
    }
    return io
  }
}
