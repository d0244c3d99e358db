/// Memory instructions besides plain loads and stores (3.4.7), atomic ones (threads proposal), and wide arithmetic (a proposal).
extension Validator {
  mutating func memory(_ opcode: Opcode, _ emitter: inout E) throws(ModuleError) {
    switch opcode {
    case .memorySize:
      let memory = try memoryIndex()
      operands.push(addressType(memory))
      if isLive { emitter.memorySize(memory) }
    case .memoryGrow:
      let memory = try memoryIndex()
      try pop(addressType(memory))
      operands.push(addressType(memory))
      if isLive { emitter.memoryGrow(memory) }
    case .memoryFill:
      let memory = try memoryIndex()
      try pop(addressType(memory))
      try pop(.i32)
      try pop(addressType(memory))
      if isLive { emitter.memoryFill(memory) }
    case .memoryCopy:
      let destination = try memoryIndex()
      let source = try memoryIndex()
      let (to, from) = (addressType(destination), addressType(source))
      try pop(to == .i64 && from == .i64 ? .i64 : .i32)
      try pop(from)
      try pop(to)
      if isLive { emitter.memoryCopy(destination: destination, source: source) }
    case .memoryInit:
      let segment = try reader.u32()
      let memory = try memoryIndex()
      try requireData(segment)
      try pop(.i32)
      try pop(.i32)
      try pop(addressType(memory))
      if isLive { emitter.memoryInit(memory: memory, segment: segment) }
    default:
      // data.drop
      let segment = try reader.u32()
      try requireData(segment)
      if isLive { emitter.dataDrop(segment) }
    }
  }

  private func addressType(_ memory: UInt32) -> ValueType { context.memories[Int(memory)].address.valueType }

  private mutating func memoryIndex() throws(ModuleError) -> UInt32 {
    let index = try reader.u32()
    guard Int(index) < context.memories.count else { throw invalid("unknown memory \(index)") }
    return index
  }

  func requireData(_ segment: UInt32) throws(ModuleError) {
    guard let count = context.dataCount else { throw ModuleError(.malformed, at: operatorOffset, "data count section required") }
    guard segment < count else { throw invalid("unknown data segment \(segment)") }
  }

  // MARK: Proposals

  /// A proposal that has to be switched on for the operator being read.
  func require(_ feature: Features) throws(ModuleError) {
    guard context.features.contains(feature) else {
      throw .switchedOff(feature, at: operatorOffset, "opcode \(reader.opcodeText(operatorOffset..<reader.offset))")
    }
  }

  mutating func atomic(_ row: UnsafePointer<OpcodeRow>, _ emitter: inout E) throws(ModuleError) {
    // An alignment that is too large is refused with the argument; one that is too small here.
    let alignment = reader.next.map { UInt32($0) & 0x3F }
    var reader = self.reader
    let argument = try memoryArgument(row, &reader)
    self.reader = reader
    guard alignment == UInt32(row.pointee.widthLog2) else { throw invalid("atomic alignment must be natural") }
    let (first, second, _) = row.pointee.operandCodes
    if second != 0 { try pop(ValueType(code: UInt32(second))) }
    if first != 0 { try pop(ValueType(code: UInt32(first))) }
    try pop(addressType(argument))
    if row.pointee.resultCode != 0 { operands.push(row.pointee.result) }
    if isLive { emitter.atomic(row.pointee.opcode, argument) }
  }

  mutating func atomicFence(_ emitter: inout E) throws(ModuleError) {
    let byte = try reader.byte()
    guard byte == 0 else { throw ModuleError(.malformed, at: reader.offset - 1, "zero byte expected") }
    if isLive { emitter.atomicFence() }
  }

  mutating func wideArithmetic(_ row: UnsafePointer<OpcodeRow>, _ emitter: inout E) throws(ModuleError) {
    try require(.wideArithmetic)
    // The row's width is the number of operands.
    for _ in 0..<row.pointee.widthLog2 { try pop(.i64) }
    operands.reserve(2 + reader.remaining)
    operands.push(.i64)
    operands.push(.i64)
    if isLive { emitter.wideArithmetic(row.pointee.opcode) }
  }
}
