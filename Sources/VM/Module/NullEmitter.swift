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
  func callIndirect(table: UInt32, typeIndex: UInt32, type: BlockSignature) {}
  func returnCall(function: UInt32, type: BlockSignature) {}
  func returnCallIndirect(table: UInt32, typeIndex: UInt32, type: BlockSignature) {}

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

  func v128Const(low: UInt64, high: UInt64) {}
  func vector(_ opcode: Opcode) {}
  func vectorLane(_ opcode: Opcode, _ lane: UInt8) {}
  func vectorShuffle(low: UInt64, high: UInt64) {}
  func vectorLoad(_ opcode: Opcode, _ argument: MemoryArgument) {}
  func vectorStore(_ argument: MemoryArgument) {}
  func vectorMemoryLane(_ opcode: Opcode, _ argument: MemoryArgument, _ lane: UInt8) {}
}
