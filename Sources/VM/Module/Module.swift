/// A decoded and validated module: immutable, made once, instantiated many times, from any thread.
///
/// `Module.init(bytes:)` decodes and validates everything (`Decoder`, `Validator`); function bodies are translated for an execution mode
/// on their first call. The module keeps its bytes for as long as it lives, so bodies and data segments are ranges into them.
public final class Module: @unchecked Sendable {
  /// The module's bytes and what was decoded of them; never changed after `init`.
  let bytes: ModuleBytes
  /// Canonical numbers of the types of the type section (5.5.4); functions, imports and blocks refer to them by index.
  let types: List<UInt32>
  /// The import section (5.5.5), in its order: imported items have the first indices of their spaces.
  public let imports: List<Import>
  /// The export section (5.5.10), in its order; names are unique.
  public let exports: List<Export>
  /// Type index of every function, imported ones first.
  let functionTypes: List<UInt32>
  let importedFunctionCount: Int
  let tables: List<TableDeclaration>
  let importedTableCount: Int
  let memories: List<MemoryType>
  let importedMemoryCount: Int
  let globals: List<GlobalDeclaration>
  let importedGlobalCount: Int
  /// Type index of every tag, imported ones first.
  let tags: List<UInt32>
  let importedTagCount: Int
  let elements: List<ElementSegment>
  let data: List<DataSegment>
  let start: UInt32?
  /// Bodies of the functions that are not imported.
  let bodies: List<FunctionBody>
  /// In the order in which they stand.
  let customSections: List<CustomSection>
  /// What validating a body needs; emitters' types point into it. It ends with `code`.
  let validation: ValidationContext
  /// Translated code, shared by all instances.
  let code: ModuleCode
  /// Where the module and its machine code came from.
  public private(set) var image: CompiledImage?

  /// Decodes and validates a module, its function bodies included. Copies the bytes.
  public convenience init(
    bytes: [UInt8], features: Features = .standard, limits: MachineLimits = .standard
  ) throws(ModuleError) {
    try self.init(bytes: ModuleBytes(bytes), features: features, limits: limits)
  }

  /// Decodes and validates a module, its function bodies included, and keeps its bytes.
  public convenience init(
    bytes: ModuleBytes, features: Features = .standard, limits: MachineLimits = .standard
  ) throws(ModuleError) {
    let parts = try Decoder.decode(bytes, features, limits)
    let context = ValidationContext(parts, features)
    do throws(ModuleError) {
      try Validator<NullEmitter>.validateAll(context)
      try self.init(parts, context, code: Self.code(parts, context))
    } catch {
      context.deallocate()
      throw error
    }
  }

  /// Takes a module from an image, where it was validated and compiled: nothing is read but its declarations.
  public convenience init(_ image: CompiledImage, limits: MachineLimits = .standard) throws(ModuleError) {
    let features = Features(rawValue: UInt8(truncatingIfNeeded: image.header.pointee.features))
    let parts = try Decoder.decode(image.moduleBytes, features, limits, bodies: image)
    let context = ValidationContext(parts, features)
    do throws(ModuleError) {
      try self.init(parts, context, code: Self.code(parts, context))
    } catch {
      context.deallocate()
      throw error
    }
    code.attach(image)
    self.image = image
  }

  /// Compiles every function and says what became of each. Nothing is kept.
  /// - Throws: what keeps a function from being compiled.
  public func compileAll() throws(ModuleError) -> [CompilationRecord] {
    do {
      let compiled = try ModuleCode(compiling: self)
      compiled.compiled?.keepsReport = true
      try compiled.compileAll()
      return compiled.compiled?.report ?? []
    } catch let error as ModuleError {
      throw error
    } catch {
      throw ModuleError(.tooLarge, "\(error)")
    }
  }

  /// The machine code of a function as the first tier makes it.
  /// - Throws: what keeps it from being compiled.
  public func machineCode(of index: UInt32) throws(ModuleError) -> MachineCodeListing {
    do {
      let compiled = try ModuleCode(compiling: self)
      guard let listing = try compiled.listing(of: index) else { throw ModuleError(.unsupported, "the interpreter keeps the function") }
      return MachineCodeListing(
        code: listing.code,
        operators: listing.offsets.map { place in
          MachineCodeListing.Place(
            position: place.position, offset: place.offset, name: ModulePrinter(module: self).operatorText(at: place.offset))
        })
    } catch let error as ModuleError {
      throw error
    } catch {
      throw ModuleError(.tooLarge, "\(error)")
    }
  }

  /// The function of the module's own that a number or a name means.
  public func functionIndex(_ text: String) -> UInt32? {
    if let index = UInt32(text) { return Int(index) >= importedFunctionCount && Int(index) < functionTypes.count ? index : nil }
    for export in exports where export.kind == .function && export.name == text && Int(export.index) >= importedFunctionCount {
      return export.index
    }
    return (UInt32(importedFunctionCount)..<UInt32(functionTypes.count)).first { functionName($0) == text }
  }

