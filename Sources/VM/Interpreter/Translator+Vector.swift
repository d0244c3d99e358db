// Vector instructions (4.4.3, 4.4.7) and everything else that moves a v128. On the operand stack a vector is two operands, its halves:
// both temporary, both of the same local, or both constant. So labels, branches and calls, which go by slots, need not know vectors.
extension Translator {
  // MARK: Operands

  /// Pops a vector; returns the first of its slots. A constant is written to the slots of its heights first.
  private mutating func popVector() -> Int {
    let high = pop()
    let low = pop()
    switch low.place {
    case .temporary: return slot(height)
    case .local: return Int(low.slot)
    case .constant:
      emitVectorConstant(low.bits, high.bits, to: slot(height))
      return slot(height)
    }
  }

  private mutating func popScalar() -> Int {
    let operand = pop()
    return inSlot(operand, height)
  }

  /// Pops an operand whose type has the given code; returns its slot.
  private mutating func popSlot(_ code: UInt8) -> Int {
    UInt32(code) == ValueType.v128.code ? popVector() : popScalar()
  }

  mutating func pushVectorLocal(_ slot: Int) {
    var low = Operand.local(slot)
    low.isVector = true
    push(low)
    push(.local(slot + 1))
    aliasCount += 2
  }

  /// Registers no longer repeat the slots that a vector was just written to.
  private mutating func forget(_ destination: Int) {
    if integerInRegister == destination || integerInRegister == destination + 1 { integerInRegister = -1 }
    if floatInRegister == destination || floatInRegister == destination + 1 { floatInRegister = -1 }
  }

  /// Emits an instruction whose vector goes to the slots of the top height, and pushes it.
  private mutating func emitVector(_ operation: Instruction, _ b: Int, _ c: Int) {
    let destination = slot(height)
    beginResult()
    word(instruction(operation, destination, b, c))
    vectorResult(destination)
  }

  private mutating func vectorResult(_ destination: Int) {
    forget(destination)
    push(.temporary)
    push(.temporary)
  }

  private mutating func emitVectorConstant(_ low: UInt64, _ high: UInt64, to destination: Int) {
    emit(.v128Const, destination)
    word(low)
    word(high)
    forget(destination)
  }

  mutating func emitVectorCopy(from source: Int, to destination: Int) {
    emit(.vectorCopy, destination, source)
    forget(destination)
  }

  // MARK: Locals, globals, select

  mutating func setVectorLocal(_ destination: Int) {
    let isLast = storage.operands[height - 2].place == .temporary && lastResult >= 0
    let high = pop()
    let low = pop()
    if aliasCount > 0, hasAlias(of: destination) {
      preserveVector(destination)
    } else if isLast {
      storage.words[lastResult] = storage.words[lastResult] & ~0xFFFF_0000 | UInt64(UInt16(truncatingIfNeeded: destination)) << 16
      forget(destination)
      lastResult = -1
      return
    }
    switch low.place {
    case .constant: emitVectorConstant(low.bits, high.bits, to: destination)
    case .temporary: emitVectorCopy(from: slot(height), to: destination)
    case .local: if Int(low.slot) != destination { emitVectorCopy(from: Int(low.slot), to: destination) }
    }
  }

  /// Copies the operands that stand for a vector local which is about to be written.
  private mutating func preserveVector(_ local: Int) {
    for position in 0..<height where storage.operands[position].isVector && Int(storage.operands[position].slot) == local {
      emitVectorCopy(from: local, to: slot(position))
      storage.operands[position] = .temporary
      storage.operands[position + 1] = .temporary
      aliasCount -= 2
    }
  }

  mutating func selectVector() {
    let condition = popScalar()
    let second = popVector()
    let first = popVector()
    emitVector(.vectorSelect, first, second)
    word(UInt64(condition))
  }

  mutating func getVectorGlobal(_ index: UInt32) {
    let destination = slot(height)
    let isImported = Int(index) < module.importedGlobalCount
    beginResult()
    word(
      isImported
        ? wide(.importedVectorGlobalGet, destination, index) : wide(.vectorGlobalGet, destination, module.globalWord(index)))
    vectorResult(destination)
  }

  mutating func setVectorGlobal(_ index: UInt32) {
    let source = popVector()
    lastResult = -1
    if Int(index) < module.importedGlobalCount {
      word(wide(.importedVectorGlobalSet, source, index))
    } else {
      word(wide(.vectorGlobalSet, source, module.globalWord(index)))
    }
  }

