/// What the validation of function bodies needs of a module (3.1.1, "contexts"), in plain memory at fixed addresses.
///
/// The module makes it once and frees it at its end; copies are cheap and share the memory. Types that emitters are given
/// (`BlockSignature`) point into it and so live as long as the module.
struct ValidationContext: @unchecked Sendable {
  struct Global {
    var type: ValueType
    var isMutable: Bool
  }

  struct Table {
    var element: ValueType
    var address: AddressType
  }

  let module: ModuleBytes
  let features: Features
  /// The types by index.
  let types: UnsafeMutableBufferPointer<DefinedType.Pointer>
  /// Their canonical numbers.
  private let numbers: UnsafeMutableBufferPointer<UInt32>
  /// Type index of every function.
  let functionTypes: UnsafeMutableBufferPointer<UInt32>
  let importedFunctionCount: Int
  let bodies: UnsafeMutableBufferPointer<FunctionBody>
  let tables: UnsafeMutableBufferPointer<Table>
  let memories: UnsafeMutableBufferPointer<MemoryType>
  /// Whether memory 0 has 32-bit addresses, which most operators expect.
  let hasPlainMemory: Bool
  /// Types of the tags.
  let tags: UnsafeMutableBufferPointer<DefinedType.Pointer>
  let globals: UnsafeMutableBufferPointer<Global>
  /// Types of the element segments.
  let elements: UnsafeMutableBufferPointer<ValueType>
  let dataCount: UInt32?
  /// Whether `ref.func` may name the function.
  let isDeclared: UnsafeMutableBufferPointer<Bool>
  /// The value types with codes 0x40 to 0x7F, nullable and not, so that a block's single result has an address.
  private let singles: UnsafeMutableBufferPointer<ValueType>
  private static let firstSingle = 0x40

  init(_ parts: ModuleParts, _ features: Features) {
    module = parts.bytes
    self.features = features
    types = Self.fixed(parts.types.count) { TypeRegistry.shared.row(parts.types[$0]) }
    numbers = Self.fixed(parts.types.count) { parts.types[$0] }
    functionTypes = Self.fixed(parts.functionTypes.count) { parts.functionTypes[$0] }
    importedFunctionCount = parts.importedFunctionCount
    bodies = Self.fixed(parts.bodies.count) { parts.bodies[$0] }
    tables = Self.fixed(parts.tables.count) { Table(element: parts.tables[$0].type.element, address: parts.tables[$0].type.address) }
    memories = Self.fixed(parts.memories.count) { parts.memories[$0] }
    hasPlainMemory = parts.memories.first?.address == .i32
    tags = Self.fixed(parts.tags.count) { TypeRegistry.shared.row(parts.types[Int(parts.tags[$0])]) }
    globals = Self.fixed(parts.globals.count) { index in
      let type = parts.globals[index].type
      return Global(type: type.value, isMutable: type.isMutable)
    }
    elements = Self.fixed(parts.elements.count) { parts.elements[$0].type }
    dataCount = parts.dataCount
    isDeclared = Self.fixed(parts.functionTypes.count) { _ in false }
    for function in parts.declaredReferences { isDeclared[Int(function)] = true }
    singles = Self.fixed(2 * Self.firstSingle) { index in
      let type = ValueType(code: UInt32(Self.firstSingle + index % Self.firstSingle))
      return index < Self.firstSingle ? type : type.nonNull
    }
  }

  /// Frees the memory; no copy may be used afterwards.
  func deallocate() {
    types.deallocate()
    numbers.deallocate()
    functionTypes.deallocate()
    bodies.deallocate()
    tables.deallocate()
    memories.deallocate()
    tags.deallocate()
    globals.deallocate()
    elements.deallocate()
    isDeclared.deallocate()
    singles.deallocate()
  }

  /// The types that indices name in bodies.
  var typeSpace: TypeSpace { TypeSpace(numbers: numbers.baseAddress.map { UnsafePointer($0) }, count: types.count) }

  /// An index of a type of the module.
  func index(of type: DefinedType.Pointer) -> Int { types.firstIndex(of: type) ?? 0 }

  /// Canonical numbers by index, for compiled code.
  var numbersAddress: UInt { UInt(bitPattern: numbers.baseAddress) }

  @inline(__always)
  func type(ofFunction index: UInt32) -> DefinedType.Pointer { types[Int(functionTypes[Int(index)])] }

  @inline(__always)
  func signature(ofFunction index: UInt32) -> BlockSignature { type(ofFunction: index).pointee.signature }

  /// A list of one value type at a fixed address.
  func single(_ type: ValueType) -> UnsafeBufferPointer<ValueType> {
    if let number = type.definedNumber {
      return UnsafeBufferPointer(start: TypeRegistry.shared.row(number).pointee.references + (type.isNullable ? 0 : 1), count: 1)
    }
    let index = Int(type.code & 0xFF) - Self.firstSingle + (type.isNullable ? 0 : Self.firstSingle)
    return UnsafeBufferPointer(rebasing: singles[index...index])
  }

  private static func fixed<Element>(_ count: Int, _ element: (Int) -> Element) -> UnsafeMutableBufferPointer<Element> {
    let buffer = UnsafeMutableBufferPointer<Element>.allocate(capacity: count)
    for index in 0..<count { buffer.initializeElement(at: index, to: element(index)) }
    return buffer
  }
}
