/// Vector loads and stores (4.4.7.3 to 4.4.7.8).
extension Compiler {
  mutating func vectorLoad(_ opcode: Opcode, _ argument: MemoryArgument) {
    var address = pop()
    let width = opcode.row.accessWidth
    let source = accessPlace(&address, argument, width)
    let target = hint(.v128, behindMemoryArgument(opcodeLength: vectorLength))
    let result = target != Self.noRegister ? VectorRegister(target) : newFloat()
    switch opcode {
    case .v128Load, .v128Load32Zero, .v128Load64Zero: storage.assembler.loadFloat(result, source, width: width)
    case .v128Load8x8S: storage.assembler.vector(VEX.pmovsxbw, result, source)
    case .v128Load8x8U: storage.assembler.vector(VEX.pmovzxbw, result, source)
    case .v128Load16x4S: storage.assembler.vector(VEX.pmovsxwd, result, source)
    case .v128Load16x4U: storage.assembler.vector(VEX.pmovzxwd, result, source)
    case .v128Load32x2S: storage.assembler.vector(VEX.pmovsxdq, result, source)
    case .v128Load32x2U: storage.assembler.vector(VEX.pmovzxdq, result, source)
    case .v128Load8Splat: storage.assembler.vector(VEX.pbroadcastb, result, source)
    case .v128Load16Splat: storage.assembler.vector(VEX.pbroadcastw, result, source)
    case .v128Load32Splat: storage.assembler.vector(VEX.broadcastss, result, source)
    case .v128Load64Splat: storage.assembler.vector(VEX.movddup, result, source)
    default: preconditionFailure("no vector load: \(opcode)")
    }
    release(address)
    pushRegister(.v128, result.number)
  }

  mutating func vectorStore(_ argument: MemoryArgument) {
    var value = pop()
    var address = pop()
    let register = inFloatRegister(&value)
    let destination = accessPlace(&address, argument, 16)
    storage.assembler.storeFloat(register, destination, width: 16)
    release(value)
    release(address)
  }

  mutating func vectorMemoryLane(_ opcode: Opcode, _ argument: MemoryArgument, _ lane: UInt8) {
    var value = pop()
    var address = pop()
    let width = opcode.row.accessWidth
    let register = inFloatRegister(&value)
    let place = accessPlace(&address, argument, width)
    if opcode.row.resultCode == 0 {
      storeLane(register, place, lane, width: width)
      release(value)
      release(address)
      return
    }
    let next = behindMemoryArgument(opcodeLength: vectorLength, laneLength: 1)
    let target = hint(.v128, next)
    let result = target != Self.noRegister ? VectorRegister(target) : writableFloatWithoutCopy(value)
    storage.assembler.vector(Self.insertion(width), result, register, place, immediate: lane)
    release(address)
    finishFloat(.v128, value, nil, result)
  }

  /// The value's own temporary, or another one.
  private mutating func writableFloatWithoutCopy(_ value: StackValue) -> VectorRegister {
    if value.place == .register, Self.floatTemporaries & 1 << UInt32(value.register) != 0 { return VectorRegister(value.register) }
    return newFloat()
  }

  private mutating func storeLane(_ register: VectorRegister, _ place: MachineOperand, _ lane: UInt8, width: Int) {
    if lane == 0, width >= 4 {
      storage.assembler.storeFloat(register, place, width: width)
    } else {
      storage.assembler.extractLane(Self.extraction(width), place, register, lane)
    }
  }

  /// pextr and pinsr for lanes of so many bytes.
  static func extraction(_ width: Int) -> VEX {
    switch width {
    case 1: VEX.pextrb
    case 2: VEX.pextrw
    case 4: VEX.pextrd
    default: VEX.pextrq
    }
  }
  static func insertion(_ width: Int) -> VEX {
    switch width {
    case 1: VEX.pinsrb
    case 2: VEX.pinsrw
    case 4: VEX.pinsrd
    default: VEX.pinsrq
    }
  }
}
