/// Translates one function into the interpreter's register code while the Validator reads it.
///
/// The operand stack exists at translation time only: `local.get` and constants emit nothing, and an operator reads its operands where they
/// are. Every height of the stack has a slot of its own (`slot(height)`), which results go to; `local.set` turns the destination of the
/// instruction that made the value. Comparisons join the branch that follows. At labels all paths agree: what a branch carries stands in
/// the slots of its heights.
///
/// What reads its fields for every operator is `mutating` even where it changes nothing: a copy of a structure of this size is made for the others.
struct Translator: Emitter {
  /// left + right << shift, of slots.
  struct Addition {
    var left: Int
    var right: Int
    var shift: Int
  }

  /// Constants a function can keep in slots of its frame.
  private static let mostConstants = 8

  let module: ModuleCode
  let storage: TranslatorStorage
  let hasFarBranches: Bool
  let observation: Observation
  /// For `Translator+Counting`.
  var counting = Counting()

  // The function
  private(set) var parameterCount = 0
  /// Slots of the results: a v128 takes two, everywhere.
  private(set) var resultCount = 0
  /// Where the frame's header stands.
  private(set) var headerSlot = 0
  /// Slot of height 0.
  private(set) var firstTemporary = 0
  /// Slots of the locals that are not parameters.
  private var declaredLocals = 0
  /// The function's locals, where some are vectors: their slots are then in `storage.localSlots`.
  private(set) var vectorLocals: UnsafeBufferPointer<ValueType>?
  /// Slots for constants that loops use and no immediate can hold; they are filled when the function is entered.
  private var firstConstant = 0
  private var constantCapacity = 0
  /// Loops around this point.
  var loopDepth = 0
  /// Loops met so far.
  var loopCount = 0

  // The operand stack
  var height = 0
  private var greatestHeight = 0
  /// Height of the operand stack above which locals are copied at once: looking for aliases of a local takes as long as the stack is high.
  static let deepestAlias = 256
  /// Where operands may be locals not yet copied.
  var aliasPositions: Range<Int> { 0..<min(height, Translator.deepestAlias + 1) }
  /// How many operands are locals not yet copied.
  var aliasCount = 0

  // What is known at this point of straight-line code
  /// The slot whose value r0 repeats, or -1.
  var integerInRegister = -1
  /// The slot whose value f0 repeats, or -1.
  var floatInRegister = -1
  /// The last instruction if it made the value on top of the stack, else -1; its a is the destination.
  var lastResult = -1
  /// The comparison that `lastResult` is, if it is one.
  var lastComparison: Comparison?
  /// The slots that `lastResult` adds, the right one shifted left, if it is an `i32.add` of two slots.
  var lastAddition: Addition?
  /// The slot that `lastResult` shifts left, and by how much, if it is an `i32.shl` by 1, 2 or 3.
  var lastShift: (slot: Int, distance: Int)?
  /// The last instruction if a branch on its result can take it in (`fuse`), else -1.
  var fusible = -1
  /// Registers as they were before `lastResult`.
  var integerBefore = -1

  // Locals that may be read before they are written start as zero (4.4.10): bit i is declared local i, the last bit all beyond.
  var written: UInt64 = 0
  var readUnwritten: UInt64 = 0

  var hasTooManySlots = false
  /// Whether a field lies farther into a structure than an instruction can say.
  var hasTooLargeOffset = false
  var needsFarBranches = false
  /// What is wanted beside the code; each is for a few uses only.
  struct Observation: OptionSet {
    let rawValue: Int
    /// Which operator every word comes from (`TranslatorStorage.offsets`).
    static let offsets = Observation(rawValue: 1)
    /// Code that counts the instructions it executes.
    static let counts = Observation(rawValue: 2)
    /// Code that finds out whether it is hot (`Handlers/Heat.swift`).
    static let heat = Observation(rawValue: 4)
  }

  init(_ module: ModuleCode, _ storage: TranslatorStorage, hasFarBranches: Bool, observation: Observation) {
    self.module = module
    self.storage = storage
    self.hasFarBranches = hasFarBranches
    self.observation = observation
  }

  mutating func position(_ offset: Int) {
    if _slowPath(!observation.isDisjoint(with: [.offsets, .counts])) { observe(offset) }
  }

