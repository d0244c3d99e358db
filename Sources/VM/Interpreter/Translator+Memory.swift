// Memory and table instructions (4.4.6, 4.4.7).
extension Translator {
  // MARK: Windows

  /// Whether handlers' registers hold the memory and its addresses have 32 bits.
  mutating func isPlain(_ argument: MemoryArgument) -> Bool { argument.memory == 0 && module.context.hasPlainMemory }

  /// Before an access to another memory than a plain memory 0: an instruction that checks the access and puts the registers of memory 0
  /// so that the slot's lower half leads there. Every plain instruction then does for any memory.
  /// - Returns: the offset that remains.
  mutating func openWindow(_ address: Int, _ argument: MemoryArgument, _ width: Int, isAtomic: Bool = false) -> UInt64 {
    guard isAtomic || !isPlain(argument) else { return argument.offset }
    emit(.memoryWindow, address, Int(argument.memory) | (isAtomic ? 0x8000 : 0), width)
    word(argument.offset)
    return 0
  }

  /// After the access: the registers of memory 0 again.
  mutating func closeWindow(_ argument: MemoryArgument) {
    guard !isPlain(argument) else { return }
    emit(.memoryRestore)
  }

  private mutating func loadThroughWindow(_ opcode: Opcode, _ argument: MemoryArgument, isAtomic: Bool = false) {
    let forms = MemoryForms.load(opcode)
    let operand = pop()
    let source = inSlot(operand, height)
    _ = openWindow(source, argument, opcode.row.accessWidth, isAtomic: isAtomic)
    let destination = slot(height)
    place(instruction(forms.slot, destination, source, 0))
    place(instruction(.memoryRestore, 0, 0, 0))
    if forms.isFloat64 { floatResult(destination, inRegister: true) } else { integerResult(destination) }
    lastResult = -1
    fusible = -1
  }

  private mutating func storeThroughWindow(_ opcode: Opcode, _ argument: MemoryArgument) {
    let forms = MemoryForms.store(opcode)
    let value = pop()
    let address = pop()
    let base = inSlot(address, height)
    let source = inSlot(value, height + 1)
    _ = openWindow(base, argument, opcode.row.accessWidth)
    emit(forms.slots, base, source, 0)
    emit(.memoryRestore)
  }

  // MARK: Atomics (threads proposal)

  mutating func atomic(_ opcode: Opcode, _ argument: MemoryArgument) {
    let row = opcode.row
    if let plain = AtomicForms.plainLoad(opcode) {
      loadThroughWindow(plain, argument, isAtomic: true)
      return
    }
    let operandCount = 1 + (row.operandCodes.0 != 0 ? 1 : 0) + (row.operandCodes.1 != 0 ? 1 : 0)
    let first = operandsInSlots(operandCount)
    emit(.memoryWindow, first, Int(argument.memory) | 0x8000, row.accessWidth)
    word(argument.offset)
    let (operation, detail) = AtomicForms.instruction(opcode)
    emit(operation, first, detail ?? Int(argument.memory), 0)
    emit(.memoryRestore)
    if row.resultCode != 0 { integerResult(first) }
    lastResult = -1
    fusible = -1
  }

  mutating func atomicFence() { emit(.atomicFence) }

  // MARK: Loads and stores

  mutating func load(_ opcode: Opcode, _ argument: MemoryArgument) {
    if _slowPath(!isPlain(argument)) {
      loadThroughWindow(opcode, argument)
      return
    }
    let forms = MemoryForms.load(opcode)
    let offset = Int(argument.offset)
    if let addition = lastAddition, isLastOnTop {
      _ = pop()
      undoLast()
      emitLoad(forms, addition.shift == 0 ? .sum : .scaled, addition.left, addition.right)
      word(UInt64(offset) | UInt64(addition.shift) << 32)
      return
    }
    let address = pop()
    if address.place == .constant, address.bits + argument.offset <= UInt64(UInt32.max) {
      let absolute = Int(address.bits + argument.offset)
      emitLoad(forms, .constant, absolute & 0xFFFF, absolute >> 16)
      return
    }
    let source = inSlot(address, height)
    if offset > Int(UInt16.max) {
      emitLoad(forms, .far, source, 0)
      word(UInt64(offset))
    } else {
      emitLoad(forms, integerInRegister == source ? .register : .slot, source, offset)
      if opcode == .i32Load || opcode == .i32Load8U { fusible = lastResult }
    }
  }

