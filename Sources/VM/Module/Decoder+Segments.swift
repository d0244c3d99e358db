/// Element and data segments (5.5.12, 5.5.14; 3.4.5, 3.4.6).
extension Decoder {
  mutating func elements() throws(ModuleError) {
    for _ in 0..<(try reader.u32()) { parts.elements.append(try elementSegment()) }
  }

  private mutating func elementSegment() throws(ModuleError) -> ElementSegment {
    let first = reader.offset
    let flags = try reader.u32()
    guard flags < 8 else { throw ModuleError(.malformed, at: first, "malformed elements segment kind \(flags)") }
    let isActive = flags & 1 == 0
    // Bit 1: an explicit table if active, declarative if not. Bit 2: expressions instead of function indices.
    let hasExpressions = flags & 4 != 0

    var mode: SegmentMode = flags & 2 == 0 ? .passive : .declarative
    var table: UInt32 = 0
    if isActive {
      if flags & 2 != 0 { table = try reader.u32() }
      guard Int(table) < parts.tables.count else { throw ModuleError(.invalid, at: first, "unknown table \(table)") }
      mode = .active(index: table, offset: try constantExpression(parts.tables[Int(table)].type.address.valueType))
    }

    let typeOffset = reader.offset
    var type = hasExpressions ? ValueType.funcref : ValueType.funcref.nonNull
    if flags & 3 != 0 {
      if hasExpressions {
        type = try reader.referenceType(in: typeSpace)
      } else {
        let kind = try reader.byte()
        guard kind == 0 else { throw reader.malformed("element kind", kind) }
      }
    }
    if isActive && !type.matches(parts.tables[Int(table)].type.element) {
      throw ModuleError(.invalid, at: typeOffset, "type mismatch: the segment has \(type), table \(table) has another element type")
    }

    let count = try reader.u32()
    if hasExpressions {
      var items = List<ConstantExpression>()
      for _ in 0..<count { items.append(try constantExpression(type)) }
      return ElementSegment(type: type, items: .expressions(items), mode: mode)
    }
    var items = List<UInt32>()
    for _ in 0..<count {
      let function = try functionIndex()
      parts.declaredReferences.append(function)
      items.append(function)
    }
    return ElementSegment(type: type, items: .functions(items), mode: mode)
  }

  mutating func dataSegment() throws(ModuleError) -> DataSegment {
    let first = reader.offset
    let flags = try reader.u32()
    guard flags < 3 else { throw ModuleError(.malformed, at: first, "malformed data segment kind \(flags)") }
    var mode = SegmentMode.passive
    if flags != 1 {
      let memory = flags == 2 ? try reader.u32() : 0
      guard Int(memory) < parts.memories.count else { throw ModuleError(.invalid, at: first, "unknown memory \(memory)") }
      mode = .active(index: memory, offset: try constantExpression(parts.memories[Int(memory)].address.valueType))
    }
    let size = Int(try reader.u32())
    return DataSegment(range: try reader.skip(size), mode: mode)
  }
}
