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
  /// `type` is the type that the instruction names.
  mutating func callIndirect(table: UInt32, type: DefinedType.Pointer)
  /// Pops the reference, which traps where it is null.
  mutating func callReference(_ type: DefinedType.Pointer)
  mutating func returnCall(function: UInt32, type: BlockSignature)
  mutating func returnCallIndirect(table: UInt32, type: DefinedType.Pointer)
  mutating func returnCallReference(_ type: DefinedType.Pointer)
  /// Pops a reference. The branch is taken where it is null, and then does not carry it; else it stays.
  mutating func branchOnNull(depth: Int)
  /// Pops a reference. The branch is taken where it is not null, and carries it; else it is gone.
  mutating func branchOnNonNull(depth: Int)
  /// The branch is taken, and carries the reference on top, where that is of type `type`, or, if `fails`, where it is not; else it stays.
  mutating func branchOnCast(depth: Int, _ type: ValueType, fails: Bool)

  // Exceptions (4.4.10). Depths of clauses count from outside of the block.
  mutating func tryTable(_ signature: BlockSignature, _ clauses: UnsafeBufferPointer<CatchClause>)
  /// Pops the tag's parameters.
  mutating func throwException(tag: UInt32, _ type: BlockSignature)
  /// Pops a reference to an exception, which traps where it is null.
  mutating func throwReference()

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
  mutating func refEqual()
  mutating func refAsNonNull()
  mutating func refTest(_ type: ValueType)
  mutating func refCast(_ type: ValueType)
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

  // Structures and arrays (4.4.5).
  mutating func structNew(_ type: DefinedType.Pointer, isDefault: Bool)
  mutating func structGet(_ type: DefinedType.Pointer, field: Int, isSigned: Bool)
  mutating func structSet(_ type: DefinedType.Pointer, field: Int)
  mutating func arrayNew(_ type: DefinedType.Pointer, isDefault: Bool)
  mutating func arrayNewFixed(_ type: DefinedType.Pointer, count: UInt32)
  /// From a data segment or an element segment.
  mutating func arrayNew(_ type: DefinedType.Pointer, segment: UInt32)
  mutating func arrayGet(_ type: DefinedType.Pointer, isSigned: Bool)
  mutating func arraySet(_ type: DefinedType.Pointer)
  mutating func arrayLength()
  mutating func arrayFill(_ type: DefinedType.Pointer)
  mutating func arrayCopy(_ destination: DefinedType.Pointer, _ source: DefinedType.Pointer)
  mutating func arrayInit(_ type: DefinedType.Pointer, segment: UInt32)
  mutating func refI31()
  mutating func i31Get(isSigned: Bool)

  // Atomic instructions (threads proposal).
  mutating func atomic(_ opcode: Opcode, _ argument: MemoryArgument)
  mutating func atomicFence()

  // Wide arithmetic (a proposal): two results.
  mutating func wideArithmetic(_ opcode: Opcode)

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

/// What a block catches (5.4.1).
struct CatchClause {
  /// Nil: any exception.
  var tag: UInt32?
  /// Whether the exception itself comes on top of its values.
  var takesReference: Bool
  var depth: Int
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

/// Parameters and results of a block or a called function. The pointers live as long as the process or the module's validation.
struct BlockSignature {
  var parameters: UnsafeBufferPointer<ValueType>
  var results: UnsafeBufferPointer<ValueType>
}

/// Memory immediate (5.4.6): index of the memory and the constant offset.
struct MemoryArgument {
  var memory: UInt32
  var offset: UInt64
}
