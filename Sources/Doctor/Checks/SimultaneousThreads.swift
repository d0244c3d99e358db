/// Two threads on one core (SMT, Hyper-Threading).
struct SimultaneousThreads: Check {
  let name = "SMT"
  let cost =
    "two programs on one core share its units and caches, so that each is slowed by the other (LLVM's benchmarking tips)"

  private static let control = "/sys/devices/system/cpu/smt/control"

  func examine(_ machine: MachineRoot) -> Seen {
    switch machine.line(Self.control) {
    case "on": .spoils("on", mend: "echo off > \(Self.control)", [Setting(Self.control, "off")])
    case "off", "forceoff": .good("off")
    // Of a virtual machine the host may still run two processors on one core.
    case "notsupported", "notimplemented": machine.isVirtual ? .absent(on: machine) : .good("the processor has none")
    case nil: .absent(on: machine)
    default: .nonsense(Self.control, on: machine)
    }
  }
}
