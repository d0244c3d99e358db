@testable import VM

/// Writes down what the validator emits, one word a call, so that tests can compare it.
struct RecordingEmitter: Emitter {
  private(set) var calls: [String] = []
  private(set) var positions: [Int] = []

  mutating func position(_ offset: Int) { positions.append(offset) }
  mutating func begin(_ function: FunctionDeclaration) {
    calls.append("begin \(function.index) locals \(Array(function.locals)) parameters \(function.parameterCount)")
  }
  mutating func end(reachable: Bool) { calls.append("end \(reachable)") }

  mutating func unreachable() { calls.append("unreachable") }
  mutating func block(_ signature: BlockSignature) { calls.append("block") }
  mutating func loop(_ signature: BlockSignature) { calls.append("loop") }
  mutating func ifThen(_ signature: BlockSignature) { calls.append("if") }
  mutating func elseArm(reachable: Bool) { calls.append("else \(reachable)") }
  mutating func endBlock(reachable: Bool) { calls.append("endBlock \(reachable)") }
  mutating func branch(depth: Int) { calls.append("br \(depth)") }
  mutating func branchIf(depth: Int) { calls.append("br_if \(depth)") }
  mutating func branchTable(depths: UnsafeBufferPointer<UInt32>) { calls.append("br_table \(Array(depths))") }
  mutating func returnFromFunction() { calls.append("return") }
  mutating func call(function: UInt32, type: BlockSignature) { calls.append("call \(function)") }
  mutating func callIndirect(table: UInt32, type: DefinedType.Pointer) { calls.append("call_indirect \(table) \(type.pointee.shortName)") }
  mutating func callReference(_ type: DefinedType.Pointer) { calls.append("call_ref \(type.pointee.shortName)") }
  mutating func returnCall(function: UInt32, type: BlockSignature) { calls.append("return_call \(function)") }
  mutating func returnCallIndirect(table: UInt32, type: DefinedType.Pointer) {
    calls.append("return_call_indirect \(table) \(type.pointee.shortName)")
  }
  mutating func returnCallReference(_ type: DefinedType.Pointer) { calls.append("return_call_ref \(type.pointee.shortName)") }
  mutating func branchOnNull(depth: Int) { calls.append("br_on_null \(depth)") }
  mutating func branchOnNonNull(depth: Int) { calls.append("br_on_non_null \(depth)") }
  mutating func branchOnCast(depth: Int, _ type: ValueType, fails: Bool) { calls.append("br_on_cast \(depth) \(type) \(fails)") }

  mutating func tryTable(_ signature: BlockSignature, _ clauses: UnsafeBufferPointer<CatchClause>) {
    calls.append("try_table \(clauses.map { "\($0.tag.map { "\($0)" } ?? "all")→\($0.depth)" })")
  }
  mutating func throwException(tag: UInt32, _ type: BlockSignature) { calls.append("throw \(tag)") }
  mutating func throwReference() { calls.append("throw_ref") }

  mutating func drop(_ type: ValueType) { calls.append("drop \(type)") }
  mutating func select(_ type: ValueType) { calls.append("select \(type)") }
  mutating func localGet(_ index: UInt32) { calls.append("local.get \(index)") }
  mutating func localSet(_ index: UInt32) { calls.append("local.set \(index)") }
  mutating func localTee(_ index: UInt32) { calls.append("local.tee \(index)") }
  mutating func globalGet(_ index: UInt32) { calls.append("global.get \(index)") }
  mutating func globalSet(_ index: UInt32) { calls.append("global.set \(index)") }

  mutating func i32Const(_ value: UInt32) { calls.append("i32.const \(Int32(bitPattern: value))") }
  mutating func i64Const(_ value: UInt64) { calls.append("i64.const \(Int64(bitPattern: value))") }
  mutating func f32Const(_ bits: UInt32) { calls.append("f32.const \(Float(bitPattern: bits))") }
  mutating func f64Const(_ bits: UInt64) { calls.append("f64.const \(Double(bitPattern: bits))") }
  mutating func unary(_ opcode: Opcode) { calls.append(opcode.name) }
  mutating func binary(_ opcode: Opcode) { calls.append(opcode.name) }

