/// Constant expressions (3.4.12, 5.4.13): read and checked against the one type they must leave.
extension Decoder {
  mutating func constantExpression(_ expected: ValueType) throws(ModuleError) -> ConstantExpression {
    let first = reader.offset
    var instructions = List<ConstantExpression.Instruction>()
    var stack = List<ValueType>()
    while true {
      let offset = reader.offset
      guard offset < sectionEnd else { throw ModuleError(.malformed, at: offset, "unexpected end of section or function") }
      let byte = try reader.byte()
      var row = OpcodeTable.row(Int(byte))
      if 0xFB...0xFE ~= byte { row = OpcodeTable.row(prefix: byte, Int(try reader.u32()))?.pointee }
      guard let opcode = row?.opcode else { throw reader.illegalOpcode(from: offset) }
      if opcode == .end {
        guard stack.count == 1 && stack[0].matches(expected) else {
          let found = stack.map(\.description).joined(separator: " ")
          throw ModuleError(.invalid, at: first, "type mismatch: a constant expression of type \(expected) leaves [\(found)]")
        }
        return ConstantExpression(instructions: instructions)
      }
      instructions.append(try instruction(opcode, at: offset, &stack))
    }
  }

  private mutating func instruction(
    _ opcode: Opcode, at offset: Int, _ stack: inout List<ValueType>
  ) throws(ModuleError) -> ConstantExpression.Instruction {
    switch opcode {
    case .i32Const:
      stack.append(.i32)
      return .i32(UInt32(bitPattern: try reader.s32()))
    case .i64Const:
      stack.append(.i64)
      return .i64(UInt64(bitPattern: try reader.s64()))
    case .f32Const:
      stack.append(.f32)
      return .f32(try reader.f32())
    case .f64Const:
      stack.append(.f64)
      return .f64(try reader.f64())
    case .v128Const:
      stack.append(.v128)
      let (low, high) = try reader.v128()
      return .v128(low: low, high: high)
    case .i32Add, .i32Sub, .i32Mul, .i64Add, .i64Sub, .i64Mul: return try arithmetic(opcode, at: offset, &stack)
    case .refNull:
      let type = try reader.heapType(isNullable: true, in: typeSpace)
      stack.append(type)
      return .refNull
    case .refFunc:
      let function = try functionIndex()
      parts.declaredReferences.append(function)
      stack.append(ValueType(defined: parts.types[Int(parts.functionTypes[Int(function)])], isNullable: false))
      return .refFunc(function)
    case .globalGet:
      let index = try index(below: parts.globals.count, "global")
      let type = parts.globals[Int(index)].type
      guard !type.isMutable else { throw ModuleError(.invalid, at: offset, "constant expression required: global \(index) is mutable") }
      stack.append(type.value)
      return .globalGet(index)
    case .refI31:
      try pop(.i32, opcode, at: offset, &stack)
      stack.append(.i31ref.nonNull)
      return .refI31
    case .anyConvertExtern, .externConvertAny: return try conversion(opcode, at: offset, &stack)
    case .structNew, .structNewDefault, .arrayNew, .arrayNewDefault, .arrayNewFixed:
      return try object(opcode, at: offset, &stack)
    default: throw ModuleError(.invalid, at: offset, "constant expression required: \(opcode.name) is none")
    }
  }

  private func arithmetic(
    _ opcode: Opcode, at offset: Int, _ stack: inout List<ValueType>
  ) throws(ModuleError) -> ConstantExpression.Instruction {
    let type = opcode.row.firstOperand
    try pop(type, opcode, at: offset, &stack)
    try pop(type, opcode, at: offset, &stack)
    stack.append(type)
    switch opcode {
    case .i32Add: return .i32Add
    case .i32Sub: return .i32Sub
    case .i32Mul: return .i32Mul
    case .i64Add: return .i64Add
    case .i64Sub: return .i64Sub
    default: return .i64Mul
    }
  }

  private func conversion(
    _ opcode: Opcode, at offset: Int, _ stack: inout List<ValueType>
  ) throws(ModuleError) -> ConstantExpression.Instruction {
    let (from, to): (ValueType, ValueType) = opcode == .anyConvertExtern ? (.externref, .anyref) : (.anyref, .externref)
    let isNullable = stack.last?.isNullable ?? true
    try pop(from, opcode, at: offset, &stack)
    stack.append(isNullable ? to : to.nonNull)
    return .convert
  }

  /// A new structure or array.
  private mutating func object(
    _ opcode: Opcode, at offset: Int, _ stack: inout List<ValueType>
  ) throws(ModuleError) -> ConstantExpression.Instruction {
    let index = try typeIndex()
    let row = row(ofType: index)
    let isStructure = opcode == .structNew || opcode == .structNewDefault
    guard row.pointee.kind == (isStructure ? .structure : .array) else {
      throw ModuleError(.invalid, at: offset, "type mismatch: \(opcode.name) of \(row.pointee.shortName)")
    }
    if opcode == .structNewDefault || opcode == .arrayNewDefault {
      guard row.pointee.fields.allSatisfy({ $0.storage.isDefaultable }) else {
        throw ModuleError(.invalid, at: offset, "type mismatch: \(opcode.name) of a type without a default value")
      }
    }
    let type = row.pointee
    let made: ConstantExpression.Instruction
    switch opcode {
    case .structNew:
      for field in type.fields.reversed() { try pop(field.storage.unpacked, opcode, at: offset, &stack) }
      made = .structNew(row)
    case .structNewDefault: made = .structNewDefault(row)
    case .arrayNew:
      try pop(.i32, opcode, at: offset, &stack)
      try pop(type.element.storage.unpacked, opcode, at: offset, &stack)
      made = .arrayNew(row)
    case .arrayNewDefault:
      try pop(.i32, opcode, at: offset, &stack)
      made = .arrayNewDefault(row)
    default:
      let count = try reader.u32()
      guard count <= ImplementationLimits.fixedElements else {
        throw .limit(at: offset, "array.new_fixed of more than \(ImplementationLimits.fixedElements) elements")
      }
      for _ in 0..<count { try pop(type.element.storage.unpacked, opcode, at: offset, &stack) }
      made = .arrayNewFixed(row, count)
    }
    stack.append(ValueType(defined: type.number, isNullable: false))
    return made
  }

  private func pop(_ type: ValueType, _ opcode: Opcode, at offset: Int, _ stack: inout List<ValueType>) throws(ModuleError) {
    guard let top = stack.last, top.matches(type) else {
      throw ModuleError(.invalid, at: offset, "type mismatch: \(opcode.name) lacks its operands")
    }
    stack.removeLast()
  }
}
