// Vector instructions (4.4.3, 4.4.7) and everything else that moves a v128. On the operand stack a vector is two operands, its halves:
// both temporary, both of the same local, or both constant. So labels, branches and calls, which go by slots, need not know vectors.
extension Translator {
  // MARK: Operands

  /// Pops a vector; returns the first of its slots. A constant is written to the slots of its heights first.
  mutating func popVector() -> Int {
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
    if _slowPath(height > Translator.deepestAlias) { settleTop(2) }
  }

  /// Registers no longer repeat the slots that a vector was just written to.
  private mutating func forget(_ destination: Int) {
    if integerInRegister == destination || integerInRegister == destination + 1 { integerInRegister = -1 }
    if floatInRegister == destination || floatInRegister == destination + 1 { floatInRegister = -1 }
  }

  /// Emits an instruction whose vector goes to the slots of the top height, and pushes it.
  mutating func emitVector(_ operation: Instruction, _ b: Int, _ c: Int) {
    let destination = slot(height)
    beginResult()
    place(instruction(operation, destination, b, c))
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
    for position in aliasPositions where storage.operands[position].isVector && Int(storage.operands[position].slot) == local {
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
    place(
      isImported
        ? wide(.importedVectorGlobalGet, destination, index) : wide(.vectorGlobalGet, destination, module.globalWord(index)))
    vectorResult(destination)
  }

  mutating func setVectorGlobal(_ index: UInt32) {
    let source = popVector()
    lastResult = -1
    if Int(index) < module.importedGlobalCount {
      place(wide(.importedVectorGlobalSet, source, index))
    } else {
      place(wide(.vectorGlobalSet, source, module.globalWord(index)))
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
    let operation = VectorForms.instruction(Relaxed.plain(opcode))
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
    let address = popScalar()
    let offset = openWindow(address, argument, opcode.row.accessWidth)
    emitVector(VectorForms.instruction(opcode), address, 0)
    word(offset)
    closeWindow(argument)
  }

  mutating func vectorStore(_ argument: MemoryArgument) {
    let value = popVector()
    let address = popScalar()
    let offset = openWindow(address, argument, 16)
    emit(.v128Store, address, value)
    word(offset)
    closeWindow(argument)
  }

  mutating func vectorMemoryLane(_ opcode: Opcode, _ argument: MemoryArgument, _ lane: UInt8) {
    let operation = VectorForms.instruction(opcode)
    let value = popVector()
    let address = popScalar()
    let offset = openWindow(address, argument, opcode.row.accessWidth)
    if opcode.row.result == .v128 { emitVector(operation, address, value) } else { emit(operation, address, value) }
    word(offset | UInt64(lane) << 32)
    closeWindow(argument)
  }
}

/// The instructions of vector operators: in the order of the operators' codes, which has gaps.
enum VectorForms {
  /// Their raw values.
  static let range = Int(Instruction.v128Load.rawValue)...Int(Instruction.i32x4RelaxedDotI8x16I7x16AddS.rawValue)

  /// Instructions by code behind the prefix: memory filled once.
  nonisolated(unsafe) private static let instructions: UnsafePointer<Instruction> = {
    let table = UnsafeMutablePointer<Instruction>.allocate(capacity: OpcodeTable.vectorCount)
    table.initialize(repeating: .v128Load, count: OpcodeTable.vectorCount)
    forEach { number, row in
      if let instruction = Instruction(rawValue: number) { table[Int(row.opcode.rawValue) - OpcodeTable.page0xFD] = instruction }
    }
    return UnsafePointer(table)
  }()

  static func instruction(_ opcode: Opcode) -> Instruction { instructions[Int(opcode.rawValue) - OpcodeTable.page0xFD] }

  /// Calls `body` with the raw instruction and the row of every vector operator.
  static func forEach(_ body: (UInt16, OpcodeRow) -> Void) {
    var number = Instruction.v128Load.rawValue
    for code in 0..<OpcodeTable.vectorCount
    where OpcodeTable.vectorRows[code].shape == .vector
      && Relaxed.plain(OpcodeTable.vectorRows[code].opcode) == OpcodeTable.vectorRows[code].opcode
    {
      body(number, OpcodeTable.vectorRows[code])
      number += 1
    }
  }

  /// Words of every instruction of a vector operator, counted from the first one.
  nonisolated(unsafe) private static let lengths: UnsafePointer<UInt8> = {
    let lengths = UnsafeMutablePointer<UInt8>.allocate(capacity: OpcodeTable.vectorCount)
    lengths.initialize(repeating: 1, count: OpcodeTable.vectorCount)
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

/// Relaxed operators (5.4.8): most do what a plain one does.
enum Relaxed {
  static func plain(_ opcode: Opcode) -> Opcode {
    switch opcode {
    case .i8x16RelaxedSwizzle: .i8x16Swizzle
    case .i32x4RelaxedTruncF32x4S: .i32x4TruncSatF32x4S
    case .i32x4RelaxedTruncF32x4U: .i32x4TruncSatF32x4U
    case .i32x4RelaxedTruncF64x2SZero: .i32x4TruncSatF64x2SZero
    case .i32x4RelaxedTruncF64x2UZero: .i32x4TruncSatF64x2UZero
    case .i8x16RelaxedLaneselect, .i16x8RelaxedLaneselect, .i32x4RelaxedLaneselect, .i64x2RelaxedLaneselect: .v128Bitselect
    case .f32x4RelaxedMin: .f32x4Min
    case .f32x4RelaxedMax: .f32x4Max
    case .f64x2RelaxedMin: .f64x2Min
    case .f64x2RelaxedMax: .f64x2Max
    case .i16x8RelaxedQ15mulrS: .i16x8Q15mulrSatS
    default: opcode
    }
  }
}
