import Glibc

/// Decodes a module (5.5) and validates everything in it but the function bodies (3.4), in one pass over the bytes.
///
/// A section may speak only of what earlier ones have declared, so every index and every constant expression is checked where it is read,
/// and an error knows its place. Counts are never believed: storage grows with what is really there.
struct Decoder {
  var reader: ByteReader
  let parts: ModuleParts
  let features: Features
  let limits: MachineLimits
  /// Where the section being read ends.
  var sectionEnd = 0

  /// Where the function bodies are, if that is known.
  private var image: CompiledImage?

  /// - Parameter image: knows where the bodies are, so that their section need not be read.
  static func decode(
    _ bytes: ModuleBytes, _ features: Features, _ limits: MachineLimits, bodies image: CompiledImage? = nil
  ) throws(ModuleError) -> ModuleParts {
    guard bytes.count <= limits.moduleBytes else {
      throw .limit(at: limits.moduleBytes, "module-bytes: the module has \(bytes.count) bytes, more than \(limits.moduleBytes)")
    }
    var decoder = Decoder(bytes, features, limits)
    decoder.image = image
    try decoder.decodeModule()
    return decoder.parts
  }

  private init(_ bytes: ModuleBytes, _ features: Features, _ limits: MachineLimits) {
    reader = ByteReader(bytes)
    parts = ModuleParts(bytes: bytes)
    self.features = features
    self.limits = limits
  }

  /// The sections (5.5.2) in the order in which they may appear; custom sections may appear anywhere.
  private enum Section: UInt8 {
    case custom, type, imports, function, table, memory, global, export, start, element, code, data, dataCount, tag

    /// The data count stands before the code that it serves, tags before globals.
    var rank: Int {
      switch self {
      case .dataCount: 2 * Int(Section.element.rawValue) + 1
      case .tag: 2 * Int(Section.memory.rawValue) + 1
      default: 2 * Int(rawValue)
      }
    }
  }

  private mutating func decodeModule() throws(ModuleError) {
    try preamble()
    var rank = 0
    while reader.remaining > 0 {
      let id = try reader.byte()
      guard let section = Section(rawValue: id) else { throw reader.malformed("section id", id) }
      let idOffset = reader.offset - 1
      let size = try reader.length()
      let end = reader.offset + size
      if section == .custom {
        try custom(end: end)
        continue
      }
      guard section.rank > rank else { throw ModuleError(.malformed, at: idOffset, "unexpected content after last section") }
      rank = section.rank
      sectionEnd = end
      try decode(section)
      guard reader.offset == end else { throw ModuleError(.malformed, at: reader.offset, "section size mismatch") }
    }
    guard parts.functionTypes.count == parts.importedFunctionCount + parts.bodies.count else {
      throw ModuleError(.malformed, at: reader.offset, "function and code section have inconsistent lengths")
    }
    guard parts.dataCount == nil || Int(parts.dataCount!) == parts.data.count else {
      throw ModuleError(.malformed, at: reader.offset, "data count and data section have inconsistent lengths")
    }
  }

  private mutating func preamble() throws(ModuleError) {
    guard try word() == 0x6D73_6100 else {
      throw ModuleError(
        .malformed, at: reader.offset - 4,
        "magic header not detected: no module in the binary format (wasm-tools parse makes one of the text format)")
    }
    let version = try word()
    guard version != 1 else { return }
    // A component has the layer 1 in the upper half (component model, Binary.md).
    let isComponent = version >> 16 == 1
    throw ModuleError(
      .malformed, at: reader.offset - 4,
      "unknown binary version" + (isComponent ? ": this is a component; its core module is what runs here" : ""))
  }

  /// Four bytes, a little-endian number.
  private mutating func word() throws(ModuleError) -> UInt32 {
    guard reader.remaining >= 4 else { throw ModuleError(.malformed, at: reader.offset + reader.remaining, "unexpected end") }
    return try reader.word()
  }

  private mutating func custom(end: Int) throws(ModuleError) {
    let name = try reader.name()
    guard reader.offset <= end else { throw ModuleError(.malformed, at: end, "unexpected end: a custom section's name leaves its section") }
    parts.customSections.append(CustomSection(name: name, range: reader.offset..<end))
    reader.seek(end)
  }

