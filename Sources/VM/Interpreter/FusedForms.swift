/// Which instruction does the work of another one and of a branch on its result.
enum FusedForms {
  /// The instruction, and its right operand: a slot or an immediate. Nil where there is none.
  static func branch(_ operation: Instruction, _ destination: Int, _ comparison: Comparison) -> (Instruction, Int)? {
    switch operation {
    case .i32AddSI, .i32AddRI: addition(destination, comparison)
    case .i32AndSS, .i32AndRS: zero(destination, comparison, .i32AndBrZeroS, .i32AndBrNonzeroS)
    case .i32AndSI, .i32AndRI: zero(destination, comparison, .i32AndBrZeroI, .i32AndBrNonzeroI)
    case .load8US, .load8UR: zero(destination, comparison, .load8UBrZero, .load8UBrNonzero)
    case .load32US, .load32UR: zero(destination, comparison, .load32UBrZero, .load32UBrNonzero)
    default: nil
    }
  }

  /// A test of the result for zero.
  private static func zero(
    _ destination: Int, _ comparison: Comparison, _ isZero: Instruction, _ isNonzero: Instruction
  ) -> (Instruction, Int)? {
    guard comparison.left == destination, comparison.immediate == 0 else { return nil }
    switch comparison.relation {
    case .equal: return (isZero, 0)
    case .notEqual: return (isNonzero, 0)
    default: return nil
    }
  }

  /// A comparison of the sum, which may stand on either side.
  private static func addition(_ destination: Int, _ comparison: Comparison) -> (Instruction, Int)? {
    if comparison.left == destination {
      if let immediate = comparison.immediate { return (withImmediate(comparison.relation), Int(immediate)) }
      guard comparison.right != destination else { return nil }
      return (withSlot(comparison.relation), comparison.right)
    }
    guard comparison.immediate == nil, comparison.right == destination else { return nil }
    return (withSlot(Comparison.mirrored(comparison.relation)), comparison.left)
  }

  private static func withImmediate(_ relation: Comparison.Relation) -> Instruction {
    switch relation {
    case .equal: .i32AddBrEqI
    case .notEqual: .i32AddBrNeI
    case .lessSigned: .i32AddBrLtSI
    case .lessUnsigned: .i32AddBrLtUI
    case .greaterEqualSigned: .i32AddBrGeSI
    default: .i32AddBrGeUI
    }
  }

  private static func withSlot(_ relation: Comparison.Relation) -> Instruction {
    switch relation {
    case .equal: .i32AddBrEqS
    case .notEqual: .i32AddBrNeS
    case .lessSigned: .i32AddBrLtSS
    case .lessUnsigned: .i32AddBrLtUS
    case .greaterSigned: .i32AddBrGtSS
    case .greaterUnsigned: .i32AddBrGtUS
    case .lessEqualSigned: .i32AddBrLeSS
    case .lessEqualUnsigned: .i32AddBrLeUS
    case .greaterEqualSigned: .i32AddBrGeSS
    default: .i32AddBrGeUS
    }
  }
}
