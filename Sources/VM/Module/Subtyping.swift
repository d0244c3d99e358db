/// Matching of types (3.3).
extension ValueType {
  /// Whether a value of this type may stand where one of type `other` is wanted. Of equal types callers mostly know without asking.
  func matches(_ other: ValueType) -> Bool {
    if code == other.code || self == .bottom { return true }
    guard isReference, other.isReference, !isNullable || other.isNullable else { return false }
    return nullable.heapMatches(other.nullable)
  }

  /// Matching of heap types (3.3.4); both sides as nullable references.
  private func heapMatches(_ other: ValueType) -> Bool {
    if code == other.code { return true }
    let row = definedNumber.map { TypeRegistry.shared.row($0) }
    if let wanted = other.definedNumber.map({ TypeRegistry.shared.row($0) }) {
      if let row { return row.pointee.isBelow(wanted) }
      return self == (wanted.pointee.kind == .function ? .nullfuncref : .nullref)
    }
    let kind = row?.pointee.kind
    switch other {
    case .funcref: return kind == .function || self == .nullfuncref
    case .externref: return self == .nullexternref
    case .exnref: return self == .nullexnref
    case .anyref: return self == .eqref || self == .i31ref || isObject(kind) || self == .nullref
    case .eqref: return self == .i31ref || isObject(kind) || self == .nullref
    case .i31ref: return self == .nullref
    case .structref: return kind == .structure || self == .nullref
    case .arrayref: return kind == .array || self == .nullref
    default: return false
    }
  }

  private func isObject(_ kind: DefinedType.Kind?) -> Bool {
    self == .structref || self == .arrayref || kind == .structure || kind == .array
  }

  /// The top of the type's hierarchy (3.1.8), nullable.
  public var hierarchyTop: ValueType {
    switch code & 0xFF {
    case 0x70, 0x73: return .funcref
    case 0x6F, 0x72: return .externref
    case 0x69, 0x74: return .exnref
    case Self.definedByte:
      return TypeRegistry.shared.row(code >> Self.numberShift).pointee.kind == .function ? .funcref : .anyref
    default: return .anyref
    }
  }
}

extension FieldType {
  /// Matching of fields (3.3.9).
  func matches(_ other: FieldType) -> Bool {
    guard isMutable == other.isMutable else { return false }
    return isMutable ? storage == other.storage : storage.matches(other.storage)
  }
}

extension DefinedType {
  /// Whether the type may name `other` as its supertype (3.3.10): not whether it does.
  func fits(under other: DefinedType) -> Bool {
    guard kind == other.kind else { return false }
    switch kind {
    case .function:
      return parameters.count == other.parameters.count && results.count == other.results.count
        && zip(other.parameters, parameters).allSatisfy { $0.matches($1) } && zip(results, other.results).allSatisfy { $0.matches($1) }
    case .structure:
      return fields.count >= other.fields.count && zip(fields, other.fields).allSatisfy { $0.matches($1) }
    case .array: return element.matches(other.element)
    }
  }
}

extension ValueType {
  /// What remains of this reference type once it is known not to be of type `other` (3.1.10): null goes with `other` where that is nullable.
  func without(_ other: ValueType) -> ValueType { other.isNullable ? nonNull : self }
}
