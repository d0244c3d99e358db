/// A block being validated (appendix "Validation Algorithm").
struct ControlFrame {
  enum Kind: UInt8 { case function, block, loop, ifThen, elseArm, tryTable }
  var signature: BlockSignature
  /// Height of the operand stack below the block's parameters.
  var floor: Int
  var kind: Kind
  /// Whether the rest of the block's current arm cannot be reached. In the innermost frame, `OperandStack.isPolymorphic` says it instead.
  var isPolymorphic = false
  /// Whether the block began in code that can be reached.
  var isEmitted: Bool
  /// How many locals without a default value had been set when the block began.
  var setLocals = 0

  /// What a branch to the block's label takes along.
  var labelTypes: UnsafeBufferPointer<ValueType> { kind == .loop ? signature.parameters : signature.results }
}

/// The blocks open at a point of a function, the function itself first, in memory that is kept from function to function.
struct ControlStack: ~Copyable {
  private var frames: UnsafeMutablePointer<ControlFrame>
  private var capacity: Int
  private(set) var count = 0

  init() {
    capacity = 32
    frames = .allocate(capacity: capacity)
  }

  deinit { frames.deallocate() }

  /// The block that a label names, counted outwards from the innermost.
  @inline(__always)
  subscript(depth: Int) -> ControlFrame {
    get { frames[count - 1 - depth] }
    nonmutating _modify { yield &frames[count - 1 - depth] }
  }

  mutating func push(_ frame: ControlFrame) {
    if count == capacity {
      let moved = UnsafeMutablePointer<ControlFrame>.allocate(capacity: capacity * 2)
      moved.update(from: frames, count: count)
      frames.deallocate()
      frames = moved
      capacity *= 2
    }
    frames[count] = frame
    count += 1
  }

  mutating func pop() { count -= 1 }
  mutating func reset() { count = 0 }
}
