/// A process that cannot be mistaken for a later one: numbers come back into use, together with the start time they do not.
struct ProcessIdentity: Codable, Equatable {
  var process: Int32
  /// Clock ticks after boot.
  var start: UInt64

  /// Nil where there is no such process, or only what its parent has not yet asked for.
  init?(_ process: Int32) {
    // proc(5), /proc/PID/stat: the name in field 2 may hold anything up to the last parenthesis; behind it are the state and, as field 22
    // of the line, the start.
    guard let line = MachineRoot().text("/proc/\(process)/stat"), let end = line.lastIndex(of: ")") else { return nil }
    let fields = line[line.index(after: end)...].split(separator: " ")
    guard fields.count > 19, !["Z", "X"].contains(fields[0]), let start = UInt64(fields[19]) else { return nil }
    self.process = process
    self.start = start
  }

  var isAlive: Bool { ProcessIdentity(process) == self }
}

/// What tells this boot of the machine from every other.
enum Boot {
  static var identifier: String { MachineRoot().line("/proc/sys/kernel/random/boot_id") ?? "unknown" }
}
