/// The validator's stack of operand types (appendix "Validation Algorithm"), in memory that is kept from function to function.
///
/// Invariant: `floor <= count <= capacity`; `floor` is the innermost block's height, below which nothing is popped. Types above `floor`
/// are known; `ValueType.bottom` stands for a value of any type that only unreachable code can have.
struct OperandStack: ~Copyable {
  private var types: UnsafeMutablePointer<ValueType>
  private var capacity: Int
  private(set) var count = 0
  /// Height of the innermost block.
  var floor = 0
  /// Whether the innermost block's code cannot be reached: any operand can then be popped from an empty stack.
  var isPolymorphic = false

  init() {
    capacity = 256
    types = .allocate(capacity: capacity)
  }

  deinit { types.deallocate() }

  @inline(__always) subscript(index: Int) -> ValueType { types[index] }

  /// Makes room, so that `operators` operators can be read that push at most one value each and nothing checks.
  mutating func reserve(_ operators: Int) {
    guard count + operators > capacity else { return }
    let larger = max(capacity * 2, count + operators)
    let moved = UnsafeMutablePointer<ValueType>.allocate(capacity: larger)
    moved.update(from: types, count: count)
    types.deallocate()
    types = moved
    capacity = larger
  }

  mutating func reset() {
    count = 0
    floor = 0
    isPolymorphic = false
  }

  /// Pushes into room that is reserved.
  @inline(__always)
  mutating func push(_ type: ValueType) {
    assert(count < capacity)
    types[count] = type
    count &+= 1
  }

  /// Pops a value of the type if one is on top; false leaves everything as it is.
  @inline(__always)
  mutating func popExact(_ type: ValueType) -> Bool {
    guard _fastPath(count > floor && types[count - 1] == type) else { return false }
    count -= 1
    return true
  }

  /// Replaces a value of type `operand` on top by one of type `result`.
  @inline(__always)
  mutating func replace(_ operand: ValueType, _ result: ValueType) -> Bool {
    guard _fastPath(count > floor && types[count - 1] == operand) else { return false }
    types[count - 1] = result
    return true
  }

  /// Replaces two values of type `operand` on top by one of type `result`.
  @inline(__always)
  mutating func replaceTwo(_ operand: ValueType, _ result: ValueType) -> Bool {
    guard _fastPath(count - floor >= 2 && types[count - 1] == operand && types[count - 2] == operand) else { return false }
    count -= 1
    types[count - 1] = result
    return true
  }

  /// Pops whatever is on top; nil if there is nothing and there must be.
  @inline(__always)
  mutating func popAny() -> ValueType? {
    guard _fastPath(count > floor) else { return isPolymorphic ? .bottom : nil }
    count -= 1
    return types[count]
  }

  /// Whether the top has values that match these types, as far as they are known.
  func matches(_ expected: UnsafeBufferPointer<ValueType>) -> Bool {
    var index = count
    for type in expected.reversed() {
      guard index > floor else { return isPolymorphic }
      index -= 1
      guard types[index] == type || types[index].matches(type) else { return false }
    }
    return true
  }

  /// Pops as many values as there are, at most `wanted`.
  mutating func remove(atMost wanted: Int) { count -= min(wanted, count - floor) }

  /// Forgets the innermost block's operands: what follows cannot be reached.
  mutating func becomePolymorphic() {
    count = floor
    isPolymorphic = true
  }

  /// The innermost block's operands, for messages.
  var description: String {
    let known = (floor..<count).map { types[$0] == .bottom ? "any" : types[$0].description }
    return "[" + ((isPolymorphic ? ["..."] : []) + known).joined(separator: " ") + "]"
  }
}

extension ValueType {
  /// Stands for a value whose type is not known; no type of the binary format.
  static let bottom = ValueType(code: 0)
}
