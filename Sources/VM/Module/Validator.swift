/// Validates function bodies (3.3, by the algorithm of the appendix) and drives an emitter with every operator that can be reached.
///
/// One validator serves any number of functions of one module, one at a time, and keeps its storage between them. It allocates nothing
/// per operator and does not recurse.
struct Validator<E: Emitter>: ~Copyable {
  let context: ValidationContext
  let rows = OpcodeTable.rows
  var reader: ByteReader
  var operands = OperandStack()
  var blocks = ControlStack()
  /// Types of the function's locals, parameters first.
  private var locals: UnsafeMutablePointer<ValueType>
  private var localCapacity = 64
  private(set) var localCount = 0
  /// Which locals are set, where some have no default value (3.4.9); else nil.
  private var isSet: UnsafeMutablePointer<Bool>?
  /// The locals without a default value that were set in the blocks around this point, in order.
  private var setLocals = List<UInt32>()
  /// Clauses of the `try_table` being read.
  var clauses = List<CatchClause>()
  /// Labels of the `br_table` being read.
  var labels: UnsafeMutablePointer<UInt32>
  var labelCapacity = 64
  /// Whether the operator being read can be reached and is emitted.
  var isLive = true
  /// Offset of the operator being read.
  var operatorOffset = 0

  init(_ context: ValidationContext) {
    self.context = context
    reader = ByteReader(context.module)
    locals = .allocate(capacity: localCapacity)
    labels = .allocate(capacity: labelCapacity)
  }

  deinit {
    locals.deallocate()
    labels.deallocate()
    isSet?.deallocate()
  }

  /// Validates one body. `index` counts the functions that are not imported.
  mutating func validate(body index: Int, emitter: inout E) throws(ModuleError) {
    let range = context.bodies[index].range
    let function = UInt32(context.importedFunctionCount + index)
    let signature = context.signature(ofFunction: function)
    reader = ByteReader(context.module, in: range)
    operands.reset()
    blocks.reset()
    try readLocals(parameters: signature.parameters)
    operands.reserve(range.count)
    blocks.push(
      ControlFrame(
        signature: BlockSignature(parameters: .init(start: nil, count: 0), results: signature.results), floor: 0, kind: .function,
        isEmitted: true))
    isLive = true
    emitter.begin(
      FunctionDeclaration(
        index: function, parameterCount: signature.parameters.count, results: signature.results,
        locals: UnsafeBufferPointer(start: locals, count: localCount)))
    try validateOperators(&emitter)
    guard reader.remaining == 0 else {
      throw ModuleError(.malformed, at: reader.offset, "section size mismatch: code after a function's end")
    }
  }

  private mutating func readLocals(parameters: UnsafeBufferPointer<ValueType>) throws(ModuleError) {
    localCount = 0
    for type in parameters { addLocals(1, type) }
    let first = reader.offset
    var total = localCount
    for _ in 0..<(try reader.u32()) {
      total += Int(try reader.u32())
      let type = try reader.valueType(in: context.typeSpace)
      guard total <= UInt32.max else { throw ModuleError(.malformed, at: first, "too many locals") }
      if total <= ImplementationLimits.locals { addLocals(total - localCount, type) }
    }
    guard total <= ImplementationLimits.locals else {
      throw .limit(at: first, "more than \(ImplementationLimits.locals) locals")
    }
    isSet?.deallocate()
    isSet = nil
    guard (parameters.count..<localCount).contains(where: { !locals[$0].isDefaultable }) else { return }
    let isSet = UnsafeMutablePointer<Bool>.allocate(capacity: localCount)
    for index in 0..<localCount { (isSet + index).initialize(to: index < parameters.count || locals[index].isDefaultable) }
    self.isSet = isSet
    setLocals.removeAll()
  }

  @inline(never)
  private func requireSet(_ index: UInt32) throws(ModuleError) {
    guard isSet?[Int(index)] ?? true else { throw invalid("uninitialized local \(index)") }
  }

  @inline(never)
  private mutating func noteSet(_ index: UInt32) {
    guard let isSet, !isSet[Int(index)] else { return }
    isSet[Int(index)] = true
    setLocals.append(index)
  }

  var setLocalCount: Int { setLocals.count }

  /// At the end of an arm: what it set counts as not set behind it.
  mutating func forgetSetLocals(downTo count: Int) {
    while setLocals.count > count { isSet?[Int(setLocals.removeLast())] = false }
  }

