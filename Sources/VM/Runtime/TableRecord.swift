/// A table as instances see it. Its elements live in unmanaged storage, because the interpreter's handlers read them through a pointer.
final class TableRecord: @unchecked Sendable {
  /// What handlers see: slots (see `Value.slot`) and how many there are.
  struct Storage {
    var elements: UnsafeMutablePointer<UInt64>
    var count: Int
  }

  private(set) var type: TableType
  let storage: UnsafeMutablePointer<Storage>
  private var capacity: Int
  /// How many elements it may have (`MachineLimits`).
  private let largestCount: UInt64

  init(type: TableType, initial: UInt64, largestCount: Int) throws(ResourceError) {
    self.largestCount = UInt64(largestCount)
    guard type.limits.minimum <= UInt64(largestCount) else {
      throw ResourceError(
        kind: .memory,
        description: "table-elements: a table of \(type.limits.minimum) elements is larger than \(largestCount)")
    }
    let count = Int(type.limits.minimum)
    self.type = type
    capacity = max(count, 1)
    let elements = try UnsafeMutableRawPointer.zeroed(count: capacity, of: UInt64.self, for: "a table")
    if initial != 0 { elements.update(repeating: initial, count: count) }
    storage = .allocate(capacity: 1)
    storage.initialize(to: Storage(elements: elements, count: count))
  }

  deinit {
    storage.pointee.elements.deallocate()
    storage.deallocate()
  }

  var count: Int { storage.pointee.count }

  /// Adds elements; returns the old count, or -1 if they cannot be had (4.5.3.8).
  func grow(by added: UInt64, slot: UInt64) -> Int {
    let old = count
    let most = min(type.limits.maximum ?? largestCount, largestCount)
    guard UInt64(old) <= most, added <= most - UInt64(old) else { return -1 }
    let new = old + Int(added)
    if new > capacity {
      let wanted = max(new, 2 * capacity)
      guard let larger = try? UnsafeMutableRawPointer.zeroed(count: wanted, of: UInt64.self, for: "a table") else { return -1 }
      capacity = wanted
      larger.update(from: storage.pointee.elements, count: old)
      storage.pointee.elements.deallocate()
      storage.pointee.elements = larger
    }
    (storage.pointee.elements + old).update(repeating: slot, count: Int(added))
    storage.pointee.count = new
    type.limits.minimum = UInt64(new)
    return old
  }

  /// Fills a range; false if it reaches beyond the end.
  func fill(from start: UInt64, slot: UInt64, count length: UInt64) -> Bool {
    guard UInt64(count).holds(start, length) else { return false }
    (storage.pointee.elements + Int(start)).update(repeating: slot, count: Int(length))
    return true
  }

  /// Copies between tables or within one; false if a range reaches beyond an end.
  static func copy(to destination: TableRecord, at start: UInt64, from source: TableRecord, at offset: UInt64, count length: UInt64) -> Bool
  {
    guard UInt64(destination.count).holds(start, length), UInt64(source.count).holds(offset, length) else { return false }
    (destination.storage.pointee.elements + Int(start)).update(from: source.storage.pointee.elements + Int(offset), count: Int(length))
    return true
  }
}

extension UInt64 {
  /// Whether so many things from `start` on lie within this many.
  @inline(__always)
  func holds(_ start: UInt64, _ count: UInt64) -> Bool { start <= self && count <= self - start }
}
