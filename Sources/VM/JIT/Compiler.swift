import Processor

/// Compiles one function to x86-64 machine code while the Validator reads it: the first tier.
///
/// Registers: r14 is the instance's context, r15 the base of memory 0, rbp the frame (the interpreter's: `Control.swift` draws it), rsp the
/// host's stack with return addresses and saved registers only. rax, rcx, rdx, rsi, rdi and xmm0 to xmm7 hold operands; rbx, r8, r9, r10,
/// r12, r13 and xmm8 to xmm14 hold locals (`LocalUse`) and are saved by the function that uses them; r11 and xmm15 are for an instruction's
/// own needs. An i32 in a register or slot has a zero upper half, and so has an f32.
///
/// The frame's slots are where the interpreter's Translator puts them. What this compiler has no code of its own for is done by the
/// interpreter's handlers: operands go to their slots, and a call runs the instructions the Translator made (`CompiledInterpretation`).
/// At labels all operands stand in their slots, except for the only result of a block, which is in rax or xmm0.
///
/// Everything that reads its fields is `mutating`, for the reason that the Translator gives.
struct Compiler: Emitter {
  let module: ModuleCode
  let storage: CompilerStorage
  let recordsOffsets: Bool
  /// Whether memory 0 has 32-bit addresses and pages that the machine can protect.
  let isFirstMemoryPlain: Bool
  /// Whether the processor has an instruction for it. Kept code says so too (`CompiledImage.features`).
  let multipliesLanesOf64Bits: Bool
  /// Makes the interpreter's instructions.
  var translator: Translator

  // The function
  var function: UInt32 = 0
  var parameterCount = 0
  var results = UnsafeBufferPointer<ValueType>(start: nil, count: 0)
  var localCount = 0
  var headerSlot = 0
  /// Registers that are saved on entry, as bits.
  var savedIntegers: UInt32 = 0
  var savedFloats: UInt32 = 0
  private var frameSizePlace = 0
  private var uncheckedEntry = 0
  /// Where the first operator's code begins.
  private(set) var bodyStart = 0
  var hasCalls = false
  /// Bytes of instructions; constants and tables follow.
  private(set) var codeByteCount = 0
  /// Bytes of an epilogue with its return.
  private(set) var epilogueBytes = 0
  /// Whether the code holds addresses of this process.
  var isPositionIndependent = true

  // This point
  /// Offset of the operator in the module.
  var offset = 0
  /// Values on the operand stack.
  var height = 0
  /// The next value's slot.
  var nextSlot = 0
  private var greatestSlot = 0
  var aliasCount = 0
  /// Temporaries that hold nothing.
  var freeIntegers: UInt32 = 0
  var freeFloats: UInt32 = 0
  /// Which value of the stack a temporary holds.
  var integerOwners = InlineArray<16, Int32>(repeating: -1)
  var floatOwners = InlineArray<16, Int32>(repeating: -1)
  /// Temporaries that hold nothing but what a local's slot holds too, as bits, and which local that is.
  var copies: UInt32 = 0
  var copiedLocals = InlineArray<32, Int32>(repeating: -1)
  /// The register whose copy was given up last.
  var lastGivenUp: UInt32 = 0
  var region = 0
  var loopDepth = 0
  /// The region of the latest outermost loop.
  var lastEnteredRegion = 0

  /// rax, rcx, rdx, rsi, rdi.
  static let integerTemporaries: UInt32 = 1 << 0 | 1 << 1 | 1 << 2 | 1 << 6 | 1 << 7
  static let floatTemporaries: UInt32 = 0xFF
  static let scratch = Register.r11
  static let scratchFloat = VectorRegister(15)
  static let context = Register.r14
  static let memory = Register.r15
  static let frame = Register.rbp
  static let noRegister: UInt8 = 0xFF
  /// Height above which locals are copied at once: looking for aliases takes as long as the stack is high.
  private static let deepestAlias = 200

  init(_ module: ModuleCode, _ storage: CompilerStorage, _ translatorStorage: TranslatorStorage, recordsOffsets: Bool) {
    self.module = module
    self.storage = storage
    self.recordsOffsets = recordsOffsets
    multipliesLanesOf64Bits = module.usesOptionalInstructions && Processor.hasProductsOf64Bits()
    isFirstMemoryPlain = module.context.hasPlainMemory && module.context.memories[0].pageShift == 16
    translator = Translator(module, translatorStorage, hasFarBranches: false, observation: [])
  }

  // MARK: Function

  mutating func position(_ offset: Int) {
    self.offset = offset
    if _slowPath(recordsOffsets) { storage.offsets.append((storage.assembler.count, offset)) }
  }

