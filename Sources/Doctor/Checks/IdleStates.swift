/// Sleep of idle processors: the deeper, the longer it takes to wake up.
struct IdleStates: Check {
  let name = "idle states"
  let cost =
    "a processor that wakes up late delays whatever it wakes up for, by up to the exit latency of its deepest state (Documentation/admin-guide/pm/cpuidle.rst)"

  /// Microseconds; as long as a few system calls.
  private static let tolerable = 10

  func examine(_ machine: MachineRoot) -> Seen {
    var deep: [String] = []
    var longest = 0
    var states = 0
    for processor in machine.processors {
      for name in machine.entries("\(processor)/cpuidle") where name.hasPrefix("state") {
        let folder = "\(processor)/cpuidle/\(name)"
        guard let latency = machine.number("\(folder)/latency") else { return .nonsense("\(folder)/latency", on: machine) }
        states += 1
        guard latency > Self.tolerable, machine.line("\(folder)/disable") == "0" else { continue }
        deep.append("\(folder)/disable")
        longest = max(longest, latency)
      }
    }
    if states == 0 { return .absent(on: machine) }
    if deep.isEmpty { return .good("none takes more than \(Self.tolerable) µs to leave") }
    return .spoils(
      "the deepest takes \(longest) µs to leave", mend: "cpupower idle-set --disable-by-latency \(Self.tolerable + 1)",
      deep.map { Setting($0, "1") })
  }
}
