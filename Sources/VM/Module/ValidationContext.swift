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
    let valueCount = parts.types.reduce(0) { $0 + $1.parameters.count + $1.results.count }
    values = .allocate(capacity: valueCount)
    let rest = values
    var next = 0
    func keep(_ types: [ValueType]) -> UnsafeBufferPointer<ValueType> {
      defer { next += types.count }
      for (index, type) in types.enumerated() { rest[next + index] = type }
      return UnsafeBufferPointer(rebasing: rest[next..<next + types.count])
    }
    signatures = Self.fixed(parts.types.count) {
      BlockSignature(parameters: keep(parts.types[$0].parameters), results: keep(parts.types[$0].results))
    }
    functionTypes = Self.fixed(parts.functionTypes.count) { parts.functionTypes[$0] }
    importedFunctionCount = parts.importedFunctionCount
    bodies = Self.fixed(parts.bodies.count) { parts.bodies[$0] }
    tables = Self.fixed(parts.tables.count) { parts.tables[$0].type.element }
    memoryCount = parts.memories.count
    globals = Self.fixed(parts.globals.count) {
      Global(type: parts.globals[$0].type.value, isMutable: parts.globals[$0].type.isMutable)
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

  /// Without an array in between: every type of array costs start-up time.
  private static func fixed<Element>(_ count: Int, _ element: (Int) -> Element) -> UnsafeMutableBufferPointer<Element> {
    let buffer = UnsafeMutableBufferPointer<Element>.allocate(capacity: count)
    for index in 0..<count { buffer.initializeElement(at: index, to: element(index)) }
    return buffer
  }
}
