/// An instance of a module as its code and its store see it. It belongs to its store and does not keep it alive: what the host holds
/// (`Instance`, `Function`, `Table`, `Global`) does.
final class InstanceRecord: @unchecked Sendable {
  let module: Module
  /// Outlives the record: nobody but the store and what it owns refers to one for longer than a call.
  unowned(unsafe) let store: Store
  let context: Context
  private(set) var memories = List<Memory>()
  private(set) var tables = List<TableRecord>()
  private var importedGlobals = List<GlobalRecord>()
  /// The memory of the three lists of addresses that code reads through its context.
  private let addresses: UnsafeMutablePointer<UInt64>
  private let functions: UnsafeMutablePointer<FunctionRecord.Pointer?>
  private let tableStorages: UnsafeMutablePointer<UnsafeMutablePointer<TableRecord.Storage>>
  private let globalCells: UnsafeMutablePointer<UnsafeMutablePointer<UInt64>>
  /// Segments that were dropped or, being active, used up (4.5.4).
  var isDataDropped: List<Bool>
  var isElementDropped: List<Bool>

  /// Makes the record and gives it to the store. It has no imports, memories and tables yet.
  init(_ module: Module, store: Store) throws(ResourceError) {
    self.module = module
    self.store = store
    isDataDropped = List(repeating: false, count: module.data.count)
    isElementDropped = List(repeating: false, count: module.elements.count)
    context = try store.makeContext(globalWordCount: module.code.globalWords[module.globals.count - module.importedGlobalCount])
    let functionCount = module.functionTypes.count
    addresses = try UnsafeMutableRawPointer.zeroed(
      count: functionCount + module.tables.count + module.globals.count, of: UInt64.self, for: "an instance's functions, tables and globals"
    )
    functions = UnsafeMutableRawPointer(addresses).assumingMemoryBound(to: FunctionRecord.Pointer?.self)
    tableStorages = UnsafeMutableRawPointer(addresses + functionCount).assumingMemoryBound(
      to: UnsafeMutablePointer<TableRecord.Storage>.self)
    globalCells = UnsafeMutableRawPointer(addresses + functionCount + module.tables.count).assumingMemoryBound(
      to: UnsafeMutablePointer<UInt64>.self)
    context.instance = self
    context.functions = functions
    context.tables = tableStorages
    context.globals = globalCells
    store.adopt(self)
  }

  deinit { addresses.deallocate() }

  /// The record of a function, made when it is first needed: only exported and referenced functions have one.
  func record(function index: Int) -> FunctionRecord.Pointer {
    if let record = functions[index] { return record }
    let code = module.code.code(function: UInt32(index))
    let record = store.makeRecord(
      FunctionRecord(
        code: code, context: context, type: module.code.typeNumber(module.functionTypes[index]), index: UInt32(index),
        headerSlot: Int(code.pointee.headerSlot), host: nil))
    functions[index] = record
    return record
  }

  func global(at index: Int) -> GlobalRecord {
    index < importedGlobals.count
      ? importedGlobals[index] : GlobalRecord(type: module.globals[index].type, cell: globalCells[index])
  }

  // MARK: Linking

  func link(_ imports: Imports) throws(InstantiationError) {
    var functionCount = 0
    for item in module.imports {
      guard let value = imports[item.module, item.name] else {
        throw .link("unknown import: \"\(item.module)\" \"\(item.name)\" (\(describe(item.kind)))")
      }
      switch (item.kind, value) {
      case (.function(let type), .function(let function)) where function.type == module.types[Int(type)] && function.store === store:
        functions[functionCount] = function.record
        functionCount += 1
      case (.table(let type), .table(let table))
      where table.type.element == type.element && table.type.limits.fit(type.limits) && table.store === store:
        tableStorages[tables.count] = table.record.storage
        tables.append(table.record)
      case (.memory(let type), .memory(let memory)) where memory.type.limits.fit(type.limits):
        memories.append(memory)
      case (.global(let type), .global(let global)) where global.type == type && global.store === store:
        globalCells[importedGlobals.count] = global.record.cell
        importedGlobals.append(global.record)
      default:
        throw .link("incompatible import type: \"\(item.module)\" \"\(item.name)\" is not a \(describe(item.kind))")
      }
    }
  }

  private func describe(_ kind: Import.Kind) -> String {
    switch kind {
    case .function(let type): "function \(module.types[Int(type)])"
    case .table(let type): "table of \(type.element), \(type.limits.minimum) or more elements"
    case .memory(let type): "memory of \(type.limits.minimum) or more pages"
    case .global(let type): "\(type.isMutable ? "mutable" : "constant") global \(type.value)"
    }
  }

