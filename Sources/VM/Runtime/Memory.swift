import Glibc

/// A linear memory (4.2.8).
///
/// Address space for everything a 32-bit address plus a 32-bit offset can reach is reserved once and made accessible as the memory grows:
/// the base never moves, and compiled code can rely on the inaccessible rest instead of bounds checks. Where the address space is
/// limited (`ulimit -v`), as much is reserved as the memory's maximum needs and the limit allows, and growth beyond the reservation fails
/// as the specification allows.
public final class Memory: @unchecked Sendable {
  /// Bytes of a page (4.2.8).
  public static let pageSize = 65536
  /// 4 GiB of addresses plus 4 GiB of offsets.
  static let fullReservation = 8 << 30

  /// Its minimum is the present number of pages, as the matching of imports wants it.
  public private(set) var type: MemoryType
  let base: UnsafeMutableRawPointer
  private let reservation: Int
  private(set) var byteCount: Int

  /// Address space left to everything else where a memory cannot have all it may need.
  private static let headroom = 32 << 20

  private let budget: MemoryBudget?

  /// Throws when the address space or the memory cannot be had, or the budget has none left.
  public init(type: MemoryType, budget: MemoryBudget? = nil) throws(ResourceError) {
    let initial = Int(type.limits.minimum) * Memory.pageSize
    if let budget, !budget.take(initial) { throw .budget(byteCount: initial) }
    self.budget = budget
    let most = Int(min(type.limits.maximum ?? 65536, 65536)) * Memory.pageSize
    guard let (mapping, size) = Memory.reserve(initial: initial, most: most) else {
      budget?.giveBack(initial)
      throw .memory("a linear memory", byteCount: initial)
    }
    if initial > 0, mprotect(mapping, initial, PROT_READ | PROT_WRITE) != 0 {
      munmap(mapping, size)
      budget?.giveBack(initial)
      throw .memory("a linear memory", byteCount: initial)
    }
    self.type = type
    base = mapping
    reservation = size
    byteCount = initial
  }

  deinit {
    munmap(base, reservation)
    budget?.giveBack(byteCount)
  }

  /// Everything, else as much as there is between the two.
  private static func reserve(initial: Int, most: Int) -> (mapping: UnsafeMutableRawPointer, byteCount: Int)? {
    if let mapping = reserve(fullReservation) { return (mapping, fullReservation) }
    var size = max(most, pageSize)
    while size > initial {
      if let mapping = reserve(size) {
        if let rest = reserve(headroom) {
          munmap(rest, headroom)
          return (mapping, size)
        }
        munmap(mapping, size)
      }
      // A quarter less, in whole pages.
      size = size * 3 / 4 / pageSize * pageSize
    }
    return reserve(max(initial, pageSize)).map { ($0, max(initial, pageSize)) }
  }

  private static func reserve(_ size: Int) -> UnsafeMutableRawPointer? {
    let result = mmap(nil, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
    return result == MAP_FAILED ? nil : result
  }

  /// As large as it is now; see `GuestMemory` for how long that holds.
  public var bytes: GuestMemory { GuestMemory(base: base, byteCount: byteCount) }
  /// Pages of 64 KiB, as `memory.size` returns them (4.4.7).
  public var pageCount: Int { byteCount / Memory.pageSize }

  /// Adds pages; returns the old number of pages, or -1 if they cannot be had (4.5.3.9).
  public func grow(pages: Int) -> Int {
    let old = pageCount
    let most = Int(min(type.limits.maximum ?? 65536, 65536))
    guard pages >= 0, pages <= most - old else { return -1 }
    let added = pages * Memory.pageSize
    guard byteCount + added <= reservation else { return -1 }
    if let budget, !budget.take(added) { return -1 }
    if added > 0, mprotect(base + byteCount, added, PROT_READ | PROT_WRITE) != 0 {
      budget?.giveBack(added)
      return -1
    }
    byteCount += added
    type.limits.minimum = UInt64(old + pages)
    return old
  }
}
