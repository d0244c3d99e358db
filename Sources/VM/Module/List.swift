/// A growing list with the behaviour of `Array`, in memory behind a class that is not generic.
///
/// What an array costs a start-up is its storage class: the run-time system makes one for each element type, from its mangled name, which
/// takes as long as decoding a small module. Whatever every start-up needs is in lists of this type instead.
///
/// Invariant: the first `count` places of the storage are initialised. Only a storage that one list alone refers to changes.
@frozen
public struct List<Element> {
  @usableFromInline var storage: ListStorage?

  /// Without storage: nothing is allocated before the first element.
  @inlinable public init() {}

  /// Copies `element` so many times; no storage where `count` is not positive.
  @inlinable
  public init(repeating element: Element, count: Int) {
    guard count > 0 else { return }
    let made = List.makeStorage(capacity: count)
    made.elements.assumingMemoryBound(to: Element.self).initialize(repeating: element, count: count)
    made.count = count
    storage = made
  }

  /// Appends one by one: the storage grows as needed, not to a size known beforehand.
  @inlinable
  public init(_ elements: some Sequence<Element>) {
    for element in elements { append(element) }
  }

  /// Amortised O(1); copies the storage first where another list shares it.
  @inlinable
  public mutating func append(_ element: Element) {
    let storage = storageToChange(roomFor: 1)
    (storage.elements.assumingMemoryBound(to: Element.self) + storage.count).initialize(to: element)
    storage.count += 1
  }

  /// - Precondition: the list is not empty.
  @inlinable
  @discardableResult
  public mutating func removeLast() -> Element {
    precondition(count > 0)
    let storage = storageToChange(roomFor: 0)
    storage.count -= 1
    return (storage.elements.assumingMemoryBound(to: Element.self) + storage.count).move()
  }

  /// Removes all elements and keeps the memory.
  @inlinable
  public mutating func removeAll() {
    guard count > 0 else { return }
    let storage = storageToChange(roomFor: 0)
    storage.elements.assumingMemoryBound(to: Element.self).deinitialize(count: storage.count)
    storage.count = 0
  }

  /// Calls `body` with the elements in their memory.
  @inlinable
  public mutating func withMutableElements(_ body: (inout UnsafeMutableBufferPointer<Element>) -> Void) {
    guard count > 0 else { return }
    let storage = storageToChange(roomFor: 0)
    var elements = UnsafeMutableBufferPointer(start: storage.elements.assumingMemoryBound(to: Element.self), count: storage.count)
    body(&elements)
  }

  /// Calls `body` with the elements where they are.
  @inlinable
  public func withElements<Result>(_ body: (UnsafeBufferPointer<Element>) -> Result) -> Result {
    body(UnsafeBufferPointer(start: storage.map { UnsafePointer($0.elements.assumingMemoryBound(to: Element.self)) }, count: count))
  }

  /// The storage, referred to by this list alone, with room for more elements.
  @inlinable
  @inline(__always)
  mutating func storageToChange(roomFor added: Int) -> ListStorage {
    if isKnownUniquelyReferenced(&storage), let storage, storage.count + added <= storage.capacity { return storage }
    return newStorage(roomFor: added)
  }

  @inlinable
  @inline(never)
  mutating func newStorage(roomFor added: Int) -> ListStorage {
    let isUnique = isKnownUniquelyReferenced(&storage)
    let old = storage
    let count = old?.count ?? 0
    let made = List.makeStorage(capacity: added > 0 ? 2 * count + 4 : count)
    if let old {
      let target = made.elements.assumingMemoryBound(to: Element.self)
      let source = old.elements.assumingMemoryBound(to: Element.self)
      if isUnique {
        target.moveInitialize(from: source, count: count)
        old.count = 0
      } else {
        target.initialize(from: source, count: count)
      }
      made.count = count
    }
    storage = made
    return made
  }

  @inlinable
  static func makeStorage(capacity: Int) -> ListStorage {
    ListStorage(UnsafeMutablePointer<Element>.allocate(capacity: capacity), capacity: capacity) { elements, count in
      elements.assumingMemoryBound(to: Element.self).deinitialize(count: count)
    }
  }
}

extension List: RandomAccessCollection, MutableCollection {
  /// Always 0.
  @inlinable public var startIndex: Int { 0 }
  /// One beyond the last element: `count`.
  @inlinable public var endIndex: Int { count }
  /// O(1).
  @inlinable public var count: Int { storage?.count ?? 0 }

  /// Changing an element copies the storage first where another list shares it.
  /// - Precondition: `index` is from 0 to below `count`.
  @inlinable
  public subscript(index: Int) -> Element {
    @inline(__always) get {
      precondition(index >= 0 && index < count)
      return storage.unsafelyUnwrapped.elements.assumingMemoryBound(to: Element.self)[index]
    }
    @inline(__always) _modify {
      precondition(index >= 0 && index < count)
      yield &storageToChange(roomFor: 0).elements.assumingMemoryBound(to: Element.self)[index]
    }
  }
}

extension List: ExpressibleByArrayLiteral {
  /// In the literal's order.
  @inlinable public init(arrayLiteral elements: Element...) { self.init(elements) }
}

extension List: Equatable where Element: Equatable {
  @inlinable public static func == (left: List, right: List) -> Bool { left.elementsEqual(right) }
}

extension List: Hashable where Element: Hashable {
  @inlinable
  public func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    for element in self { hasher.combine(element) }
  }
}

extension List: @unchecked Sendable where Element: Sendable {}

/// The memory of a list and how to end its elements' lives.
@usableFromInline
final class ListStorage {
  @usableFromInline let elements: UnsafeMutableRawPointer
  @usableFromInline let capacity: Int
  @usableFromInline var count = 0
  private let deinitialize: (UnsafeMutableRawPointer, Int) -> Void

  @usableFromInline
  init(_ elements: UnsafeMutableRawPointer, capacity: Int, deinitialize: @escaping (UnsafeMutableRawPointer, Int) -> Void) {
    self.elements = elements
    self.capacity = capacity
    self.deinitialize = deinitialize
  }

  deinit {
    deinitialize(elements, count)
    elements.deallocate()
  }
}