  // MARK: Operators

  mutating func v128Const(low: UInt64, high: UInt64) {
    var operand = Operand.constant(low)
    operand.isVector = true
    push(operand)
    push(.constant(high))
  }

  mutating func vector(_ opcode: Opcode) {
    let operation = VectorForms.instruction(opcode)
    let row = opcode.row
    let third = row.operandCodes.2 != 0 ? popSlot(row.operandCodes.2) : nil
    let second = row.operandCodes.1 != 0 ? popSlot(row.operandCodes.1) : 0
    let first = popSlot(row.operandCodes.0)
    if row.result == .v128 { emitVector(operation, first, second) } else { emitInteger(operation, first, second) }
    if let third { word(UInt64(third)) }
  }

  mutating func vectorLane(_ opcode: Opcode, _ lane: UInt8) {
    let operation = VectorForms.instruction(opcode)
    let row = opcode.row
    if row.result != .v128 {
      // Lanes of floats too come as bits.
      emitInteger(operation, popVector(), Int(lane))
      return
    }
    let scalar = popSlot(row.operandCodes.1)
    let source = popVector()
    emitVector(operation, source, scalar)
    word(UInt64(lane))
  }

  mutating func vectorShuffle(low: UInt64, high: UInt64) {
    let second = popVector()
    let first = popVector()
    emitVector(.i8x16Shuffle, first, second)
    word(low)
    word(high)
  }

  // MARK: Memory. The extra word holds the offset and above it the lane.

  mutating func vectorLoad(_ opcode: Opcode, _ argument: MemoryArgument) {
    emitVector(VectorForms.instruction(opcode), popScalar(), 0)
    word(argument.offset)
  }

  mutating func vectorStore(_ argument: MemoryArgument) {
    let value = popVector()
    emit(.v128Store, popScalar(), value)
    word(argument.offset)
  }

  mutating func vectorMemoryLane(_ opcode: Opcode, _ argument: MemoryArgument, _ lane: UInt8) {
    let operation = VectorForms.instruction(opcode)
    let value = popVector()
    let address = popScalar()
    if opcode.row.result == .v128 { emitVector(operation, address, value) } else { emit(operation, address, value) }
    word(argument.offset | UInt64(lane) << 32)
  }
}

/// The instructions of vector operators: in the order of the operators' codes, which has gaps.
enum VectorForms {
  /// Their raw values.
  static let range = Int(Instruction.v128Load.rawValue)...Int(Instruction.f64x2ConvertLowI32x4U.rawValue)

  /// Instructions by code behind the prefix: memory filled once.
  nonisolated(unsafe) private static let instructions: UnsafePointer<Instruction> = {
    let table = UnsafeMutablePointer<Instruction>.allocate(capacity: 0x100)
    table.initialize(repeating: .v128Load, count: 0x100)
    forEach { number, row in
      if let instruction = Instruction(rawValue: number) { table[Int(row.opcode.rawValue) - OpcodeTable.page0xFD] = instruction }
    }
    return UnsafePointer(table)
  }()

  static func instruction(_ opcode: Opcode) -> Instruction { instructions[Int(opcode.rawValue) - OpcodeTable.page0xFD] }

  /// Calls `body` with the raw instruction and the row of every vector operator.
  static func forEach(_ body: (UInt16, OpcodeRow) -> Void) {
    var number = Instruction.v128Load.rawValue
    for code in 0..<0x100 where OpcodeTable.vectorRows[code].shape == .vector {
      body(number, OpcodeTable.vectorRows[code])
      number += 1
    }
  }

  /// Words of every instruction of a vector operator, counted from the first one.
  nonisolated(unsafe) private static let lengths: UnsafePointer<UInt8> = {
    let lengths = UnsafeMutablePointer<UInt8>.allocate(capacity: 0x100)
    lengths.initialize(repeating: 1, count: 0x100)
    forEach { number, row in lengths[Int(number - Instruction.v128Load.rawValue)] = words(row) }
    return UnsafePointer(lengths)
  }()

  static func words(_ number: UInt16) -> Int { Int(lengths[Int(number - Instruction.v128Load.rawValue)]) }

  private static func words(_ row: OpcodeRow) -> UInt8 {
    switch row.immediate {
    case .vector, .lanes: 3
    case .memoryArgument, .memoryArgumentAndLane: 2
    case .lane: row.result == .v128 ? 2 : 1
    default: row.operandCodes.2 != 0 ? 2 : 1
    }
  }
}
