/// An instance of a module as its code and its store see it. It belongs to its store and does not keep it alive: what the host holds
/// (`Instance`, `Function`, `Table`, `Global`) does.
final class InstanceRecord: @unchecked Sendable {
  let module: Module
  /// Outlives the record: nobody but the store and what it owns refers to one for longer than a call.
  unowned(unsafe) let store: Store
  let context: Context
  private(set) var memories = List<Memory>()
  private(set) var tables = List<TableRecord>()
  private(set) var tags = List<TagRecord>()
  private var importedGlobals = List<GlobalRecord>()
  /// The memory of the three lists of addresses that code reads through its context.
  private let addresses: UnsafeMutablePointer<UInt64>
  private let functions: UnsafeMutablePointer<FunctionRecord.Pointer?>
  private let tableStorages: UnsafeMutablePointer<UnsafeMutablePointer<TableRecord.Storage>>
  private let globalCells: UnsafeMutablePointer<UnsafeMutablePointer<UInt64>>
  private let memoryViews: UnsafeMutablePointer<UnsafeMutablePointer<GuestMemory>>
  /// Elements of segments that can refer to objects: those are made once (4.5.4).
  private var elementSlots = List<List<UInt64>>()
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
      count: functionCount + module.tables.count + module.globals.count + module.memories.count, of: UInt64.self,
      for: "an instance's functions, tables, globals and memories")
    functions = UnsafeMutableRawPointer(addresses).assumingMemoryBound(to: FunctionRecord.Pointer?.self)
    tableStorages = UnsafeMutableRawPointer(addresses + functionCount).assumingMemoryBound(
      to: UnsafeMutablePointer<TableRecord.Storage>.self)
    globalCells = UnsafeMutableRawPointer(addresses + functionCount + module.tables.count).assumingMemoryBound(
      to: UnsafeMutablePointer<UInt64>.self)
    memoryViews = UnsafeMutableRawPointer(addresses + functionCount + module.tables.count + module.globals.count).assumingMemoryBound(
      to: UnsafeMutablePointer<GuestMemory>.self)
    context.instance = self
    context.memories = memoryViews
    context.functions = functions
    context.tables = tableStorages
    context.globals = globalCells
    context.pointer[ContextField.typeNumbers] = UInt64(module.code.context.numbersAddress)
    store.adopt(self)
  }

  deinit { addresses.deallocate() }

  /// The record of a function, made when it is first needed: only exported and referenced functions have one.
  func record(function index: Int) -> FunctionRecord.Pointer {
    if let record = functions[index] { return record }
    let code = module.code.code(function: UInt32(index))
    let record = store.makeRecord(
      FunctionRecord(
        code: code, context: context, type: module.types[Int(module.functionTypes[index])], index: UInt32(index),
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
      case (.function(let type), .function(let function))
      where function.store === store
        && TypeRegistry.shared.row(function.record.pointee.type).pointee.isBelow(TypeRegistry.shared.row(module.types[Int(type)])):
        functions[functionCount] = function.record
        functionCount += 1
      case (.table(let type), .table(let table))
      where table.type.element == type.element && table.type.address == type.address && table.type.limits.fit(type.limits)
        && table.store === store:
        tableStorages[tables.count] = table.record.storage
        tables.append(table.record)
      case (.memory(let type), .memory(let memory)) where memory.type.fits(type):
        append(memory)
      case (.global(let type), .global(let global)) where global.type.fits(type) && global.store === store:
        globalCells[importedGlobals.count] = global.record.cell
        importedGlobals.append(global.record)
      case (.tag(let type), .tag(let tag)) where tag.record.type == module.types[Int(type)] && tag.store === store:
        tags.append(tag.record)
      default:
        throw .link("incompatible import type: \"\(item.module)\" \"\(item.name)\" is not a \(describe(item.kind))")
      }
    }
  }

  private func describe(_ kind: Import.Kind) -> String {
    switch kind {
    case .function(let type): "function \(TypeRegistry.shared.functionType(module.types[Int(type)]))"
    case .tag(let type): "tag \(TypeRegistry.shared.functionType(module.types[Int(type)]))"
    case .table(let type): "table of \(type.element), \(type.limits.minimum) or more elements"
    case .memory(let type): "memory of \(type.limits.minimum) or more pages"
    case .global(let type): "\(type.isMutable ? "mutable" : "constant") global \(type.value)"
    }
  }

  private func append(_ memory: Memory) {
    memoryViews[memories.count] = memory.view
    memories.append(memory)
  }

  /// Makes what the module defines itself: globals, tables, memories, tags.
  func allocate() throws(ResourceError) {
    for (index, type) in module.memories[module.importedMemoryCount...].enumerated() {
      let image = index == 0 && module.importedMemoryCount == 0 ? module.image.flatMap { $0.hasContents ? $0 : nil } : nil
      append(try Memory(type: type, budget: store.memoryBudget, mostPages: store.limits.memoryPages, image: image))
    }
    if module.code.compiled != nil, let memory = memories.first, memory.type.address == .i32, !memory.isGuarded {
      throw ResourceError(
        kind: .memory,
        description: "compiled code needs \(Memory.fullReservation >> 30) GiB of address space for a memory: raise the limit (ulimit -v), "
          + "or let the interpreter execute the module")
    }
    context.memory = memories.first
    for type in module.tags[module.importedTagCount...] {
      let tag = TagRecord(type: module.types[Int(type)])
      store.adopt(tag)
      tags.append(tag)
    }
    for index in 0..<module.globals.count - module.importedGlobalCount {
      let position = module.importedGlobalCount + index
      globalCells[position] = context.globalCell(module.code.globalWords[index])
      if let initial = module.globals[position].initial {
        for (word, bits) in try slots(initial).enumerated() { globalCells[position][word] = bits }
      }
    }
    for table in module.tables[module.importedTableCount...] {
      let initial = try table.initial.map { (expression) throws(ResourceError) in try evaluate(expression) } ?? 0
      let made = try TableRecord(type: table.type, initial: initial, largestCount: store.limits.tableElements)
      tableStorages[tables.count] = made.storage
      tables.append(made)
    }
    guard module.elements.contains(where: { $0.type.canReferToObject }) else { return }
    for segment in module.elements {
      var slots = List<UInt64>()
      if segment.type.canReferToObject, case .expressions(let list) = segment.items {
        for expression in list { slots.append(try evaluate(expression)) }
      }
      elementSlots.append(slots)
    }
  }

  // MARK: Initialisers

  /// Evaluates a constant expression (3.4.12) of any type but v128; validation has made sure that it leaves one value.
  func evaluate(_ expression: ConstantExpression) throws(ResourceError) -> UInt64 { try slots(expression).last ?? 0 }

  /// The slots of a constant expression's value. Nothing is collected meanwhile.
  private func slots(_ expression: ConstantExpression) throws(ResourceError) -> List<UInt64> {
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
      case .refI31: stack.append(HeapObject.slot(i31: UInt32(truncatingIfNeeded: stack.removeLast())))
      case .convert: break
      case .structNew(let type):
        let object = try store.heapToUse().newObject(type)
        for (field, offset) in zip(type.pointee.fields, type.pointee.offsets).reversed() { field.store(&stack, object + Int(offset)) }
        stack.append(UInt64(UInt(bitPattern: object)))
      case .structNewDefault(let type): stack.append(UInt64(UInt(bitPattern: try store.heapToUse().newObject(type))))
      case .arrayNew(let type):
        let count = Int(stack.removeLast())
        let array = try store.heapToUse().newArray(type, count: count)
        let element = type.pointee.element
        if count > 0 {
          element.store(&stack, array + DefinedType.headerBytes)
          (array + DefinedType.headerBytes).repeatFirst(element.byteCount, count: count)
        } else {
          for _ in 0..<element.storage.slotCount { stack.removeLast() }
        }
        stack.append(UInt64(UInt(bitPattern: array)))
      case .arrayNewDefault(let type):
        stack.append(UInt64(UInt(bitPattern: try store.heapToUse().newArray(type, count: Int(stack.removeLast())))))
      case .arrayNewFixed(let type, let count):
        let array = try store.heapToUse().newArray(type, count: Int(count))
        let element = type.pointee.element
        for index in (0..<Int(count)).reversed() {
          element.store(&stack, array + DefinedType.headerBytes + index * element.byteCount)
        }
        stack.append(UInt64(UInt(bitPattern: array)))
      }
    }
    return stack
  }

  func initializeElements() throws(Trap) {
    for (index, segment) in module.elements.enumerated() {
      switch segment.mode {
      case .active(let table, let offset):
        let start = try offsetValue(offset)
        guard initializeTable(Int(table), segment: index, at: start, offset: 0, count: UInt64(segment.count)) else {
          throw Trap(.tableOutOfBounds)
        }
        dropElements(index)
      case .declarative: dropElements(index)
      case .passive: break
      }
    }
  }

  func initializeData() throws(Trap) {
    let isMapped = memories.first?.image != nil
    for (index, segment) in module.data.enumerated() {
      guard case .active(let memory, let offset) = segment.mode else { continue }
      if isMapped, memory == 0 {
        isDataDropped[index] = true
        continue
      }
      let start = try offsetValue(offset)
      guard initializeMemory(Int(memory), segment: index, at: start, offset: 0, count: UInt64(segment.range.count)) else {
        throw Trap(.memoryOutOfBounds)
      }
      isDataDropped[index] = true
    }
  }

  /// An address or index: objects do not occur in it.
  private func offsetValue(_ expression: ConstantExpression) throws(Trap) -> UInt64 {
    do throws(ResourceError) { return try evaluate(expression) } catch { throw Trap(.heapExhausted) }
  }

  /// memory.init (4.4.7.9); false if a range reaches beyond its end.
  func initializeMemory(_ memory: Int, segment index: Int, at start: UInt64, offset: UInt64, count: UInt64) -> Bool {
    let memory = memories[memory]
    guard UInt64(memory.byteCount).holds(start, count), let bytes = data(index, offset, count) else { return false }
    if count > 0 { (memory.base + Int(start)).copyMemory(from: bytes, byteCount: Int(count)) }
    return true
  }

  /// Bytes of a data segment; nil if the range reaches beyond its end.
  func data(_ index: Int, _ offset: UInt64, _ count: UInt64) -> UnsafeRawPointer? {
    let range = isDataDropped[index] ? 0..<0 : module.data[index].range
    guard UInt64(range.count).holds(offset, count) else { return nil }
    return UnsafeRawPointer(module.bytes.base) + range.lowerBound + Int(offset)
  }

  /// table.init (4.4.6.8); false if a range reaches beyond its end.
  func initializeTable(_ table: Int, segment index: Int, at start: UInt64, offset: UInt64, count: UInt64) -> Bool {
    guard UInt64(tables[table].count).holds(start, count) else { return false }
    return copyElements(index, offset, count, to: tables[table].storage.pointee.elements + Int(start))
  }

  /// Copies elements of a segment; false if the range reaches beyond its end.
  func copyElements(_ index: Int, _ offset: UInt64, _ count: UInt64, to elements: UnsafeMutablePointer<UInt64>) -> Bool {
    let length = isElementDropped[index] ? 0 : module.elements[index].count
    guard UInt64(length).holds(offset, count) else { return false }
    for position in 0..<Int(count) {
      switch module.elements[index].items {
      case .functions(let list): elements[position] = UInt64(UInt(bitPattern: record(function: Int(list[Int(offset) + position]))))
      case .expressions(let list):
        if elementSlots.count > 0, elementSlots[index].count > 0 {
          elements[position] = elementSlots[index][Int(offset) + position]
        } else {
          // Without objects, evaluating again gives the same.
          elements[position] = (try? evaluate(list[Int(offset) + position])) ?? 0
        }
      }
    }
    return true
  }

  /// Whether a range lies within a segment.
  func hasElements(_ index: Int, _ offset: UInt64, _ count: UInt64) -> Bool {
    UInt64(isElementDropped[index] ? 0 : module.elements[index].count).holds(offset, count)
  }

  func dropElements(_ index: Int) {
    isElementDropped[index] = true
    if elementSlots.count > 0 { elementSlots[index].removeAll() }
  }

  // MARK: Collection

  /// Marks what the instance refers to besides what is on the stack.
  func markRoots(_ heap: Heap) {
    let own = module.globals.count - module.importedGlobalCount
    heap.mark(context.globalCell(0), count: module.code.globalWords[own])
    for table in tables where table.type.element.canReferToObject { table.markRoots(heap) }
    for slots in elementSlots { for slot in slots { heap.mark(slot) } }
  }
}

extension FieldType {
  /// Moves a field's value from the top of a stack of slots into an object.
  fileprivate func store(_ stack: inout List<UInt64>, _ place: UnsafeMutableRawPointer) {
    stack.withElements { slots in
      if let end = slots.baseAddress.map({ $0 + slots.count }) { write(end - storage.slotCount, to: place) }
    }
    for _ in 0..<storage.slotCount { stack.removeLast() }
  }
}

extension TableRecord {
  func markRoots(_ heap: Heap) { heap.mark(storage.pointee.elements, count: count) }
}

extension MemoryType {
  /// Whether a memory of this type may stand where `wanted` is imported (3.3.16).
  func fits(_ wanted: MemoryType) -> Bool {
    address == wanted.address && isShared == wanted.isShared && pageShift == wanted.pageShift && limits.fit(wanted.limits)
  }
}

extension GlobalType {
  /// Whether a global of this type may stand where `wanted` is imported (3.3.15).
  func fits(_ wanted: GlobalType) -> Bool {
    guard isMutable == wanted.isMutable else { return false }
    return isMutable ? value == wanted.value : value.matches(wanted.value)
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
