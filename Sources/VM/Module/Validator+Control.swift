/// Control instructions (3.3.8).
extension Validator {
  mutating func block(_ kind: ControlFrame.Kind, _ emitter: inout E) throws(ModuleError) {
    let signature = try blockType()
    if kind == .ifThen { try pop(.i32) }
    if kind == .tryTable { try catchClauses() }
    try pop(signature.parameters)
    guard blocks.count < ImplementationLimits.openBlocks else {
      throw .limit(at: operatorOffset, "more than \(ImplementationLimits.openBlocks) open blocks")
    }
    if isLive {
      switch kind {
      case .loop: emitter.loop(signature)
      case .ifThen: emitter.ifThen(signature)
      case .tryTable: clauses.withElements { emitter.tryTable(signature, $0) }
      default: emitter.block(signature)
      }
    }
    blocks[0].isPolymorphic = operands.isPolymorphic
    blocks.push(
      ControlFrame(signature: signature, floor: operands.count, kind: kind, isEmitted: isLive, setLocals: setLocalCount))
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
      return BlockSignature(parameters: none, results: context.single(try reader.valueType(in: context.typeSpace)))
    }
    let index = try reader.s33()
    guard index >= 0 && index < context.types.count else { throw invalid("unknown type \(index)") }
    guard context.types[Int(index)].pointee.kind == .function else { throw invalid("type mismatch: type \(index) is no function type") }
    return context.types[Int(index)].pointee.signature
  }

  mutating func elseArm(_ emitter: inout E) throws(ModuleError) {
    let frame = blocks[0]
    guard frame.kind == .ifThen else { throw ModuleError(.malformed, at: operatorOffset, "END opcode expected: else without if") }
    try popResults(frame)
    if frame.isEmitted { emitter.elseArm(reachable: isLive) }
    blocks[0].kind = .elseArm
    forgetSetLocals(downTo: frame.setLocals)
    operands.isPolymorphic = false
    isLive = frame.isEmitted
    push(frame.signature.parameters)
  }

  mutating func end(_ emitter: inout E) throws(ModuleError) {
    let frame = blocks[0]
    try popResults(frame)
    // Without an else arm the parameters are the results.
    let (parameters, results) = (frame.signature.parameters, frame.signature.results)
    if frame.kind == .ifThen && !(parameters.count == results.count && zip(parameters, results).allSatisfy { $0.matches($1) }) {
      throw invalid("type mismatch: an if without else must leave its parameters")
    }
    if frame.kind == .function {
      emitter.end(reachable: isLive)
      blocks.pop()
      return
    }
    if frame.isEmitted { emitter.endBlock(reachable: isLive) }
    forgetSetLocals(downTo: frame.setLocals)
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
  mutating func label() throws(ModuleError) -> Int {
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
    try keep(blocks[depth].labelTypes)
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

  /// The operands that a branch carries become the label's types.
  mutating func keep(_ types: UnsafeBufferPointer<ValueType>) throws(ModuleError) {
    guard types.count > 0 else { return }
    try pop(types)
    push(types)
  }
}
