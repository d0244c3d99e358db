import Glibc
import OCI

// Limits in version 2 (Documentation/admin-guide/cgroup-v2.rst), from words that were made for version 1.
extension CgroupFolder {
  func applyUnified(_ resources: RuntimeSpec.Resources) throws(ContainerError) {
    try applyUnifiedMemory(resources)
    try applyUnifiedProcessors(resources)
    if let limit = resources.pidsLimit { try set("pids.max", limit > 0 ? String(limit) : "max") }
    try applyUnifiedBlockDevices(resources)
    for limit in resources.hugepageLimits { try setHugePages(limit, file: "max") }
    // Last, because they are the most particular.
    for value in resources.unified {
      guard !value.name.utf8.contains(UInt8(ascii: "/")), value.name.utf8.contains(UInt8(ascii: ".")) else {
        throw ContainerError("linux.resources.unified: \"\(value.name)\" is no file of a cgroup; its names look like memory.high")
      }
      // The kernel takes one line a write.
      for line in value.value.split(separator: "\n") { try set(value.name, String(line)) }
    }
  }

  private func applyUnifiedMemory(_ resources: RuntimeSpec.Resources) throws(ContainerError) {
    let limit = resources.memoryLimit.said
    if let swap = try UnifiedValues.swap(resources.memorySwap.said, memory: limit) {
      // Without swap in the kernel there is nothing to be kept from.
      if exists("memory.swap.max") || (swap != "0" && swap != "max") { try set("memory.swap.max", swap) }
    }
    if let limit { try set("memory.max", UnifiedValues.limit(limit)) }
    if let reservation = resources.memoryReservation.said { try set("memory.low", UnifiedValues.limit(reservation)) }
  }

  private func applyUnifiedProcessors(_ resources: RuntimeSpec.Resources) throws(ContainerError) {
    guard resources.cpuRealtimePeriod.said == nil, resources.cpuRealtimeRuntime.said == nil else {
      throw ContainerError("linux.resources.cpu: cgroups of version 2 know no limits of real-time tasks; leave them out")
    }
    if let idle = resources.cpuIdle { try set("cpu.idle", String(idle)) }
    // An idle group has no weight of its own to change.
    if let shares = resources.cpuShares.said, resources.cpuIdle != 1 { try set("cpu.weight", String(UnifiedValues.weight(shares: shares))) }
    if resources.cpuQuota.said != nil || resources.cpuPeriod.said != nil {
      // What only one of the two changes keeps the other.
      let now = read("cpu.max").map { $0.split { $0 == 32 || $0 == 10 }.map { String(decoding: $0, as: UTF8.self) } } ?? []
      let quota = resources.cpuQuota.said.map(UnifiedValues.limit) ?? (now.count == 2 ? now[0] : "max")
      let period = resources.cpuPeriod.said.map { String($0) } ?? (now.count == 2 ? now[1] : "100000")
      try set("cpu.max", quota + " " + period)
    }
    if let cpus = resources.cpus, !cpus.isEmpty { try set("cpuset.cpus", cpus) }
    if let mems = resources.mems, !mems.isEmpty { try set("cpuset.mems", mems) }
  }

  private func applyUnifiedBlockDevices(_ resources: RuntimeSpec.Resources) throws(ContainerError) {
    if let weight = resources.blockWeight.said {
      if exists("io.bfq.weight") {
        try set("io.bfq.weight", String(weight))
      } else {
        try set("io.weight", String(UnifiedValues.weight(blockWeight: weight)))
      }
    }
    for throttle in resources.blockThrottles {
      try set("io.max", "\(throttle.major):\(throttle.minor) \(throttle.kind.unifiedName)=\(throttle.rate)")
    }
  }
}

/// Values of version 1 as version 2 wants them; the formulas are the ones every runtime uses.
enum UnifiedValues {
  static func limit(_ value: Int64) -> String { value < 0 ? "max" : String(value) }

  /// 2…262144 onto 1…10000.
  static func weight(shares: UInt64) -> UInt64 { 1 + (min(max(shares, 2), 262_144) - 2) * 9999 / 262_142 }

  /// 10…1000 onto 1…10000.
  static func weight(blockWeight: UInt16) -> UInt64 { 1 + (UInt64(min(max(blockWeight, 10), 1000)) - 10) * 9999 / 990 }

  /// Version 1 limits memory and swap together, version 2 swap alone.
  ///
  /// - Returns: nil when nothing is said.
  static func swap(_ withSwap: Int64?, memory: Int64?) throws(ContainerError) -> String? {
    guard let withSwap else { return memory == -1 ? "max" : nil }
    if withSwap < 0 { return "max" }
    guard let memory, memory >= 0 else { throw ContainerError("linux.resources.memory.swap needs a limit of memory too") }
    guard withSwap >= memory else {
      throw ContainerError("linux.resources.memory.swap (\(withSwap)) is memory and swap together and cannot be below limit (\(memory))")
    }
    return String(withSwap - memory)
  }
}
