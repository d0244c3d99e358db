import Glibc
import OCI

// Version 1, Documentation/scheduler/sched-bwc.rst and cgroup-v1/cpusets.rst.
extension Cgroup {
  func applyProcessorTime(_ resources: RuntimeSpec.Resources) throws(ContainerError) {
    let isSaid =
      resources.cpuShares.said != nil || resources.cpuQuota.said != nil || resources.cpuPeriod.said != nil
      || resources.cpuRealtimePeriod.said != nil || resources.cpuRealtimeRuntime.said != nil || resources.cpuIdle != nil
    guard isSaid else { return }
    let folder = try folder("cpu", for: "linux.resources.cpu")
    if let idle = resources.cpuIdle { try folder.set("cpu.idle", String(idle)) }
    // An idle group has no weight of its own to change.
    if let shares = resources.cpuShares.said, resources.cpuIdle != 1 { try folder.set("cpu.shares", String(shares)) }
    try folder.setBandwidth(
      "cpu.rt_period_us", resources.cpuRealtimePeriod.said.map { String($0) }, "cpu.rt_runtime_us",
      resources.cpuRealtimeRuntime.said.map { String($0) })
    try folder.setBandwidth(
      "cpu.cfs_period_us", resources.cpuPeriod.said.map { String($0) }, "cpu.cfs_quota_us",
      resources.cpuQuota.said.map { String($0 < 0 ? -1 : $0) })
  }

  func applyProcessorSets(_ resources: RuntimeSpec.Resources) throws(ContainerError) {
    if let cpus = resources.cpus, !cpus.isEmpty { try folder("cpuset", for: "linux.resources.cpu.cpus").set("cpuset.cpus", cpus) }
    if let mems = resources.mems, !mems.isEmpty { try folder("cpuset", for: "linux.resources.cpu.mems").set("cpuset.mems", mems) }
  }
}

extension CgroupFolder {
  /// A period that does not fit the old time is refused; then the time goes first.
  fileprivate func setBandwidth(
    _ periodFile: String, _ period: String?, _ timeFile: String, _ time: String?
  ) throws(ContainerError) {
    guard let period else {
      if let time { try set(timeFile, time) }
      return
    }
    let code = write(period, to: periodFile)
    if code == EINVAL, let time {
      try set(timeFile, time)
      try set(periodFile, period)
      return
    }
    if code != 0 { try refuse(periodFile, period, code) }
    if let time { try set(timeFile, time) }
  }
}