  mutating func begin(_ function: FunctionDeclaration) {
    storage.reset()
    translator.begin(function)
    self.function = function.index
    parameterCount = function.parameterCount
    results = function.results
    localCount = function.locals.count
    headerSlot = translator.headerSlot
    storage.reserveLocals(localCount)
    var slot = 0
    for index in 0..<localCount {
      if index == parameterCount { slot = headerSlot + 2 }
      let kind = ValueKind(function.locals[index])
      storage.kinds[index] = kind
      storage.slots[index] = Int32(truncatingIfNeeded: slot)
      storage.registers[index] = Self.noRegister
      storage.aliases[index] = 0
      storage.copies[index] = 0
      slot += kind.slotCount
    }
    height = 0
    nextSlot = translator.firstTemporary
    greatestSlot = nextSlot
    freeIntegers = Self.integerTemporaries
    freeFloats = Self.floatTemporaries
    copies = 0
    readUse()
    emitPrologue(declared: headerSlot + 2..<max(slot, headerSlot + 2))
    bodyStart = storage.assembler.count
  }

  /// Reads the body for the use of its locals.
  private mutating func readUse() {
    let body = module.context.bodies[Int(function) - module.context.importedFunctionCount].range
    let base = module.context.module.base.assumingMemoryBound(to: UInt8.self)
    var scanner = BodyScanner(cursor: base + body.lowerBound, end: base + body.upperBound)
    var declarations = scanner.u32()
    while declarations > 0, scanner.cursor < scanner.end {
      scanner.skipNumber()
      scanner.skipBlockType()
      declarations -= 1
    }
    storage.use.read(scanner.cursor, scanner.end, kinds: storage.kinds, count: localCount)
    hasCalls = storage.use.hasCalls
    savedIntegers = 0
    savedFloats = 0
    region = 0
    lastEnteredRegion = 0
    // A landing finds locals in their slots, and what callers keep in registers must come back from this frame.
    if storage.use.hasTry {
      for register in 0..<LocalUse.integerRegisters.count { savedIntegers |= 1 << UInt32(LocalUse.integerRegisters[register]) }
      for register in 0..<LocalUse.floatRegisters.count { savedFloats |= 1 << UInt32(LocalUse.floatRegisters[register]) }
      return
    }
    for region in 0..<storage.use.regionCount {
      let row = assignments(region)
      for index in 0..<LocalUse.registersPerRegion where row[index].local >= 0 {
        if index < LocalUse.integerRegisters.count {
          savedIntegers |= 1 << UInt32(Self.register(at: index))
        } else {
          savedFloats |= 1 << UInt32(Self.register(at: index))
        }
      }
    }
    let row = assignments(0)
    for index in 0..<LocalUse.registersPerRegion where row[index].local >= 0 {
      storage.registers[Int(row[index].local)] = Self.register(at: index)
    }
  }

  @inline(__always)
  mutating func assignments(_ region: Int) -> UnsafeMutablePointer<LocalUse.Assignment> {
    storage.use.assignments + region * LocalUse.registersPerRegion
  }

  @inline(__always)
  static func register(at index: Int) -> UInt8 {
    index < LocalUse.integerRegisters.count
      ? LocalUse.integerRegisters[index] : LocalUse.floatRegisters[index - LocalUse.integerRegisters.count]
  }

  /// What stands at slot n of the frame.
  @inline(__always) func place(_ slot: Int32) -> MachineOperand { MachineOperand(base: Self.frame, slot &* 8) }
  @inline(__always) func field(_ word: Int) -> MachineOperand { MachineOperand(base: Self.context, Int32(truncatingIfNeeded: word &* 8)) }

  private mutating func emitPrologue(declared: Range<Int>) {
    // Room on both stacks. Small leaves are entered behind this (`entry`).
    let overflow = newCold(.trap)
    storage.assembler.lea(Self.scratch, MachineOperand(base: Self.frame, 0x7FFF_FFFF), wide: true)
    frameSizePlace = storage.assembler.count - 4
    storage.assembler.alu(.cmp, Self.scratch, field(ContextField.stackLimit), wide: true)
    storage.assembler.jump(.above, overflow.label)
    storage.assembler.alu(.cmp, .rsp, field(ContextField.nativeLimit), wide: true)
    storage.assembler.jump(.below, overflow.label)
    addCold(overflow, code: CompiledTrap.stackOverflow)
    uncheckedEntry = storage.assembler.count

    emitSavingOfRegisters()
    zeroSlots(declared)
    for local in 0..<localCount where storage.registers[local] != Self.noRegister {
      if local < parameterCount {
        loadLocal(local, storage.registers[local])
      } else if storage.kinds[local].isFloat {
        storage.assembler.zeroVector(VectorRegister(storage.registers[local]))
      } else {
        storage.assembler.zero(Register(storage.registers[local]))
      }
    }
  }

  /// Saves the registers that the function uses for locals.
  mutating func emitSavingOfRegisters() {
    for number in 0..<16 as Range<UInt8> where savedIntegers & 1 << UInt32(number) != 0 { storage.assembler.push(Register(number)) }
    let floats = savedFloats.nonzeroBitCount
    if floats > 0 {
      storage.assembler.alu(.sub, MachineOperand(.rsp), immediate: Int32(floats * 16), wide: true)
      var place: Int32 = 0
      for number in 0..<16 as Range<UInt8> where savedFloats & 1 << UInt32(number) != 0 {
        storage.assembler.storeFloat(VectorRegister(number), MachineOperand(base: .rsp, place), width: 16)
        place += 16
      }
    }
  }

