/// The type section (5.5.4, 5.3.11): recursion groups of function, structure and array types.
extension Decoder {
  /// The types that an index can name here.
  var typeSpace: TypeSpace {
    TypeSpace(
      numbers: parts.types.storage.map { UnsafePointer($0.elements.assumingMemoryBound(to: UInt32.self)) }, count: parts.types.count)
  }

  mutating func types() throws(ModuleError) {
    var group = TypeGroup()
    for _ in 0..<(try reader.u32()) {
      let first = reader.offset
      var count: UInt32 = 1
      if reader.next == 0x4E {
        _ = try reader.byte()
        count = try reader.u32()
      }
      guard parts.types.count + Int(count) <= ImplementationLimits.types else {
        throw .limit(at: first, "more than \(ImplementationLimits.types) types")
      }
      group.removeAll()
      var space = typeSpace
      space.recursiveCount = Int(count)
      for place in 0..<count { try subtype(&group, space, place) }
      guard count > 0 else { continue }
      guard let number = TypeRegistry.shared.number(of: group) else { throw .limit(at: first, "no more types in this process") }
      for place in 0..<count { parts.types.append(number + place) }
      try checkSupertypes(from: number, count, at: first)
    }
  }

  /// A type with what is above it. A supertype stands before it.
  private mutating func subtype(_ group: inout TypeGroup, _ space: TypeSpace, _ place: UInt32) throws(ModuleError) {
    var form = try reader.byte()
    var isFinal = true
    var supertype: ValueType?
    if form == 0x4F || form == 0x50 {
      isFinal = form == 0x4F
      let first = reader.offset
      let count = try reader.u32()
      guard count <= 1 else { throw ModuleError(.invalid, at: first, "sub type of \(count) types: there can be one") }
      if count == 1 {
        let index = try reader.u32()
        guard Int(index) < space.count + Int(place) else { throw ModuleError(.invalid, at: first, "unknown type \(index)") }
        supertype = space.reference(Int64(index), isNullable: true)
      }
      form = try reader.byte()
    }
    switch form {
    case 0x60:
      group.begin(.function, isFinal: isFinal, supertype: supertype)
      group.append(try reader.resultType(in: space))
      group.append(try reader.resultType(in: space))
    case 0x5F:
      group.begin(.structure, isFinal: isFinal, supertype: supertype)
      let first = reader.offset
      let count = try reader.u32()
      guard count <= ImplementationLimits.fields else {
        throw .limit(at: first, "more than \(ImplementationLimits.fields) fields")
      }
      var fields = List<FieldType>()
      for _ in 0..<count { fields.append(try reader.fieldType(in: space)) }
      group.append(fields)
    case 0x5E:
      group.begin(.array, isFinal: isFinal, supertype: supertype)
      group.append(List(repeating: try reader.fieldType(in: space), count: 1))
    default: throw reader.refusal(type: "definition type", form)
    }
  }

  /// 3.2.15: a supertype is open, and the type matches it.
  private func checkSupertypes(from number: UInt32, _ count: UInt32, at offset: Int) throws(ModuleError) {
    for number in number..<number + count {
      let row = TypeRegistry.shared.row(number)
      let depth = row.pointee.lineage.count
      guard depth > 1 else { continue }
      guard depth <= ImplementationLimits.subtypingDepth else {
        throw .limit(at: offset, "more than \(ImplementationLimits.subtypingDepth) types above a type")
      }
      let supertype = TypeRegistry.shared.row(row.pointee.lineage[depth - 2])
      guard !supertype.pointee.isFinal, row.pointee.fits(under: supertype.pointee) else {
        throw ModuleError(
          .invalid, at: offset, "sub type \(row.pointee.shortName) does not match super type \(supertype.pointee.shortName)")
      }
    }
  }

  /// The row of a function type's index.
  mutating func functionTypeIndex() throws(ModuleError) -> UInt32 {
    let first = reader.offset
    let index = try typeIndex()
    guard row(ofType: index).pointee.kind == .function else {
      throw ModuleError(.invalid, at: first, "type mismatch: type \(index) is no function type")
    }
    return index
  }

  func row(ofType index: UInt32) -> DefinedType.Pointer { TypeRegistry.shared.row(parts.types[Int(index)]) }
}
