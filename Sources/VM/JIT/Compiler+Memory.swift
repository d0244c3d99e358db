/// Loads and stores (4.4.7). A plain memory 0 needs no check: what lies beyond its end, as far as an address and an offset can reach, is
/// never accessible, and the fault becomes a trap (`FaultHandler`).
extension Compiler {
  /// Whether memory 0 has 32-bit addresses and pages that the machine can protect.
  mutating func isPlain(_ argument: MemoryArgument) -> Bool { argument.memory == 0 && isFirstMemoryPlain }

  /// Where an access goes. Uses the scratch register where the offset is large.
  private mutating func effectiveAddress(_ address: inout StackValue, _ offset: UInt64) -> MachineOperand {
    if address.place == .constant {
      let place = (address.bits & 0xFFFF_FFFF) + offset
      if place <= UInt64(Int32.max) { return MachineOperand(base: Self.memory, Int32(place)) }
      storage.assembler.move(Self.scratch, immediate: place)
      return MachineOperand(base: Self.memory, index: Self.scratch)
    }
    let register = inRegister(&address)
    if offset <= UInt64(Int32.max) { return MachineOperand(base: Self.memory, index: register, Int32(offset)) }
    storage.assembler.move(Self.scratch, immediate: offset)
    storage.assembler.alu(.add, Self.scratch, register, wide: true)
    return MachineOperand(base: Self.memory, index: Self.scratch)
  }

  /// Where an access to another memory goes, after a check (4.4.7.1): the end of what is touched must lie within.
  private mutating func checkedAddress(_ address: inout StackValue, _ argument: MemoryArgument, _ width: Int) -> MachineOperand {
    let memory = module.context.memories[Int(argument.memory)]
    if address.place == .constant { address.kind = memory.address == .i64 ? .i64 : .i32 }
    let index = inRegister(&address)
    let trap = newCold(.trap)
    // Two temporaries: the end of the access, and the memory.
    let end = newInteger()
    storage.assembler.move(Self.scratch, immediate: argument.offset &+ UInt64(width))
    if memory.address == .i64, argument.offset > UInt64.max - UInt64(width) { storage.assembler.jump(trap.label) }
    storage.assembler.move(end, index)
    storage.assembler.alu(.add, end, Self.scratch, wide: true)
    storage.assembler.jump(.below, trap.label)
    storage.assembler.load(Self.scratch, field(ContextField.memories), wide: true)
    storage.assembler.load(
      Self.scratch, MachineOperand(base: Self.scratch, Int32(truncatingIfNeeded: Int(argument.memory) * 8)), wide: true)
    storage.assembler.alu(.cmp, end, MachineOperand(base: Self.scratch, 8), wide: true)
    storage.assembler.jump(.above, trap.label)
    storage.assembler.load(Self.scratch, MachineOperand(base: Self.scratch), wide: true)
    addCold(trap, code: CompiledTrap.memoryOutOfBounds)
    // From the end back to the beginning.
    storage.assembler.alu(.add, Self.scratch, end, wide: true)
    releaseInteger(end.number)
    return MachineOperand(base: Self.scratch, -Int32(width))
  }

  mutating func accessPlace(_ address: inout StackValue, _ argument: MemoryArgument, _ width: Int) -> MachineOperand {
    isPlain(argument) ? effectiveAddress(&address, argument.offset) : checkedAddress(&address, argument, width)
  }

  /// Offset of the operator behind one with a memory immediate.
  mutating func behindMemoryArgument(opcodeLength: Int, laneLength: Int = 0) -> Int {
    let bytes = module.context.module.base.assumingMemoryBound(to: UInt8.self)
    var next = offset + opcodeLength
    let flags = bytes[next]
    while bytes[next] >= 0x80 { next += 1 }
    next += 1
    if flags & 0x40 != 0 {
      while bytes[next] >= 0x80 { next += 1 }
      next += 1
    }
    while bytes[next] >= 0x80 { next += 1 }
    return next + 1 + laneLength
  }

  mutating func load(_ opcode: Opcode, _ argument: MemoryArgument) {
    var address = pop()
    let width = 1 << Int(OpcodeTable.rows[Int(opcode.rawValue)].widthLog2)
    let source = accessPlace(&address, argument, width)
    let next = behindMemoryArgument(opcodeLength: 1)
    switch opcode {
    case .f32Load, .f64Load:
      let kind: ValueKind = opcode == .f32Load ? .f32 : .f64
      let target = hint(kind, next)
      let result = target != Self.noRegister ? VectorRegister(target) : newFloat()
      storage.assembler.loadFloat(result, source, width: width)
      release(address)
      pushRegister(kind, result.number)
    default:
      let (kind, isSigned) = Self.loadForm(opcode)
      let target = hint(kind, next)
      let result: Register
      if target != Self.noRegister {
        result = Register(target)
      } else if address.place == .register, Self.integerTemporaries & 1 << UInt32(address.register) != 0 {
        result = Register(address.register)
      } else {
        result = newInteger()
      }
      if width == 8 {
        storage.assembler.load(result, source, wide: true)
      } else {
        storage.assembler.loadExtended(result, source, bits: width * 8, isSigned: isSigned, wide: kind == .i64)
      }
      if !(address.place == .register && address.register == result.number) { release(address) }
      pushRegister(kind, result.number)
    }
  }

  private static func loadForm(_ opcode: Opcode) -> (ValueKind, isSigned: Bool) {
    switch opcode {
    case .i32Load, .i32Load8U, .i32Load16U: (.i32, false)
    case .i32Load8S, .i32Load16S: (.i32, true)
    case .i64Load8S, .i64Load16S, .i64Load32S: (.i64, true)
    default: (.i64, false)
    }
  }