  /// Locals start as zero (4.4.10).
  private mutating func zeroSlots(_ slots: Range<Int>) {
    var isNeeded = false
    for local in parameterCount..<max(localCount, parameterCount) where !hasRegisterEverywhere(local) { isNeeded = true }
    guard isNeeded else { return }
    storage.assembler.zeroVector(Self.scratchFloat)
    if slots.count > 256 {
      zeroManySlots(slots)
      return
    }
    var slot = slots.lowerBound
    while slot < slots.upperBound {
      // Beyond the locals there are operands, which do not mind.
      let width = slots.upperBound - slot >= 3 ? 32 : (slots.upperBound - slot == 2 ? 16 : 8)
      storage.assembler.storeFloat(Self.scratchFloat, place(Int32(slot)), width: width)
      slot += width / 8
    }
    greatestSlot = max(greatestSlot, slot)
  }

  private mutating func zeroManySlots(_ slots: Range<Int>) {
    let loop = storage.assembler.newLabel()
    storage.assembler.lea(.rdi, place(Int32(slots.lowerBound)), wide: true)
    storage.assembler.lea(.rcx, place(Int32(slots.upperBound)), wide: true)
    storage.assembler.bind(loop)
    storage.assembler.storeFloat(Self.scratchFloat, MachineOperand(base: .rdi), width: 32)
    storage.assembler.alu(.add, MachineOperand(.rdi), immediate: 32, wide: true)
    storage.assembler.alu(.cmp, .rdi, .rcx, wide: true)
    storage.assembler.jump(.below, loop)
    greatestSlot = max(greatestSlot, slots.upperBound + 4)
  }

  private mutating func hasRegisterEverywhere(_ local: Int) -> Bool {
    guard storage.use.regionCount == 1 else { return false }
    return storage.registers[local] != Self.noRegister
  }

  /// Reads a local's slot into a register.
  mutating func loadLocal(_ local: Int, _ register: UInt8) {
    let source = place(storage.slots[local])
    switch storage.kinds[local] {
    case .i32: storage.assembler.load(Register(register), source, wide: false)
    case .i64, .reference: storage.assembler.load(Register(register), source, wide: true)
    case .f32: storage.assembler.loadFloat(VectorRegister(register), source, width: 4)
    case .f64: storage.assembler.loadFloat(VectorRegister(register), source, width: 8)
    case .v128: storage.assembler.loadFloat(VectorRegister(register), source, width: 16)
    }
  }

  mutating func storeLocal(_ local: Int, _ register: UInt8) {
    let destination = place(storage.slots[local])
    if storage.kinds[local].isFloat {
      storage.assembler.storeFloat(VectorRegister(register), destination, width: storage.kinds[local].slotBytes)
    } else {
      storage.assembler.store(Register(register), destination, wide: true)
    }
  }

  mutating func end(reachable: Bool) {
    if reachable { emitReturn() }
    emitColdPaths()
    emitLoopEntries()
    let frameBytes = frameByteCount
    UnsafeMutableRawPointer(storage.assembler.bytes + frameSizePlace).storeBytes(of: Int32(truncatingIfNeeded: frameBytes), as: Int32.self)
    codeByteCount = storage.assembler.count
    emitData()
  }

  /// Bytes of the frame on the value stack.
  var frameByteCount: Int { (greatestSlot + 2) * 8 }
  /// Bytes of saved registers on the host's stack.
  var savedByteCount: Int { savedIntegers.nonzeroBitCount * 8 + savedFloats.nonzeroBitCount * 16 }
  /// Where calls enter: a leaf with a small frame needs no check, since there is room for it behind both stacks' limits.
  var entryPosition: Int { !hasCalls && frameByteCount <= ContextField.uncheckedFrameBytes ? uncheckedEntry : 0 }
  var hasTooManySlots: Bool { greatestSlot + 4 > Int(UInt16.max) }

  /// Undoes the prologue. The result registers stay.
  mutating func emitEpilogue() {
    storage.epilogues.append(storage.assembler.count)
    defer { epilogueBytes = storage.assembler.count - storage.epilogues[storage.epilogues.count - 1] + 1 }
    let floats = savedFloats.nonzeroBitCount
    if floats > 0 {
      var place: Int32 = 0
      for number in 0..<16 as Range<UInt8> where savedFloats & 1 << UInt32(number) != 0 {
        storage.assembler.loadFloat(VectorRegister(number), MachineOperand(base: .rsp, place), width: 16)
        place += 16
      }
      storage.assembler.alu(.add, MachineOperand(.rsp), immediate: Int32(floats * 16), wide: true)
    }
    for number in (0..<16 as Range<UInt8>).reversed() where savedIntegers & 1 << UInt32(number) != 0 {
      storage.assembler.pop(Register(number))
    }
  }

