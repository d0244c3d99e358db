import Glibc

/// The linear memories of guests, as they can be told from outside whatever the engine.
///
/// Engines that leave bounds checks to the processor reserve everything that an address can reach and make its beginning accessible: our
/// own, wasmtime and V8 do. In the process's map such a memory is what is writable directly before an inaccessible mapping of gigabytes.
/// Engines that check bounds themselves keep a guest's memory like any other, and nothing tells it apart.
enum LinearMemory {
  /// What no engine reserves for anything else, bytes.
  private static let leastReservation: UInt64 = 2 << 30

  /// Proportional memory of the guests of these processes, bytes; nil where none is recognized.
  static func proportional(of processes: [pid_t]) -> UInt64? {
    let known = processes.compactMap { SystemFile.text("/proc/\($0)/smaps").flatMap(proportional) }
    return known.isEmpty ? nil : known.reduce(0, +)
  }

  /// - Parameter map: the text of `smaps` (proc(5)).
  static func proportional(_ map: String) -> UInt64? {
    var sum: UInt64?
    // What may turn out to be a memory: mappings that adjoin each other and end where the next one begins.
    var candidate: UInt64 = 0
    var end: UInt64 = 0
    var mapping = Mapping()
    func close() {
      if mapping.isReservation, mapping.start == end, candidate > 0 { sum = (sum ?? 0) + candidate }
      if !mapping.isGuestLike {
        candidate = 0
      } else if mapping.start == end {
        candidate += mapping.proportional
      } else {
        candidate = mapping.proportional
      }
      end = mapping.end
    }
    for line in map.split(separator: "\n") {
      if let next = Mapping(heading: line) {
        close()
        mapping = next
      } else if line.hasPrefix("Pss:") {
        mapping.proportional = ProcessMemory.bytes(line) ?? 0
      } else if line.hasPrefix("VmFlags:") {
        mapping.isReserved = line.split(separator: " ").contains("nr")
      }
    }
    close()
    return sum
  }

  /// One mapping of a process.
  private struct Mapping {
    var start: UInt64 = 0
    var end: UInt64 = 0
    var permissions = ""
    /// Backed by a file: its first contents.
    var hasFile = false
    /// Made without a claim to memory (MAP_NORESERVE), as reservations are; the rest of what an allocator maps is not.
    var isReserved = false
    var proportional: UInt64 = 0

    init() {}

    /// Nil for the lines between headings, such as `Pss:   12 kB`.
    init?(heading: Substring) {
      let words = heading.split(separator: " ", maxSplits: 5, omittingEmptySubsequences: true)
      guard words.count >= 5, words[1].count == 4 else { return nil }
      let bounds = words[0].split(separator: "-")
      guard bounds.count == 2, let start = UInt64(bounds[0], radix: 16), let end = UInt64(bounds[1], radix: 16) else { return nil }
      self.start = start
      self.end = end
      permissions = String(words[1])
      hasFile = words[4] != "0"
    }

    var isReservation: Bool { permissions == "---p" && end - start >= leastReservation }
    var isGuestLike: Bool { permissions == "rw-p" && (isReserved || hasFile) }
  }
}
