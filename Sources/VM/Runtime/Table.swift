/// A table (4.2.7). Its elements live in unmanaged storage, because the interpreter's handlers read them through a pointer.
public final class Table: @unchecked Sendable {
  /// What handlers see: slots (see `Value.slot`) and how many there are.
  struct Storage {
    var elements: UnsafeMutablePointer<UInt64>
    var count: Int
  }

  /// Tables larger than this many elements are refused: an implementation limit (Appendix, "Implementation Limitations").
  static let largestCount = 10_000_000

  public private(set) var type: TableType
  let storage: UnsafeMutablePointer<Storage>
  private var capacity: Int
  unowned let store: Store

  public init(type: TableType, initial: Value, store: Store) throws(Trap) {
    guard type.limits.minimum <= UInt64(Table.largestCount) else {
      throw Trap(.host("a table of \(type.limits.minimum) elements is larger than the \(Table.largestCount) this engine allows"))
    }
    let count = Int(type.limits.minimum)
    self.type = type
    self.store = store
    capacity = max(count, 1)
    let elements = UnsafeMutablePointer<UInt64>.allocate(capacity: capacity)
    elements.update(repeating: initial.slot, count: count)
    storage = .allocate(capacity: 1)
    storage.initialize(to: Storage(elements: elements, count: count))
  }

  deinit {
    storage.pointee.elements.deallocate()
    storage.deallocate()
  }

  public var count: Int { storage.pointee.count }

  /// The element at `index`, or nil beyond the end.
  public func element(at index: Int) -> Value? {
    guard index >= 0, index < count else { return nil }
    return Value(slot: storage.pointee.elements[index], type: type.element, store: store)
  }

  /// Adds elements; returns the old count, or -1 if they cannot be had (4.5.3.8).
  func grow(by added: UInt64, slot: UInt64) -> Int {
    let old = count
    let most = min(type.limits.maximum ?? UInt64(Table.largestCount), UInt64(Table.largestCount))
    guard UInt64(old) <= most, added <= most - UInt64(old) else { return -1 }
    let new = old + Int(added)
    if new > capacity {
      capacity = max(new, 2 * capacity)
      let larger = UnsafeMutablePointer<UInt64>.allocate(capacity: capacity)
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
    guard start + length <= UInt64(count) else { return false }
    (storage.pointee.elements + Int(start)).update(repeating: slot, count: Int(length))
    return true
  }

  /// Copies slots in; false if the range reaches beyond either end.
  func initialize(at start: UInt64, from slots: [UInt64], offset: UInt64, count length: UInt64) -> Bool {
    guard start + length <= UInt64(count), offset + length <= UInt64(slots.count) else { return false }
    for index in 0..<Int(length) { storage.pointee.elements[Int(start) + index] = slots[Int(offset) + index] }
    return true
  }

  /// Copies between tables or within one; false if a range reaches beyond an end.
  static func copy(to destination: Table, at start: UInt64, from source: Table, at offset: UInt64, count length: UInt64) -> Bool {
    guard start + length <= UInt64(destination.count), offset + length <= UInt64(source.count) else { return false }
    (destination.storage.pointee.elements + Int(start)).update(from: source.storage.pointee.elements + Int(offset), count: Int(length))
    return true
  }
}