  private mutating func addLocals(_ count: Int, _ type: ValueType) {
    if localCount + count > localCapacity {
      let larger = max(localCapacity * 2, localCount + count)
      let moved = UnsafeMutablePointer<ValueType>.allocate(capacity: larger)
      moved.update(from: locals, count: localCount)
      locals.deallocate()
      locals = moved
      localCapacity = larger
    }
    (locals + localCount).update(repeating: type, count: count)
    localCount += count
  }

  /// The operators up to the function's end. The reader stays in a local variable, so in registers, except for the operators that need
  /// the whole validator.
  @inline(__always)
  private mutating func validateOperators(_ emitter: inout E) throws(ModuleError) {
    var reader = self.reader
    repeat {
      operatorOffset = reader.offset
      guard let byte = reader.take() else {
        self.reader = reader
        throw missingEnd()
      }
      let row = rows + Int(byte)
      if isLive { emitter.position(operatorOffset) }
      let opcode = row.pointee.opcode
      switch row.pointee.shape {
      case .localGet:
        let index = try localIndex(&reader)
        if _slowPath(isSet != nil) { try requireSet(index) }
        operands.push(locals[Int(index)])
        if isLive { emitter.localGet(index) }
      case .localSet:
        let index = try localIndex(&reader)
        try pop(locals[Int(index)])
        if _slowPath(isSet != nil) { noteSet(index) }
        if isLive { emitter.localSet(index) }
      case .localTee:
        let index = try localIndex(&reader)
        let type = locals[Int(index)]
        try pop(type)
        operands.push(type)
        if _slowPath(isSet != nil) { noteSet(index) }
        if isLive { emitter.localTee(index) }
      case .i32Constant:
        let value = UInt32(bitPattern: try reader.s32())
        operands.push(.i32)
        if isLive { emitter.i32Const(value) }
      case .unary:
        if _slowPath(!operands.replace(row.pointee.firstOperand, row.pointee.result)) { try applySlowly(row) }
        if isLive { emitter.unary(opcode) }
      case .binary:
        if _slowPath(!operands.replaceTwo(row.pointee.firstOperand, row.pointee.result)) { try applySlowly(row) }
        if isLive { emitter.binary(opcode) }
      case .load:
        let argument = try memoryArgument(row, &reader)
        let address = addressType(argument)
        if _slowPath(!operands.replace(address, row.pointee.result)) {
          try pop(address)
          operands.push(row.pointee.result)
        }
        if isLive { emitter.load(opcode, argument) }
      case .store:
        let argument = try memoryArgument(row, &reader)
        try pop(ValueType(code: UInt32(row.pointee.operandCodes.1)))
        try pop(addressType(argument))
        if isLive { emitter.store(opcode, argument) }
      case .constant, .special, .vector, .atomic, .wide, .prefix, .illegal:
        self.reader = reader
        try validateLessFrequent(row, &emitter)
        reader = self.reader
      }
    } while blocks.count > 0
    self.reader = reader
  }

  private mutating func validateLessFrequent(_ row: UnsafePointer<OpcodeRow>, _ emitter: inout E) throws(ModuleError) {
    switch row.pointee.shape {
    case .special: try special(row.pointee.opcode, &emitter)
    case .constant: try constant(row, &emitter)
    case .vector: try vector(row, &emitter)
    case .prefix: try prefixed(&emitter)
    case .atomic: try atomic(row, &emitter)
    case .wide: try wideArithmetic(row, &emitter)
    default: throw illegalOpcode()
    }
  }

  private mutating func constant(_ row: UnsafePointer<OpcodeRow>, _ emitter: inout E) throws(ModuleError) {
    switch row.pointee.immediate {
    case .i64:
      let value = UInt64(bitPattern: try reader.s64())
      if isLive { emitter.i64Const(value) }
    case .f32:
      let bits = try reader.f32()
      if isLive { emitter.f32Const(bits) }
    default:
      let bits = try reader.f64()
      if isLive { emitter.f64Const(bits) }
    }
    operands.push(row.pointee.result)
  }

