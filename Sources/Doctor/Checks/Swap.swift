/// How readily the kernel swaps, where there is something to swap to.
struct Swappiness: Check {
  let name = "swappiness"
  let cost =
    "memory of a waiting program is written out although there is room, and read again in a trial (Documentation/admin-guide/sysctl/vm.rst)"

  private static let path = "/proc/sys/vm/swappiness"
  private static let tolerable = 10

  func examine(_ machine: MachineRoot) -> Seen {
    guard machine.exists(SwapArea.path) else { return .absent(on: machine) }
    guard let areas = SwapArea.all(machine) else { return .nonsense(SwapArea.path, on: machine) }
    guard !areas.isEmpty else { return .good("no matter: there is no swap") }
    guard let value = machine.number(Self.path) else {
      return machine.exists(Self.path) ? .nonsense(Self.path, on: machine) : .absent(on: machine)
    }
    guard value > Self.tolerable else { return .good("\(value)") }
    return .spoils("\(value)", mend: "sysctl -w vm.swappiness=\(Self.tolerable)", [Setting(Self.path, "\(Self.tolerable)")])
  }
}

/// Whether memory has been written out.
struct SwapInUse: Check {
  let name = "swap in use"
  let cost = "what was swapped is read from disk, in whichever trial needs it first"

  func examine(_ machine: MachineRoot) -> Seen {
    guard machine.exists(SwapArea.path) else { return .absent(on: machine) }
    guard let areas = SwapArea.all(machine) else { return .nonsense(SwapArea.path, on: machine) }
    guard !areas.isEmpty else { return .good("there is no swap") }
    let used = areas.reduce(0) { $0 + $1.used }
    return used == 0 ? .good("nothing") : .spoils(bytes(kibibytes: used), mend: "swapoff -a && swapon -a")
  }
}

/// A row of /proc/swaps.
struct SwapArea {
  /// Kibibytes.
  var used: Int

  static let path = "/proc/swaps"

  /// Nil where the kernel does not tell in words we know.
  static func all(_ machine: MachineRoot) -> [SwapArea]? {
    guard let text = machine.text(path) else { return nil }
    let rows = text.split(separator: "\n").map { $0.split(whereSeparator: \.isWhitespace) }
    guard let heading = rows.first, let column = heading.firstIndex(of: "Used") else { return nil }
    var areas: [SwapArea] = []
    for row in rows.dropFirst() {
      guard row.count > column, let used = Int(row[column]) else { return nil }
      areas.append(SwapArea(used: used))
    }
    return areas
  }
}