  // MARK: The operand stack

  @inline(__always)
  mutating func push(_ value: StackValue) {
    if height == storage.valueCapacity { storage.growValues() }
    storage.values[height] = value
    storage.values[height].slot = Int32(truncatingIfNeeded: nextSlot)
    height += 1
    nextSlot += value.kind.slotCount
    if nextSlot > greatestSlot { greatestSlot = nextSlot }
  }

  @inline(__always)
  mutating func pushConstant(_ kind: ValueKind, _ bits: UInt64) { push(StackValue(place: .constant, kind: kind, bits: bits)) }

  /// Pushes what a temporary holds, or the register of the local that is set next.
  @inline(__always)
  mutating func pushRegister(_ kind: ValueKind, _ register: UInt8) {
    forgetCopy(register, kind)
    if kind.isFloat {
      if Self.floatTemporaries & 1 << UInt32(register) != 0 { floatOwners[Int(register)] = Int32(truncatingIfNeeded: height) }
    } else {
      if Self.integerTemporaries & 1 << UInt32(register) != 0 { integerOwners[Int(register)] = Int32(truncatingIfNeeded: height) }
    }
    push(StackValue(place: .register, kind: kind, register: register))
  }

  /// The frame reaches up to this slot.
  mutating func noteSlots(_ end: Int) { greatestSlot = max(greatestSlot, end) }

  mutating func pushSlot(_ kind: ValueKind) { push(StackValue(place: .slot, kind: kind)) }

  /// Takes the value on top; a temporary stays in use until it is released.
  @inline(__always)
  mutating func pop() -> StackValue {
    height -= 1
    var value = storage.values[height]
    nextSlot = Int(value.slot)
    switch value.place {
    case .register:
      if value.kind.isFloat { floatOwners[Int(value.register)] = -1 } else { integerOwners[Int(value.register)] = -1 }
    case .local:
      aliasCount -= 1
      storage.aliases[value.local] -= 1
      takeCopy(&value)
    default: break
    }
    return value
  }

  /// Gives back the temporary of a value that was popped.
  @inline(__always)
  mutating func release(_ value: StackValue) {
    guard value.place == .register else { return }
    if value.kind.isFloat { releaseFloat(value.register) } else { releaseInteger(value.register) }
  }
  @inline(__always)
  mutating func releaseInteger(_ register: UInt8) { freeIntegers |= 1 << UInt32(register) & Self.integerTemporaries }
  @inline(__always)
  mutating func releaseFloat(_ register: UInt8) { freeFloats |= 1 << UInt32(register) & Self.floatTemporaries }

  /// A temporary that holds nothing; what the stack's lowest one holds goes to its slot if there is none.
  @inline(__always)
  mutating func newInteger() -> Register {
    if _slowPath(freeIntegers == 0) { spillLowestInteger() }
    let unused = freeIntegers & ~copies
    let number = unused != 0 ? UInt8(unused.trailingZeroBitCount) : copyToGiveUp(freeIntegers)
    freeIntegers &= ~(1 << UInt32(number))
    forgetCopy(number, .i32)
    return Register(number)
  }

  @inline(__always)
  mutating func newFloat() -> VectorRegister {
    if _slowPath(freeFloats == 0) { spillLowestFloat() }
    let unused = freeFloats & ~(copies >> 16)
    let number = unused != 0 ? UInt8(unused.trailingZeroBitCount) : copyToGiveUp(freeFloats)
    freeFloats &= ~(1 << UInt32(number))
    forgetCopy(number, .v128)
    return VectorRegister(number)
  }

  @inline(never)
  private mutating func spillLowestInteger() {
    var lowest = Int32.max
    for number in 0..<16 where integerOwners[number] >= 0 && integerOwners[number] < lowest { lowest = integerOwners[number] }
    precondition(lowest != .max, "no register for a temporary")
    spill(Int(lowest))
  }

  @inline(never)
  private mutating func spillLowestFloat() {
    var lowest = Int32.max
    for number in 0..<16 where floatOwners[number] >= 0 && floatOwners[number] < lowest { lowest = floatOwners[number] }
    precondition(lowest != .max, "no register for a temporary")
    spill(Int(lowest))
  }

  /// Takes a certain temporary, which an operand on the stack may have to leave. It is not that of a popped value.
  mutating func take(_ register: Register) {
    let owner = integerOwners[Int(register.number)]
    if owner >= 0 { spill(Int(owner)) }
    freeIntegers &= ~(1 << UInt32(register.number))
    forgetCopy(register.number, .i32)
  }

  mutating func takeFloat(_ register: VectorRegister) {
    let owner = floatOwners[Int(register.number)]
    if owner >= 0 { spill(Int(owner)) }
    freeFloats &= ~(1 << UInt32(register.number))
    forgetCopy(register.number, .v128)
  }

