/// Calls (3.4.8).
extension Validator {
  mutating func anyCall(_ opcode: Opcode, _ emitter: inout E) throws(ModuleError) {
    switch opcode {
    case .call: try call(&emitter)
    case .callIndirect: try callIndirect(&emitter)
    case .callRef: try callReference(&emitter)
    case .returnCall: try returnCall(&emitter)
    case .returnCallIndirect: try returnCallIndirect(&emitter)
    default: try returnCallReference(&emitter)
    }
  }

  private mutating func call(_ emitter: inout E) throws(ModuleError) {
    let function = try functionIndex()
    let signature = context.signature(ofFunction: function)
    try pop(signature.parameters)
    push(signature.results)
    if isLive { emitter.call(function: function, type: signature) }
  }

  private mutating func callIndirect(_ emitter: inout E) throws(ModuleError) {
    let (type, table) = try indirectCallee()
    try pop(context.tables[Int(table)].address.valueType)
    try pop(type.pointee.parameters)
    push(type.pointee.results)
    if isLive { emitter.callIndirect(table: table, type: type) }
  }

  private mutating func callReference(_ emitter: inout E) throws(ModuleError) {
    let type = try functionType()
    try pop(ValueType(defined: type.pointee.number, isNullable: true))
    try pop(type.pointee.parameters)
    push(type.pointee.results)
    if isLive { emitter.callReference(type) }
  }

  private mutating func returnCall(_ emitter: inout E) throws(ModuleError) {
    let function = try functionIndex()
    let signature = context.signature(ofFunction: function)
    try requireOwnResults(signature)
    try pop(signature.parameters)
    if isLive { emitter.returnCall(function: function, type: signature) }
    becomeUnreachable()
  }

  private mutating func returnCallIndirect(_ emitter: inout E) throws(ModuleError) {
    let (type, table) = try indirectCallee()
    try requireOwnResults(type.pointee.signature)
    try pop(context.tables[Int(table)].address.valueType)
    try pop(type.pointee.parameters)
    if isLive { emitter.returnCallIndirect(table: table, type: type) }
    becomeUnreachable()
  }

  private mutating func returnCallReference(_ emitter: inout E) throws(ModuleError) {
    let type = try functionType()
    try requireOwnResults(type.pointee.signature)
    try pop(ValueType(defined: type.pointee.number, isNullable: true))
    try pop(type.pointee.parameters)
    if isLive { emitter.returnCallReference(type) }
    becomeUnreachable()
  }

  @inline(__always)
  func isFunction(_ index: UInt32) -> Bool { Int(index) < context.functionTypes.count }

  mutating func functionIndex() throws(ModuleError) -> UInt32 {
    let index = try reader.u32()
    guard isFunction(index) else { throw invalid("unknown function \(index)") }
    return index
  }

  /// The type of an index, which has to be of the kind.
  mutating func type(_ kind: DefinedType.Kind, _ what: String) throws(ModuleError) -> DefinedType.Pointer {
    let index = try reader.u32()
    guard Int(index) < context.types.count else { throw invalid("unknown type \(index)") }
    guard context.types[Int(index)].pointee.kind == kind else { throw invalid("type mismatch: type \(index) is no \(what) type") }
    return context.types[Int(index)]
  }

  private mutating func functionType() throws(ModuleError) -> DefinedType.Pointer { try type(.function, "function") }

  private mutating func indirectCallee() throws(ModuleError) -> (type: DefinedType.Pointer, table: UInt32) {
    let type = try functionType()
    let table = try reader.u32()
    guard Int(table) < context.tables.count else { throw invalid("unknown table \(table)") }
    guard context.tables[Int(table)].element.matches(.funcref) else {
      throw invalid("type mismatch: table \(table) does not hold functions")
    }
    return (type, table)
  }

  /// A tail call's results become the function's own.
  private func requireOwnResults(_ callee: BlockSignature) throws(ModuleError) {
    let own = blocks[blocks.count - 1].signature.results
    guard callee.results.count == own.count, zip(callee.results, own).allSatisfy({ $0.matches($1) }) else {
      throw invalid("type mismatch: the callee has other results than the function")
    }
  }
}
