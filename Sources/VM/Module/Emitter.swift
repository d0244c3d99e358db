/// What the Validator drives: one call for every operator of a function that can be reached, in order, already validated.
///
/// The interpreter's Translator, and later the compilers, are Emitters; the Validator is specialised for each of them. Rules:
/// - Code that cannot be reached (after `br`, `return`, `unreachable`, … up to the `else` or `end` of its block) is validated but not
///   emitted, and neither are the blocks that begin in it. Blocks that began in reachable code always get their `end`.
/// - The emitter keeps its own picture of the operand stack; each call says what it pops and pushes.
/// - `depth` counts labels outwards from the innermost block; the depth of the function's own label is the number of open blocks.
protocol Emitter {
  /// The byte offset (in the module) of the operator whose calls follow.
  mutating func position(_ offset: Int)
  /// Begins a function; its parameters and declared locals are in `function.locals`.
  mutating func begin(_ function: FunctionDeclaration)
  /// The function's final `end`. `reachable`: its results are on the stack and are returned.
  mutating func end(reachable: Bool)

  // Control instructions (4.4.8). Block parameters stay on the stack and become the block's bottom operands.
  mutating func unreachable()
  mutating func block(_ signature: BlockSignature)
  mutating func loop(_ signature: BlockSignature)
  /// Pops the condition.
  mutating func ifThen(_ signature: BlockSignature)
  /// `reachable`: whether the end of the first arm can be reached (its results are then on the stack).
  mutating func elseArm(reachable: Bool)
  /// `reachable`: whether the end of the block's last arm can be reached. The block's results are on the stack afterwards.
  mutating func endBlock(reachable: Bool)
  mutating func branch(depth: Int)
  /// Pops the condition; the label's operands stay.
  mutating func branchIf(depth: Int)
  /// Pops the index. `depths` has the table's labels, the default label last.
  mutating func branchTable(depths: UnsafeBufferPointer<UInt32>)
  mutating func returnFromFunction()
  mutating func call(function: UInt32, type: BlockSignature)
  mutating func callIndirect(table: UInt32, typeIndex: UInt32, type: BlockSignature)
  mutating func returnCall(function: UInt32, type: BlockSignature)
  mutating func returnCallIndirect(table: UInt32, typeIndex: UInt32, type: BlockSignature)

  // Parametric and variable instructions (4.4.4, 4.4.5).
  mutating func drop(_ type: ValueType)
  mutating func select(_ type: ValueType)
  mutating func localGet(_ index: UInt32)
  mutating func localSet(_ index: UInt32)
  mutating func localTee(_ index: UInt32)
  mutating func globalGet(_ index: UInt32)
  mutating func globalSet(_ index: UInt32)

  // Numeric instructions (4.4.1). Floats are given as bit patterns.
  mutating func i32Const(_ value: UInt32)
  mutating func i64Const(_ value: UInt64)
  mutating func f32Const(_ bits: UInt32)
  mutating func f64Const(_ bits: UInt64)
  /// One operand popped, one pushed: eqz, clz, …, conversions, sign extension.
  mutating func unary(_ opcode: Opcode)
  /// Two operands popped, one pushed: arithmetic and comparisons.
  mutating func binary(_ opcode: Opcode)

  // Reference and table instructions (4.4.2, 4.4.6).
  mutating func refNull(_ type: ValueType)
  mutating func refIsNull()
  mutating func refFunc(_ function: UInt32)
  mutating func tableGet(_ table: UInt32)
  mutating func tableSet(_ table: UInt32)
  mutating func tableSize(_ table: UInt32)
  mutating func tableGrow(_ table: UInt32)
  mutating func tableFill(_ table: UInt32)
  mutating func tableCopy(destination: UInt32, source: UInt32)
  mutating func tableInit(table: UInt32, segment: UInt32)
  mutating func elementDrop(_ segment: UInt32)

  // Memory instructions (4.4.7).
  mutating func load(_ opcode: Opcode, _ argument: MemoryArgument)
  mutating func store(_ opcode: Opcode, _ argument: MemoryArgument)
  mutating func memorySize(_ memory: UInt32)
  mutating func memoryGrow(_ memory: UInt32)
  mutating func memoryFill(_ memory: UInt32)
  mutating func memoryCopy(destination: UInt32, source: UInt32)
  mutating func memoryInit(memory: UInt32, segment: UInt32)
  mutating func dataDrop(_ segment: UInt32)

  // Vector instructions (4.4.3, 4.4.7). The opcode's row says what is popped and pushed.
  mutating func v128Const(low: UInt64, high: UInt64)
  /// Any operator without an immediate.
  mutating func vector(_ opcode: Opcode)
  /// Extracts or replaces a lane.
  mutating func vectorLane(_ opcode: Opcode, _ lane: UInt8)
  /// The 16 lanes, one a byte, first the lowest.
  mutating func vectorShuffle(low: UInt64, high: UInt64)
  mutating func vectorLoad(_ opcode: Opcode, _ argument: MemoryArgument)
  mutating func vectorStore(_ argument: MemoryArgument)
  /// Loads or stores one lane.
  mutating func vectorMemoryLane(_ opcode: Opcode, _ argument: MemoryArgument, _ lane: UInt8)
}

/// A function about to be emitted. The pointers live as long as the call of `Emitter.end`.
struct FunctionDeclaration {
  /// Index in the module's function space.
  var index: UInt32
  var parameterCount: Int
  var results: UnsafeBufferPointer<ValueType>
  /// Types of all locals, parameters first.
  var locals: UnsafeBufferPointer<ValueType>
}

/// Parameters and results of a block or a called function. The pointers live as long as the module's validation.
struct BlockSignature {
  var parameters: UnsafeBufferPointer<ValueType>
  var results: UnsafeBufferPointer<ValueType>
}

/// Memory immediate (5.4.6): index of the memory and the constant offset.
struct MemoryArgument {
  var memory: UInt32
  var offset: UInt64
}
