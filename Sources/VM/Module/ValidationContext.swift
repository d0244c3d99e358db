/// What the validation of function bodies needs of a module (3.1.1, "contexts"), in plain memory at fixed addresses.
///
/// The module makes it once and frees it at its end; copies are cheap and share the memory. Types that emitters are given
/// (`BlockSignature`) point into it and so live as long as the module.
struct ValidationContext: @unchecked Sendable {
  struct Global {
    var type: ValueType
    var isMutable: Bool
  }

  let module: ModuleBytes
  let signatures: UnsafeMutableBufferPointer<BlockSignature>
  /// Type index of every function.
  let functionTypes: UnsafeMutableBufferPointer<UInt32>
  let importedFunctionCount: Int
  let bodies: UnsafeMutableBufferPointer<FunctionBody>
  /// Element types.
  let tables: UnsafeMutableBufferPointer<ValueType>
  let memoryCount: Int
  let globals: UnsafeMutableBufferPointer<Global>
  /// Types of the element segments.
  let elements: UnsafeMutableBufferPointer<ValueType>
  let dataCount: UInt32?
  /// Whether `ref.func` may name the function.
  let isDeclared: UnsafeMutableBufferPointer<Bool>
  /// Parameters and results of all types, one after the other.
  private let values: UnsafeMutableBufferPointer<ValueType>
  /// The value types with codes 0x40 to 0x7F, so that a block's single result has an address.
  private let singles: UnsafeMutableBufferPointer<ValueType>
  private static let firstSingle: UInt32 = 0x40

  init(_ parts: ModuleParts) {
    module = parts.bytes
    var valueCount = 0
    for type in parts.types { valueCount += type.parameters.count + type.results.count }
    let values = UnsafeMutableBufferPointer<ValueType>.allocate(capacity: valueCount)
    self.values = values
    var next = 0
    func place(_ types: List<ValueType>) -> UnsafeBufferPointer<ValueType> {
      let first = next
      for type in types {
        values.initializeElement(at: next, to: type)
        next += 1
      }
      return UnsafeBufferPointer(rebasing: UnsafeBufferPointer(values)[first..<next])
    }
    signatures = Self.fixed(parts.types.count) { index in
      let parameters = place(parts.types[index].parameters)
      return BlockSignature(parameters: parameters, results: place(parts.types[index].results))
    }
    functionTypes = Self.fixed(parts.functionTypes.count) { parts.functionTypes[$0] }
    importedFunctionCount = parts.importedFunctionCount
    bodies = Self.fixed(parts.bodies.count) { parts.bodies[$0] }
    tables = Self.fixed(parts.tables.count) { parts.tables[$0].type.element }
    memoryCount = parts.memories.count
    globals = Self.fixed(parts.globals.count) { index in
      let type = parts.globals[index].type
      return Global(type: type.value, isMutable: type.isMutable)
    }
    elements = Self.fixed(parts.elements.count) { parts.elements[$0].type }
    dataCount = parts.dataCount
    isDeclared = Self.fixed(parts.functionTypes.count) { _ in false }
    for function in parts.declaredReferences { isDeclared[Int(function)] = true }
    singles = Self.fixed(Int(0x80 - Self.firstSingle)) { ValueType(code: Self.firstSingle + UInt32($0)) }
  }

  /// Frees the memory; no copy may be used afterwards.
  func deallocate() {
    signatures.deallocate()
    functionTypes.deallocate()
    bodies.deallocate()
    tables.deallocate()
    globals.deallocate()
    elements.deallocate()
    isDeclared.deallocate()
    values.deallocate()
    singles.deallocate()
  }

  @inline(__always)
  func signature(ofFunction index: UInt32) -> BlockSignature { signatures[Int(functionTypes[Int(index)])] }

  /// A list of one value type (a code up to 0x7F) at a fixed address.
  func single(_ type: ValueType) -> UnsafeBufferPointer<ValueType> {
    let index = Int(type.code - Self.firstSingle)
    return UnsafeBufferPointer(rebasing: singles[index...index])
  }

  private static func fixed<Element>(_ count: Int, _ element: (Int) -> Element) -> UnsafeMutableBufferPointer<Element> {
    let buffer = UnsafeMutableBufferPointer<Element>.allocate(capacity: count)
    for index in 0..<count { buffer.initializeElement(at: index, to: element(index)) }
    return buffer
  }
}