  /// Brings the value at a height of the stack into its slot. Leaves the flags alone, unless they are the value.
  mutating func spill(_ position: Int) {
    let value = storage.values[position]
    let destination = place(value.slot)
    switch value.place {
    case .slot: return
    case .constant: storeConstant(value.bits, destination)
    case .register:
      if value.kind.isFloat {
        storage.assembler.storeFloat(VectorRegister(value.register), destination, width: value.kind.slotBytes)
        floatOwners[Int(value.register)] = -1
        releaseFloat(value.register)
      } else {
        storage.assembler.store(Register(value.register), destination, wide: true)
        integerOwners[Int(value.register)] = -1
        releaseInteger(value.register)
      }
    case .local:
      copyLocal(value.local, to: destination)
      aliasCount -= 1
      storage.aliases[value.local] -= 1
    case .flags:
      setScratch(value.condition)
      storage.assembler.store(Self.scratch, destination, wide: true)
    }
    storage.values[position].place = .slot
  }

  mutating func storeConstant(_ bits: UInt64, _ destination: MachineOperand) {
    if Int64(bitPattern: bits) == Int64(Int32(truncatingIfNeeded: bits)) {
      storage.assembler.store(Int32(truncatingIfNeeded: bits), destination, wide: true)
    } else {
      storage.assembler.move(Self.scratch, immediate: bits)
      storage.assembler.store(Self.scratch, destination, wide: true)
    }
  }

  private mutating func copyLocal(_ local: Int, to destination: MachineOperand) {
    let register = storage.registers[local]
    let kind = storage.kinds[local]
    if register != Self.noRegister {
      if kind.isFloat {
        storage.assembler.storeFloat(VectorRegister(register), destination, width: kind.slotBytes)
      } else {
        storage.assembler.store(Register(register), destination, wide: true)
      }
    } else if let number = copy(of: local) {
      if kind.isFloat {
        storage.assembler.storeFloat(VectorRegister(UInt8(number & 15)), destination, width: kind.slotBytes)
      } else {
        storage.assembler.store(Register(UInt8(number)), destination, wide: true)
      }
    } else if kind == .v128 {
      storage.assembler.loadFloat(Self.scratchFloat, place(storage.slots[local]), width: 16)
      storage.assembler.storeFloat(Self.scratchFloat, destination, width: 16)
    } else {
      storage.assembler.load(Self.scratch, place(storage.slots[local]), wide: true)
      storage.assembler.store(Self.scratch, destination, wide: true)
    }
  }

  /// 1 or 0 into the scratch register.
  mutating func setScratch(_ condition: FlagCondition) { set(Self.scratch, condition) }

  /// 1 or 0 into a register.
  mutating func set(_ register: Register, _ condition: FlagCondition) {
    if condition.isFloatEquality {
      // Equal: zero and not unordered. The scratch register may be the destination: the parity goes to the flags' own way first.
      let isEqual = condition.code == .equal
      let done = storage.assembler.newLabel()
      storage.assembler.move(register, immediate: isEqual ? 0 : 1)
      storage.assembler.jump(.parity, done)
      storage.assembler.set(condition.code, register)
      storage.assembler.bind(done)
    } else {
      storage.assembler.set(condition.code, register)
      storage.assembler.loadExtended(register, MachineOperand(register), bits: 8, isSigned: false, wide: false)
    }
  }

  /// Brings everything that stands in temporaries, flags and locals to its slot: before paths part or meet. Constants stay.
  mutating func spillAll() {
    spillTemporaries()
    guard aliasCount > 0 else { return }
    var position = height
    while aliasCount > 0 {
      position -= 1
      if storage.values[position].place == .local { spill(position) }
    }
  }

  /// Brings temporaries to their slots: before a call.
  mutating func spillTemporaries() {
    if height > 0, storage.values[height - 1].place == .flags { spill(height - 1) }
    if freeIntegers != Self.integerTemporaries {
      for number in 0..<8 where integerOwners[number] >= 0 { spill(Int(integerOwners[number])) }
    }
    if freeFloats != Self.floatTemporaries {
      for number in 0..<8 where floatOwners[number] >= 0 { spill(Int(floatOwners[number])) }
    }
  }

  /// Brings the top `count` values to their slots.
  mutating func settleTop(_ count: Int) {
    for position in height - count..<height { spill(position) }
  }

  /// Values of a path that ends here are gone; what stays is in slots.
  mutating func truncate(to height: Int, slot: Int) {
    while self.height > height {
      self.height -= 1
      let value = storage.values[self.height]
      switch value.place {
      case .register:
        if value.kind.isFloat {
          if floatOwners[Int(value.register)] == Int32(self.height) { floatOwners[Int(value.register)] = -1 }
          releaseFloat(value.register)
        } else {
          if integerOwners[Int(value.register)] == Int32(self.height) { integerOwners[Int(value.register)] = -1 }
          releaseInteger(value.register)
        }
      case .local:
        aliasCount -= 1
        storage.aliases[value.local] -= 1
      default: break
      }
    }
    nextSlot = slot
  }

