import Glibc

/// A linear memory (4.2.8).
///
/// Address space for everything a 32-bit address plus a 32-bit offset can reach is reserved once and made accessible as the memory grows:
/// the base never moves, and compiled code can rely on the inaccessible rest instead of bounds checks. Where the address space is
/// limited (`ulimit -v`), as much is reserved as the memory's maximum needs and the limit allows, and growth beyond the reservation fails
/// as the specification allows.
public final class Memory: @unchecked Sendable {
  /// Bytes of a page (4.2.8), unless the memory's type says otherwise.
  public static let pageSize = 65536
  /// 4 GiB of addresses plus 4 GiB of offsets.
  static let fullReservation = 8 << 30
  /// What a memory with 64-bit addresses can grow to: an implementation limit.
  static let wideReservation = 64 << 30

  /// Its minimum is the present number of pages, as the matching of imports wants it.
  public private(set) var type: MemoryType
  /// Where it is and how large, as instances' code sees it.
  let view: UnsafeMutablePointer<GuestMemory>
  private let reservation: Int
  var base: UnsafeMutableRawPointer { view.pointee.base }
  var byteCount: Int { view.pointee.byteCount }
  /// Growing of a shared memory: other threads may do it at the same time.
  private let lock = Lock()

  /// Address space left to everything else where a memory cannot have all it may need.
  private static let headroom = 32 << 20

  private let budget: MemoryBudget?
  /// Where its first contents are mapped from.
  private(set) var image: CompiledImage?
  /// Bytes that it had at first.
  private let initial: Int
  /// Bytes that it can grow to.
  private let mostBytes: Int

  /// Throws when the address space or the memory cannot be had, or the budget has none left.
  /// - Parameter mostPages: what it may have besides what its type allows (`MachineLimits`).
  public convenience init(
    type: MemoryType, budget: MemoryBudget? = nil, mostPages: Int = MachineLimits.standard.memoryPages
  ) throws(ResourceError) {
    try self.init(type: type, budget: budget, mostPages: mostPages, image: nil)
  }

  /// - Parameter image: has the first contents of a memory of the type.
  init(type: MemoryType, budget: MemoryBudget?, mostPages: Int, image: CompiledImage?) throws(ResourceError) {
    let most = type.mostBytes(mostPages)
    mostBytes = most
    guard type.limits.minimum <= UInt64(most) >> UInt64(type.pageShift) else {
      throw ResourceError(
        kind: .memory,
        description: "memory-pages: a memory of \(type.limits.minimum) pages is larger than \(most >> Int(type.pageShift))")
    }
    let initial = Int(type.limits.minimum) << Int(type.pageShift)
    if let budget, !budget.take(initial) { throw .budget(byteCount: initial) }
    self.budget = budget
    self.image = image
    self.initial = initial
    if let image, let mapping = MappingPool.takeMemory(of: image, byteCount: initial) {
      self.type = type
      view = .allocate(capacity: 1)
      view.initialize(to: GuestMemory(base: mapping, byteCount: initial))
      reservation = Memory.fullReservation
      return
    }
    guard let (mapping, size) = Memory.reserve(initial: initial, most: most, isWide: type.address == .i64) else {
      budget?.giveBack(initial)
      throw .memory("a linear memory", byteCount: initial)
    }
    if initial > 0, mprotect(mapping, Memory.wholePages(initial), PROT_READ | PROT_WRITE) != 0 {
      munmap(mapping, size)
      budget?.giveBack(initial)
      throw .memory("a linear memory", byteCount: initial)
    }
    Memory.adviseHugePages(mapping, 0, initial)
    self.type = type
    view = .allocate(capacity: 1)
    view.initialize(to: GuestMemory(base: mapping, byteCount: initial))
    reservation = size
    if let image, !image.mapContents(into: self) { self.image = nil }
  }

  deinit {
    defer { view.deallocate() }
    budget?.giveBack(byteCount)
    if let image, reservation == Memory.fullReservation,
      MappingPool.giveBack(memory: base, of: image, byteCount: initial, grown: byteCount)
    {
      return
    }
    munmap(base, reservation)
  }

  /// Whether all that a 32-bit address and an offset can reach is its own, so that compiled code need not check.
  var isGuarded: Bool { reservation >= Memory.fullReservation }

  /// Everything, else as much as there is between the two.
  private static func reserve(initial: Int, most: Int, isWide: Bool) -> (mapping: UnsafeMutableRawPointer, byteCount: Int)? {
    let wanted = isWide ? most : fullReservation
    if wanted > 0, let mapping = reserve(wanted) { return (mapping, wanted) }
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

  /// Puts pages of a file into the memory, which are copied when they are written. False where that is not possible.
  func map(_ descriptor: Int32, at offset: Int, byteCount count: Int, to start: Int) -> Bool {
    guard start + count <= byteCount else { return false }
    return mmap(base + start, count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_FIXED, descriptor, off_t(offset)) != MAP_FAILED
  }

  /// What lies beyond the first two mebibytes may come in pages of that size: touching it page by page costs more than all of it. What small
  /// programs use stays in small pages.
  private static func adviseHugePages(_ base: UnsafeMutableRawPointer, _ start: Int, _ end: Int) {
    let first = max(start, hugePageBytes)
    if end > first { madvise(base + first, end - first, MADV_HUGEPAGE) }
  }

  private static let hugePageBytes = 2 << 20

  private static func reserve(_ size: Int) -> UnsafeMutableRawPointer? {
    let result = mmap(nil, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
    return result == MAP_FAILED ? nil : result
  }

  /// As large as it is now; see `GuestMemory` for how long that holds.
  public var bytes: GuestMemory { view.pointee }
  /// Pages, as `memory.size` returns them (4.4.7).
  public var pageCount: Int { byteCount >> Int(type.pageShift) }

  /// Bytes in pages of the machine, which are what can be made accessible.
  private static func wholePages(_ byteCount: Int) -> Int { (byteCount + 4095) & ~4095 }

  /// Adds pages; returns the old number of pages, or -1 if they cannot be had (4.5.3.9). Safe from any thread where the memory is shared.
  public func grow(pages: Int) -> Int {
    guard type.isShared else { return growAlone(pages) }
    return lock.locked { growAlone(pages) }
  }

  private func growAlone(_ pages: Int) -> Int {
    let old = pageCount
    let most = mostBytes >> Int(type.pageShift)
    guard pages >= 0, pages <= most - old else { return -1 }
    let added = pages << Int(type.pageShift)
    guard byteCount + added <= reservation else { return -1 }
    if let budget, !budget.take(added) { return -1 }
    let accessible = Memory.wholePages(byteCount)
    let wanted = Memory.wholePages(byteCount + added)
    if wanted > accessible, mprotect(base + accessible, wanted - accessible, PROT_READ | PROT_WRITE) != 0 {
      budget?.giveBack(added)
      return -1
    }
    Memory.adviseHugePages(base, accessible, wanted)
    view.pointee.byteCount += added
    type.limits.minimum = UInt64(old + pages)
    return old
  }
}

extension MemoryType {
  /// Bytes that a memory of the type can grow to here: so many pages of 64 KiB at most.
  fileprivate func mostBytes(_ mostPages: Int) -> Int {
    let pages = min(limits.maximum ?? self.mostPages, self.mostPages)
    let addressable = address == .i32 ? 1 << 32 : Memory.wideReservation
    let bound = min(
      addressable, mostPages < Memory.wideReservation / Memory.pageSize ? mostPages * Memory.pageSize : Memory.wideReservation)
    return pages > UInt64(bound) >> UInt64(pageShift) ? bound : Int(pages) << Int(pageShift)
  }
}
