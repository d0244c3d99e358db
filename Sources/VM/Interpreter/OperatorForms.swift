/// Which instructions an operator becomes, by where its operands are. One row an operator.
struct BinaryForms {
  enum Kind: UInt8 {
    /// Operands may change places.
    case commutative
    case ordered
    /// Integer or float comparison: see `Comparison`.
    case comparison
  }
  var kind: Kind
  /// The result is an f64 that f0 repeats.
  var isFloat64 = false
  /// The result is a float (f32 results are in no register).
  var isFloat = false
  /// Operands: two slots; slot and immediate; register and slot; slot and register; register and immediate.
  var slots: Instruction
  var slotImmediate: Instruction?
  var registerSlot: Instruction?
  var slotRegister: Instruction?
  var registerImmediate: Instruction?
  /// Slot and a constant in an extra word.
  var slotWord: Instruction?
}

/// What is compared how.
struct ComparisonForms {
  enum Operands: UInt8 { case i32, i64, f32, f64 }
  enum Relation: UInt8 {
    case equal, notEqual, lessSigned, lessUnsigned, greaterSigned, greaterUnsigned, lessEqualSigned, lessEqualUnsigned,
      greaterEqualSigned, greaterEqualUnsigned, notLess, notLessEqual
  }
  var operands: Operands
  var relation: Relation
}

/// The forms of all operators of two operands, by opcode: memory filled once.
enum OperatorForms {
  private static let count = 0x110

  nonisolated(unsafe) static let binary: UnsafePointer<BinaryForms?> = {
    let rows = UnsafeMutablePointer<BinaryForms?>.allocate(capacity: count)
    rows.initialize(repeating: nil, count: count)
    func commutative(
      _ opcode: Opcode, _ ss: Instruction, _ si: Instruction, _ rs: Instruction, _ ri: Instruction, _ word: Instruction
    ) {
      rows[Int(opcode.rawValue)] = BinaryForms(
        kind: .commutative, slots: ss, slotImmediate: si, registerSlot: rs, slotRegister: rs, registerImmediate: ri, slotWord: word)
    }
    func ordered(
      _ opcode: Opcode, _ ss: Instruction, _ si: Instruction?, _ rs: Instruction? = nil, _ sr: Instruction? = nil, _ ri: Instruction? = nil
    ) {
      rows[Int(opcode.rawValue)] = BinaryForms(
        kind: .ordered, slots: ss, slotImmediate: si, registerSlot: rs, slotRegister: sr, registerImmediate: ri)
    }
    func float(_ opcode: Opcode, _ ss: Instruction, _ rs: Instruction? = nil, _ sr: Instruction? = nil, isDouble: Bool = false) {
      rows[Int(opcode.rawValue)] = BinaryForms(
        kind: .ordered, isFloat64: isDouble, isFloat: true, slots: ss, registerSlot: rs, slotRegister: sr)
    }
    commutative(.i32Add, .i32AddSS, .i32AddSI, .i32AddRS, .i32AddRI, .i32AddK)
    commutative(.i32Mul, .i32MulSS, .i32MulSI, .i32MulRS, .i32MulRI, .i32MulK)
    commutative(.i32And, .i32AndSS, .i32AndSI, .i32AndRS, .i32AndRI, .i32AndK)
    commutative(.i32Or, .i32OrSS, .i32OrSI, .i32OrRS, .i32OrRI, .i32OrK)
    commutative(.i32Xor, .i32XorSS, .i32XorSI, .i32XorRS, .i32XorRI, .i32XorK)
    ordered(.i32Sub, .i32SubSS, nil, .i32SubRS, .i32SubSR)
    ordered(.i32Shl, .i32ShlSS, .i32ShlSI, .i32ShlRS, .i32ShlSR, .i32ShlRI)
    ordered(.i32ShrS, .i32ShrSSS, .i32ShrSSI, .i32ShrSRS, .i32ShrSSR, .i32ShrSRI)
    ordered(.i32ShrU, .i32ShrUSS, .i32ShrUSI, .i32ShrURS, .i32ShrUSR, .i32ShrURI)
    ordered(.i32Rotl, .i32RotlSS, .i32RotlSI, .i32RotlRS, .i32RotlSR, .i32RotlRI)
    ordered(.i32Rotr, .i32RotrSS, .i32RotrSI, .i32RotrRS, .i32RotrSR, .i32RotrRI)
    ordered(.i32DivS, .i32DivSSS, .i32DivSSI)
    ordered(.i32DivU, .i32DivUSS, .i32DivUSI)
    ordered(.i32RemS, .i32RemSSS, .i32RemSSI)
    ordered(.i32RemU, .i32RemUSS, .i32RemUSI)
    commutative(.i64Add, .i64AddSS, .i64AddSI, .i64AddRS, .i64AddRI, .i64AddK)
    commutative(.i64Mul, .i64MulSS, .i64MulSI, .i64MulRS, .i64MulRI, .i64MulK)
    commutative(.i64And, .i64AndSS, .i64AndSI, .i64AndRS, .i64AndRI, .i64AndK)
    commutative(.i64Or, .i64OrSS, .i64OrSI, .i64OrRS, .i64OrRI, .i64OrK)
    commutative(.i64Xor, .i64XorSS, .i64XorSI, .i64XorRS, .i64XorRI, .i64XorK)
    ordered(.i64Sub, .i64SubSS, nil, .i64SubRS, .i64SubSR)
    ordered(.i64Shl, .i64ShlSS, .i64ShlSI, .i64ShlRS, .i64ShlSR, .i64ShlRI)
    ordered(.i64ShrS, .i64ShrSSS, .i64ShrSSI, .i64ShrSRS, .i64ShrSSR, .i64ShrSRI)
    ordered(.i64ShrU, .i64ShrUSS, .i64ShrUSI, .i64ShrURS, .i64ShrUSR, .i64ShrURI)
    ordered(.i64Rotl, .i64RotlSS, .i64RotlSI, .i64RotlRS, .i64RotlSR, .i64RotlRI)
    ordered(.i64Rotr, .i64RotrSS, .i64RotrSI, .i64RotrRS, .i64RotrSR, .i64RotrRI)
    ordered(.i64DivS, .i64DivSSS, .i64DivSSI)
    ordered(.i64DivU, .i64DivUSS, .i64DivUSI)
    ordered(.i64RemS, .i64RemSSS, .i64RemSSI)
    ordered(.i64RemU, .i64RemUSS, .i64RemUSI)
    float(.f64Add, .f64AddSS, .f64AddRS, .f64AddRS, isDouble: true)
    float(.f64Mul, .f64MulSS, .f64MulRS, .f64MulRS, isDouble: true)
    float(.f64Sub, .f64SubSS, .f64SubRS, .f64SubSR, isDouble: true)
    float(.f64Div, .f64DivSS, .f64DivRS, .f64DivSR, isDouble: true)
    float(.f64Min, .f64MinSS, isDouble: true)
    float(.f64Max, .f64MaxSS, isDouble: true)
    float(.f64Copysign, .f64CopysignSS, isDouble: true)
    float(.f32Add, .f32AddSS)
    float(.f32Sub, .f32SubSS)
    float(.f32Mul, .f32MulSS)
    float(.f32Div, .f32DivSS)
    float(.f32Min, .f32MinSS)
    float(.f32Max, .f32MaxSS)
    float(.f32Copysign, .f32CopysignSS)
    return UnsafePointer(rows)
  }()

