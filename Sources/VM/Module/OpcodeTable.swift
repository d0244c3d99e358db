/// One row of the opcode table: what the decoder, the validator and the printer know of an operator.
struct OpcodeRow {
  /// How the validator treats an operator.
  enum Shape: UInt8 {
    /// Not an operator.
    case illegal
    /// A byte that opens a page of operators.
    case prefix
    /// One operand, one result.
    case unary
    /// Two operands of one type, one result.
    case binary
    case load, store
    /// An immediate's value; that of i32 apart, because it is frequent.
    case constant, i32Constant
    case localGet, localSet, localTee
    /// A vector operator, with immediates of its own.
    case vector
    /// An atomic operator on a memory: the row has what is on the stack besides the address.
    case atomic
    /// Wide arithmetic: two results.
    case wide
    /// Has typing rules of its own.
    case special
  }

  /// What follows the opcode in the binary format (5.4).
  enum Immediate: UInt8 {
    case none
    case blockType, label, labels, valueTypes, referenceType
    case function, typeAndTable, local, global
    case table, twoTables, element, elementAndTable
    case memory, twoMemories, data, dataAndMemory, memoryArgument
    case i32, i64, f32, f64
    /// 16 bytes: a constant or the lanes of a shuffle; a lane; a lane in memory.
    case vector, lanes, lane, memoryArgumentAndLane
    /// Of objects: a type with a field, a count, a segment or another type; a heap type; a branch's casts.
    case type, typeAndField, typeAndCount, twoTypes, typeAndData, typeAndElement, heapType, castBranch
    case tag, tryTable
    /// A byte that is zero.
    case zero
  }

  var name: StaticString
  /// Meaningless in an illegal row.
  var opcode: Opcode
  var shape: Shape
  var immediate: Immediate
  /// Codes of the operands' types, 0 where there is none: at most three, the first one deepest in the stack.
  var operandCodes: (UInt8, UInt8, UInt8)
  /// Code of the result's type, 0 where there is none.
  var resultCode: UInt8
  /// Binary logarithm of the bytes that a load or store touches, also the greatest alignment it may claim; or of a lane's bytes.
  var widthLog2: UInt8

  @inline(__always) var firstOperand: ValueType { ValueType(code: UInt32(operandCodes.0)) }
  @inline(__always) var result: ValueType { ValueType(code: UInt32(resultCode)) }

  var operands: [ValueType] {
    [operandCodes.0, operandCodes.1, operandCodes.2].filter { $0 != 0 }.map { ValueType(code: UInt32($0)) }
  }
  var results: [ValueType] { resultCode == 0 ? [] : [result] }
  /// Bytes of memory that a load or store touches.
  var accessWidth: Int { 1 << Int(widthLog2) }
  /// Lanes that an operator with a lane index chooses among.
  var laneCount: Int { 16 >> Int(widthLog2) }
}

/// The rows of all operators, in memory that is filled once and never freed.
enum OpcodeTable {
  /// One more than the greatest raw value.
  static let count = 0x520
  /// Operators behind the prefix byte 0xFC begin here.
  static let page0xFC = 0x100
  /// Operators behind the prefix byte 0xFD begin here, relaxed ones at 0x100 on their page.
  static let page0xFD = 0x200
  static let vectorCount = 0x120
  /// Operators behind the prefix byte 0xFE begin here.
  static let page0xFE = 0x400
  static let atomicCount = 0x50
  /// Operators behind the prefix byte 0xFB begin here.
  static let page0xFB = 0x500
  static let objectCount = 0x20

  /// Rows of the operators without a prefix byte and of those behind 0xFC, by raw value.
  nonisolated(unsafe) static let rows: UnsafePointer<OpcodeRow> = {
    let rows = illegalRows(page0xFD)
    for prefix in 0xFB...0xFE { rows[prefix].shape = .prefix }
    fill(rows)
    return UnsafePointer(rows)
  }()

