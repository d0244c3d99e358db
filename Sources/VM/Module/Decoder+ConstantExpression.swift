/// Constant expressions (3.3.10, 5.4.9): read and checked against the one type they must leave.
extension Decoder {
  mutating func constantExpression(_ expected: ValueType) throws(ModuleError) -> ConstantExpression {
    let first = reader.offset
    var instructions = List<ConstantExpression.Instruction>()
    var stack = List<ValueType>()
    while true {
      let offset = reader.offset
      let byte = try reader.byte()
      if byte == 0xFD, try Int(reader.u32()) + OpcodeTable.page0xFD == Int(Opcode.v128Const.rawValue) {
        let (low, high) = try reader.v128()
        instructions.append(.v128(low: low, high: high))
        stack.append(.v128)
        continue
      }
      guard let opcode = Opcode(rawValue: UInt16(byte)) else {
        if byte == 0xFC || byte == 0xFD { throw ModuleError(.invalid, at: offset, "constant expression required") }
        throw reader.illegalOpcode(from: offset)
      }
      switch opcode {
      case .end:
        guard stack.count == 1 && stack[0] == expected else {
          let found = stack.map(\.description).joined(separator: " ")
          throw ModuleError(.invalid, at: first, "type mismatch: a constant expression of type \(expected) leaves [\(found)]")
        }
        return ConstantExpression(instructions: instructions)
      case .i32Const: instructions.append(.i32(UInt32(bitPattern: try reader.s32())))
      case .i64Const: instructions.append(.i64(UInt64(bitPattern: try reader.s64())))
      case .f32Const: instructions.append(.f32(try reader.f32()))
      case .f64Const: instructions.append(.f64(try reader.f64()))
      case .refNull:
        let type = try reader.heapType()
        instructions.append(.refNull(type))
        stack.append(type)
      case .refFunc:
        let function = try functionIndex()
        parts.declaredReferences.append(function)
        instructions.append(.refFunc(function))
        stack.append(.funcref)
      case .globalGet:
        let index = try index(below: parts.globals.count, "global")
        let type = parts.globals[Int(index)].type
        guard !type.isMutable else { throw ModuleError(.invalid, at: offset, "constant expression required: global \(index) is mutable") }
        instructions.append(.globalGet(index))
        stack.append(type.value)
      case .i32Add: instructions.append(.i32Add)
      case .i32Sub: instructions.append(.i32Sub)
      case .i32Mul: instructions.append(.i32Mul)
      case .i64Add: instructions.append(.i64Add)
      case .i64Sub: instructions.append(.i64Sub)
      case .i64Mul: instructions.append(.i64Mul)
      default: throw ModuleError(.invalid, at: offset, "constant expression required: \(opcode.name) is none")
      }
      // What has a fixed signature follows the table.
      let row = opcode.row
      guard row.shape == .constant || row.shape == .i32Constant || row.shape == .binary else { continue }
      if row.shape == .binary {
        let height = stack.count
        guard height >= 2, stack[height - 1] == row.firstOperand, stack[height - 2] == row.firstOperand else {
          throw ModuleError(.invalid, at: offset, "type mismatch: \(opcode.name) lacks its operands")
        }
        stack.removeLast()
        stack.removeLast()
      }
      stack.append(row.result)
    }
  }
}