  private mutating func emitLoad(_ forms: MemoryForms.Load, _ form: MemoryForms.Address, _ b: Int, _ c: Int) {
    let destination = slot(height)
    beginResult()
    place(instruction(forms.instruction(form), destination, b, c))
    if forms.isFloat64 { floatResult(destination, inRegister: true) } else { integerResult(destination) }
  }

  mutating func store(_ opcode: Opcode, _ argument: MemoryArgument) {
    if _slowPath(!isPlain(argument)) {
      storeThroughWindow(opcode, argument)
      return
    }
    let forms = MemoryForms.store(opcode)
    let offset = Int(argument.offset)
    let value = pop()
    let address = pop()
    if address.place == .constant, address.bits + argument.offset <= UInt64(UInt32.max) {
      let absolute = Int(address.bits + argument.offset)
      let source = inSlot(value, height + 1)
      emit(forms.constant, source, absolute & 0xFFFF, absolute >> 16)
      return
    }
    if let addition = lastAddition, lastResult >= 0, address.place == .temporary, value.place == .local {
      undoLast()
      emit(addition.shift == 0 ? forms.sum : forms.scaled, addition.left, Int(value.slot), addition.right)
      word(UInt64(offset) | UInt64(addition.shift) << 32)
      return
    }
    let base = inSlot(address, height)
    if offset > Int(UInt16.max) {
      let source = inSlot(value, height + 1)
      emit(forms.far, base, source, 0)
      word(UInt64(offset))
      return
    }
    if value.place == .constant, let immediate = Translator.immediate16(value.bits, is64: forms.is64) {
      emit(forms.immediate, base, Int(immediate), offset)
      return
    }
    let source = inSlot(value, height + 1)
    if integerInRegister == source {
      emit(forms.register, base, source, offset)
    } else if let float = forms.floatRegister, floatInRegister == source {
      emit(float, base, source, offset)
    } else if integerInRegister == base {
      emit(forms.baseRegister, base, source, offset)
    } else {
      emit(forms.slots, base, source, offset)
    }
  }

  /// Brings the top operands into their slots and pops them; returns the first one's slot.
  mutating func operandsInSlots(_ count: Int) -> Int {
    settleTop(count)
    lastResult = -1
    for _ in 0..<count { _ = pop() }
    return slot(height)
  }

  /// Emits an instruction over consecutive operands that writes its result, if any, over the first.
  ///
  /// - Parameter charging: where the last operand says how much is done, the binary logarithm of how many make an instruction's work.
  mutating func emitBulk(_ operation: Instruction, operands: Int, b: Int, c: Int, hasResult: Bool = false, charging: Int = -1) {
    let first = operandsInSlots(operands)
    if charging >= 0 { charge(first + operands - 1, shift: charging) }
    if hasResult {
      beginResult()
      place(instruction(operation, first, b, c))
      integerResult(first)
      // a is an operand too: the destination cannot be changed.
      lastResult = -1
    } else {
      emit(operation, first, b, c)
    }
  }

  mutating func memorySize(_ memory: UInt32) {
    let type = module.context.memories[Int(memory)]
    if memory == 0, type.pageShift == 16, !type.isShared {
      emitInteger(.memorySizeGet, 0, 0)
    } else {
      emitInteger(.memorySizeOf, Int(memory), Int(type.pageShift))
    }
  }
  mutating func memoryGrow(_ memory: UInt32) {
    emitBulk(.memoryGrow, operands: 1, b: Int(memory), c: module.context.memories[Int(memory)].address == .i64 ? 1 : 0, hasResult: true)
  }
  mutating func memoryFill(_ memory: UInt32) { emitBulk(.memoryFill, operands: 3, b: Int(memory), c: 0, charging: 6) }
  mutating func memoryCopy(destination: UInt32, source: UInt32) {
    emitBulk(.memoryCopy, operands: 3, b: Int(destination), c: Int(source), charging: 6)
  }
  mutating func memoryInit(memory: UInt32, segment: UInt32) {
    emitBulk(.memoryInit, operands: 3, b: Int(segment & 0xFFFF), c: Int(segment >> 16), charging: 6)
    // The memory's index stands where a destination would: in a word of its own.
    word(UInt64(memory))
  }
  mutating func dataDrop(_ segment: UInt32) { emit(.dataDrop, 0, Int(segment & 0xFFFF), Int(segment >> 16)) }

