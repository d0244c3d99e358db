import Glibc

extension Cgroup {
  /// Reads what the container uses. A file that is missing or says something else than the kernel's documentation counts as nothing.
  public func statistics() -> CgroupStatistics {
    var statistics = CgroupStatistics()
    if layout.version == .v2, let unified {
      unified.readUnified(&statistics)
      return statistics
    }
    statistics.processor = processorUse()
    statistics.memory = folder("memory").flatMap { $0.memoryUse() }
    statistics.tasks = folder("pids").flatMap { $0.taskUse() }
    statistics.blockDevices = folder("blkio").map { $0.blockDeviceUse() } ?? []
    statistics.hugePages = folder("hugetlb").map { $0.hugePageUse(".usage_in_bytes", ".limit_in_bytes", ".max_usage_in_bytes") } ?? []
    return statistics
  }

  private func processorUse() -> CgroupStatistics.ProcessorUse? {
    var use = CgroupStatistics.ProcessorUse()
    guard let accounts = folder("cpuacct") ?? folder("cpu"), accounts.exists("cgroup.procs") else { return nil }
    use.total = accounts.number("cpuacct.usage") ?? 0
    // Ticks of USER_HZ, which is 100 a second on Linux.
    let tick: UInt64 = 10_000_000
    if let text = accounts.read("cpuacct.stat") {
      use.user = (DecimalText.value(of: "user", in: text) ?? 0).multipliedReportingOverflow(by: tick).partialValue
      use.system = (DecimalText.value(of: "system", in: text) ?? 0).multipliedReportingOverflow(by: tick).partialValue
    }
    if let text = accounts.read("cpuacct.usage_percpu") {
      use.byProcessor = text.split { $0 == 32 || $0 == 10 }.compactMap { DecimalText.number($0) }
    }
    if let text = folder("cpu")?.read("cpu.stat") {
      use.periods = DecimalText.value(of: "nr_periods", in: text) ?? 0
      use.throttledPeriods = DecimalText.value(of: "nr_throttled", in: text) ?? 0
      use.throttledTime = DecimalText.value(of: "throttled_time", in: text) ?? 0
    }
    return use
  }
}

extension CgroupFolder {
  /// All lines of a word and a number.
  fileprivate func fields(_ file: String) -> [CgroupStatistics.Field] {
    guard let text = read(file) else { return [] }
    var fields: [CgroupStatistics.Field] = []
    DecimalText.forEachPair(text) { fields.append(.init(name: String(decoding: $0, as: UTF8.self), value: $1)) }
    return fields
  }

  fileprivate func memoryUse() -> CgroupStatistics.MemoryUse? {
    guard let memory = level("memory") else { return nil }
    var use = CgroupStatistics.MemoryUse()
    use.memory = memory
    use.swap = level("memory.memsw")
    use.kernel = level("memory.kmem")
    use.kernelTCP = level("memory.kmem.tcp")
    use.fields = fields("memory.stat")
    use.events = fields("memory.oom_control")
    return use
  }

  private func level(_ prefix: String) -> CgroupStatistics.Level? {
    guard let usage = number(prefix + ".usage_in_bytes") else { return nil }
    var level = CgroupStatistics.Level()
    level.usage = usage
    level.peak = number(prefix + ".max_usage_in_bytes") ?? 0
    level.limit = number(prefix + ".limit_in_bytes").flatMap(Cgroup.limited)
    level.failures = number(prefix + ".failcnt") ?? 0
    return level
  }

  fileprivate func taskUse() -> CgroupStatistics.TaskUse? {
    guard let count = number("pids.current") else { return nil }
    var use = CgroupStatistics.TaskUse()
    use.count = count
    use.limit = number("pids.max")
    return use
  }

  /// Lines like `8:0 Read 4096`; a last one sums up all devices and has two words.
  private func forEachBlockLine(_ file: String, _ body: ([ArraySlice<UInt8>], UInt64) -> Void) {
    guard let text = read("blkio.throttle.\(file)_recursive") ?? read("blkio.throttle.\(file)") else { return }
    for line in text.split(separator: UInt8(ascii: "\n")) {
      let words = line.split(separator: UInt8(ascii: " "))
      if words.count == 3, let value = DecimalText.number(words[2]) { body(words, value) }
    }
  }

  fileprivate func blockDeviceUse() -> [CgroupStatistics.BlockDeviceUse] {
    var devices: [CgroupStatistics.BlockDeviceUse] = []
    forEachBlockLine("io_service_bytes") { words, value in
      guard let index = devices.index(ofNumber: words[0]) else { return }
      if words[1].isText("Read") { devices[index].readBytes = value }
      if words[1].isText("Write") { devices[index].writtenBytes = value }
      if words[1].isText("Discard") { devices[index].discardedBytes = value }
    }
    forEachBlockLine("io_serviced") { words, value in
      guard let index = devices.index(ofNumber: words[0]) else { return }
      if words[1].isText("Read") { devices[index].reads = value }
      if words[1].isText("Write") { devices[index].writes = value }
      if words[1].isText("Discard") { devices[index].discards = value }
    }
    return devices
  }