  /// Rows of the operators behind 0xFD, by code. Apart from the others, because few programs have one and filling them takes as long as
  /// filling all others.
  nonisolated(unsafe) static let vectorRows: UnsafePointer<OpcodeRow> = {
    let rows = illegalRows(vectorCount)
    fillVector(rows)
    fillRelaxedVector(rows)
    return UnsafePointer(rows)
  }()

  /// Rows of the operators behind 0xFB and 0xFE, by code; apart for the same reason.
  nonisolated(unsafe) static let objectRows: UnsafePointer<OpcodeRow> = {
    let rows = illegalRows(objectCount)
    fillObjects(rows)
    return UnsafePointer(rows)
  }()
  nonisolated(unsafe) static let atomicRows: UnsafePointer<OpcodeRow> = {
    let rows = illegalRows(atomicCount)
    fillAtomics(rows)
    return UnsafePointer(rows)
  }()

  /// The row of an operator behind a prefix byte, or nil if there is none.
  static func row(prefix: UInt8, _ number: Int) -> UnsafePointer<OpcodeRow>? {
    let (page, count) =
      switch prefix {
      case 0xFB: (objectRows, objectCount)
      case 0xFC: (rows + page0xFC, page0xFD - page0xFC)
      case 0xFD: (vectorRows, vectorCount)
      default: (atomicRows, atomicCount)
      }
    guard number < count, page[number].shape != .illegal else { return nil }
    return page + number
  }

  private static func illegalRows(_ count: Int) -> UnsafeMutablePointer<OpcodeRow> {
    let rows = UnsafeMutablePointer<OpcodeRow>.allocate(capacity: count)
    let illegal = OpcodeRow(
      name: "illegal", opcode: .unreachable, shape: .illegal, immediate: .none, operandCodes: (0, 0, 0), resultCode: 0, widthLog2: 0)
    rows.initialize(repeating: illegal, count: count)
    return rows
  }

  /// The row of a raw value, or nil if there is no such operator.
  static func row(_ rawValue: Int) -> OpcodeRow? {
    guard rawValue < count else { return nil }
    guard rawValue >= page0xFC else {
      let row = rows[rawValue]
      return row.shape == .illegal || row.shape == .prefix ? nil : row
    }
    let (prefix, page): (UInt8, Int) =
      switch rawValue {
      case page0xFB...: (0xFB, page0xFB)
      case page0xFE...: (0xFE, page0xFE)
      case page0xFD...: (0xFD, page0xFD)
      default: (0xFC, page0xFC)
      }
    return row(prefix: prefix, rawValue - page)?.pointee
  }

  fileprivate static func anyRow(_ rawValue: Int) -> OpcodeRow {
    if rawValue < page0xFD { return rows[rawValue] }
    guard let row = row(rawValue) else { preconditionFailure("no operator \(rawValue)") }
    return row
  }