  // MARK: Operands in registers

  /// Where an integer operand can be read; a constant needs a register first.
  mutating func source(_ value: StackValue) -> MachineOperand {
    switch value.place {
    case .register: return MachineOperand(Register(value.register))
    case .slot: return place(value.slot)
    case .local:
      let register = storage.registers[value.local]
      return register != Self.noRegister ? MachineOperand(Register(register)) : place(storage.slots[value.local])
    case .constant, .flags:
      preconditionFailure("a constant is no operand")
    }
  }

  /// The number of the register that an operand is in, or `noRegister`.
  @inline(__always)
  mutating func registerNumber(_ value: StackValue) -> UInt8 {
    switch value.place {
    case .register: value.register
    case .local: storage.registers[value.local]
    default: Self.noRegister
    }
  }

  /// Brings an integer into a register which is only read; the value becomes that register's.
  mutating func inRegister(_ value: inout StackValue) -> Register {
    let number = registerNumber(value)
    if number != Self.noRegister { return Register(number) }
    let register = newInteger()
    load(value, register)
    if value.place == .local { noteCopy(of: value.local, register.number, value.kind) }
    value.place = .register
    value.register = register.number
    return register
  }

  /// Copies an integer into a register.
  mutating func load(_ value: StackValue, _ register: Register) {
    switch value.place {
    case .constant: storage.assembler.move(register, immediate: value.bits)
    case .register:
      if value.register != register.number {
        storage.assembler.move(register, Register(value.register), wide: value.kind.isWide)
      }
    case .slot: storage.assembler.load(register, place(value.slot), wide: value.kind.isWide)
    case .local:
      var number = storage.registers[value.local]
      // Bits of a float that are wanted as an integer have no integer copy.
      if let copy = copy(of: value.local), copy < 16 { number = UInt8(copy) }
      if number == Self.noRegister {
        storage.assembler.load(register, place(storage.slots[value.local]), wide: value.kind.isWide)
      } else if number != register.number {
        storage.assembler.move(register, Register(number), wide: value.kind.isWide)
      }
    case .flags: set(register, value.condition)
    }
  }

  /// Where a float or vector can be read; constants other than vectors' stand behind the code.
  mutating func floatSource(_ value: StackValue) -> MachineOperand {
    switch value.place {
    case .register: return MachineOperand(VectorRegister(value.register))
    case .slot: return place(value.slot)
    case .local:
      let register = storage.registers[value.local]
      return register != Self.noRegister ? MachineOperand(VectorRegister(register)) : place(storage.slots[value.local])
    case .constant: return constant(value.bits, 0)
    case .flags: preconditionFailure("no float is in the flags")
    }
  }

  mutating func inFloatRegister(_ value: inout StackValue) -> VectorRegister {
    let number = registerNumber(value)
    if number != Self.noRegister { return VectorRegister(number) }
    let register = newFloat()
    loadFloat(value, register)
    if value.place == .local { noteCopy(of: value.local, register.number, value.kind) }
    value.place = .register
    value.register = register.number
    return register
  }

  mutating func loadFloat(_ value: StackValue, _ register: VectorRegister) {
    switch value.place {
    case .constant where value.bits == 0: storage.assembler.zeroVector(register)
    case .register:
      if value.register != register.number { storage.assembler.moveVector(register, VectorRegister(value.register)) }
    case .local where storage.registers[value.local] != Self.noRegister:
      if storage.registers[value.local] != register.number {
        storage.assembler.moveVector(register, VectorRegister(storage.registers[value.local]))
      }
    case .local where copy(of: value.local) != nil:
      storage.assembler.moveVector(register, VectorRegister(UInt8(copy(of: value.local)! & 15)))
    default:
      storage.assembler.loadFloat(register, floatSource(value), width: value.kind == .f32 ? 4 : (value.kind == .f64 ? 8 : 16))
    }
  }

  // MARK: Destinations

  /// The register of the local that the next operator sets, if it is of this kind: a result is then made right there.
  /// - Parameter next: offset of the next operator.
  @inline(__always)
  mutating func hint(_ kind: ValueKind, _ next: Int) -> UInt8 {
    let bytes = module.context.module.base.assumingMemoryBound(to: UInt8.self) + next
    // Every body ends with a byte of its own: there is one after any operator but the last.
    guard bytes[0] == 0x21 || bytes[0] == 0x22 else { return Self.noRegister }
    var index = Int(bytes[1])
    if index >= 0x80 {
      guard bytes[2] < 0x80 else { return Self.noRegister }
      index = index & 0x7F | Int(bytes[2]) << 7
    }
    guard index < localCount, storage.kinds[index] == kind else { return Self.noRegister }
    let register = storage.registers[index]
    if register != Self.noRegister, storage.aliases[index] > 0 { preserve(index) }
    return register
  }