  private mutating func decode(_ section: Section) throws(ModuleError) {
    switch section {
    case .custom: break
    case .type: try types()
    case .imports: try imports()
    case .function: try functions()
    case .table: try tables()
    case .memory: try memories()
    case .tag: try tags()
    case .global: try globals()
    case .export: try exports()
    case .start: try start()
    case .element: try elements()
    case .dataCount: parts.dataCount = try reader.u32()
    case .code: try code()
    case .data: try data()
    }
  }

  // MARK: Declarations

  private mutating func imports() throws(ModuleError) {
    for _ in 0..<(try reader.u32()) {
      let module = try reader.name()
      let name = try reader.name()
      let kind = try reader.byte()
      switch kind {
      case 0:
        try appendFunction()
        parts.importedFunctionCount += 1
        parts.imports.append(Import(module: module, name: name, kind: .function(type: parts.functionTypes[parts.functionTypes.count - 1])))
      case 1:
        let type = try reader.tableType(in: typeSpace)
        try append(TableDeclaration(type: type, initial: nil))
        parts.importedTableCount += 1
        parts.imports.append(Import(module: module, name: name, kind: .table(type)))
      case 2:
        let type = try memory()
        parts.importedMemoryCount += 1
        parts.imports.append(Import(module: module, name: name, kind: .memory(type)))
      case 3:
        let type = try reader.globalType(in: typeSpace)
        parts.globals.append(GlobalDeclaration(type: type, initial: nil))
        parts.importedGlobalCount += 1
        parts.imports.append(Import(module: module, name: name, kind: .global(type)))
      case 4:
        let type = try tagType()
        parts.tags.append(type)
        parts.importedTagCount += 1
        parts.imports.append(Import(module: module, name: name, kind: .tag(type: type)))
      default: throw reader.malformed("import kind", kind)
      }
    }
  }

  private mutating func functions() throws(ModuleError) {
    for _ in 0..<(try reader.u32()) { try appendFunction() }
  }

  private mutating func appendFunction() throws(ModuleError) {
    guard parts.functionTypes.count < limits.functions else {
      throw .limit(at: reader.offset, "functions: the module has more than \(limits.functions)")
    }
    parts.functionTypes.append(try functionTypeIndex())
  }

  private mutating func tables() throws(ModuleError) {
    for _ in 0..<(try reader.u32()) {
      guard reader.next == 0x40 else {
        let first = reader.offset
        let type = try reader.tableType(in: typeSpace)
        guard type.element.isDefaultable else {
          throw ModuleError(.invalid, at: first, "type mismatch: a table of \(type.element) needs an initial element")
        }
        try append(TableDeclaration(type: type, initial: nil))
        continue
      }
      _ = try reader.byte()
      let reserved = try reader.byte()
      guard reserved == 0 else { throw reader.malformed("table", reserved) }
      let type = try reader.tableType(in: typeSpace)
      try append(TableDeclaration(type: type, initial: try constantExpression(type.element)))
    }
  }

  private func append(_ table: TableDeclaration) throws(ModuleError) {
    guard parts.tables.isEmpty || features.contains(.severalTables) else {
      throw ModuleError(.invalid, at: reader.offset, "multiple tables: multi-table is switched off")
    }
    guard parts.tables.count < ImplementationLimits.tables else {
      throw .limit(at: reader.offset, "more than \(ImplementationLimits.tables) tables")
    }
    parts.tables.append(table)
  }

  private mutating func memories() throws(ModuleError) {
    for _ in 0..<(try reader.u32()) { _ = try memory() }
  }

  private mutating func memory() throws(ModuleError) -> MemoryType {
    let first = reader.offset
    let type = try reader.memoryType(features)
    guard parts.memories.count < ImplementationLimits.memories else {
      throw .limit(at: first, "more than \(ImplementationLimits.memories) memories")
    }
    guard parts.memories.isEmpty || features.contains(.severalMemories) else {
      throw ModuleError(.invalid, at: first, "multiple memories: multi-memory is switched off")
    }
    parts.memories.append(type)
    return type
  }

  private mutating func tags() throws(ModuleError) {
    for _ in 0..<(try reader.u32()) { parts.tags.append(try tagType()) }
  }

