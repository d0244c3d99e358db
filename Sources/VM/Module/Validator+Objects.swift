/// Structures, arrays and casts (3.4.3 to 3.4.5).
extension Validator {
  mutating func object(_ opcode: Opcode, _ emitter: inout E) throws(ModuleError) {
    switch opcode {
    case .structNew, .structNewDefault, .structGet, .structGetS, .structGetU, .structSet: try structure(opcode, &emitter)
    case .arrayNew, .arrayNewDefault, .arrayNewFixed, .arrayNewData, .arrayNewElem: try newArray(opcode, &emitter)
    case .arrayGet, .arrayGetS, .arrayGetU, .arraySet, .arrayLen, .arrayFill, .arrayCopy, .arrayInitData, .arrayInitElem:
      try array(opcode, &emitter)
    case .refTest, .refTestNull, .refCast, .refCastNull: try cast(opcode, &emitter)
    case .brOnCast, .brOnCastFail: try branchOnCast(opcode, &emitter)
    default: try conversion(opcode, &emitter)
    }
  }

  private mutating func pushReference(to type: DefinedType.Pointer) {
    operands.push(ValueType(defined: type.pointee.number, isNullable: false))
  }

  private mutating func popReference(to type: DefinedType.Pointer) throws(ModuleError) {
    try pop(ValueType(defined: type.pointee.number, isNullable: true))
  }

  // MARK: Structures

  private mutating func structure(_ opcode: Opcode, _ emitter: inout E) throws(ModuleError) {
    let type = try type(.structure, "structure")
    switch opcode {
    case .structNew:
      for field in type.pointee.fields.reversed() { try pop(field.storage.unpacked) }
      pushReference(to: type)
      if isLive { emitter.structNew(type, isDefault: false) }
      return
    case .structNewDefault:
      try requireDefault(type)
      pushReference(to: type)
      if isLive { emitter.structNew(type, isDefault: true) }
      return
    default: break
    }
    let index = Int(try reader.u32())
    guard index < type.pointee.fields.count else { throw invalid("unknown field \(index)") }
    let field = type.pointee.fields[index]
    if opcode == .structSet {
      guard field.isMutable else { throw invalid("immutable field \(index)") }
      try pop(field.storage.unpacked)
      try popReference(to: type)
      if isLive { emitter.structSet(type, field: index) }
      return
    }
    guard field.storage.isPacked == (opcode != .structGet) else {
      throw invalid("field \(index) is \(field.storage.isPacked ? "" : "un")packed")
    }
    try popReference(to: type)
    operands.push(field.storage.unpacked)
    if isLive { emitter.structGet(type, field: index, isSigned: opcode == .structGetS) }
  }

  private func requireDefault(_ type: DefinedType.Pointer) throws(ModuleError) {
    guard type.pointee.fields.allSatisfy({ $0.storage.isDefaultable }) else {
      throw invalid("type mismatch: field type is not defaultable")
    }
  }

  // MARK: Arrays

  private mutating func newArray(_ opcode: Opcode, _ emitter: inout E) throws(ModuleError) {
    let type = try type(.array, "array")
    let element = type.pointee.element.storage
    switch opcode {
    case .arrayNew:
      try pop(.i32)
      try pop(element.unpacked)
      if isLive { emitter.arrayNew(type, isDefault: false) }
    case .arrayNewDefault:
      try requireDefault(type)
      try pop(.i32)
      if isLive { emitter.arrayNew(type, isDefault: true) }
    case .arrayNewFixed:
      let count = try reader.u32()
      guard count <= ImplementationLimits.fixedElements else {
        throw .limit(at: operatorOffset, "array.new_fixed of more than \(ImplementationLimits.fixedElements) elements")
      }
      for _ in 0..<count { try pop(element.unpacked) }
      if isLive { emitter.arrayNewFixed(type, count: count) }
    default:
      let segment = try segment(of: type, isData: opcode == .arrayNewData)
      try pop(.i32)
      try pop(.i32)
      if isLive { emitter.arrayNew(type, segment: segment) }
    }
    pushReference(to: type)
  }

  /// The segment that an array's elements come from.
  private mutating func segment(of type: DefinedType.Pointer, isData: Bool) throws(ModuleError) -> UInt32 {
    let segment = try reader.u32()
    let element = type.pointee.element.storage
    if isData {
      guard !element.isReference else { throw invalid("type mismatch: array type is not numeric or vector") }
      try requireData(segment)
    } else {
      try requireElement(segment)
      guard context.elements[Int(segment)].matches(element) else {
        throw invalid("type mismatch: elements of type \(context.elements[Int(segment)]) in an array of \(element)")
      }
    }
    return segment
  }