  @inline(never)
  private mutating func observe(_ offset: Int) {
    if observation.contains(.counts) {
      // Every body ends with a byte of its own, so there is one behind a prefix.
      let bytes = module.context.module.base
      let opcode = bytes.load(fromByteOffset: offset, as: UInt8.self)
      count(opcode, opcode == 0xFB ? bytes.load(fromByteOffset: offset + 1, as: UInt8.self) : 0)
    }
    if observation.contains(.offsets) { storage.offsets.append((storage.count, offset)) }
  }

  mutating func begin(_ function: FunctionDeclaration) {
    parameterCount = function.parameterCount
    resultCount = function.results.slotCount
    if function.locals.contains(.v128) {
      beginVectorLocals(function)
    } else {
      headerSlot = max(parameterCount, resultCount)
      declaredLocals = function.locals.count - parameterCount
    }
    firstConstant = headerSlot + 2 + declaredLocals
    constantCapacity = module.mayLoop(function.index) ? Translator.mostConstants : 0
    firstTemporary = firstConstant + constantCapacity
    storage.constants.removeAll()
    storage.reset()
    storage.labels.removeAll()
    storage.fixups.removeAll()
    storage.clauses.removeAll()
    storage.tries.removeAll()
    storage.offsets.removeAll(keepingCapacity: true)
    word(0)
    #if DEBUG
      storage.starts.removeAll()
    #endif
    height = 0
    if observation.contains(.heat) { emitHeat(.countCall, UInt64(CompilerTier.hotCalls)) }
  }

  mutating func end(reachable: Bool) {
    if reachable { emitReturn() }
    let bodyEnd = storage.count
    hasTooManySlots = firstTemporary + greatestHeight + 4 > Int(UInt16.max)
    let frameBytes = UInt64((firstTemporary + greatestHeight + 2) * 8)
    #if DEBUG
      // What tells instructions from their extra words and what emits both must agree, or a pair is made of something else.
      precondition(storage.starts.elementsEqual(PairForms.starts(storage.words, from: 1, to: bodyEnd)), "words of another length")
    #endif
    // The frame's size stands right before the entry. A function that has nothing to prepare is entered at its first operator.
    storage.words[0] = frameBytes
    storage.entry = 1
    if readUnwritten != 0 || !storage.constants.isEmpty { emitPrologue(frameBytes) }
    if !hasTooManySlots { PairForms.join(storage.words, from: 1, to: bodyEnd) }
  }

  /// Emits an instruction that counts down in its extra word.
  mutating func emitHeat(_ operation: Instruction, _ count: UInt64) {
    emit(operation)
    word(count)
    barrier()
  }

  /// What prepares the frame before the first operator: zeroes locals, fills constants, jumps to the body.
  private mutating func emitPrologue(_ frameBytes: UInt64) {
    word(frameBytes)
    storage.entry = storage.count
    if readUnwritten != 0 {
      let first = readUnwritten.trailingZeroBitCount
      let last = readUnwritten >> 63 != 0 ? declaredLocals - 1 : 63 - readUnwritten.leadingZeroBitCount
      emitZeroes(headerSlot + 2 + first, last - first + 1)
    }
    for (index, bits) in storage.constants.enumerated() { emitConstant(bits, to: firstConstant + index) }
    place(wide(.br, 0, UInt32(truncatingIfNeeded: 1 - storage.count)))
  }

  private mutating func emitZeroes(_ start: Int, _ count: Int) {
    var slot = start
    while slot < start + count {
      switch start + count - slot {
      case 8...: emit(.zeroEight, slot); slot += 8
      case 4...: emit(.zeroFour, slot); slot += 4
      case 2...: emit(.zeroTwo, slot); slot += 2
      default: emitConstant(0, to: slot); slot += 1
      }
    }
  }

  // MARK: Words

  @inline(__always)
  func instruction(_ operation: Instruction, _ a: Int, _ b: Int, _ c: Int) -> UInt64 {
    UInt64(operation.rawValue) | UInt64(UInt16(truncatingIfNeeded: a)) << 16 | UInt64(UInt16(truncatingIfNeeded: b)) << 32
      | UInt64(UInt16(truncatingIfNeeded: c)) << 48
  }