  nonisolated(unsafe) static let comparisons: UnsafePointer<ComparisonForms?> = {
    let rows = UnsafeMutablePointer<ComparisonForms?>.allocate(capacity: count)
    rows.initialize(repeating: nil, count: count)
    func row(_ opcode: Opcode, _ operands: ComparisonForms.Operands, _ relation: ComparisonForms.Relation) {
      rows[Int(opcode.rawValue)] = ComparisonForms(operands: operands, relation: relation)
    }
    row(.i32Eq, .i32, .equal)
    row(.i32Ne, .i32, .notEqual)
    row(.i32LtS, .i32, .lessSigned)
    row(.i32LtU, .i32, .lessUnsigned)
    row(.i32GtS, .i32, .greaterSigned)
    row(.i32GtU, .i32, .greaterUnsigned)
    row(.i32LeS, .i32, .lessEqualSigned)
    row(.i32LeU, .i32, .lessEqualUnsigned)
    row(.i32GeS, .i32, .greaterEqualSigned)
    row(.i32GeU, .i32, .greaterEqualUnsigned)
    row(.i64Eq, .i64, .equal)
    row(.i64Ne, .i64, .notEqual)
    row(.i64LtS, .i64, .lessSigned)
    row(.i64LtU, .i64, .lessUnsigned)
    row(.i64GtS, .i64, .greaterSigned)
    row(.i64GtU, .i64, .greaterUnsigned)
    row(.i64LeS, .i64, .lessEqualSigned)
    row(.i64LeU, .i64, .lessEqualUnsigned)
    row(.i64GeS, .i64, .greaterEqualSigned)
    row(.i64GeU, .i64, .greaterEqualUnsigned)
    row(.f32Eq, .f32, .equal)
    row(.f32Ne, .f32, .notEqual)
    row(.f32Lt, .f32, .lessSigned)
    row(.f32Gt, .f32, .greaterSigned)
    row(.f32Le, .f32, .lessEqualSigned)
    row(.f32Ge, .f32, .greaterEqualSigned)
    row(.f64Eq, .f64, .equal)
    row(.f64Ne, .f64, .notEqual)
    row(.f64Lt, .f64, .lessSigned)
    row(.f64Gt, .f64, .greaterSigned)
    row(.f64Le, .f64, .lessEqualSigned)
    row(.f64Ge, .f64, .greaterEqualSigned)
    return UnsafePointer(rows)
  }()

