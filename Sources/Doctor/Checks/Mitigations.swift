/// What the kernel does against flaws of the processor. Only told: they are a matter of security, and slow all runtimes alike.
struct Mitigations: Check {
  let name = "mitigations"
  let cost =
    "system calls and switches take longer, in all runtimes alike; times are comparable between machines with the same set only, which harness compare sees to (Documentation/admin-guide/hw-vuln)"

  private static let folder = "/sys/devices/system/cpu/vulnerabilities"

  func examine(_ machine: MachineRoot) -> Seen {
    let names = machine.entries(Self.folder)
    guard !names.isEmpty else { return .absent(on: machine) }
    let active = names.filter { machine.line("\(Self.folder)/\($0)")?.hasPrefix("Mitigation") ?? false }.sorted()
    return .good(active.isEmpty ? "none at work" : "\(active.count) at work: \(active.joined(separator: ", "))")
  }
}