  @inline(__always)
  func wide(_ operation: Instruction, _ a: Int, _ immediate: UInt32) -> UInt64 {
    UInt64(operation.rawValue) | UInt64(UInt16(truncatingIfNeeded: a)) << 16 | UInt64(immediate) << 32
  }

  @inline(__always)
  mutating func word(_ value: UInt64) {
    if storage.count == storage.wordCapacity { storage.growWords() }
    storage.words[storage.count] = value
    storage.count += 1
  }

  /// Emits an instruction's first word.
  @inline(__always)
  mutating func place(_ value: UInt64) {
    #if DEBUG
      storage.noteStart()
    #endif
    word(value)
  }

  /// Emits an instruction that makes no value for the stack.
  @inline(__always)
  mutating func emit(_ operation: Instruction, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0) {
    lastResult = -1
    place(instruction(operation, a, b, c))
  }

  /// Emits an instruction whose integer result goes to the slot of the top height, and pushes it.
  @inline(__always)
  mutating func emitInteger(_ operation: Instruction, _ b: Int, _ c: Int) {
    let destination = slot(height)
    beginResult()
    place(instruction(operation, destination, b, c))
    integerResult(destination)
  }

  @inline(__always)
  mutating func emitIntegerWide(_ operation: Instruction, _ immediate: UInt32) {
    let destination = slot(height)
    beginResult()
    place(wide(operation, destination, immediate))
    integerResult(destination)
  }

  /// Notes that the instruction emitted next makes the value on top of the stack.
  @inline(__always)
  mutating func beginResult() {
    lastResult = storage.count
    lastComparison = nil
    lastAddition = nil
    lastShift = nil
    integerBefore = integerInRegister
  }

  /// The instruction just emitted wrote an integer to `destination`, which becomes the top of the stack.
  @inline(__always)
  mutating func integerResult(_ destination: Int) {
    integerInRegister = destination
    if floatInRegister == destination { floatInRegister = -1 }
    push(.temporary)
  }

  @inline(__always)
  mutating func floatResult(_ destination: Int, inRegister: Bool) {
    if inRegister {
      floatInRegister = destination
    } else if floatInRegister == destination {
      floatInRegister = -1
    }
    if integerInRegister == destination { integerInRegister = -1 }
    push(.temporary)
  }

  /// A point that several paths reach: nothing is known of registers and of the instruction before.
  mutating func barrier() {
    integerInRegister = -1
    floatInRegister = -1
    lastResult = -1
    fusible = -1
  }

  // MARK: Slots and operands

  @inline(__always) func slot(_ height: Int) -> Int { firstTemporary + height }

  @inline(__always)
  mutating func localSlot(_ index: UInt32) -> Int {
    if _slowPath(vectorLocals != nil) { return Int(storage.localSlots[Int(index)]) }
    return Int(index) < parameterCount ? Int(index) : headerSlot + 2 + Int(index) - parameterCount
  }

  private mutating func beginVectorLocals(_ function: FunctionDeclaration) {
    let parameterSlots = UnsafeBufferPointer(rebasing: function.locals[..<parameterCount]).slotCount
    vectorLocals = function.locals
    headerSlot = max(parameterSlots, resultCount)
    declaredLocals = function.locals.slotCount - parameterSlots
    storage.localSlots.removeAll()
    var slot = 0
    for (index, type) in function.locals.enumerated() {
      if index == parameterCount { slot = headerSlot + 2 }
      storage.localSlots.append(Int32(slot))
      slot += type.slotCount
    }
  }

  @inline(__always)
  mutating func push(_ operand: Operand) {
    if height == storage.operandCapacity { storage.growOperands() }
    storage.operands[height] = operand
    height += 1
    if height > greatestHeight { greatestHeight = height }
  }

  @inline(__always)
  mutating func pop() -> Operand {
    height -= 1
    let operand = storage.operands[height]
    if operand.place == .local { aliasCount -= 1 }
    return operand
  }

  /// The slot of an operand that stood at `height`; a constant is written to the slot of its height first.
  @inline(__always)
  mutating func inSlot(_ operand: Operand, _ height: Int) -> Int {
    switch operand.place {
    case .temporary: return slot(height)
    case .local: return Int(operand.slot)
    case .constant:
      if loopDepth > 0, let slot = constantSlot(operand.bits) { return slot }
      emitConstant(operand.bits, to: slot(height))
      return slot(height)
    }
  }