  /// Operators of one operand: from a slot, and from r0 where that exists; `isFloat`: 0 integer, 1 f32, 2 f64 result.
  struct Unary {
    var slot: Instruction
    var register: Instruction?
    var isFloat: UInt8
  }

  nonisolated(unsafe) static let unary: UnsafePointer<Unary?> = {
    let rows = UnsafeMutablePointer<Unary?>.allocate(capacity: count)
    rows.initialize(repeating: nil, count: count)
    func row(_ opcode: Opcode, _ slot: Instruction, _ register: Instruction? = nil, isFloat: UInt8 = 0) {
      rows[Int(opcode.rawValue)] = Unary(slot: slot, register: register, isFloat: isFloat)
    }
    row(.i32Clz, .i32ClzS, .i32ClzR)
    row(.i32Ctz, .i32CtzS, .i32CtzR)
    row(.i32Popcnt, .i32PopcntS, .i32PopcntR)
    row(.i32Eqz, .i32EqzS, .i32EqzR)
    row(.i32Extend8S, .i32Extend8SS, .i32Extend8SR)
    row(.i32Extend16S, .i32Extend16SS, .i32Extend16SR)
    row(.i64Clz, .i64ClzS, .i64ClzR)
    row(.i64Ctz, .i64CtzS, .i64CtzR)
    row(.i64Popcnt, .i64PopcntS, .i64PopcntR)
    row(.i64Eqz, .i64EqzS, .i64EqzR)
    row(.i64Extend8S, .i64Extend8SS, .i64Extend8SR)
    row(.i64Extend16S, .i64Extend16SS, .i64Extend16SR)
    row(.i64Extend32S, .i64ExtendI32SS, .i64ExtendI32SR)
    row(.i32WrapI64, .i32WrapI64S, .i32WrapI64R)
    row(.i64ExtendI32S, .i64ExtendI32SS, .i64ExtendI32SR)
    row(.f32Neg, .f32NegS, isFloat: 1)
    row(.f32Abs, .f32AbsS, isFloat: 1)
    row(.f32Sqrt, .f32SqrtS, isFloat: 1)
    row(.f32Ceil, .f32CeilS, isFloat: 1)
    row(.f32Floor, .f32FloorS, isFloat: 1)
    row(.f32Trunc, .f32TruncS, isFloat: 1)
    row(.f32Nearest, .f32NearestS, isFloat: 1)
    row(.f64Neg, .f64NegS, isFloat: 2)
    row(.f64Abs, .f64AbsS, isFloat: 2)
    row(.f64Sqrt, .f64SqrtS, isFloat: 2)
    row(.f64Ceil, .f64CeilS, isFloat: 2)
    row(.f64Floor, .f64FloorS, isFloat: 2)
    row(.f64Trunc, .f64TruncS, isFloat: 2)
    row(.f64Nearest, .f64NearestS, isFloat: 2)
    row(.i32TruncF32S, .i32TruncF32S)
    row(.i32TruncSatF32S, .i32TruncSatF32S)
    row(.f32ConvertI32S, .f32ConvertI32S, isFloat: 1)
    row(.i32TruncF32U, .i32TruncF32U)
    row(.i32TruncSatF32U, .i32TruncSatF32U)
    row(.f32ConvertI32U, .f32ConvertI32U, isFloat: 1)
    row(.i32TruncF64S, .i32TruncF64S)
    row(.i32TruncSatF64S, .i32TruncSatF64S)
    row(.f64ConvertI32S, .f64ConvertI32S, isFloat: 2)
    row(.i32TruncF64U, .i32TruncF64U)
    row(.i32TruncSatF64U, .i32TruncSatF64U)
    row(.f64ConvertI32U, .f64ConvertI32U, isFloat: 2)
    row(.i64TruncF32S, .i64TruncF32S)
    row(.i64TruncSatF32S, .i64TruncSatF32S)
    row(.f32ConvertI64S, .f32ConvertI64S, isFloat: 1)
    row(.i64TruncF32U, .i64TruncF32U)
    row(.i64TruncSatF32U, .i64TruncSatF32U)
    row(.f32ConvertI64U, .f32ConvertI64U, isFloat: 1)
    row(.i64TruncF64S, .i64TruncF64S)
    row(.i64TruncSatF64S, .i64TruncSatF64S)
    row(.f64ConvertI64S, .f64ConvertI64S, isFloat: 2)
    row(.i64TruncF64U, .i64TruncF64U)
    row(.i64TruncSatF64U, .i64TruncSatF64U)
    row(.f64ConvertI64U, .f64ConvertI64U, isFloat: 2)
    row(.f32DemoteF64, .f32DemoteF64, isFloat: 1)
    row(.f64PromoteF32, .f64PromoteF32, isFloat: 2)
    return UnsafePointer(rows)
  }()
}
