/// Devices' interrupts, and the processors that serve them.
struct Interrupts: Check {
  let name = "interrupts"
  let cost =
    "a processor that serves a device leaves what it runs, for some microseconds each time, and its caches are used for that (Documentation/core-api/irq/irq-affinity.rst)"

  private static let folder = "/proc/irq"
  /// Devices in a line that is to be read.
  private static let told = 6

  func examine(_ machine: MachineRoot) -> Seen {
    guard let online = machine.onlineProcessors, let measured = machine.ownProcessors else { return .absent(on: machine) }
    let others = online.without(measured)
    // A number that no driver has asked for never rings.
    let devices = machine.entries(Self.folder).filter { machine.line("/sys/kernel/irq/\($0)/actions") != nil }
    guard !devices.isEmpty else { return .absent(on: machine) }
    guard !others.isEmpty else {
      return .cannotBeChanged(
        "\(devices.count) devices, served by the CPUs that are measured on: there are no others",
        instead: online.count > 2 ? "measure on some CPUs (taskset -c before harness) and leave the others to interrupts" : nil)
    }
    var disturbing: [String] = []
    for number in devices {
      guard let path = serversPath(of: number, machine) else { return .absent(on: machine) }
      guard let servers = machine.processorList(path) else { return .nonsense(path, on: machine) }
      if !servers.and(measured).isEmpty { disturbing.append(number) }
    }
    guard !disturbing.isEmpty else { return .good("none is served by CPUs \(measured), which are measured on") }
    let numbers = disturbing.prefix(Self.told).joined(separator: " ") + (disturbing.count > Self.told ? " …" : "")
    return .spoils(
      "\(disturbing.count) of \(devices.count) are served by CPUs \(measured), which are measured on",
      mend:
        "stop irqbalance, then echo \(others) > \(Self.folder)/N/smp_affinity_list for N in \(numbers); those that the kernel manages itself, such as a disk's queues, it refuses to move"
    )
  }

  /// Where it says which processors really serve it; older kernels say only which may.
  private func serversPath(of number: String, _ machine: MachineRoot) -> String? {
    ["effective_affinity_list", "smp_affinity_list"].map { "\(Self.folder)/\(number)/\($0)" }.first { machine.line($0) != nil }
  }
}