  private static func fill(_ rows: UnsafeMutablePointer<OpcodeRow>) {
    func add(_ row: OpcodeRow) { rows[Int(row.opcode.rawValue)] = row }

    // Control instructions (5.4.1)
    add(.special(.unreachable, "unreachable", .none))
    add(.special(.nop, "nop", .none))
    add(.special(.block, "block", .blockType))
    add(.special(.loop, "loop", .blockType))
    add(.special(.if, "if", .blockType))
    add(.special(.else, "else", .none))
    add(.special(.end, "end", .none))
    add(.special(.br, "br", .label))
    add(.special(.brIf, "br_if", .label))
    add(.special(.brTable, "br_table", .labels))
    add(.special(.return, "return", .none))
    add(.special(.call, "call", .function))
    add(.special(.callIndirect, "call_indirect", .typeAndTable))
    add(.special(.returnCall, "return_call", .function))
    add(.special(.returnCallIndirect, "return_call_indirect", .typeAndTable))
    add(.special(.callRef, "call_ref", .type))
    add(.special(.returnCallRef, "return_call_ref", .type))
    add(.special(.throw, "throw", .tag))
    add(.special(.throwRef, "throw_ref", .none))
    add(.special(.tryTable, "try_table", .tryTable))

    // Parametric instructions (5.4.3)
    add(.special(.drop, "drop", .none))
    add(.special(.select, "select", .none))
    add(.special(.selectTyped, "select", .valueTypes))

    // Variable instructions (5.4.4)
    add(.local(.localGet, "local.get", .localGet))
    add(.local(.localSet, "local.set", .localSet))
    add(.local(.localTee, "local.tee", .localTee))
    add(.special(.globalGet, "global.get", .global))
    add(.special(.globalSet, "global.set", .global))

    // Table instructions (5.4.5)
    add(.special(.tableGet, "table.get", .table))
    add(.special(.tableSet, "table.set", .table))

    // Memory instructions (5.4.6)
    add(.load(.i32Load, "i32.load", .i32, bytes: 4))
    add(.load(.i64Load, "i64.load", .i64, bytes: 8))
    add(.load(.f32Load, "f32.load", .f32, bytes: 4))
    add(.load(.f64Load, "f64.load", .f64, bytes: 8))
    add(.load(.i32Load8S, "i32.load8_s", .i32, bytes: 1))
    add(.load(.i32Load8U, "i32.load8_u", .i32, bytes: 1))
    add(.load(.i32Load16S, "i32.load16_s", .i32, bytes: 2))
    add(.load(.i32Load16U, "i32.load16_u", .i32, bytes: 2))
    add(.load(.i64Load8S, "i64.load8_s", .i64, bytes: 1))
    add(.load(.i64Load8U, "i64.load8_u", .i64, bytes: 1))
    add(.load(.i64Load16S, "i64.load16_s", .i64, bytes: 2))
    add(.load(.i64Load16U, "i64.load16_u", .i64, bytes: 2))
    add(.load(.i64Load32S, "i64.load32_s", .i64, bytes: 4))
    add(.load(.i64Load32U, "i64.load32_u", .i64, bytes: 4))
    add(.store(.i32Store, "i32.store", .i32, bytes: 4))
    add(.store(.i64Store, "i64.store", .i64, bytes: 8))
    add(.store(.f32Store, "f32.store", .f32, bytes: 4))
    add(.store(.f64Store, "f64.store", .f64, bytes: 8))
    add(.store(.i32Store8, "i32.store8", .i32, bytes: 1))
    add(.store(.i32Store16, "i32.store16", .i32, bytes: 2))
    add(.store(.i64Store8, "i64.store8", .i64, bytes: 1))
    add(.store(.i64Store16, "i64.store16", .i64, bytes: 2))
    add(.store(.i64Store32, "i64.store32", .i64, bytes: 4))
    add(.special(.memorySize, "memory.size", .memory))
    add(.special(.memoryGrow, "memory.grow", .memory))

    // Constants (5.4.7)
    add(.constant(.i32Const, "i32.const", .i32))
    add(.constant(.i64Const, "i64.const", .i64))
    add(.constant(.f32Const, "f32.const", .f32))
    add(.constant(.f64Const, "f64.const", .f64))

    // Comparisons (5.4.7)
    add(.unary(.i32Eqz, "i32.eqz", .i32, .i32))
    add(.binary(.i32Eq, "i32.eq", .i32, .i32))
    add(.binary(.i32Ne, "i32.ne", .i32, .i32))
    add(.binary(.i32LtS, "i32.lt_s", .i32, .i32))
    add(.binary(.i32LtU, "i32.lt_u", .i32, .i32))
    add(.binary(.i32GtS, "i32.gt_s", .i32, .i32))
    add(.binary(.i32GtU, "i32.gt_u", .i32, .i32))
    add(.binary(.i32LeS, "i32.le_s", .i32, .i32))
    add(.binary(.i32LeU, "i32.le_u", .i32, .i32))
    add(.binary(.i32GeS, "i32.ge_s", .i32, .i32))
    add(.binary(.i32GeU, "i32.ge_u", .i32, .i32))
    add(.unary(.i64Eqz, "i64.eqz", .i64, .i32))
    add(.binary(.i64Eq, "i64.eq", .i64, .i32))
    add(.binary(.i64Ne, "i64.ne", .i64, .i32))
    add(.binary(.i64LtS, "i64.lt_s", .i64, .i32))
    add(.binary(.i64LtU, "i64.lt_u", .i64, .i32))
    add(.binary(.i64GtS, "i64.gt_s", .i64, .i32))
    add(.binary(.i64GtU, "i64.gt_u", .i64, .i32))
    add(.binary(.i64LeS, "i64.le_s", .i64, .i32))
    add(.binary(.i64LeU, "i64.le_u", .i64, .i32))
    add(.binary(.i64GeS, "i64.ge_s", .i64, .i32))
    add(.binary(.i64GeU, "i64.ge_u", .i64, .i32))
    add(.binary(.f32Eq, "f32.eq", .f32, .i32))
    add(.binary(.f32Ne, "f32.ne", .f32, .i32))
    add(.binary(.f32Lt, "f32.lt", .f32, .i32))
    add(.binary(.f32Gt, "f32.gt", .f32, .i32))
    add(.binary(.f32Le, "f32.le", .f32, .i32))
    add(.binary(.f32Ge, "f32.ge", .f32, .i32))
    add(.binary(.f64Eq, "f64.eq", .f64, .i32))
    add(.binary(.f64Ne, "f64.ne", .f64, .i32))
    add(.binary(.f64Lt, "f64.lt", .f64, .i32))
    add(.binary(.f64Gt, "f64.gt", .f64, .i32))
    add(.binary(.f64Le, "f64.le", .f64, .i32))
    add(.binary(.f64Ge, "f64.ge", .f64, .i32))

    // Arithmetic (5.4.7)
    add(.unary(.i32Clz, "i32.clz", .i32, .i32))
    add(.unary(.i32Ctz, "i32.ctz", .i32, .i32))
    add(.unary(.i32Popcnt, "i32.popcnt", .i32, .i32))
    add(.binary(.i32Add, "i32.add", .i32, .i32))
    add(.binary(.i32Sub, "i32.sub", .i32, .i32))
    add(.binary(.i32Mul, "i32.mul", .i32, .i32))
    add(.binary(.i32DivS, "i32.div_s", .i32, .i32))
    add(.binary(.i32DivU, "i32.div_u", .i32, .i32))
    add(.binary(.i32RemS, "i32.rem_s", .i32, .i32))
    add(.binary(.i32RemU, "i32.rem_u", .i32, .i32))
    add(.binary(.i32And, "i32.and", .i32, .i32))
    add(.binary(.i32Or, "i32.or", .i32, .i32))
    add(.binary(.i32Xor, "i32.xor", .i32, .i32))
    add(.binary(.i32Shl, "i32.shl", .i32, .i32))
    add(.binary(.i32ShrS, "i32.shr_s", .i32, .i32))
    add(.binary(.i32ShrU, "i32.shr_u", .i32, .i32))
    add(.binary(.i32Rotl, "i32.rotl", .i32, .i32))
    add(.binary(.i32Rotr, "i32.rotr", .i32, .i32))
    add(.unary(.i64Clz, "i64.clz", .i64, .i64))
    add(.unary(.i64Ctz, "i64.ctz", .i64, .i64))
    add(.unary(.i64Popcnt, "i64.popcnt", .i64, .i64))
    add(.binary(.i64Add, "i64.add", .i64, .i64))
    add(.binary(.i64Sub, "i64.sub", .i64, .i64))
    add(.binary(.i64Mul, "i64.mul", .i64, .i64))
    add(.binary(.i64DivS, "i64.div_s", .i64, .i64))
    add(.binary(.i64DivU, "i64.div_u", .i64, .i64))
    add(.binary(.i64RemS, "i64.rem_s", .i64, .i64))
    add(.binary(.i64RemU, "i64.rem_u", .i64, .i64))
    add(.binary(.i64And, "i64.and", .i64, .i64))
    add(.binary(.i64Or, "i64.or", .i64, .i64))
    add(.binary(.i64Xor, "i64.xor", .i64, .i64))
    add(.binary(.i64Shl, "i64.shl", .i64, .i64))
    add(.binary(.i64ShrS, "i64.shr_s", .i64, .i64))
    add(.binary(.i64ShrU, "i64.shr_u", .i64, .i64))
    add(.binary(.i64Rotl, "i64.rotl", .i64, .i64))
    add(.binary(.i64Rotr, "i64.rotr", .i64, .i64))
    add(.unary(.f32Abs, "f32.abs", .f32, .f32))
    add(.unary(.f32Neg, "f32.neg", .f32, .f32))
    add(.unary(.f32Ceil, "f32.ceil", .f32, .f32))
    add(.unary(.f32Floor, "f32.floor", .f32, .f32))
    add(.unary(.f32Trunc, "f32.trunc", .f32, .f32))
    add(.unary(.f32Nearest, "f32.nearest", .f32, .f32))
    add(.unary(.f32Sqrt, "f32.sqrt", .f32, .f32))
    add(.binary(.f32Add, "f32.add", .f32, .f32))
    add(.binary(.f32Sub, "f32.sub", .f32, .f32))
    add(.binary(.f32Mul, "f32.mul", .f32, .f32))
    add(.binary(.f32Div, "f32.div", .f32, .f32))
    add(.binary(.f32Min, "f32.min", .f32, .f32))
    add(.binary(.f32Max, "f32.max", .f32, .f32))
    add(.binary(.f32Copysign, "f32.copysign", .f32, .f32))
    add(.unary(.f64Abs, "f64.abs", .f64, .f64))
    add(.unary(.f64Neg, "f64.neg", .f64, .f64))
    add(.unary(.f64Ceil, "f64.ceil", .f64, .f64))
    add(.unary(.f64Floor, "f64.floor", .f64, .f64))
    add(.unary(.f64Trunc, "f64.trunc", .f64, .f64))
    add(.unary(.f64Nearest, "f64.nearest", .f64, .f64))
    add(.unary(.f64Sqrt, "f64.sqrt", .f64, .f64))
    add(.binary(.f64Add, "f64.add", .f64, .f64))
    add(.binary(.f64Sub, "f64.sub", .f64, .f64))
    add(.binary(.f64Mul, "f64.mul", .f64, .f64))
    add(.binary(.f64Div, "f64.div", .f64, .f64))
    add(.binary(.f64Min, "f64.min", .f64, .f64))
    add(.binary(.f64Max, "f64.max", .f64, .f64))
    add(.binary(.f64Copysign, "f64.copysign", .f64, .f64))

    // Conversions (5.4.7)
    add(.unary(.i32WrapI64, "i32.wrap_i64", .i64, .i32))
    add(.unary(.i32TruncF32S, "i32.trunc_f32_s", .f32, .i32))
    add(.unary(.i32TruncF32U, "i32.trunc_f32_u", .f32, .i32))
    add(.unary(.i32TruncF64S, "i32.trunc_f64_s", .f64, .i32))
    add(.unary(.i32TruncF64U, "i32.trunc_f64_u", .f64, .i32))
    add(.unary(.i64ExtendI32S, "i64.extend_i32_s", .i32, .i64))
    add(.unary(.i64ExtendI32U, "i64.extend_i32_u", .i32, .i64))
    add(.unary(.i64TruncF32S, "i64.trunc_f32_s", .f32, .i64))
    add(.unary(.i64TruncF32U, "i64.trunc_f32_u", .f32, .i64))
    add(.unary(.i64TruncF64S, "i64.trunc_f64_s", .f64, .i64))
    add(.unary(.i64TruncF64U, "i64.trunc_f64_u", .f64, .i64))
    add(.unary(.f32ConvertI32S, "f32.convert_i32_s", .i32, .f32))
    add(.unary(.f32ConvertI32U, "f32.convert_i32_u", .i32, .f32))
    add(.unary(.f32ConvertI64S, "f32.convert_i64_s", .i64, .f32))
    add(.unary(.f32ConvertI64U, "f32.convert_i64_u", .i64, .f32))
    add(.unary(.f32DemoteF64, "f32.demote_f64", .f64, .f32))
    add(.unary(.f64ConvertI32S, "f64.convert_i32_s", .i32, .f64))
    add(.unary(.f64ConvertI32U, "f64.convert_i32_u", .i32, .f64))
    add(.unary(.f64ConvertI64S, "f64.convert_i64_s", .i64, .f64))
    add(.unary(.f64ConvertI64U, "f64.convert_i64_u", .i64, .f64))
    add(.unary(.f64PromoteF32, "f64.promote_f32", .f32, .f64))
    add(.unary(.i32ReinterpretF32, "i32.reinterpret_f32", .f32, .i32))
    add(.unary(.i64ReinterpretF64, "i64.reinterpret_f64", .f64, .i64))
    add(.unary(.f32ReinterpretI32, "f32.reinterpret_i32", .i32, .f32))
    add(.unary(.f64ReinterpretI64, "f64.reinterpret_i64", .i64, .f64))

    // Sign extension (5.4.7)
    add(.unary(.i32Extend8S, "i32.extend8_s", .i32, .i32))
    add(.unary(.i32Extend16S, "i32.extend16_s", .i32, .i32))
    add(.unary(.i64Extend8S, "i64.extend8_s", .i64, .i64))
    add(.unary(.i64Extend16S, "i64.extend16_s", .i64, .i64))
    add(.unary(.i64Extend32S, "i64.extend32_s", .i64, .i64))

    // Reference instructions (5.4.2)
    add(.special(.refNull, "ref.null", .referenceType))
    add(.special(.refIsNull, "ref.is_null", .none))
    add(.special(.refFunc, "ref.func", .function))
    add(.special(.refEq, "ref.eq", .none))
    add(.special(.refAsNonNull, "ref.as_non_null", .none))
    add(.special(.brOnNull, "br_on_null", .label))
    add(.special(.brOnNonNull, "br_on_non_null", .label))

    // Saturating conversion (prefix 0xFC)
    add(.unary(.i32TruncSatF32S, "i32.trunc_sat_f32_s", .f32, .i32))
    add(.unary(.i32TruncSatF32U, "i32.trunc_sat_f32_u", .f32, .i32))
    add(.unary(.i32TruncSatF64S, "i32.trunc_sat_f64_s", .f64, .i32))
    add(.unary(.i32TruncSatF64U, "i32.trunc_sat_f64_u", .f64, .i32))
    add(.unary(.i64TruncSatF32S, "i64.trunc_sat_f32_s", .f32, .i64))
    add(.unary(.i64TruncSatF32U, "i64.trunc_sat_f32_u", .f32, .i64))
    add(.unary(.i64TruncSatF64S, "i64.trunc_sat_f64_s", .f64, .i64))
    add(.unary(.i64TruncSatF64U, "i64.trunc_sat_f64_u", .f64, .i64))

    // Bulk memory and tables (prefix 0xFC)
    add(.special(.memoryInit, "memory.init", .dataAndMemory))
    add(.special(.dataDrop, "data.drop", .data))
    add(.special(.memoryCopy, "memory.copy", .twoMemories))
    add(.special(.memoryFill, "memory.fill", .memory))
    add(.special(.tableInit, "table.init", .elementAndTable))
    add(.special(.elementDrop, "elem.drop", .element))
    add(.special(.tableCopy, "table.copy", .twoTables))
    add(.special(.tableGrow, "table.grow", .table))
    add(.special(.tableSize, "table.size", .table))
    add(.special(.tableFill, "table.fill", .table))

    // Wide arithmetic (prefix 0xFC, a proposal)
    add(.wide(.i64Add128, "i64.add128", operands: 4))
    add(.wide(.i64Sub128, "i64.sub128", operands: 4))
    add(.wide(.i64MulWideS, "i64.mul_wide_s", operands: 2))
    add(.wide(.i64MulWideU, "i64.mul_wide_u", operands: 2))
  }
}

