import Glibc

/// Memory of processes, shared out among those who share it. Bytes.
struct ProcessMemory: Equatable {
  /// The sum of the processes' `Pss`.
  var proportional: UInt64 = 0
  /// The sum of their `Private_Clean` and `Private_Dirty`.
  var privateMemory: UInt64 = 0

  /// Of those that are there; nil where the kernel tells it of none.
  static func of(_ processes: [pid_t]) -> ProcessMemory? {
    let known = processes.compactMap { SystemFile.text("/proc/\($0)/smaps_rollup").flatMap(ProcessMemory.init) }
    return known.isEmpty
      ? nil
      : known.reduce(into: ProcessMemory()) { sum, one in
        sum.proportional += one.proportional
        sum.privateMemory += one.privateMemory
      }
  }

  init() {}

  /// - Parameter rollup: the text of `smaps_rollup` (proc(5)); nil where it has no `Pss`.
  init?(_ rollup: String) {
    var isKnown = false
    for line in rollup.split(separator: "\n") {
      guard let bytes = Self.bytes(line) else { continue }
      if line.hasPrefix("Pss:") {
        proportional = bytes
        isKnown = true
      }
      if line.hasPrefix("Private_Clean:") || line.hasPrefix("Private_Dirty:") { privateMemory += bytes }
    }
    if !isKnown { return nil }
  }

  /// The figure in a line like `Pss:   1234 kB`.
  static func bytes(_ line: Substring) -> UInt64? {
    let words = line.split(separator: " ")
    return words.count == 3 && words[2] == "kB" ? UInt64(words[1]).map { $0 * 1024 } : nil
  }
}