  mutating func refNull(_ type: ValueType) { calls.append("ref.null \(type)") }
  mutating func refIsNull() { calls.append("ref.is_null") }
  mutating func refFunc(_ function: UInt32) { calls.append("ref.func \(function)") }
  mutating func refEqual() { calls.append("ref.eq") }
  mutating func refAsNonNull() { calls.append("ref.as_non_null") }
  mutating func refTest(_ type: ValueType) { calls.append("ref.test \(type)") }
  mutating func refCast(_ type: ValueType) { calls.append("ref.cast \(type)") }
  mutating func tableGet(_ table: UInt32) { calls.append("table.get \(table)") }
  mutating func tableSet(_ table: UInt32) { calls.append("table.set \(table)") }
  mutating func tableSize(_ table: UInt32) { calls.append("table.size \(table)") }
  mutating func tableGrow(_ table: UInt32) { calls.append("table.grow \(table)") }
  mutating func tableFill(_ table: UInt32) { calls.append("table.fill \(table)") }
  mutating func tableCopy(destination: UInt32, source: UInt32) { calls.append("table.copy \(destination) \(source)") }
  mutating func tableInit(table: UInt32, segment: UInt32) { calls.append("table.init \(table) \(segment)") }
  mutating func elementDrop(_ segment: UInt32) { calls.append("elem.drop \(segment)") }

  mutating func load(_ opcode: Opcode, _ argument: MemoryArgument) { calls.append("\(opcode.name) \(argument.memory)+\(argument.offset)") }
  mutating func store(_ opcode: Opcode, _ argument: MemoryArgument) { calls.append("\(opcode.name) \(argument.memory)+\(argument.offset)") }
  mutating func memorySize(_ memory: UInt32) { calls.append("memory.size \(memory)") }
  mutating func memoryGrow(_ memory: UInt32) { calls.append("memory.grow \(memory)") }
  mutating func memoryFill(_ memory: UInt32) { calls.append("memory.fill \(memory)") }
  mutating func memoryCopy(destination: UInt32, source: UInt32) { calls.append("memory.copy \(destination) \(source)") }
  mutating func memoryInit(memory: UInt32, segment: UInt32) { calls.append("memory.init \(memory) \(segment)") }
  mutating func dataDrop(_ segment: UInt32) { calls.append("data.drop \(segment)") }

  mutating func structNew(_ type: DefinedType.Pointer, isDefault: Bool) { calls.append("struct.new \(isDefault)") }
  mutating func structGet(_ type: DefinedType.Pointer, field: Int, isSigned: Bool) { calls.append("struct.get \(field)") }
  mutating func structSet(_ type: DefinedType.Pointer, field: Int) { calls.append("struct.set \(field)") }
  mutating func arrayNew(_ type: DefinedType.Pointer, isDefault: Bool) { calls.append("array.new \(isDefault)") }
  mutating func arrayNewFixed(_ type: DefinedType.Pointer, count: UInt32) { calls.append("array.new_fixed \(count)") }
  mutating func arrayNew(_ type: DefinedType.Pointer, segment: UInt32) { calls.append("array.new_segment \(segment)") }
  mutating func arrayGet(_ type: DefinedType.Pointer, isSigned: Bool) { calls.append("array.get") }
  mutating func arraySet(_ type: DefinedType.Pointer) { calls.append("array.set") }
  mutating func arrayLength() { calls.append("array.len") }
  mutating func arrayFill(_ type: DefinedType.Pointer) { calls.append("array.fill") }
  mutating func arrayCopy(_ destination: DefinedType.Pointer, _ source: DefinedType.Pointer) { calls.append("array.copy") }
  mutating func arrayInit(_ type: DefinedType.Pointer, segment: UInt32) { calls.append("array.init \(segment)") }
  mutating func refI31() { calls.append("ref.i31") }
  mutating func i31Get(isSigned: Bool) { calls.append("i31.get \(isSigned)") }

  mutating func atomic(_ opcode: Opcode, _ argument: MemoryArgument) {
    calls.append("\(opcode.name) \(argument.memory)+\(argument.offset)")
  }
  mutating func atomicFence() { calls.append("atomic.fence") }
  mutating func wideArithmetic(_ opcode: Opcode) { calls.append(opcode.name) }

  mutating func v128Const(low: UInt64, high: UInt64) { calls.append("v128.const \(low) \(high)") }
  mutating func vector(_ opcode: Opcode) { calls.append(opcode.name) }
  mutating func vectorLane(_ opcode: Opcode, _ lane: UInt8) { calls.append("\(opcode.name) \(lane)") }
  mutating func vectorShuffle(low: UInt64, high: UInt64) { calls.append("i8x16.shuffle \(low) \(high)") }
  mutating func vectorLoad(_ opcode: Opcode, _ argument: MemoryArgument) {
    calls.append("\(opcode.name) \(argument.memory)+\(argument.offset)")
  }
  mutating func vectorStore(_ argument: MemoryArgument) { calls.append("v128.store \(argument.memory)+\(argument.offset)") }
  mutating func vectorMemoryLane(_ opcode: Opcode, _ argument: MemoryArgument, _ lane: UInt8) {
    calls.append("\(opcode.name) \(argument.memory)+\(argument.offset) \(lane)")
  }
}