extension Opcode {
  var row: OpcodeRow { OpcodeTable.anyRow(Int(rawValue)) }
  /// The operator's name in the text format. Both forms of `select` have the same one.
  var name: String { row.name.description }
}

// The kinds of row, as the table writes them.
extension OpcodeRow {
  static func special(_ opcode: Opcode, _ name: StaticString, _ immediate: Immediate) -> OpcodeRow {
    OpcodeRow(
      name: name, opcode: opcode, shape: .special, immediate: immediate, operandCodes: (0, 0, 0), resultCode: 0, widthLog2: 0)
  }

  fileprivate static func local(_ opcode: Opcode, _ name: StaticString, _ shape: Shape) -> OpcodeRow {
    OpcodeRow(name: name, opcode: opcode, shape: shape, immediate: .local, operandCodes: (0, 0, 0), resultCode: 0, widthLog2: 0)
  }

  fileprivate static func unary(_ opcode: Opcode, _ name: StaticString, _ operand: ValueType, _ result: ValueType) -> OpcodeRow {
    OpcodeRow(
      name: name, opcode: opcode, shape: .unary, immediate: .none, operandCodes: (UInt8(operand.code), 0, 0),
      resultCode: UInt8(result.code), widthLog2: 0)
  }

  fileprivate static func binary(_ opcode: Opcode, _ name: StaticString, _ operand: ValueType, _ result: ValueType) -> OpcodeRow {
    let code = UInt8(operand.code)
    return OpcodeRow(
      name: name, opcode: opcode, shape: .binary, immediate: .none, operandCodes: (code, code, 0), resultCode: UInt8(result.code),
      widthLog2: 0)
  }