  /// A file's bytes with all functions compiled (`CompiledImage`).
  /// - Throws: what keeps a function from being compiled.
  public func compiledImage() throws(ModuleError) -> [UInt8] {
    do {
      let compiled = try ModuleCode(compiling: self)
      compiled.compiled?.keepsReport = true
      try compiled.compileAll()
      guard let machineCode = compiled.compiled else { throw ModuleError(.tooLarge, "there is no memory for machine code") }
      for index in importedFunctionCount..<functionTypes.count {
        guard machineCode.function(UInt32(index)) == nil else { continue }
        throw ModuleError(.unsupported, "function \(index) stays with the interpreter: \(machineCode.refusal(of: UInt32(index)) ?? "")")
      }
      guard let bytes = CompiledImage.bytes(of: self, machineCode) else {
        throw ModuleError(.unsupported, "machine code that works with objects holds addresses of this process, so it cannot be kept")
      }
      return bytes
    } catch let error as ModuleError {
      throw error
    } catch {
      throw ModuleError(.tooLarge, "\(error)")
    }
  }

  /// Translates every function now that no call has translated yet.
  /// - Throws: where one needs more than this engine has (an implementation limit).
  public func translate() throws(ModuleError) {
    for index in importedFunctionCount..<functionTypes.count {
      var nanoseconds: UInt64 = 0
      try code.translate(code.code(function: UInt32(index)), timing: &nanoseconds)
    }
  }

  private static func code(_ parts: ModuleParts, _ context: ValidationContext) throws(ModuleError) -> ModuleCode {
    do throws(ResourceError) { return try ModuleCode(parts, context) } catch { throw ModuleError(.tooLarge, error.description) }
  }

  private init(_ parts: ModuleParts, _ validation: ValidationContext, code: ModuleCode) {
    self.validation = validation
    bytes = parts.bytes
    types = parts.types
    imports = parts.imports
    exports = parts.exports
    functionTypes = parts.functionTypes
    importedFunctionCount = parts.importedFunctionCount
    tables = parts.tables
    importedTableCount = parts.importedTableCount
    memories = parts.memories
    importedMemoryCount = parts.importedMemoryCount
    globals = parts.globals
    importedGlobalCount = parts.importedGlobalCount
    tags = parts.tags
    importedTagCount = parts.importedTagCount
    elements = parts.elements
    data = parts.data
    start = parts.start
    bodies = parts.bodies
    customSections = parts.customSections
    self.code = code
  }

  /// From now on the module's code counts the WebAssembly instructions it executes (`Store.executedInstructions`), which makes it slower.
  /// - Precondition: nothing of the module has run yet.
  public func countInstructions() { code.countsInstructions = true }

  /// From now on the module's functions are compiled to machine code, each when the tier says so. Without effect where instructions are
  /// counted, which only the interpreter does.
  /// - Precondition: nothing of the module has been instantiated yet.
  /// - Throws: when there is no memory for machine code.
  /// - Parameter reports: whether `compilationReport` will be asked for.
  public func enableCompilation(_ tier: CompilerTier, reports: Bool = false) throws(ResourceError) {
    try code.enableCompilation(tier)
    code.compiled?.keepsReport = reports
  }

  /// Whether functions are compiled.
  public var isCompiled: Bool { code.compiled != nil }

  /// Functions that the interpreter has run and that have no machine code.
  public var interpretedFunctionCount: Int { code.interpretedFunctionCount }

  /// What became of the functions that were to be compiled so far.
  public var compilationReport: [CompilationRecord] { code.compiled?.report ?? [] }

  /// Where the functions' machine code is.
  public var machineCodePlaces: [(function: UInt32, address: UnsafeRawPointer, byteCount: Int)] {
    guard let compiled = code.compiled else { return [] }
    return bodies.indices.compactMap { body in
      let index = UInt32(importedFunctionCount + body)
      guard let function = compiled.function(index) else { return nil }
      return (index, UnsafeRawPointer(compiled.memory.executable + function.start), function.end - function.start)
    }
  }

  /// Functions translated so far, and the bytes of their code as it is without counting.
  /// - Precondition: `countInstructions()` was called.
  public var translated: (functions: Int, bytes: Int) { (code.translatedFunctions, code.translatedBytes) }
}

/// Machine code and the operators it came from.
public struct MachineCodeListing: Sendable {
  public struct Place: Sendable {
    /// Where the operator's code begins.
    public var position: Int
    /// The operator's offset in the module.
    public var offset: Int
    public var name: String
  }
  public var code: [UInt8]
  public var operators: [Place]
}

