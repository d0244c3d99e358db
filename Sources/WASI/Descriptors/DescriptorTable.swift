import Glibc
import VM

/// The guest's descriptors by number. New ones take the lowest free number, as POSIX has it.
struct DescriptorTable {
  private var slots = List<Descriptor?>()
  /// No slot below is free.
  private var lowestCandidate = 0

  /// More than any process can have open, and few enough for a slot array.
  static let maximumCount = 1 << 20

  /// - Throws: `badf`
  func get(_ number: UInt32) throws(Errno) -> Descriptor {
    guard number < slots.count, let descriptor = slots[Int(number)] else { throw .badf }
    return descriptor
  }

  /// Changes an open descriptor.
  mutating func update(_ number: UInt32, _ change: (inout Descriptor) -> Void) throws(Errno) {
    guard number < slots.count, var descriptor = slots[Int(number)] else { throw .badf }
    change(&descriptor)
    slots[Int(number)] = descriptor
  }

  mutating func insert(_ descriptor: Descriptor) throws(Errno) -> UInt32 {
    while lowestCandidate < slots.count, slots[lowestCandidate] != nil { lowestCandidate += 1 }
    guard lowestCandidate < Self.maximumCount else { throw .mfile }
    if lowestCandidate == slots.count {
      slots.append(descriptor)
    } else {
      slots[lowestCandidate] = descriptor
    }
    lowestCandidate += 1
    return UInt32(lowestCandidate - 1)
  }

  /// Frees a number and gives what it was.
  mutating func remove(_ number: UInt32) throws(Errno) -> Descriptor {
    let descriptor = try get(number)
    slots[Int(number)] = nil
    lowestCandidate = min(lowestCandidate, Int(number))
    return descriptor
  }

  /// Moves a descriptor to the number of another open one and gives that other one, to be closed; nil if they are the same.
  mutating func renumber(_ source: UInt32, to target: UInt32) throws(Errno) -> Descriptor? {
    _ = try get(source)
    let replaced = try get(target)
    guard source != target else { return nil }
    slots[Int(target)] = try remove(source)
    return replaced
  }

  /// Closes everything that is owned.
  func closeAll() {
    for case let descriptor? in slots where descriptor.isOwned { close(descriptor.host) }
  }
}