  fileprivate static func load(_ opcode: Opcode, _ name: StaticString, _ result: ValueType, bytes: Int) -> OpcodeRow {
    OpcodeRow(
      name: name, opcode: opcode, shape: .load, immediate: .memoryArgument, operandCodes: (UInt8(ValueType.i32.code), 0, 0),
      resultCode: UInt8(result.code), widthLog2: UInt8(bytes.trailingZeroBitCount))
  }

  fileprivate static func store(_ opcode: Opcode, _ name: StaticString, _ value: ValueType, bytes: Int) -> OpcodeRow {
    OpcodeRow(
      name: name, opcode: opcode, shape: .store, immediate: .memoryArgument,
      operandCodes: (UInt8(ValueType.i32.code), UInt8(value.code), 0), resultCode: 0, widthLog2: UInt8(bytes.trailingZeroBitCount))
  }

  fileprivate static func constant(_ opcode: Opcode, _ name: StaticString, _ immediate: Immediate) -> OpcodeRow {
    let type: ValueType =
      switch immediate {
      case .i32: .i32
      case .i64: .i64
      case .f32: .f32
      default: .f64
      }
    return OpcodeRow(
      name: name, opcode: opcode, shape: immediate == .i32 ? .i32Constant : .constant, immediate: immediate, operandCodes: (0, 0, 0),
      resultCode: UInt8(type.code),
      widthLog2: 0)
  }

  /// Two or four operands and two results, all of type i64; the row has what is the same for both.
  fileprivate static func wide(_ opcode: Opcode, _ name: StaticString, operands: UInt8) -> OpcodeRow {
    OpcodeRow(
      name: name, opcode: opcode, shape: .wide, immediate: .none, operandCodes: (UInt8(ValueType.i64.code), 0, 0),
      resultCode: UInt8(ValueType.i64.code), widthLog2: operands)
  }
}