  /// Before a local is written: operands that are its old value get it.
  mutating func preserve(_ local: Int) {
    var position = height
    while storage.aliases[local] > 0 {
      position -= 1
      if storage.values[position].place == .local, storage.values[position].local == local { spill(position) }
    }
  }

  // MARK: Locals (4.4.5)

  mutating func localGet(_ index: UInt32) {
    let local = Int(index)
    push(StackValue(place: .local, kind: storage.kinds[local], bits: UInt64(index)))
    aliasCount += 1
    storage.aliases[local] += 1
    if _slowPath(height > Self.deepestAlias) { spill(height - 1) }
  }

  mutating func localSet(_ index: UInt32) {
    let value = pop()
    setLocal(Int(index), value)
    release(value)
  }

  mutating func localTee(_ index: UInt32) {
    localSet(index)
    localGet(index)
  }

  private mutating func setLocal(_ local: Int, _ value: StackValue) {
    if value.place == .local, value.local == local { return }
    if storage.aliases[local] > 0 { preserve(local) }
    let register = storage.registers[local]
    let kind = storage.kinds[local]
    if register != Self.noRegister {
      if kind.isFloat { loadFloat(value, VectorRegister(register)) } else { loadLocalValue(value, Register(register), kind) }
      return
    }
    let destination = place(storage.slots[local])
    forgetCopy(of: local)
    switch value.place {
    case .constant where kind != .v128: storeConstant(value.bits, destination)
    case .flags:
      setScratch(value.condition)
      storage.assembler.store(Self.scratch, destination, wide: true)
    case .register:
      if kind.isFloat {
        storage.assembler.storeFloat(VectorRegister(value.register), destination, width: kind.slotBytes)
      } else {
        storage.assembler.store(Register(value.register), destination, wide: true)
      }
      noteCopy(of: local, value.register, kind)
    case .local: copyLocal(value.local, to: destination)
    default:
      if kind == .v128 {
        loadFloat(value, Self.scratchFloat)
        storage.assembler.storeFloat(Self.scratchFloat, destination, width: 16)
      } else {
        storage.assembler.load(Self.scratch, place(value.slot), wide: true)
        storage.assembler.store(Self.scratch, destination, wide: true)
      }
    }
  }

  /// A zero is made without an immediate: no flags are pending where a local is set from a constant.
  private mutating func loadLocalValue(_ value: StackValue, _ register: Register, _ kind: ValueKind) {
    if value.place == .constant, value.bits == 0 { storage.assembler.zero(register) } else { load(value, register) }
  }

  // MARK: Globals (4.4.5)

  mutating func globalGet(_ index: UInt32) {
    let type = module.context.globals[Int(index)].type
    let kind = ValueKind(type)
    let source = globalPlace(index)
    if kind.isFloat {
      let target = hint(kind, offset + 1 + length(index))
      let register = target != Self.noRegister ? VectorRegister(target) : newFloat()
      storage.assembler.loadFloat(register, source, width: kind == .f32 ? 4 : (kind == .f64 ? 8 : 16))
      pushRegister(kind, register.number)
    } else {
      let target = hint(kind, offset + 1 + length(index))
      let register = target != Self.noRegister ? Register(target) : newInteger()
      storage.assembler.load(register, source, wide: kind.isWide)
      pushRegister(kind, register.number)
    }
  }

  mutating func globalSet(_ index: UInt32) {
    var value = pop()
    let kind = value.kind
    if kind.isFloat {
      if value.place == .constant, kind != .v128 {
        let destination = globalPlace(index)
        if Int64(bitPattern: value.bits) == Int64(Int32(truncatingIfNeeded: value.bits)) {
          storage.assembler.store(Int32(truncatingIfNeeded: value.bits), destination, wide: true)
        } else {
          loadFloat(value, Self.scratchFloat)
          storage.assembler.storeFloat(Self.scratchFloat, destination, width: 8)
        }
      } else {
        let register = inFloatRegister(&value)
        storage.assembler.storeFloat(register, globalPlace(index), width: kind.slotBytes)
      }
    } else if value.place == .constant, Int64(bitPattern: value.bits) == Int64(Int32(truncatingIfNeeded: value.bits)) {
      storage.assembler.store(Int32(truncatingIfNeeded: value.bits), globalPlace(index), wide: true)
    } else {
      let register = inRegister(&value)
      storage.assembler.store(register, globalPlace(index), wide: true)
    }
    release(value)
  }

  /// Bytes that an index takes in LEB128, written as short as it can be. A longer one only loses a hint.
  @inline(__always)
  func length(_ index: UInt32) -> Int { index < 0x80 ? 1 : (index < 0x4000 ? 2 : 3) }

  /// A global's cell; uses the scratch register for those of others.
  private mutating func globalPlace(_ index: UInt32) -> MachineOperand {
    if Int(index) >= module.importedGlobalCount { return field(Int(module.globalWord(index))) }
    storage.assembler.load(Self.scratch, field(ContextField.globals), wide: true)
    storage.assembler.load(Self.scratch, MachineOperand(base: Self.scratch, Int32(truncatingIfNeeded: Int(index) * 8)), wide: true)
    return MachineOperand(base: Self.scratch)
  }