  /// Sizes are told by the names of files: `hugetlb.2MB.current`.
  fileprivate func hugePageUse(_ usageSuffix: String, _ limitSuffix: String, _ peakSuffix: String?) -> [CgroupStatistics.HugePageUse] {
    files().filter { $0.hasPrefix("hugetlb.") && $0.hasSuffix(usageSuffix) && !$0.hasSuffix(".rsvd" + usageSuffix) }.sorted().compactMap {
      let prefix = String($0.dropLast(usageSuffix.utf8.count))
      guard let usage = number($0) else { return nil }
      var level = CgroupStatistics.Level()
      level.usage = usage
      level.limit = number(prefix + limitSuffix).flatMap(Cgroup.limited)
      if let peakSuffix {
        level.peak = number(prefix + peakSuffix) ?? 0
        level.failures = number(prefix + ".failcnt") ?? 0
      } else {
        level.failures = read(prefix + ".events").flatMap { DecimalText.value(of: "max", in: $0) } ?? 0
      }
      return .init(pageSize: String(prefix.dropFirst("hugetlb.".utf8.count)), level: level)
    }
  }

  // Version 2 (Documentation/admin-guide/cgroup-v2.rst).

  fileprivate func readUnified(_ statistics: inout CgroupStatistics) {
    statistics.isUnified = true
    statistics.processor = unifiedProcessorUse()
    statistics.memory = unifiedMemoryUse()
    statistics.tasks = taskUse()
    statistics.blockDevices = unifiedBlockDeviceUse()
    statistics.hugePages = hugePageUse(".current", ".max", nil)
  }

  /// cpu.stat counts microseconds.
  private func unifiedProcessorUse() -> CgroupStatistics.ProcessorUse? {
    guard let text = read("cpu.stat"), DecimalText.value(of: "usage_usec", in: text) != nil else { return nil }
    func nanoseconds(_ word: StaticString) -> UInt64 {
      (DecimalText.value(of: word, in: text) ?? 0).multipliedReportingOverflow(by: 1000).partialValue
    }
    var use = CgroupStatistics.ProcessorUse()
    use.total = nanoseconds("usage_usec")
    use.user = nanoseconds("user_usec")
    use.system = nanoseconds("system_usec")
    use.periods = DecimalText.value(of: "nr_periods", in: text) ?? 0
    use.throttledPeriods = DecimalText.value(of: "nr_throttled", in: text) ?? 0
    use.throttledTime = nanoseconds("throttled_usec")
    return use
  }

  private func unifiedMemoryUse() -> CgroupStatistics.MemoryUse? {
    guard let usage = number("memory.current") else { return nil }
    var use = CgroupStatistics.MemoryUse()
    use.memory.usage = usage
    use.memory.peak = number("memory.peak") ?? 0
    use.memory.limit = number("memory.max")
    use.fields = fields("memory.stat")
    use.events = fields("memory.events")
    use.memory.failures = use.event("max")
    if let swap = number("memory.swap.current") {
      var level = CgroupStatistics.Level()
      level.usage = swap
      level.peak = number("memory.swap.peak") ?? 0
      level.limit = number("memory.swap.max")
      level.failures = read("memory.swap.events").flatMap { DecimalText.value(of: "max", in: $0) } ?? 0
      use.swap = level
    }
    return use
  }

  /// Lines like `8:0 rbytes=4096 wbytes=0 rios=1 wios=0 dbytes=0 dios=0`.
  private func unifiedBlockDeviceUse() -> [CgroupStatistics.BlockDeviceUse] {
    var devices: [CgroupStatistics.BlockDeviceUse] = []
    for line in (read("io.stat") ?? []).split(separator: UInt8(ascii: "\n")) {
      let words = line.split(separator: UInt8(ascii: " "))
      guard let first = words.first, let index = devices.index(ofNumber: first) else { continue }
      for word in words.dropFirst() {
        guard let sign = word.firstIndex(of: UInt8(ascii: "=")), let value = DecimalText.number(word[(sign + 1)...]) else { continue }
        let name = word[..<sign]
        if name.isText("rbytes") { devices[index].readBytes = value }
        if name.isText("wbytes") { devices[index].writtenBytes = value }
        if name.isText("dbytes") { devices[index].discardedBytes = value }
        if name.isText("rios") { devices[index].reads = value }
        if name.isText("wios") { devices[index].writes = value }
        if name.isText("dios") { devices[index].discards = value }
      }
    }
    return devices
  }
}

extension [CgroupStatistics.BlockDeviceUse] {
  /// The place of the device with the number `8:0`, made where there is none; nil for what is no such number.
  fileprivate mutating func index(ofNumber text: ArraySlice<UInt8>) -> Int? {
    let parts = text.split(separator: UInt8(ascii: ":"))
    guard parts.count == 2, let major = DecimalText.number(parts[0]), let minor = DecimalText.number(parts[1]) else { return nil }
    if let known = firstIndex(where: { $0.major == major && $0.minor == minor }) { return known }
    append(.init(major: major, minor: minor))
    return count - 1
  }
}
