/// Selection, references, and bulk operators on tables and memories (3.3.2, 3.3.4, 3.3.6, 3.3.7).
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
    let type = try reader.valueType()
    try pop(.i32)
    try pop(type)
    try pop(type)
    operands.push(type)
    if isLive { emitter.select(type) }
  }

  mutating func reference(_ opcode: Opcode, _ emitter: inout E) throws(ModuleError) {
    if opcode == .refNull {
      let type = try reader.heapType()
      operands.push(type)
      if isLive { emitter.refNull(type) }
      return
    }
    let type = try popAny()
    guard type.isReference || type == .bottom else { throw invalid("type mismatch: ref.is_null of \(type)") }
    operands.push(.i32)
    if isLive { emitter.refIsNull() }
  }

  /// Table operators whose operands depend on the table's type.
  mutating func table(_ opcode: Opcode, _ emitter: inout E) throws(ModuleError) {
    let index = try tableIndex()
    let element = context.tables[Int(index)]
    switch opcode {
    case .tableGet:
      try pop(.i32)
      operands.push(element)
      if isLive { emitter.tableGet(index) }
    case .tableSet:
      try pop(element)
      try pop(.i32)
      if isLive { emitter.tableSet(index) }
    case .tableGrow:
      try pop(.i32)
      try pop(element)
      operands.push(.i32)
      if isLive { emitter.tableGrow(index) }
    default:
      try pop(.i32)
      try pop(element)
      try pop(.i32)
      if isLive { emitter.tableFill(index) }
    }
  }

  /// Operators whose signature is in the table; the immediates are indices.
  mutating func fixed(_ row: UnsafePointer<OpcodeRow>, _ emitter: inout E) throws(ModuleError) {
    let opcode = row.pointee.opcode
    switch opcode {
    case .refFunc:
      let function = try functionIndex()
      guard context.isDeclared[Int(function)] else { throw invalid("undeclared function reference \(function)") }
      if isLive { emitter.refFunc(function) }
    case .memorySize:
      let memory = try memoryIndex()
      if isLive { emitter.memorySize(memory) }
    case .memoryGrow:
      let memory = try memoryIndex()
      if isLive { emitter.memoryGrow(memory) }
    case .memoryFill:
      let memory = try memoryIndex()
      if isLive { emitter.memoryFill(memory) }
    case .memoryCopy:
      let destination = try memoryIndex()
      let source = try memoryIndex()
      if isLive { emitter.memoryCopy(destination: destination, source: source) }
    case .memoryInit:
      let segment = try reader.u32()
      let memory = try memoryIndex()
      try requireData(segment)
      if isLive { emitter.memoryInit(memory: memory, segment: segment) }
    case .dataDrop:
      let segment = try reader.u32()
      try requireData(segment)
      if isLive { emitter.dataDrop(segment) }
    case .tableSize:
      let table = try tableIndex()
      if isLive { emitter.tableSize(table) }
    case .tableCopy:
      let destination = try tableIndex()
      let source = try tableIndex()
      try requireSame(context.tables[Int(destination)], context.tables[Int(source)])
      if isLive { emitter.tableCopy(destination: destination, source: source) }
    case .tableInit:
      let segment = try reader.u32()
      let table = try tableIndex()
      try requireElement(segment)
      try requireSame(context.tables[Int(table)], context.elements[Int(segment)])
      if isLive { emitter.tableInit(table: table, segment: segment) }
    default:
      // elem.drop
      let segment = try reader.u32()
      try requireElement(segment)
      if isLive { emitter.elementDrop(segment) }
    }
    try applySlowly(row)
  }

  private mutating func tableIndex() throws(ModuleError) -> UInt32 {
    let index = try reader.u32()
    guard Int(index) < context.tables.count else { throw invalid("unknown table \(index)") }
    return index
  }

  private mutating func memoryIndex() throws(ModuleError) -> UInt32 {
    let index = try reader.u32()
    guard Int(index) < context.memoryCount else { throw invalid("unknown memory \(index)") }
    return index
  }

  private func requireData(_ segment: UInt32) throws(ModuleError) {
    guard let count = context.dataCount else { throw ModuleError(.malformed, at: operatorOffset, "data count section required") }
    guard segment < count else { throw invalid("unknown data segment \(segment)") }
  }

  private func requireElement(_ segment: UInt32) throws(ModuleError) {
    guard Int(segment) < context.elements.count else { throw invalid("unknown elem segment \(segment)") }
  }

  private func requireSame(_ destination: ValueType, _ source: ValueType) throws(ModuleError) {
    guard destination == source else { throw invalid("type mismatch: copies \(source) into a table of \(destination)") }
  }
}
