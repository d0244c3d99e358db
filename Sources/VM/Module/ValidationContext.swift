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
    values = Self.fixed(parts.types.flatMap { $0.parameters + $0.results })
    var next = 0
    let all = UnsafeBufferPointer(values)
    func take(_ count: Int) -> UnsafeBufferPointer<ValueType> {
      defer { next += count }
      return UnsafeBufferPointer(rebasing: all[next..<next + count])
    }
    signatures = Self.fixed(
      parts.types.map { type in
        let parameters = take(type.parameters.count)
        return BlockSignature(parameters: parameters, results: take(type.results.count))
      })
    functionTypes = Self.fixed(parts.functionTypes)
    importedFunctionCount = parts.importedFunctionCount
    bodies = Self.fixed(parts.bodies)
    tables = Self.fixed(parts.tables.map(\.type.element))
    memoryCount = parts.memories.count
    globals = Self.fixed(parts.globals.map { Global(type: $0.type.value, isMutable: $0.type.isMutable) })
    elements = Self.fixed(parts.elements.map(\.type))
    dataCount = parts.dataCount
    isDeclared = Self.fixed(Array(repeating: false, count: parts.functionTypes.count))
    for function in parts.declaredReferences { isDeclared[Int(function)] = true }
    singles = Self.fixed((Self.firstSingle...0x7F).map { ValueType(code: $0) })
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

  private static func fixed<Element>(_ array: [Element]) -> UnsafeMutableBufferPointer<Element> {
    let buffer = UnsafeMutableBufferPointer<Element>.allocate(capacity: array.count)
    _ = buffer.initialize(from: array)
    return buffer
  }
}