  /// A tag (5.5.7): an exception's, so without results (3.2.19).
  private mutating func tagType() throws(ModuleError) -> UInt32 {
    let attribute = try reader.byte()
    guard attribute == 0 else { throw reader.malformed("tag attribute", attribute) }
    let first = reader.offset
    let type = try functionTypeIndex()
    guard row(ofType: type).pointee.results.isEmpty else { throw ModuleError(.invalid, at: first, "non-empty tag result type") }
    return type
  }

  private mutating func globals() throws(ModuleError) {
    for _ in 0..<(try reader.u32()) {
      let type = try reader.globalType(in: typeSpace)
      parts.globals.append(GlobalDeclaration(type: type, initial: try constantExpression(type.value)))
    }
  }

  private mutating func exports() throws(ModuleError) {
    // The places of the names' bytes: offset in the upper half, count in the lower.
    var names = List<Int>()
    for _ in 0..<(try reader.u32()) {
      let name = try reader.name()
      names.append((reader.offset - name.utf8.count) << 32 | name.utf8.count)
      let code = try reader.byte()
      guard let kind = Export.Kind(rawValue: code) else { throw reader.malformed("export kind", code) }
      let index =
        switch kind {
        case .function: try functionIndex()
        case .table: try self.index(below: parts.tables.count, "table")
        case .memory: try self.index(below: parts.memories.count, "memory")
        case .global: try self.index(below: parts.globals.count, "global")
        case .tag: try self.index(below: parts.tags.count, "tag")
        }
      if kind == .function { parts.declaredReferences.append(index) }
      parts.exports.append(Export(name: name, kind: kind, index: index))
    }
    try checkUnique(&names)
  }

  /// Names are compared as bytes: `String` takes those that differ only in their Unicode normalisation for equal. Sorting, unlike hashing,
  /// cannot be made slow by an attacker, and costs no start-up time for a set's run-time types.
  private func checkUnique(_ names: inout List<Int>) throws(ModuleError) {
    func order(_ one: Int, _ other: Int) -> Int32 {
      let (count, otherCount) = (one & 0xFFFF_FFFF, other & 0xFFFF_FFFF)
      guard count == otherCount else { return count < otherCount ? -1 : 1 }
      return memcmp(reader.start + (one >> 32), reader.start + (other >> 32), count)
    }
    names.withMutableElements { $0.sort { order($0, $1) < 0 } }
    for (one, other) in zip(names, names.dropFirst()) where order(one, other) == 0 {
      let bytes = UnsafeBufferPointer(start: reader.start + (one >> 32), count: one & 0xFFFF_FFFF)
      throw ModuleError(.invalid, at: one >> 32, "duplicate export name \"\(String(decoding: bytes, as: UTF8.self))\"")
    }
  }

  private mutating func start() throws(ModuleError) {
    let first = reader.offset
    let function = try functionIndex()
    let type = row(ofType: parts.functionTypes[Int(function)])
    guard type.pointee.parameters.isEmpty, type.pointee.results.isEmpty else {
      throw ModuleError(.invalid, at: first, "start function must have neither parameters nor results")
    }
    parts.start = function
  }

  /// The bodies stay as they are: the validator reads them.
  private mutating func code() throws(ModuleError) {
    if let image {
      for position in 0..<image.functionCount {
        let body = image.bodies[position]
        parts.bodies.append(FunctionBody(range: Int(body.start)..<Int(body.end)))
      }
      reader.seek(sectionEnd)
      return
    }
    for _ in 0..<(try reader.u32()) {
      let size = try reader.length()
      parts.bodies.append(FunctionBody(range: try reader.skip(size)))
    }
  }

  private mutating func data() throws(ModuleError) {
    for _ in 0..<(try reader.u32()) { parts.data.append(try dataSegment()) }
  }

  // MARK: Indices

  /// An index into a space that has `count` members so far.
  mutating func index(below count: Int, _ space: String) throws(ModuleError) -> UInt32 {
    let first = reader.offset
    let index = try reader.u32()
    guard Int(index) < count else { throw ModuleError(.invalid, at: first, "unknown \(space) \(index)") }
    return index
  }

  mutating func typeIndex() throws(ModuleError) -> UInt32 { try index(below: parts.types.count, "type") }
  mutating func functionIndex() throws(ModuleError) -> UInt32 { try index(below: parts.functionTypes.count, "function") }
}
