import OCI

extension Cgroup {
  /// Sets the limits that are said and leaves all others, both for a new cgroup and for a change of one with processes in it. Devices
  /// are `restrictDevices`'s business. As with runc a 0 says nothing where 0 makes no sense as a limit, and -1 is no limit.
  ///
  /// - Throws: the first limit that was refused, after those before it were set.
  public func apply(_ resources: RuntimeSpec.Resources) throws(ContainerError) {
    if layout.version == .v2 {
      try unified(for: "limits").applyUnified(resources)
    } else {
      guard resources.unified.isEmpty else {
        throw ContainerError("linux.resources.unified needs a machine with cgroups of version 2 alone; leave it out")
      }
      try applyMemory(resources)
      try applyProcessorTime(resources)
      try applyProcessorSets(resources)
      try applyPids(resources)
      try applyBlockDevices(resources)
      try applyHugePages(resources)
    }
  }

  /// The folder of a controller that a limit needs.
  func folder(_ controller: String, for limit: StaticString) throws(ContainerError) -> CgroupFolder {
    guard let folder = folder(controller) else {
      throw ContainerError("\(limit) needs the cgroup controller \(controller), which is not mounted; leave the limit out or mount it")
    }
    return folder
  }

  private func unified(for limit: StaticString) throws(ContainerError) -> CgroupFolder {
    guard let unified else { throw ContainerError("\(limit) need a unified cgroup hierarchy") }
    return unified
  }

  private func applyPids(_ resources: RuntimeSpec.Resources) throws(ContainerError) {
    guard let limit = resources.pidsLimit else { return }
    try folder("pids", for: "linux.resources.pids").set("pids.max", limit > 0 ? String(limit) : "max")
  }

  private func applyHugePages(_ resources: RuntimeSpec.Resources) throws(ContainerError) {
    for limit in resources.hugepageLimits {
      let folder = try folder("hugetlb", for: "linux.resources.hugepageLimits")
      try folder.setHugePages(limit, file: "limit_in_bytes")
    }
  }
}

extension CgroupFolder {
  /// Sets the limit of pages in use and, where the kernel has one, of pages set aside.
  func setHugePages(_ limit: RuntimeSpec.HugepageLimit, file: String) throws(ContainerError) {
    guard !limit.pageSize.isEmpty, limit.pageSize.utf8.allSatisfy({ (48...57).contains($0) || (65...90).contains($0) }) else {
      throw ContainerError("\"\(limit.pageSize)\" is no size of huge pages; the kernel's own names look like 2MB")
    }
    try set("hugetlb.\(limit.pageSize).\(file)", String(limit.limit))
    let reserved = "hugetlb.\(limit.pageSize).rsvd.\(file)"
    if exists(reserved) { try set(reserved, String(limit.limit)) }
  }
}

extension Optional where Wrapped: BinaryInteger {
  /// The number, unless it is 0.
  var said: Wrapped? { self == 0 ? nil : self }
}
