/// Vector instructions (3.3.3, 3.3.7): immediates, then the signature that the table gives.
extension Validator {
  @inline(never)
  mutating func vector(_ row: UnsafePointer<OpcodeRow>, _ emitter: inout E) throws(ModuleError) {
    let opcode = row.pointee.opcode
    switch row.pointee.immediate {
    case .vector:
      let (low, high) = try reader.v128()
      operands.push(.v128)
      if isLive { emitter.v128Const(low: low, high: high) }
    case .lanes:
      let (low, high) = try reader.v128()
      // Lanes 0 to 31: both operands' lanes one after the other.
      guard (low | high) & 0xE0E0_E0E0_E0E0_E0E0 == 0 else { throw invalid("invalid lane index: more than 31") }
      try applyVector(row)
      if isLive { emitter.vectorShuffle(low: low, high: high) }
    case .lane:
      let lane = try laneIndex(row)
      try applyVector(row)
      if isLive { emitter.vectorLane(opcode, lane) }
    case .memoryArgument:
      let argument = try memoryArgument(row)
      try applyVector(row, address: addressType(argument))
      guard isLive else { return }
      if opcode == .v128Store { emitter.vectorStore(argument) } else { emitter.vectorLoad(opcode, argument) }
    case .memoryArgumentAndLane:
      let argument = try memoryArgument(row)
      let lane = try laneIndex(row)
      try applyVector(row, address: addressType(argument))
      if isLive { emitter.vectorMemoryLane(opcode, argument, lane) }
    default:
      try applyVector(row)
      if isLive { emitter.vector(opcode) }
    }
  }

  private mutating func laneIndex(_ row: UnsafePointer<OpcodeRow>) throws(ModuleError) -> UInt8 {
    let lane = try reader.byte()
    guard Int(lane) < row.pointee.laneCount else { throw invalid("invalid lane index \(lane)") }
    return lane
  }

  private mutating func memoryArgument(_ row: UnsafePointer<OpcodeRow>) throws(ModuleError) -> MemoryArgument {
    var reader = self.reader
    let argument = try memoryArgument(row, &reader)
    self.reader = reader
    return argument
  }

  /// Pops the operands, last one first, and pushes the result. The first one is an address where there is a type of addresses.
  private mutating func applyVector(_ row: UnsafePointer<OpcodeRow>, address: ValueType? = nil) throws(ModuleError) {
    let codes = row.pointee.operandCodes
    if codes.2 != 0 { try pop(ValueType(code: UInt32(codes.2))) }
    if codes.1 != 0 { try pop(ValueType(code: UInt32(codes.1))) }
    if codes.0 != 0 { try pop(address ?? ValueType(code: UInt32(codes.0))) }
    if row.pointee.resultCode != 0 { operands.push(row.pointee.result) }
  }
}