  mutating func tableGet(_ table: UInt32) { emitBulk(.tableGet, operands: 1, b: Int(table & 0xFFFF), c: Int(table >> 16), hasResult: true) }
  mutating func tableSet(_ table: UInt32) { emitBulk(.tableSet, operands: 2, b: Int(table & 0xFFFF), c: Int(table >> 16)) }
  mutating func tableSize(_ table: UInt32) { emitIntegerWide(.tableSize, table) }
  mutating func tableGrow(_ table: UInt32) {
    emitBulk(.tableGrow, operands: 2, b: Int(table & 0xFFFF), c: Int(table >> 16), hasResult: true, charging: 3)
    // -1 has as many bits as the table's indices.
    if module.context.tables[Int(table)].address == .i32 { truncateTop() }
  }

  /// Cuts the i64 on top down to an i32.
  private mutating func truncateTop() {
    let operand = pop()
    emitInteger(.i32WrapI64S, inSlot(operand, height), 0)
    lastResult = -1
  }
  mutating func tableFill(_ table: UInt32) {
    emitBulk(.tableFill, operands: 3, b: Int(table & 0xFFFF), c: Int(table >> 16), charging: 3)
  }
  mutating func tableCopy(destination: UInt32, source: UInt32) {
    emitBulk(.tableCopy, operands: 3, b: 0, c: 0, charging: 3)
    word(UInt64(destination) | UInt64(source) << 32)
  }
  mutating func tableInit(table: UInt32, segment: UInt32) {
    emitBulk(.tableInit, operands: 3, b: 0, c: 0, charging: 3)
    word(UInt64(table) | UInt64(segment) << 32)
  }
  mutating func elementDrop(_ segment: UInt32) { emit(.elementDrop, 0, Int(segment & 0xFFFF), Int(segment >> 16)) }
}

/// The instructions of loads and stores by where the address comes from.
enum MemoryForms {
  enum Address { case slot, register, constant, sum, scaled, far }

  struct Load {
    var slot: Instruction
    var register: Instruction
    var constant: Instruction
    var sum: Instruction
    var scaled: Instruction
    var far: Instruction
    var isFloat64 = false

    func instruction(_ address: Address) -> Instruction {
      switch address {
      case .slot: slot
      case .register: register
      case .constant: constant
      case .sum: sum
      case .scaled: scaled
      case .far: far
      }
    }
  }

  struct Store {
    var slots: Instruction
    var register: Instruction
    var baseRegister: Instruction
    var immediate: Instruction
    var constant: Instruction
    var sum: Instruction
    var scaled: Instruction
    var far: Instruction
    var floatRegister: Instruction?
    var is64 = false
  }