  mutating func store(_ opcode: Opcode, _ argument: MemoryArgument) {
    var value = pop()
    var address = pop()
    let width = 1 << Int(OpcodeTable.rows[Int(opcode.rawValue)].widthLog2)
    if value.kind.isFloat, value.place != .constant {
      let register = inFloatRegister(&value)
      let destination = accessPlace(&address, argument, width)
      storage.assembler.storeFloat(register, destination, width: width)
      release(value)
      release(address)
      return
    }
    if value.place == .constant, width < 8 || Int64(bitPattern: value.bits) == Int64(Int32(truncatingIfNeeded: value.bits)) {
      let destination = accessPlace(&address, argument, width)
      switch width {
      case 1: storage.assembler.store8(Int8(truncatingIfNeeded: value.bits), destination)
      case 2: storage.assembler.store16(Int16(truncatingIfNeeded: value.bits), destination)
      default: storage.assembler.store(Int32(truncatingIfNeeded: value.bits), destination, wide: width == 8)
      }
      release(address)
      return
    }
    if value.place == .constant { value.kind = .i64 }
    let register = inRegister(&value)
    let destination = accessPlace(&address, argument, width)
    switch width {
    case 1: storage.assembler.store8(register, destination)
    case 2: storage.assembler.store16(register, destination)
    default: storage.assembler.store(register, destination, wide: width == 8)
    }
    release(value)
    release(address)
  }

  mutating func memorySize(_ memory: UInt32) {
    let type = module.context.memories[Int(memory)]
    let kind: ValueKind = type.address == .i64 ? .i64 : .i32
    guard !type.isShared else {
      interpret(pops: 0, pushes: kind) { $0.memorySize(memory) }
      return
    }
    let result = newInteger()
    storage.assembler.load(result, field(ContextField.memories), wide: true)
    storage.assembler.load(result, MachineOperand(base: result, Int32(truncatingIfNeeded: Int(memory) * 8)), wide: true)
    storage.assembler.load(result, MachineOperand(base: result, 8), wide: true)
    if type.pageShift > 0 {
      storage.assembler.shift(.right, MachineOperand(result), by: UInt8(truncatingIfNeeded: type.pageShift), wide: true)
    }
    pushRegister(kind, result.number)
  }

  private func addressKind(_ memory: UInt32) -> ValueKind { module.context.memories[Int(memory)].address == .i64 ? .i64 : .i32 }

  mutating func memoryGrow(_ memory: UInt32) {
    let kind = addressKind(memory)
    interpret(pops: 1, pushes: kind) { $0.memoryGrow(memory) }
  }
  mutating func memoryFill(_ memory: UInt32) { interpret(pops: 3, pushes: nil) { $0.memoryFill(memory) } }
  mutating func memoryCopy(destination: UInt32, source: UInt32) {
    interpret(pops: 3, pushes: nil) { $0.memoryCopy(destination: destination, source: source) }
  }
  mutating func memoryInit(memory: UInt32, segment: UInt32) {
    interpret(pops: 3, pushes: nil) { $0.memoryInit(memory: memory, segment: segment) }
  }
  mutating func dataDrop(_ segment: UInt32) { interpret(pops: 0, pushes: nil) { $0.dataDrop(segment) } }

  // MARK: Tables (4.4.6)

  private func tableKind(_ table: UInt32) -> ValueKind { module.context.tables[Int(table)].address == .i64 ? .i64 : .i32 }

  mutating func tableGet(_ table: UInt32) { interpret(pops: 1, pushes: .reference) { $0.tableGet(table) } }
  mutating func tableSet(_ table: UInt32) { interpret(pops: 2, pushes: nil) { $0.tableSet(table) } }
  mutating func tableSize(_ table: UInt32) {
    let kind = tableKind(table)
    interpret(pops: 0, pushes: kind) { $0.tableSize(table) }
  }
  mutating func tableGrow(_ table: UInt32) {
    let kind = tableKind(table)
    interpret(pops: 2, pushes: kind) { $0.tableGrow(table) }
  }
  mutating func tableFill(_ table: UInt32) { interpret(pops: 3, pushes: nil) { $0.tableFill(table) } }
  mutating func tableCopy(destination: UInt32, source: UInt32) {
    interpret(pops: 3, pushes: nil) { $0.tableCopy(destination: destination, source: source) }
  }
  mutating func tableInit(table: UInt32, segment: UInt32) {
    interpret(pops: 3, pushes: nil) { $0.tableInit(table: table, segment: segment) }
  }
  mutating func elementDrop(_ segment: UInt32) { interpret(pops: 0, pushes: nil) { $0.elementDrop(segment) } }

  // MARK: Atomics and wide arithmetic

  mutating func atomic(_ opcode: Opcode, _ argument: MemoryArgument) {
    let row = opcode.row
    let pops = 1 + (row.operandCodes.0 != 0 ? 1 : 0) + (row.operandCodes.1 != 0 ? 1 : 0)
    let kind: ValueKind? = row.resultCode == 0 ? nil : ValueKind(row.result)
    interpret(pops: pops, pushes: kind) { $0.atomic(opcode, argument) }
  }

  mutating func atomicFence() { storage.assembler.memoryFence() }

  mutating func wideArithmetic(_ opcode: Opcode) {
    let isProduct = opcode == .i64MulWideS || opcode == .i64MulWideU
    interpret(pops: isProduct ? 2 : 4, pushes: .i64) { $0.wideArithmetic(opcode) }
    pushSlot(.i64)
  }
}
