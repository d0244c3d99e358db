/// On which processors this process, and so what it measures, may run.
struct OwnProcessors: Check {
  let name = "CPUs to use"
  let cost =
    "figures hold for as many CPUs as could be used; between isolated ones the kernel balances nothing, so that all processes of a trial stay on the one where the first began (Documentation/admin-guide/kernel-parameters.txt: isolcpus)"

  private static let isolatedPath = "/sys/devices/system/cpu/isolated"

  func examine(_ machine: MachineRoot) -> Seen {
    guard let online = machine.onlineProcessors, let own = machine.ownProcessors else { return .absent(on: machine) }
    // Kernels that cannot isolate have no such file.
    let told = machine.exists(Self.isolatedPath) ? machine.processorList(Self.isolatedPath) : ProcessorList([])
    guard let told else { return .nonsense(Self.isolatedPath, on: machine) }
    let isolated = told.and(online), unused = isolated.without(own)
    let all = "\(own), \(own.count) of \(online.count)"
    if own.count > 1, own.and(isolated).count > 1 {
      return .spoils(
        "\(all); \(own.and(isolated)) are isolated, and nothing is balanced between them",
        mend:
          "measure on one of them (taskset -c before harness), or make them a cpuset partition, which is balanced (cgroup-v2.rst: cpuset.cpus.partition = root)"
      )
    }
    if own.without(isolated).isEmpty { return .good("\(own), isolated from other work") }
    if own.without(isolated) == online.without(isolated) {
      return .good(unused.isEmpty ? "all \(online.count)" : "\(all); \(unused) are isolated and stay unused")
    }
    return .cannotBeChanged(
      "\(all): this process is bound to them",
      instead: "if that is not meant, start harness without taskset, or in a container without a cpuset")
  }
}
