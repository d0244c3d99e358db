/// Control instructions (3.3.8).
extension Validator {
  mutating func block(_ kind: ControlFrame.Kind, _ emitter: inout E) throws(ModuleError) {
    let signature = try blockType()
    if kind == .ifThen { try pop(.i32) }
    try pop(signature.parameters)
    guard blocks.count < ImplementationLimits.openBlocks else {
      throw .limit(at: operatorOffset, "more than \(ImplementationLimits.openBlocks) open blocks")
    }
    if isLive {
      switch kind {
      case .loop: emitter.loop(signature)
      case .ifThen: emitter.ifThen(signature)
      default: emitter.block(signature)
      }
    }
    blocks[0].isPolymorphic = operands.isPolymorphic
    blocks.push(ControlFrame(signature: signature, floor: operands.count, kind: kind, isEmitted: isLive))
    operands.floor = operands.count
    operands.isPolymorphic = false
    push(signature.parameters)
  }

  /// Block types (5.4.1): none, one result, or a function type's index.
  @inline(__always)
  private mutating func blockType() throws(ModuleError) -> BlockSignature {
    let none = UnsafeBufferPointer<ValueType>(start: nil, count: 0)
    if reader.next == 0x40 {
      _ = try reader.byte()
      return BlockSignature(parameters: none, results: none)
    }
    // Value types are the negative one-byte numbers.
    if let byte = reader.next, byte & 0xC0 == 0x40 {
      return BlockSignature(parameters: none, results: context.single(try reader.valueType()))
    }
    let index = try reader.s33()
    guard index >= 0 && index < context.signatures.count else { throw invalid("unknown type \(index)") }
    return context.signatures[Int(index)]
  }

  mutating func elseArm(_ emitter: inout E) throws(ModuleError) {
    let frame = blocks[0]
    guard frame.kind == .ifThen else { throw ModuleError(.malformed, at: operatorOffset, "END opcode expected: else without if") }
    try popResults(frame)
    if frame.isEmitted { emitter.elseArm(reachable: isLive) }
    blocks[0].kind = .elseArm
    operands.isPolymorphic = false
    isLive = frame.isEmitted
    push(frame.signature.parameters)
  }

  mutating func end(_ emitter: inout E) throws(ModuleError) {
    let frame = blocks[0]
    try popResults(frame)
    // Without an else arm the parameters are the results.
    if frame.kind == .ifThen && !frame.signature.parameters.elementsEqual(frame.signature.results) {
      throw invalid("type mismatch: an if without else must leave its parameters")
    }
    if frame.kind == .function {
      emitter.end(reachable: isLive)
      blocks.pop()
      return
    }
    if frame.isEmitted { emitter.endBlock(reachable: isLive) }
    blocks.pop()
    operands.floor = blocks[0].floor
    operands.isPolymorphic = blocks[0].isPolymorphic
    isLive = blocks[0].isEmitted && !operands.isPolymorphic
    push(frame.signature.results)
  }

  /// At the end of an arm exactly the results are on the stack.
  private mutating func popResults(_ frame: ControlFrame) throws(ModuleError) {
    try pop(frame.signature.results)
    guard operands.count == frame.floor else {
      throw invalid("type mismatch: values remain on stack at end of block: \(operands.description)")
    }
  }

  @inline(__always)
  private mutating func label() throws(ModuleError) -> Int {
    let depth = Int(try reader.u32())
    guard _fastPath(depth < blocks.count) else { throw invalid("unknown label \(depth)") }
    return depth
  }

  mutating func branch(_ emitter: inout E) throws(ModuleError) {
    let depth = try label()
    try pop(blocks[depth].labelTypes)
    if isLive { emitter.branch(depth: depth) }
    becomeUnreachable()
  }