/// What the decoder collects before the module is closed. A class, because copying a structure of this size needs the run-time types of
/// all its fields.
final class ModuleParts {
  let bytes: ModuleBytes
  /// Canonical numbers.
  var types = List<UInt32>()
  var imports = List<Import>()
  var exports = List<Export>()
  var functionTypes = List<UInt32>()
  var importedFunctionCount = 0
  var tables = List<TableDeclaration>()
  var importedTableCount = 0
  var memories = List<MemoryType>()
  var importedMemoryCount = 0
  var globals = List<GlobalDeclaration>()
  var importedGlobalCount = 0
  var tags = List<UInt32>()
  var importedTagCount = 0
  var elements = List<ElementSegment>()
  var data = List<DataSegment>()
  var dataCount: UInt32?
  var start: UInt32?
  var bodies = List<FunctionBody>()
  var customSections = List<CustomSection>()
  /// Functions that `ref.func` may name in bodies, because something outside the bodies names them (3.4.10); not sorted, not unique.
  var declaredReferences = List<UInt32>()

  init(bytes: ModuleBytes) { self.bytes = bytes }
}

/// A custom section (5.5.3): its name and its content as a byte range of the module.
struct CustomSection: Sendable {
  var name: String
  var range: Range<Int>
}

/// An import (5.5.5).
public struct Import: Sendable, Equatable {
  /// What has to be provided, and of what type.
  public enum Kind: Sendable, Equatable {
    /// Index into the module's types.
    case function(type: UInt32)
    /// The table provided has the same element type, and limits within these.
    case table(TableType)
    /// The memory provided has limits within these.
    case memory(MemoryType)
    /// The global provided has exactly this type, or, where it is constant, one below it.
    case global(GlobalType)
    /// The tag provided has exactly this type. Index into the module's types.
    case tag(type: UInt32)
  }
  /// First name of the pair, which says who provides the item; any UTF-8 text, also empty.
  public var module: String
  /// Second name of the pair. Pairs need not be unique.
  public var name: String
  /// Five kinds, as the binary format's import descriptions 0 to 4.
  public var kind: Kind
}

/// An export (5.5.10): a name and an index into the space of its kind.
public struct Export: Sendable, Equatable {
  /// The raw value is the kind's byte in the binary format.
  public enum Kind: UInt8, Sendable { case function, table, memory, global, tag }
  /// Any UTF-8 text, also empty; unique among a module's exports.
  public var name: String
  /// The index space that `index` counts in.
  public var kind: Kind
  /// Imported items come first in the space.
  public var index: UInt32
}

/// A table with its optional initial element, which tables of references that are never null must have.
struct TableDeclaration: Sendable {
  var type: TableType
  var initial: ConstantExpression?
}

/// A global; imported ones have no initial value.
struct GlobalDeclaration: Sendable {
  var type: GlobalType
  var initial: ConstantExpression?
}

/// One function body (5.4.9): its code, the declared locals' vector included, as a byte range of the module.
struct FunctionBody: Sendable {
  var range: Range<Int>
}

/// An element segment (5.5.12). `functions` serves the common form (indices only), `expressions` the general one.
struct ElementSegment: Sendable {
  enum Items: Sendable {
    case functions(List<UInt32>)
    case expressions(List<ConstantExpression>)
  }
  var type: ValueType
  var items: Items
  var mode: SegmentMode
  var count: Int {
    switch items {
    case .functions(let list): list.count
    case .expressions(let list): list.count
    }
  }
}

/// A data segment (5.5.14): its content as a byte range of the module.
struct DataSegment: Sendable {
  var range: Range<Int>
  var mode: SegmentMode
}

/// Whether a segment is copied at instantiation, by an instruction, or only declares references.
enum SegmentMode: Sendable {
  /// `index` is the table's or the memory's.
  case active(index: UInt32, offset: ConstantExpression)
  case passive
  case declarative
}

/// A constant expression (3.4.12), in reverse Polish order.
struct ConstantExpression: @unchecked Sendable {
  enum Instruction: Equatable {
    case i32(UInt32)
    case i64(UInt64)
    case f32(UInt32)
    case f64(UInt64)
    case v128(low: UInt64, high: UInt64)
    case refNull
    case refFunc(UInt32)
    case globalGet(UInt32)
    case i32Add, i32Sub, i32Mul, i64Add, i64Sub, i64Mul
    case refI31
    /// Between internal and external references, which slots hold alike.
    case convert
    case structNew(DefinedType.Pointer)
    case structNewDefault(DefinedType.Pointer)
    case arrayNew(DefinedType.Pointer)
    case arrayNewDefault(DefinedType.Pointer)
    case arrayNewFixed(DefinedType.Pointer, UInt32)
  }
  var instructions: List<Instruction>
}