  static func load(_ opcode: Opcode) -> Load {
    switch opcode {
    case .i32Load8U, .i64Load8U:
      Load(slot: .load8US, register: .load8UR, constant: .load8UK, sum: .load8UX, scaled: .load8UY, far: .load8UF)
    case .i32Load16U, .i64Load16U:
      Load(slot: .load16US, register: .load16UR, constant: .load16UK, sum: .load16UX, scaled: .load16UY, far: .load16UF)
    case .i32Load, .f32Load, .i64Load32U:
      Load(slot: .load32US, register: .load32UR, constant: .load32UK, sum: .load32UX, scaled: .load32UY, far: .load32UF)
    case .i64Load: Load(slot: .load64S, register: .load64R, constant: .load64K, sum: .load64X, scaled: .load64Y, far: .load64F)
    case .i32Load8S:
      Load(slot: .load8S32S, register: .load8S32R, constant: .load8S32K, sum: .load8S32X, scaled: .load8S32Y, far: .load8S32F)
    case .i32Load16S:
      Load(slot: .load16S32S, register: .load16S32R, constant: .load16S32K, sum: .load16S32X, scaled: .load16S32Y, far: .load16S32F)
    case .i64Load8S:
      Load(slot: .load8S64S, register: .load8S64R, constant: .load8S64K, sum: .load8S64X, scaled: .load8S64Y, far: .load8S64F)
    case .i64Load16S:
      Load(slot: .load16S64S, register: .load16S64R, constant: .load16S64K, sum: .load16S64X, scaled: .load16S64Y, far: .load16S64F)
    case .i64Load32S:
      Load(slot: .load32S64S, register: .load32S64R, constant: .load32S64K, sum: .load32S64X, scaled: .load32S64Y, far: .load32S64F)
    default:
      Load(slot: .loadF64S, register: .loadF64R, constant: .loadF64K, sum: .loadF64X, scaled: .loadF64Y, far: .loadF64F, isFloat64: true)
    }
  }

  static func store(_ opcode: Opcode) -> Store {
    switch opcode {
    case .i32Store8, .i64Store8:
      Store(
        slots: .store8SS, register: .store8SR, baseRegister: .store8RS, immediate: .store8SI, constant: .store8KS, sum: .store8XS,
        scaled: .store8YS,
        far: .store8FS)
    case .i32Store16, .i64Store16:
      Store(
        slots: .store16SS, register: .store16SR, baseRegister: .store16RS, immediate: .store16SI, constant: .store16KS, sum: .store16XS,
        scaled: .store16YS,
        far: .store16FS)
    case .i32Store, .f32Store, .i64Store32:
      Store(
        slots: .store32SS, register: .store32SR, baseRegister: .store32RS, immediate: .store32SI, constant: .store32KS, sum: .store32XS,
        scaled: .store32YS,
        far: .store32FS)
    default:
      Store(
        slots: .store64SS, register: .store64SR, baseRegister: .store64RS, immediate: .store64SI, constant: .store64KS, sum: .store64XS,
        scaled: .store64YS,
        far: .store64FS, floatRegister: opcode == .f64Store ? .storeF64SR : nil, is64: true)
    }
  }
}

/// The instructions of atomic operators.
enum AtomicForms {
  /// On this machine every aligned load is sequentially consistent, since stores are exchanges.
  static func plainLoad(_ opcode: Opcode) -> Opcode? {
    switch opcode {
    case .i32AtomicLoad: .i32Load
    case .i64AtomicLoad: .i64Load
    case .i32AtomicLoad8U: .i32Load8U
    case .i32AtomicLoad16U: .i32Load16U
    case .i64AtomicLoad8U: .i64Load8U
    case .i64AtomicLoad16U: .i64Load16U
    case .i64AtomicLoad32U: .i64Load32U
    default: nil
    }
  }

  /// What a read-modify-write does with the old value, in the order of the operators' codes; a store exchanges and makes no value.
  enum Operation: Int { case add, subtract, and, or, xor, exchange, compareExchange, store }

  /// The instruction, and the operation in its b.
  static func instruction(_ opcode: Opcode) -> (Instruction, Int?) {
    switch opcode {
    case .memoryAtomicNotify: return (.atomicNotify, nil)
    case .memoryAtomicWait32: return (.atomicWait32, nil)
    case .memoryAtomicWait64: return (.atomicWait64, nil)
    default: break
    }
    let instructions: InlineArray<4, Instruction> = [.atomic8, .atomic16, .atomic32, .atomic64]
    let instruction = instructions[Int(opcode.row.widthLog2)]
    let number = Int(opcode.rawValue) - Int(Opcode.i32AtomicRmwAdd.rawValue)
    // Seven operators, one a width and type, for each operation.
    return (instruction, number < 0 ? Operation.store.rawValue : number / 7)
  }
}