  mutating func branchIf(_ emitter: inout E) throws(ModuleError) {
    let depth = try label()
    try pop(.i32)
    let types = blocks[depth].labelTypes
    if types.count > 0 {
      try pop(types)
      push(types)
    }
    if isLive { emitter.branchIf(depth: depth) }
  }

  mutating func branchTable(_ emitter: inout E) throws(ModuleError) {
    let count = Int(try reader.u32())
    // Every label takes a byte at least, the default label too.
    guard count < reader.remaining else { throw ModuleError(.malformed, at: operatorOffset, "length out of bounds") }
    if count + 1 > labelCapacity {
      labels.deallocate()
      labelCapacity = max(2 * labelCapacity, count + 1)
      labels = .allocate(capacity: labelCapacity)
    }
    for index in 0...count { labels[index] = UInt32(try label()) }
    try pop(.i32)

    let arity = blocks[Int(labels[count])].labelTypes.count
    var checked: UInt32?
    for index in 0...count where labels[index] != checked {
      let types = blocks[Int(labels[index])].labelTypes
      guard types.count == arity && operands.matches(types) else { throw mismatch(types) }
      checked = labels[index]
    }
    if isLive { emitter.branchTable(depths: UnsafeBufferPointer(start: labels, count: count + 1)) }
    becomeUnreachable()
  }

  mutating func returnFromFunction(_ emitter: inout E) throws(ModuleError) {
    try pop(blocks[blocks.count - 1].signature.results)
    if isLive { emitter.returnFromFunction() }
    becomeUnreachable()
  }

  // MARK: Calls

  mutating func call(_ emitter: inout E) throws(ModuleError) {
    let function = try functionIndex()
    let signature = context.signature(ofFunction: function)
    try pop(signature.parameters)
    push(signature.results)
    if isLive { emitter.call(function: function, type: signature) }
  }

  mutating func callIndirect(_ emitter: inout E) throws(ModuleError) {
    let (type, table) = try indirectCallee()
    let signature = context.signatures[Int(type)]
    try pop(.i32)
    try pop(signature.parameters)
    push(signature.results)
    if isLive { emitter.callIndirect(table: table, typeIndex: type, type: signature) }
  }

  mutating func returnCall(_ emitter: inout E) throws(ModuleError) {
    let function = try functionIndex()
    let signature = context.signature(ofFunction: function)
    try requireOwnResults(signature)
    try pop(signature.parameters)
    if isLive { emitter.returnCall(function: function, type: signature) }
    becomeUnreachable()
  }

  mutating func returnCallIndirect(_ emitter: inout E) throws(ModuleError) {
    let (type, table) = try indirectCallee()
    let signature = context.signatures[Int(type)]
    try requireOwnResults(signature)
    try pop(.i32)
    try pop(signature.parameters)
    if isLive { emitter.returnCallIndirect(table: table, typeIndex: type, type: signature) }
    becomeUnreachable()
  }

  @inline(__always)
  func isFunction(_ index: UInt32) -> Bool { Int(index) < context.functionTypes.count }

  mutating func functionIndex() throws(ModuleError) -> UInt32 {
    let index = try reader.u32()
    guard isFunction(index) else { throw invalid("unknown function \(index)") }
    return index
  }

  private mutating func indirectCallee() throws(ModuleError) -> (type: UInt32, table: UInt32) {
    let type = try reader.u32()
    let table = try reader.u32()
    guard Int(table) < context.tables.count else { throw invalid("unknown table \(table)") }
    guard context.tables[Int(table)] == .funcref else { throw invalid("type mismatch: table \(table) does not hold functions") }
    guard Int(type) < context.signatures.count else { throw invalid("unknown type \(type)") }
    return (type, table)
  }

  /// A tail call's results become the function's own.
  private func requireOwnResults(_ callee: BlockSignature) throws(ModuleError) {
    let own = blocks[blocks.count - 1].signature.results
    guard callee.results.elementsEqual(own) else { throw invalid("type mismatch: the callee has other results than the function") }
  }
}
