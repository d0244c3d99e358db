/// Emits nothing: validation alone.
struct NullEmitter: Emitter {
  func position(_ offset: Int) {}
  func begin(_ function: FunctionDeclaration) {}
  func end(reachable: Bool) {}

  func unreachable() {}
  func block(_ signature: BlockSignature) {}
  func loop(_ signature: BlockSignature) {}
  func ifThen(_ signature: BlockSignature) {}
  func elseArm(reachable: Bool) {}
  func endBlock(reachable: Bool) {}
  func branch(depth: Int) {}
  func branchIf(depth: Int) {}
  func branchTable(depths: UnsafeBufferPointer<UInt32>) {}
  func returnFromFunction() {}
  func call(function: UInt32, type: BlockSignature) {}
  func callIndirect(table: UInt32, type: DefinedType.Pointer) {}
  func callReference(_ type: DefinedType.Pointer) {}
  func returnCall(function: UInt32, type: BlockSignature) {}
  func returnCallIndirect(table: UInt32, type: DefinedType.Pointer) {}
  func returnCallReference(_ type: DefinedType.Pointer) {}
  func branchOnNull(depth: Int) {}
  func branchOnNonNull(depth: Int) {}
  func branchOnCast(depth: Int, _ type: ValueType, fails: Bool) {}

  func tryTable(_ signature: BlockSignature, _ clauses: UnsafeBufferPointer<CatchClause>) {}
  func throwException(tag: UInt32, _ type: BlockSignature) {}
  func throwReference() {}

  func drop(_ type: ValueType) {}
  func select(_ type: ValueType) {}
  func localGet(_ index: UInt32) {}
  func localSet(_ index: UInt32) {}
  func localTee(_ index: UInt32) {}
  func globalGet(_ index: UInt32) {}
  func globalSet(_ index: UInt32) {}

  func i32Const(_ value: UInt32) {}
  func i64Const(_ value: UInt64) {}
  func f32Const(_ bits: UInt32) {}
  func f64Const(_ bits: UInt64) {}
  func unary(_ opcode: Opcode) {}
  func binary(_ opcode: Opcode) {}

  func refNull(_ type: ValueType) {}
  func refIsNull() {}
  func refFunc(_ function: UInt32) {}
  func refEqual() {}
  func refAsNonNull() {}
  func refTest(_ type: ValueType) {}
  func refCast(_ type: ValueType) {}
  func tableGet(_ table: UInt32) {}
  func tableSet(_ table: UInt32) {}
  func tableSize(_ table: UInt32) {}
  func tableGrow(_ table: UInt32) {}
  func tableFill(_ table: UInt32) {}
  func tableCopy(destination: UInt32, source: UInt32) {}
  func tableInit(table: UInt32, segment: UInt32) {}
  func elementDrop(_ segment: UInt32) {}

  func load(_ opcode: Opcode, _ argument: MemoryArgument) {}
  func store(_ opcode: Opcode, _ argument: MemoryArgument) {}
  func memorySize(_ memory: UInt32) {}
  func memoryGrow(_ memory: UInt32) {}
  func memoryFill(_ memory: UInt32) {}
  func memoryCopy(destination: UInt32, source: UInt32) {}
  func memoryInit(memory: UInt32, segment: UInt32) {}
  func dataDrop(_ segment: UInt32) {}

  func structNew(_ type: DefinedType.Pointer, isDefault: Bool) {}
  func structGet(_ type: DefinedType.Pointer, field: Int, isSigned: Bool) {}
  func structSet(_ type: DefinedType.Pointer, field: Int) {}
  func arrayNew(_ type: DefinedType.Pointer, isDefault: Bool) {}
  func arrayNewFixed(_ type: DefinedType.Pointer, count: UInt32) {}
  func arrayNew(_ type: DefinedType.Pointer, segment: UInt32) {}
  func arrayGet(_ type: DefinedType.Pointer, isSigned: Bool) {}
  func arraySet(_ type: DefinedType.Pointer) {}
  func arrayLength() {}
  func arrayFill(_ type: DefinedType.Pointer) {}
  func arrayCopy(_ destination: DefinedType.Pointer, _ source: DefinedType.Pointer) {}
  func arrayInit(_ type: DefinedType.Pointer, segment: UInt32) {}
  func refI31() {}
  func i31Get(isSigned: Bool) {}

  func atomic(_ opcode: Opcode, _ argument: MemoryArgument) {}
  func atomicFence() {}
  func wideArithmetic(_ opcode: Opcode) {}

  func v128Const(low: UInt64, high: UInt64) {}
  func vector(_ opcode: Opcode) {}
  func vectorLane(_ opcode: Opcode, _ lane: UInt8) {}
  func vectorShuffle(low: UInt64, high: UInt64) {}
  func vectorLoad(_ opcode: Opcode, _ argument: MemoryArgument) {}
  func vectorStore(_ argument: MemoryArgument) {}
  func vectorMemoryLane(_ opcode: Opcode, _ argument: MemoryArgument, _ lane: UInt8) {}
}
