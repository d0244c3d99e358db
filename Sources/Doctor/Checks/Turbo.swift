/// Frequencies above the nominal one, held for as long as heat and power allow.
struct Turbo: Check {
  let name = "turbo"
  let cost =
    "the frequency depends on heat and on how many other cores work, and drifts in the course of a run (Documentation/admin-guide/pm/intel_pstate.rst, cpufreq.rst: boost)"

  /// Where drivers have their switch, and what turns turbo off.
  private static let switches = [
    (path: "/sys/devices/system/cpu/intel_pstate/no_turbo", off: "1", on: "0"),
    (path: "/sys/devices/system/cpu/cpufreq/boost", off: "0", on: "1"),
  ]

  func examine(_ machine: MachineRoot) -> Seen {
    guard let found = Self.switches.first(where: { machine.exists($0.path) }) else { return .absent(on: machine) }
    switch machine.line(found.path) {
    case found.off: return .good("off")
    case found.on: return .spoils("on", mend: "echo \(found.off) > \(found.path)", [Setting(found.path, found.off)])
    default: return .nonsense(found.path, on: machine)
    }
  }
}