  /// Makes what the module defines itself: globals, tables, memories.
  func allocate() throws(ResourceError) {
    for index in 0..<module.globals.count - module.importedGlobalCount {
      let position = module.importedGlobalCount + index
      globalCells[position] = context.globalCell(module.code.globalWords[index])
      if let initial = module.globals[position].initial {
        for (word, bits) in slots(initial).enumerated() { globalCells[position][word] = bits }
      }
    }
    for table in module.tables[module.importedTableCount...] {
      let made = try TableRecord(type: table.type, initial: table.initial.map(evaluate) ?? 0)
      tableStorages[tables.count] = made.storage
      tables.append(made)
    }
    for type in module.memories[module.importedMemoryCount...] { memories.append(try Memory(type: type, budget: store.memoryBudget)) }
    context.memory = memories.first
  }

  // MARK: Initialisers

  /// Evaluates a constant expression (3.3.10) of any type but v128; validation has made sure that it leaves one value.
  func evaluate(_ expression: ConstantExpression) -> UInt64 { slots(expression).last ?? 0 }

  /// The slots of a constant expression's value.
  private func slots(_ expression: ConstantExpression) -> List<UInt64> {
    var stack = List<UInt64>()
    func binary32(_ operation: (UInt32, UInt32) -> UInt32) {
      let right = UInt32(truncatingIfNeeded: stack.removeLast())
      stack.append(UInt64(operation(UInt32(truncatingIfNeeded: stack.removeLast()), right)))
    }
    func binary64(_ operation: (UInt64, UInt64) -> UInt64) {
      let right = stack.removeLast()
      stack.append(operation(stack.removeLast(), right))
    }
    for instruction in expression.instructions {
      switch instruction {
      case .i32(let bits), .f32(let bits): stack.append(UInt64(bits))
      case .i64(let bits), .f64(let bits): stack.append(bits)
      case .v128(let low, let high):
        stack.append(low)
        stack.append(high)
      case .refNull: stack.append(0)
      case .refFunc(let index): stack.append(UInt64(UInt(bitPattern: record(function: Int(index)))))
      case .globalGet(let index):
        for word in 0..<module.globals[Int(index)].type.value.slotCount { stack.append(globalCells[Int(index)][word]) }
      case .i32Add: binary32(&+)
      case .i32Sub: binary32(&-)
      case .i32Mul: binary32(&*)
      case .i64Add: binary64(&+)
      case .i64Sub: binary64(&-)
      case .i64Mul: binary64(&*)
      }
    }
    return stack
  }

  func initializeElements() throws(Trap) {
    for (index, segment) in module.elements.enumerated() {
      switch segment.mode {
      case .active(let table, let offset):
        let start = UInt64(UInt32(truncatingIfNeeded: evaluate(offset)))
        guard initializeTable(Int(table), segment: index, at: start, offset: 0, count: UInt64(segment.count)) else {
          throw Trap(.tableOutOfBounds)
        }
        isElementDropped[index] = true
      case .declarative: isElementDropped[index] = true
      case .passive: break
      }
    }
  }

  func initializeData() throws(Trap) {
    for (index, segment) in module.data.enumerated() {
      guard case .active(_, let offset) = segment.mode else { continue }
      let start = UInt64(UInt32(truncatingIfNeeded: evaluate(offset)))
      guard initializeMemory(segment: index, at: start, offset: 0, count: UInt64(segment.range.count)) else {
        throw Trap(.memoryOutOfBounds)
      }
      isDataDropped[index] = true
    }
  }

  /// memory.init (4.4.7.9); false if a range reaches beyond its end.
  func initializeMemory(segment index: Int, at start: UInt64, offset: UInt64, count: UInt64) -> Bool {
    guard let memory = memories.first else { return false }
    let range = isDataDropped[index] ? 0..<0 : module.data[index].range
    guard start + count <= UInt64(memory.byteCount), offset + count <= UInt64(range.count) else { return false }
    if count > 0 { (memory.base + Int(start)).copyMemory(from: module.bytes.base + range.lowerBound + Int(offset), byteCount: Int(count)) }
    return true
  }

  /// table.init (4.4.6.8); false if a range reaches beyond its end.
  func initializeTable(_ table: Int, segment index: Int, at start: UInt64, offset: UInt64, count: UInt64) -> Bool {
    let length = isElementDropped[index] ? 0 : module.elements[index].count
    guard offset + count <= UInt64(length), start + count <= UInt64(tables[table].count) else { return false }
    let elements = tables[table].storage.pointee.elements + Int(start)
    for position in 0..<Int(count) {
      switch module.elements[index].items {
      case .functions(let list): elements[position] = UInt64(UInt(bitPattern: record(function: Int(list[Int(offset) + position]))))
      case .expressions(let list): elements[position] = evaluate(list[Int(offset) + position])
      }
    }
    return true
  }
}

extension Limits {
  /// Whether something of these limits may stand where `wanted` is imported (4.5.3.3).
  func fit(_ wanted: Limits) -> Bool {
    guard minimum >= wanted.minimum else { return false }
    guard let most = wanted.maximum else { return true }
    return maximum.map { $0 <= most } ?? false
  }
}
