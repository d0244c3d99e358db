/// Whether the machine is a virtual one.
struct Virtualization: Check {
  let name = "virtualisation"
  let cost =
    "the host decides frequency, placement and turns, and other guests share caches and memory; ratios inside a run stay honest, with wider intervals"

  func examine(_ machine: MachineRoot) -> Seen {
    if let hypervisor = machine.line("/sys/hypervisor/type") { return Self.virtual(hypervisor) }
    guard machine.exists("/proc/cpuinfo") else { return .absent(on: machine) }
    guard machine.isVirtual else { return .good("none") }
    return Self.virtual(machine.line("/sys/class/dmi/id/sys_vendor"))
  }

  private static func virtual(_ maker: String?) -> Seen {
    .cannotBeChanged(
      "virtual machine" + (maker.map { " (\($0))" } ?? ""), instead: "for the narrowest intervals, measure on a machine of your own")
  }
}
