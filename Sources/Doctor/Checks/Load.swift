/// How much work the machine has had in the last minute.
struct Load: Check {
  let name = "load"
  let cost = "other work takes turns with what is measured and pushes it out of the caches; trials of seconds are hit most"

  /// Tasks per processor; one that wakes up now and then stays below.
  private static let tolerable = 0.25

  func examine(_ machine: MachineRoot) -> Seen {
    guard let line = machine.line("/proc/loadavg") else { return .absent(on: machine) }
    guard let load = line.split(separator: " ").first.flatMap({ Double($0) }), load >= 0 else {
      return .nonsense("/proc/loadavg", on: machine)
    }
    let count = max(1, machine.processors.count)
    let seen = "\(load) in the last minute on \(count) CPUs"
    guard load > Self.tolerable * Double(count) else { return .good(seen) }
    return .spoils(seen, mend: "end what runs beside, or wait a minute until it has gone")
  }
}
