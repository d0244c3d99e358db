/// Selection, references and tables (3.4.2 to 3.4.4, 3.4.6).
extension Validator {
  mutating func select(_ emitter: inout E) throws(ModuleError) {
    try pop(.i32)
    let second = try popAny()
    let first = try popAny()
    guard first == second || first == .bottom || second == .bottom, !first.isReference, !second.isReference else {
      throw invalid("type mismatch: select between \(first) and \(second)")
    }
    operands.push(first == .bottom ? second : first)
    if isLive { emitter.select(first) }
  }

  mutating func selectTyped(_ emitter: inout E) throws(ModuleError) {
    let count = try reader.u32()
    guard count == 1 else { throw invalid("invalid result arity \(count) of select") }
    let type = try reader.valueType(in: context.typeSpace)
    try pop(.i32)
    try pop(type)
    try pop(type)
    operands.push(type)
    if isLive { emitter.select(type) }
  }

  // MARK: References

  mutating func reference(_ opcode: Opcode, _ emitter: inout E) throws(ModuleError) {
    switch opcode {
    case .refNull:
      let type = try reader.heapType(isNullable: true, in: context.typeSpace)
      operands.push(type)
      if isLive { emitter.refNull(type) }
    case .refIsNull:
      _ = try popReference()
      operands.push(.i32)
      if isLive { emitter.refIsNull() }
    case .refFunc:
      let function = try functionIndex()
      guard context.isDeclared[Int(function)] else { throw invalid("undeclared function reference \(function)") }
      operands.push(ValueType(defined: context.type(ofFunction: function).pointee.number, isNullable: false))
      if isLive { emitter.refFunc(function) }
    case .refEq:
      try pop(.eqref)
      try pop(.eqref)
      operands.push(.i32)
      if isLive { emitter.refEqual() }
    case .refAsNonNull:
      operands.push(try popReference().knownNonNull)
      if isLive { emitter.refAsNonNull() }
    case .brOnNull:
      let depth = try label()
      let type = try popReference()
      try keep(blocks[depth].labelTypes)
      operands.push(type.knownNonNull)
      if isLive { emitter.branchOnNull(depth: depth) }
    default: try branchOnNonNull(&emitter)
    }
  }

  private mutating func branchOnNonNull(_ emitter: inout E) throws(ModuleError) {
    let depth = try label()
    let types = blocks[depth].labelTypes
    guard let last = types.last, last.isReference else { throw invalid("type mismatch: the label takes no reference") }
    let type = try popReference()
    guard type.knownNonNull.matches(last) else { throw invalid("type mismatch: the label takes \(last), not \(type)") }
    try keep(UnsafeBufferPointer(rebasing: types.dropLast()))
    if isLive { emitter.branchOnNonNull(depth: depth) }
  }

  /// Pops a reference of any type; `bottom` in code that cannot be reached.
  mutating func popReference() throws(ModuleError) -> ValueType {
    let type = try popAny()
    guard type.isReference || type == .bottom else { throw invalid("type mismatch: a reference is wanted, not \(type)") }
    return type
  }

  // MARK: Tables

  mutating func table(_ opcode: Opcode, _ emitter: inout E) throws(ModuleError) {
    switch opcode {
    case .tableCopy: return try tableCopy(&emitter)
    case .tableInit: return try tableInit(&emitter)
    case .elementDrop:
      let segment = try reader.u32()
      try requireElement(segment)
      if isLive { emitter.elementDrop(segment) }
      return
    default: break
    }
    let index = try tableIndex()
    let element = context.tables[Int(index)].element
    let address = context.tables[Int(index)].address.valueType
    switch opcode {
    case .tableGet:
      try pop(address)
      operands.push(element)
      if isLive { emitter.tableGet(index) }
    case .tableSet:
      try pop(element)
      try pop(address)
      if isLive { emitter.tableSet(index) }
    case .tableSize:
      operands.push(address)
      if isLive { emitter.tableSize(index) }
    case .tableGrow:
      try pop(address)
      try pop(element)
      operands.push(address)
      if isLive { emitter.tableGrow(index) }
    default:
      try pop(address)
      try pop(element)
      try pop(address)
      if isLive { emitter.tableFill(index) }
    }
  }

  private mutating func tableCopy(_ emitter: inout E) throws(ModuleError) {
    let destination = try tableIndex()
    let source = try tableIndex()
    let (to, from) = (context.tables[Int(destination)], context.tables[Int(source)])
    guard from.element.matches(to.element) else { throw invalid("type mismatch: copies \(from.element) into a table of \(to.element)") }
    try pop(to.address == .i64 && from.address == .i64 ? .i64 : .i32)
    try pop(from.address.valueType)
    try pop(to.address.valueType)
    if isLive { emitter.tableCopy(destination: destination, source: source) }
  }

  private mutating func tableInit(_ emitter: inout E) throws(ModuleError) {
    let segment = try reader.u32()
    let table = try tableIndex()
    try requireElement(segment)
    let (to, type) = (context.tables[Int(table)], context.elements[Int(segment)])
    guard type.matches(to.element) else { throw invalid("type mismatch: copies \(type) into a table of \(to.element)") }
    try pop(.i32)
    try pop(.i32)
    try pop(to.address.valueType)
    if isLive { emitter.tableInit(table: table, segment: segment) }
  }

  private mutating func tableIndex() throws(ModuleError) -> UInt32 {
    let index = try reader.u32()
    guard Int(index) < context.tables.count else { throw invalid("unknown table \(index)") }
    return index
  }

  func requireElement(_ segment: UInt32) throws(ModuleError) {
    guard Int(segment) < context.elements.count else { throw invalid("unknown elem segment \(segment)") }
  }
}

extension ValueType {
  /// The type without null, where it is known at all.
  var knownNonNull: ValueType { self == .bottom ? self : nonNull }
}
