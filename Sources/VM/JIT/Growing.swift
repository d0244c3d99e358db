/// A list of plain values that keeps its memory when it is emptied, for what is filled anew for every function. Reading and writing an
/// element is a load and a store: nothing is counted, checked in release builds, or copied.
struct Growing<Element: BitwiseCopyable>: ~Copyable {
  private(set) var elements: UnsafeMutablePointer<Element>
  private(set) var count = 0
  private var capacity: Int

  init(capacity: Int = 32) {
    self.capacity = capacity
    elements = .allocate(capacity: capacity)
  }

  deinit { elements.deallocate() }

  @inline(__always)
  subscript(index: Int) -> Element {
    get {
      assert(index >= 0 && index < count)
      return elements[index]
    }
    nonmutating _modify {
      assert(index >= 0 && index < count)
      yield &elements[index]
    }
  }

  @inline(__always)
  mutating func append(_ element: Element) {
    if _slowPath(count == capacity) { grow() }
    elements[count] = element
    count &+= 1
  }

  @inline(never)
  private mutating func grow() {
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2)
    larger.update(from: elements, count: count)
    elements.deallocate()
    elements = larger
    capacity *= 2
  }

  @inline(__always)
  @discardableResult
  mutating func removeLast() -> Element {
    assert(count > 0)
    count &-= 1
    return elements[count]
  }

  mutating func removeAll() { count = 0 }
  var isEmpty: Bool { count == 0 }
}
