/// A comparison the translator has emitted last and can still turn into a branch.
struct Comparison {
  typealias Relation = ComparisonForms.Relation

  var operands: ComparisonForms.Operands
  /// Only relations that have an instruction: equal, not equal, less, greater or equal; less, less or equal and their negations for floats.
  var relation: Relation
  var left: Int
  /// Slot of the right operand, unless it is an immediate.
  var right: Int
  var immediate: Int16?

  var isFloat: Bool { operands == .f32 || operands == .f64 }

  /// The opposite. For floats it is not the mirrored relation: NaN compares false either way.
  var negated: Comparison {
    var result = self
    switch relation {
    case .equal: result.relation = .notEqual
    case .notEqual: result.relation = .equal
    case .lessSigned: result.relation = isFloat ? .notLess : .greaterEqualSigned
    case .lessUnsigned: result.relation = .greaterEqualUnsigned
    case .greaterEqualSigned: result.relation = .lessSigned
    case .greaterEqualUnsigned: result.relation = .lessUnsigned
    case .lessEqualSigned: result.relation = .notLessEqual
    case .notLess: result.relation = .lessSigned
    case .notLessEqual: result.relation = .lessEqualSigned
    default: break
    }
    return result
  }

  /// What the relation becomes when left and right change places.
  static func mirrored(_ relation: Relation) -> Relation {
    switch relation {
    case .lessSigned: .greaterSigned
    case .lessUnsigned: .greaterUnsigned
    case .greaterSigned: .lessSigned
    case .greaterUnsigned: .lessUnsigned
    case .lessEqualSigned: .greaterEqualSigned
    case .lessEqualUnsigned: .greaterEqualUnsigned
    case .greaterEqualSigned: .lessEqualSigned
    case .greaterEqualUnsigned: .lessEqualUnsigned
    default: relation
    }
  }

  /// A relation and an immediate that mean the same and have an instruction: x > k is x >= k + 1, x <= k is x < k + 1. Nil where k + 1 does
  /// not exist as an immediate.
  static func withImmediate(_ relation: Relation, _ value: Int16) -> (Relation, Int16)? {
    switch relation {
    case .greaterSigned: value == .max ? nil : (.greaterEqualSigned, value + 1)
    case .lessEqualSigned: value == .max ? nil : (.lessSigned, value + 1)
    // -1 is the greatest unsigned number; 32767 + 1 would be extended to another number.
    case .greaterUnsigned: value == -1 || value == .max ? nil : (.greaterEqualUnsigned, value + 1)
    case .lessEqualUnsigned: value == -1 || value == .max ? nil : (.lessUnsigned, value + 1)
    default: (relation, value)
    }
  }

  /// Where the operands are when the instruction is emitted.
  enum Form: Int { case slots, slotImmediate, registerSlot, slotRegister, registerImmediate }

  func form(integerInRegister register: Int) -> Form {
    if immediate != nil { return left == register ? .registerImmediate : .slotImmediate }
    if isFloat { return .slots }
    if left == register { return .registerSlot }
    return right == register ? .slotRegister : .slots
  }

  /// The instruction that makes 0 or 1.
  func valueInstruction(_ form: Form) -> Instruction {
    switch operands {
    case .i32: Comparison.i32Values[index * 5 + form.rawValue]
    case .i64: Comparison.i64Values[index * 5 + form.rawValue]
    case .f32: Comparison.f32Values[index]
    case .f64: Comparison.f64Values[index]
    }
  }

  /// The instruction that branches if the relation holds.
  func branchInstruction(_ form: Form) -> Instruction {
    switch operands {
    case .i32: Comparison.i32Branches[index * 5 + form.rawValue]
    case .i64: Comparison.i64Branches[index * 5 + form.rawValue]
    case .f32: Comparison.f32Branches[index]
    case .f64: Comparison.f64Branches[index]
    }
  }

  /// Row in the tables below.
  private var index: Int {
    switch relation {
    case .equal: 0
    case .notEqual: 1
    case .lessSigned: 2
    case .lessUnsigned, .lessEqualSigned: 3
    case .greaterEqualSigned, .notLess: 4
    default: 5
    }
  }

