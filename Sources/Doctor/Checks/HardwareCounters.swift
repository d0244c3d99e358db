/// Whether instructions and cycles can be counted.
struct HardwareCounters: Check {
  let abilities: LauncherAbilities
  let name = "hardware counters"
  let cost = "instructions and cycles cannot be counted, which tell small differences where times are too noisy"

  func examine(_ machine: MachineRoot) -> Seen {
    switch abilities.lack(of: "hardware-counters") {
    case .unknown(let reason): .unknown(reason)
    case .nothing: .good("instructions and cycles can be counted")
    case .lacking(let reason) where reason.contains(paranoia): .spoils(reason, mend: laxer)
    case .lacking(let reason): .cannotBeChanged(reason)
    }
  }
}

/// Whether the kernel itself tells when a program begins and ends.
struct KernelMoments: Check {
  let abilities: LauncherAbilities
  let name = "kernel's moments"
  let cost =
    "starts and ends are timed from outside, and the work of execve and of the exit cannot be told from the program's own (Documentation/admin-guide/perf-security.rst)"

  func examine(_ machine: MachineRoot) -> Seen {
    switch abilities.lack(of: "kernel-moments") {
    case .unknown(let reason): .unknown(reason)
    case .nothing: .good("the kernel stamps a program's first and last moment")
    case .lacking(let reason) where reason.contains(paranoia): .spoils(reason, mend: laxer)
    case .lacking(let reason): .cannotBeChanged(reason)
    }
  }
}

private let paranoia = "perf_event_paranoid"
/// Root may count whatever the level is, so `--tune`, which is for root, has nothing to set.
private let laxer = "run harness as root, or: sysctl -w kernel.perf_event_paranoid=1"