  // MARK: Constants and parametric instructions (4.4.1, 4.4.4)

  mutating func i32Const(_ value: UInt32) { pushConstant(.i32, UInt64(value)) }
  mutating func i64Const(_ value: UInt64) { pushConstant(.i64, value) }
  mutating func f32Const(_ bits: UInt32) { pushConstant(.f32, UInt64(bits)) }
  mutating func f64Const(_ bits: UInt64) { pushConstant(.f64, bits) }
  mutating func refNull(_ type: ValueType) { pushConstant(.reference, 0) }

  mutating func drop(_ type: ValueType) { release(pop()) }

  /// 16 bytes behind the code.
  mutating func constant(_ low: UInt64, _ high: UInt64) -> MachineOperand {
    for index in max(0, storage.constants.count - 8)..<storage.constants.count
    where storage.constants[index].low == low && storage.constants[index].high == high {
      return MachineOperand(storage.constants[index].label)
    }
    let label = storage.assembler.newLabel()
    storage.constants.append(CodeConstant(low: low, high: high, label: label))
    return MachineOperand(label)
  }

  mutating func select(_ type: ValueType) {
    let condition = pop()
    var second = pop()
    let first = pop()
    let kind = first.kind
    if condition.place == .constant {
      let chosen = condition.bits != 0 ? first : second
      let other = condition.bits != 0 ? second : first
      release(other)
      pushAgain(chosen)
      return
    }
    if kind.isFloat {
      let code = flags(of: condition)
      release(condition)
      let result = writableFloat(first)
      let done = storage.assembler.newLabel()
      if code.isFloatEquality {
        if code.code == .equal {
          let other = storage.assembler.newLabel()
          storage.assembler.jump(.parity, other)
          storage.assembler.jump(.equal, done)
          storage.assembler.bind(other)
        } else {
          storage.assembler.jump(.parity, done)
          storage.assembler.jump(.notEqual, done)
        }
      } else {
        storage.assembler.jump(code.code, done)
      }
      loadFloat(second, result)
      storage.assembler.bind(done)
      release(second)
      pushRegister(kind, result.number)
      return
    }
    let code = flags(of: condition)
    release(condition)
    let result = writable(first)
    // Registers only: a constant is loaded without touching the flags.
    let other: MachineOperand = second.place == .slot || second.place == .local ? source(second) : MachineOperand(inRegister(&second))
    if code.isFloatEquality {
      if code.code == .equal {
        storage.assembler.moveIf(.notEqual, result, other, wide: kind.isWide)
        storage.assembler.moveIf(.parity, result, other, wide: kind.isWide)
      } else {
        // The second where equal and comparable.
        let done = storage.assembler.newLabel()
        storage.assembler.jump(.parity, done)
        storage.assembler.moveIf(.equal, result, other, wide: kind.isWide)
        storage.assembler.bind(done)
      }
    } else {
      storage.assembler.moveIf(code.code.negated, result, other, wide: kind.isWide)
    }
    release(second)
    pushRegister(kind, result.number)
  }

  /// Pushes a value that was popped.
  private mutating func pushAgain(_ value: StackValue) {
    // It may come to stand elsewhere than before.
    guard value.place == .slot, Int(value.slot) != nextSlot else { return pushBack(value) }
    if value.kind.isFloat {
      let register = newFloat()
      loadFloat(value, register)
      pushRegister(value.kind, register.number)
    } else {
      let register = newInteger()
      load(value, register)
      pushRegister(value.kind, register.number)
    }
  }

  /// A temporary with the value: its own, if it has one.
  mutating func writable(_ value: StackValue) -> Register {
    if value.place == .register, Self.integerTemporaries & 1 << UInt32(value.register) != 0 {
      forgetCopy(value.register, .i32)
      return Register(value.register)
    }
    let register = newInteger()
    load(value, register)
    return register
  }

  mutating func writableFloat(_ value: StackValue) -> VectorRegister {
    if value.place == .register, Self.floatTemporaries & 1 << UInt32(value.register) != 0 {
      forgetCopy(value.register, .v128)
      return VectorRegister(value.register)
    }
    let register = newFloat()
    loadFloat(value, register)
    return register
  }

  /// Makes the flags say whether an i32 is not zero.
  mutating func flags(of value: StackValue) -> FlagCondition {
    switch value.place {
    case .flags: return value.condition
    case .constant:
      storage.assembler.move(Self.scratch, immediate: value.bits)
      storage.assembler.test(Self.scratch, Self.scratch, wide: false)
    default:
      let number = registerNumber(value)
      if number != Self.noRegister {
        storage.assembler.test(Register(number), Register(number), wide: false)
      } else {
        storage.assembler.alu(.cmp, source(value), immediate: 0, wide: false)
      }
    }
    return .integer(.notEqual)
  }
}