  private mutating func array(_ opcode: Opcode, _ emitter: inout E) throws(ModuleError) {
    guard opcode != .arrayLen else {
      try pop(.arrayref)
      operands.push(.i32)
      if isLive { emitter.arrayLength() }
      return
    }
    let type = try type(.array, "array")
    let element = type.pointee.element
    if opcode == .arrayGet || opcode == .arrayGetS || opcode == .arrayGetU {
      guard element.storage.isPacked == (opcode != .arrayGet) else {
        throw invalid("array is \(element.storage.isPacked ? "" : "un")packed")
      }
      try pop(.i32)
      try popReference(to: type)
      operands.push(element.storage.unpacked)
      if isLive { emitter.arrayGet(type, isSigned: opcode == .arrayGetS) }
      return
    }
    let source = opcode == .arrayCopy ? try self.type(.array, "array") : type
    guard element.isMutable else { throw invalid("immutable array") }
    switch opcode {
    case .arraySet:
      try pop(element.storage.unpacked)
      try pop(.i32)
      try popReference(to: type)
      if isLive { emitter.arraySet(type) }
    case .arrayFill:
      try pop(.i32)
      try pop(element.storage.unpacked)
      try pop(.i32)
      try popReference(to: type)
      if isLive { emitter.arrayFill(type) }
    case .arrayCopy:
      guard source.pointee.element.storage.matches(element.storage) else { throw invalid("array types do not match") }
      try pop(.i32)
      try pop(.i32)
      try popReference(to: source)
      try pop(.i32)
      try popReference(to: type)
      if isLive { emitter.arrayCopy(type, source) }
    default:
      let segment = try segment(of: type, isData: opcode == .arrayInitData)
      try pop(.i32)
      try pop(.i32)
      try pop(.i32)
      try popReference(to: type)
      if isLive { emitter.arrayInit(type, segment: segment) }
    }
  }

  // MARK: Casts

  private mutating func cast(_ opcode: Opcode, _ emitter: inout E) throws(ModuleError) {
    let isNullable = opcode == .refTestNull || opcode == .refCastNull
    let type = try reader.heapType(isNullable: isNullable, in: context.typeSpace)
    try pop(type.hierarchyTop)
    if opcode == .refTest || opcode == .refTestNull {
      operands.push(.i32)
      if isLive { emitter.refTest(type) }
    } else {
      operands.push(type)
      if isLive { emitter.refCast(type) }
    }
  }

  private mutating func branchOnCast(_ opcode: Opcode, _ emitter: inout E) throws(ModuleError) {
    let flags = try reader.byte()
    guard flags < 4 else { throw ModuleError(.malformed, at: reader.offset - 1, "malformed br_on_cast flags \(flags)") }
    let depth = try label()
    let from = try reader.heapType(isNullable: flags & 1 != 0, in: context.typeSpace)
    let to = try reader.heapType(isNullable: flags & 2 != 0, in: context.typeSpace)
    guard to.matches(from) else { throw invalid("type mismatch: a cast from \(from) to \(to)") }
    let fails = opcode == .brOnCastFail
    let rest = from.without(to)
    let (taken, kept) = fails ? (rest, to) : (to, rest)
    let types = blocks[depth].labelTypes
    guard let last = types.last, taken.matches(last) else { throw invalid("type mismatch: the label does not take \(taken)") }
    try pop(from)
    try keep(UnsafeBufferPointer(rebasing: types.dropLast()))
    operands.push(kept)
    if isLive { emitter.branchOnCast(depth: depth, to, fails: fails) }
  }

  private mutating func conversion(_ opcode: Opcode, _ emitter: inout E) throws(ModuleError) {
    switch opcode {
    case .anyConvertExtern, .externConvertAny:
      // Slots hold both alike.
      let type = try popReference()
      let (from, to): (ValueType, ValueType) = opcode == .anyConvertExtern ? (.externref, .anyref) : (.anyref, .externref)
      guard type.matches(from) else { throw mismatch(context.single(from)) }
      operands.push(type.isNullable && type != .bottom ? to : to.nonNull)
    case .refI31:
      try pop(.i32)
      operands.push(.i31ref.nonNull)
      if isLive { emitter.refI31() }
    default:
      try pop(.i31ref)
      operands.push(.i32)
      if isLive { emitter.i31Get(isSigned: opcode == .i31GetS) }
    }
  }
}
