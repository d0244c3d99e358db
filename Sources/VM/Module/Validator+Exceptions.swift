/// Exceptions (3.4.8): `try_table`, `throw`, `throw_ref`.
extension Validator {
  mutating func exception(_ opcode: Opcode, _ emitter: inout E) throws(ModuleError) {
    switch opcode {
    case .tryTable: try block(.tryTable, &emitter)
    case .throw:
      let (tag, type) = try tag()
      try pop(type.pointee.parameters)
      if isLive { emitter.throwException(tag: tag, type.pointee.signature) }
      becomeUnreachable()
    default:
      try pop(.exnref)
      if isLive { emitter.throwReference() }
      becomeUnreachable()
    }
  }

  private mutating func tag() throws(ModuleError) -> (UInt32, DefinedType.Pointer) {
    let index = try reader.u32()
    guard Int(index) < context.tags.count else { throw invalid("unknown tag \(index)") }
    return (index, context.tags[Int(index)])
  }

  /// Reads what a `try_table` catches (5.4.1) into `clauses`. The labels are those around the block.
  mutating func catchClauses() throws(ModuleError) {
    clauses.removeAll()
    for _ in 0..<(try reader.u32()) {
      let kind = try reader.byte()
      guard kind < 4 else { throw ModuleError(.malformed, at: reader.offset - 1, "malformed catch clause \(kind)") }
      var values = List<ValueType>()
      var tagIndex: UInt32?
      if kind < 2 {
        let (index, type) = try tag()
        values = List(type.pointee.parameters)
        tagIndex = index
      }
      let takesReference = kind & 1 == 1
      if takesReference { values.append(.exnref.nonNull) }
      let depth = try label()
      let types = blocks[depth].labelTypes
      guard values.count == types.count, zip(values, types).allSatisfy({ $0.matches($1) }) else {
        throw invalid("type mismatch: a catch clause carries [\(values.map(\.description).joined(separator: " "))]")
      }
      clauses.append(CatchClause(tag: tagIndex, takesReference: takesReference, depth: depth))
    }
  }
}