  private mutating func special(_ opcode: Opcode, _ emitter: inout E) throws(ModuleError) {
    switch opcode {
    case .globalGet:
      let index = try globalIndex()
      operands.push(context.globals[Int(index)].type)
      if isLive { emitter.globalGet(index) }
    case .globalSet:
      let index = try globalIndex()
      guard context.globals[Int(index)].isMutable else { throw invalid("immutable global \(index)") }
      try pop(context.globals[Int(index)].type)
      if isLive { emitter.globalSet(index) }
    case .drop:
      let type = try popAny()
      if isLive { emitter.drop(type) }
    case .select: try select(&emitter)
    case .selectTyped: try selectTyped(&emitter)
    case .nop: break
    case .block: try block(.block, &emitter)
    case .loop: try block(.loop, &emitter)
    case .if: try block(.ifThen, &emitter)
    case .else: try elseArm(&emitter)
    case .end: try end(&emitter)
    case .br: try branch(&emitter)
    case .brIf: try branchIf(&emitter)
    case .brTable: try branchTable(&emitter)
    case .return: try returnFromFunction(&emitter)
    case .unreachable:
      if isLive { emitter.unreachable() }
      becomeUnreachable()
    case .call, .callIndirect, .callRef, .returnCall, .returnCallIndirect, .returnCallRef: try anyCall(opcode, &emitter)
    case .throw, .throwRef, .tryTable: try exception(opcode, &emitter)
    case .refNull, .refIsNull, .refFunc, .refEq, .refAsNonNull, .brOnNull, .brOnNonNull: try reference(opcode, &emitter)
    case .tableGet, .tableSet, .tableGrow, .tableFill, .tableSize, .tableCopy, .tableInit, .elementDrop: try table(opcode, &emitter)
    case .memorySize, .memoryGrow, .memoryFill, .memoryCopy, .memoryInit, .dataDrop: try memory(opcode, &emitter)
    case .atomicFence: try atomicFence(&emitter)
    default: try object(opcode, &emitter)
    }
  }

  @inline(__always)
  private mutating func localIndex(_ reader: inout ByteReader) throws(ModuleError) -> UInt32 {
    let index = try reader.u32()
    guard _fastPath(Int(index) < localCount) else { throw invalid("unknown local \(index)") }
    return index
  }

  @inline(__always)
  private mutating func globalIndex() throws(ModuleError) -> UInt32 {
    let index = try reader.u32()
    guard _fastPath(Int(index) < context.globals.count) else { throw invalid("unknown global \(index)") }
    return index
  }

  /// The type of a memory's addresses.
  @inline(__always)
  func addressType(_ argument: MemoryArgument) -> ValueType { context.memories[Int(argument.memory)].address.valueType }

  /// Memory immediate (5.4.6): alignment, which may name a memory, and offset.
  @inline(__always)
  mutating func memoryArgument(
    _ row: UnsafePointer<OpcodeRow>, _ reader: inout ByteReader
  ) throws(ModuleError) -> MemoryArgument {
    let flags = try reader.u32()
    guard _fastPath(flags <= UInt32(row.pointee.widthLog2) && context.hasPlainMemory) else {
      self.reader = reader
      let argument = try unusualMemoryArgument(row, flags)
      reader = self.reader
      return argument
    }
    let offset = try reader.u64()
    guard offset <= UInt64(UInt32.max) else { throw invalid("offset out of range") }
    return MemoryArgument(memory: 0, offset: offset)
  }

  @inline(never)
  private mutating func unusualMemoryArgument(
    _ row: UnsafePointer<OpcodeRow>, _ flags: UInt32
  ) throws(ModuleError) -> MemoryArgument {
    guard flags < 0x80 else { throw ModuleError(.malformed, at: operatorOffset, "malformed memop flags") }
    let memory = flags & 0x40 != 0 ? try reader.u32() : 0
    let offset = try reader.u64()
    guard Int(memory) < context.memories.count else { throw invalid("unknown memory \(memory)") }
    guard flags & 0x3F <= UInt32(row.pointee.widthLog2) else { throw invalid("alignment must not be larger than natural") }
    guard offset <= UInt64(UInt32.max) || context.memories[Int(memory)].address == .i64 else { throw invalid("offset out of range") }
    return MemoryArgument(memory: memory, offset: offset)
  }

  /// An operator behind a prefix byte.
  private mutating func prefixed(_ emitter: inout E) throws(ModuleError) {
    let prefix = reader.start[operatorOffset]
    let number = Int(try reader.u32())
    guard let row = OpcodeTable.row(prefix: prefix, number) else { throw illegalOpcode() }
    if prefix == 0xFE { try require(.threads) }
    guard row.pointee.shape == .unary else { return try validateLessFrequent(row, &emitter) }
    try applySlowly(row)
    if isLive { emitter.unary(row.pointee.opcode) }
  }
}

extension Validator where E == NullEmitter {
  /// Validates every body of a module.
  static func validateAll(_ context: ValidationContext) throws(ModuleError) {
    var validator = Validator(context)
    var emitter = NullEmitter()
    for index in context.bodies.indices { try validator.validate(body: index, emitter: &emitter) }
  }
}