  // Rows: ==, !=, < signed, < unsigned, >= signed, >= unsigned. Columns: `Form`. Equality does not care which operand is in the register.
  private static let i32Values: [Instruction] = [
    .i32EqSS, .i32EqSI, .i32EqRS, .i32EqSS, .i32EqRI, .i32NeSS, .i32NeSI, .i32NeRS, .i32NeSS, .i32NeRI,
    .i32LtSSS, .i32LtSSI, .i32LtSRS, .i32LtSSR, .i32LtSRI, .i32LtUSS, .i32LtUSI, .i32LtURS, .i32LtUSR, .i32LtURI,
    .i32GeSSS, .i32GeSSI, .i32GeSRS, .i32GeSSR, .i32GeSRI, .i32GeUSS, .i32GeUSI, .i32GeURS, .i32GeUSR, .i32GeURI,
  ]
  private static let i64Values: [Instruction] = [
    .i64EqSS, .i64EqSI, .i64EqRS, .i64EqSS, .i64EqRI, .i64NeSS, .i64NeSI, .i64NeRS, .i64NeSS, .i64NeRI,
    .i64LtSSS, .i64LtSSI, .i64LtSRS, .i64LtSSR, .i64LtSRI, .i64LtUSS, .i64LtUSI, .i64LtURS, .i64LtUSR, .i64LtURI,
    .i64GeSSS, .i64GeSSI, .i64GeSRS, .i64GeSSR, .i64GeSRI, .i64GeUSS, .i64GeUSI, .i64GeURS, .i64GeUSR, .i64GeURI,
  ]
  private static let i32Branches: [Instruction] = [
    .brI32EqSS, .brI32EqSI, .brI32EqRS, .brI32EqSS, .brI32EqRI, .brI32NeSS, .brI32NeSI, .brI32NeRS, .brI32NeSS, .brI32NeRI,
    .brI32LtSSS, .brI32LtSSI, .brI32LtSRS, .brI32LtSSR, .brI32LtSRI, .brI32LtUSS, .brI32LtUSI, .brI32LtURS, .brI32LtUSR, .brI32LtURI,
    .brI32GeSSS, .brI32GeSSI, .brI32GeSRS, .brI32GeSSR, .brI32GeSRI, .brI32GeUSS, .brI32GeUSI, .brI32GeURS, .brI32GeUSR, .brI32GeURI,
  ]
  private static let i64Branches: [Instruction] = [
    .brI64EqSS, .brI64EqSI, .brI64EqRS, .brI64EqSS, .brI64EqRI, .brI64NeSS, .brI64NeSI, .brI64NeRS, .brI64NeSS, .brI64NeRI,
    .brI64LtSSS, .brI64LtSSI, .brI64LtSRS, .brI64LtSSR, .brI64LtSRI, .brI64LtUSS, .brI64LtUSI, .brI64LtURS, .brI64LtUSR, .brI64LtURI,
    .brI64GeSSS, .brI64GeSSI, .brI64GeSRS, .brI64GeSSR, .brI64GeSRI, .brI64GeUSS, .brI64GeUSI, .brI64GeURS, .brI64GeUSR, .brI64GeURI,
  ]
  // Floats: ==, !=, <, <=, and for branches not <, not <=.
  private static let f32Values: [Instruction] = [.f32EqSS, .f32NeSS, .f32LtSS, .f32LeSS]
  private static let f64Values: [Instruction] = [.f64EqSS, .f64NeSS, .f64LtSS, .f64LeSS]
  private static let f32Branches: [Instruction] = [.brF32EqSS, .brF32NeSS, .brF32LtSS, .brF32LeSS, .brF32NotLtSS, .brF32NotLeSS]
  private static let f64Branches: [Instruction] = [.brF64EqSS, .brF64NeSS, .brF64LtSS, .brF64LeSS, .brF64NotLtSS, .brF64NotLeSS]
}