  /// The slot that holds a constant from the function's entry on, or nil if there is no room for another one.
  private mutating func constantSlot(_ bits: UInt64) -> Int? {
    if let index = storage.constants.firstIndex(of: bits) { return firstConstant + index }
    guard storage.constants.count < constantCapacity else { return nil }
    storage.constants.append(bits)
    return firstConstant + storage.constants.count - 1
  }

  /// Whether the constant has a slot or can get one.
  mutating func hasConstantSlot(_ bits: UInt64) -> Bool {
    storage.constants.count < constantCapacity || storage.constants.contains(bits)
  }

  mutating func emitConstant(_ bits: UInt64, to destination: Int) {
    lastResult = -1
    if bits <= UInt64(UInt32.max) {
      place(wide(.const32, destination, UInt32(bits)))
    } else if Int64(bitPattern: bits) >= Int64(Int32.min), Int64(bitPattern: bits) < 0 {
      place(wide(.const64S, destination, UInt32(truncatingIfNeeded: bits)))
    } else {
      place(instruction(.const64, destination, 0, 0))
      word(bits)
    }
    integerInRegister = destination
    if floatInRegister == destination { floatInRegister = -1 }
  }

  mutating func emitCopy(from source: Int, to destination: Int) {
    lastResult = -1
    if integerInRegister == source {
      place(instruction(.copyR, destination, 0, 0))
    } else {
      place(instruction(.copy, destination, source, 0))
    }
    integerInRegister = destination
    if floatInRegister == destination { floatInRegister = -1 }
  }

  /// Brings the operand at a height of the stack into the slot of that height.
  mutating func settle(_ position: Int) {
    let operand = storage.operands[position]
    switch operand.place {
    case .temporary: return
    case .local:
      emitCopy(from: Int(operand.slot), to: slot(position))
      aliasCount -= 1
    case .constant: emitConstant(operand.bits, to: slot(position))
    }
    storage.operands[position] = .temporary
  }

  /// Settles the top `count` operands, in pairs of locals where they come so.
  mutating func settleTop(_ count: Int) {
    var position = height - count
    while position < height {
      let operand = storage.operands[position]
      if operand.place == .local, position + 1 < height, storage.operands[position + 1].place == .local {
        let second = storage.operands[position + 1]
        if operand.isVector {
          emitVectorCopy(from: Int(operand.slot), to: slot(position))
        } else {
          lastResult = -1
          place(instruction(.copyPair, slot(position), Int(operand.slot), Int(second.slot)))
          integerInRegister = slot(position + 1)
          floatInRegister = -1
        }
        storage.operands[position] = .temporary
        storage.operands[position + 1] = .temporary
        aliasCount -= 2
        position += 2
      } else {
        settle(position)
        position += 1
      }
    }
  }

  /// Copies every operand that is a local: its slot may be written differently on different paths of what follows.
  mutating func settleAliases() {
    guard aliasCount > 0 else { return }
    for position in aliasPositions where storage.operands[position].place == .local { settle(position) }
  }

  // MARK: Constants and parametric instructions (4.4.1, 4.4.4)

  mutating func i32Const(_ value: UInt32) { push(.constant(UInt64(value))) }
  mutating func i64Const(_ value: UInt64) { push(.constant(value)) }
  mutating func f32Const(_ bits: UInt32) { push(.constant(UInt64(bits))) }
  mutating func f64Const(_ bits: UInt64) { push(.constant(bits)) }
  mutating func refNull(_ type: ValueType) { push(.constant(0)) }

  mutating func drop(_ type: ValueType) {
    _ = pop()
    if type == .v128 { _ = pop() }
    lastResult = -1
  }

  mutating func select(_ type: ValueType) {
    if type == .v128 {
      selectVector()
      return
    }
    let condition = pop()
    let second = pop()
    let first = pop()
    let conditionSlot = inSlot(condition, height + 2)
    // Constants go to slots of their own heights; the condition's register is lost if one is written.
    let firstSlot = inSlot(first, height)
    let secondSlot = inSlot(second, height + 1)
    if integerInRegister == conditionSlot {
      emitInteger(.selectR, firstSlot, secondSlot)
    } else {
      emitInteger(.select, firstSlot, secondSlot)
      word(UInt64(conditionSlot))
    }
  }
}
