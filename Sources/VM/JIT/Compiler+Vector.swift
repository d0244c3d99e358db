/// Vector instructions (4.4.3, 4.4.7).
extension Compiler {
  mutating func v128Const(low: UInt64, high: UInt64) {
    let target = hint(.v128, offset + 18)
    let register = target != Self.noRegister ? VectorRegister(target) : newFloat()
    if low == 0 && high == 0 {
      storage.assembler.zeroVector(register)
    } else {
      storage.assembler.loadFloat(register, constant(low, high), width: 16)
    }
    pushRegister(.v128, register.number)
  }

  mutating func vector(_ opcode: Opcode) { interpretVector(opcode) { $0.vector(opcode) } }
  mutating func vectorLane(_ opcode: Opcode, _ lane: UInt8) { interpretVector(opcode) { $0.vectorLane(opcode, lane) } }
  mutating func vectorShuffle(low: UInt64, high: UInt64) {
    interpret(pops: 2, pushes: .v128) { $0.vectorShuffle(low: low, high: high) }
  }
  mutating func vectorLoad(_ opcode: Opcode, _ argument: MemoryArgument) {
    interpret(pops: 1, pushes: .v128) { $0.vectorLoad(opcode, argument) }
  }
  mutating func vectorStore(_ argument: MemoryArgument) { interpret(pops: 2, pushes: nil) { $0.vectorStore(argument) } }
  mutating func vectorMemoryLane(_ opcode: Opcode, _ argument: MemoryArgument, _ lane: UInt8) {
    let isStore = opcode.row.resultCode == 0
    interpret(pops: 2, pushes: isStore ? nil : .v128) { $0.vectorMemoryLane(opcode, argument, lane) }
  }

  private mutating func interpretVector(_ opcode: Opcode, _ translate: (inout Translator) -> Void) {
    let row = opcode.row
    let pops = (row.operandCodes.0 != 0 ? 1 : 0) + (row.operandCodes.1 != 0 ? 1 : 0) + (row.operandCodes.2 != 0 ? 1 : 0)
    interpret(pops: pops, pushes: row.resultCode == 0 ? nil : ValueKind(row.result), translate)
  }
}
