import Glibc
import OCI

// Version 1, Documentation/admin-guide/cgroup-v1/memory.rst.
extension Cgroup {
  func applyMemory(_ resources: RuntimeSpec.Resources) throws(ContainerError) {
    let isSaid =
      resources.memoryLimit.said != nil || resources.memorySwap.said != nil || resources.memoryReservation.said != nil
      || resources.memoryKernelTCP.said != nil || resources.memorySwappiness != nil || resources.disablesOOMKiller != nil
    guard isSaid else { return }
    let folder = try folder("memory", for: "linux.resources.memory")
    try folder.setMemory(resources.memoryLimit.said, withSwap: resources.memorySwap.said)
    if let reservation = resources.memoryReservation.said { try folder.set("memory.soft_limit_in_bytes", String(reservation)) }
    // A limit of kernel memory as such is no longer taken by kernels, and runc passes over it too.
    if let limit = resources.memoryKernelTCP.said { try folder.set("memory.kmem.tcp.limit_in_bytes", String(limit)) }
    if let swappiness = resources.memorySwappiness { try folder.set("memory.swappiness", String(swappiness)) }
    if let disables = resources.disablesOOMKiller { try folder.disableOOMKiller(disables) }
  }

  /// The limit of the container's memory in bytes; nil where there is none or it cannot be read.
  public func memoryLimit() -> UInt64? {
    if let memory = folder("memory") { return memory.number("memory.limit_in_bytes").flatMap(Cgroup.limited) }
    return unified?.number("memory.max")
  }

  /// Memory in use in bytes, with what is cached of files; nil where nobody counts it.
  public func memoryUsage() -> UInt64? {
    folder("memory").map { $0.number("memory.usage_in_bytes") } ?? unified?.number("memory.current")
  }

  /// Version 1 has no word for "no limit": it is the greatest number of whole pages.
  static func limited(_ bytes: UInt64) -> UInt64? { bytes >= UInt64(Int64.max) & ~0xFFFF ? nil : bytes }
}

extension CgroupFolder {
  private static let limitFile = "memory.limit_in_bytes"
  private static let swapFile = "memory.memsw.limit_in_bytes"

  /// The kernel wants the limit with swap never below the limit without, at any time: when both rise, the one with swap goes first.
  fileprivate func setMemory(_ limit: Int64?, withSwap: Int64?) throws(ContainerError) {
    var withSwap = withSwap
    // No limit of memory means none of swap, or the old limit of both together would stay.
    if limit == -1, withSwap == nil, exists(CgroupFolder.swapFile) { withSwap = -1 }
    let swapFirst: Bool
    if limit != nil, let withSwap {
      swapFirst = withSwap < 0 || number(CgroupFolder.limitFile).map { $0 < UInt64(withSwap) } ?? true
    } else {
      swapFirst = false
    }
    if swapFirst { try setSwap(withSwap) }
    if let limit { try setMemoryLimit(limit) }
    if !swapFirst { try setSwap(withSwap) }
  }

  private func setSwap(_ limit: Int64?) throws(ContainerError) {
    guard let limit else { return }
    guard exists(CgroupFolder.swapFile) else {
      throw ContainerError("linux.resources.memory.swap needs a kernel that counts swap by cgroup (boot with swapaccount=1); leave it out")
    }
    try set(CgroupFolder.swapFile, String(limit))
  }

  private func setMemoryLimit(_ limit: Int64) throws(ContainerError) {
    let code = write(String(limit), to: CgroupFolder.limitFile)
    guard code == EBUSY, let usage = number("memory.usage_in_bytes") else {
      if code != 0 { try refuse(CgroupFolder.limitFile, String(limit), code) }
      return
    }
    throw ContainerError(
      "a memory limit of \(limit) bytes is too low: \(fullPath) uses \(usage) bytes that cannot be reclaimed; ask for more")
  }

  fileprivate func disableOOMKiller(_ disables: Bool) throws(ContainerError) {
    let file = "memory.oom_control"
    // Off is what every cgroup starts with.
    if !disables, let text = read(file), DecimalText.value(of: "oom_kill_disable", in: text) != 1 { return }
    try set(file, disables ? "1" : "0")
  }
}
