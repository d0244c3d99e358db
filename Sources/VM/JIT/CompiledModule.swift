import Glibc

/// The machine code of a module, shared by its instances as the interpreter's is. Everything is under the lock of the `ModuleCode`.
final class CompiledModule {
  /// Which functions are compiled when.
  let tier: CompilerTier
  let memory: CodeMemory
  /// Where all functions are that a file brought.
  private let image: CompiledImage?
  private let importedFunctionCount: Int
  /// What compiling needs, made for the first function.
  private lazy var storage = CompilerStorage()
  private lazy var translatorStorage = TranslatorStorage()
  private var validator: Validator<Compiler>?
  /// By function index, nil where there is no compiled code.
  private let functions: UnsafeMutablePointer<CompiledFunction?>
  private let functionCount: Int
  /// By function index: offset of the piece of code that callers call as long as the function has none of its own.
  private var thunks: [UInt32: Int] = [:]
  /// Whether calls of functions without code wait for it (`connectCalls`), instead of going by way of thunks.
  var defersCalls = false
  private var deferredCalls: [(place: Int, function: UInt32)] = []
  /// Functions in the order of their code.
  private var order = List<Int32>()
  /// Why functions stay with the interpreter, and what compiling took.
  private(set) var report: [CompilationRecord] = []
  var keepsReport = false
  /// Nanoseconds spent compiling.
  private(set) var nanoseconds: UInt64 = 0

  init(_ module: ModuleCode, tier: CompilerTier) throws(ResourceError) {
    self.tier = tier
    image = nil
    importedFunctionCount = module.context.importedFunctionCount
    functionCount = module.context.functionTypes.count
    functions = .allocate(capacity: max(functionCount, 1))
    functions.initialize(repeating: nil, count: max(functionCount, 1))
    var bytes = 0
    for body in module.context.bodies { bytes += body.range.count }
    // A byte of a body becomes five of machine code, of a short one more; only what is written takes memory.
    memory = try CodeMemory(capacity: min(bytes * 40 + functionCount * 256 + 65536, 1 << 30))
    FaultHandler.add(memory)
  }

  /// Code from a file.
  init(_ module: ModuleCode, image: CompiledImage) {
    tier = .baseline
    self.image = image
    importedFunctionCount = module.context.importedFunctionCount
    functionCount = 0
    functions = .allocate(capacity: 1)
    functions.initialize(repeating: nil, count: 1)
    memory = CodeMemory(image)
    FaultHandler.add(memory)
  }

  /// Whether every function has its code already.
  var isComplete: Bool { image != nil }

  deinit {
    FaultHandler.remove(memory)
    functions.deinitialize(count: max(functionCount, 1))
    functions.deallocate()
  }

  func function(_ index: UInt32) -> CompiledFunction? {
    if let image { return image.function(at: Int(index) - importedFunctionCount, index: index) }
    return functions[Int(index)]
  }

  /// What installing a function needs of it.
  func entry(_ index: UInt32) -> (address: UnsafeRawPointer, frameBytes: Int)? {
    if let image {
      let row = image.functions[Int(index) - importedFunctionCount]
      return (UnsafeRawPointer(memory.executable + Int(row.entry)), Int(row.frameBytes))
    }
    return functions[Int(index)].map { (UnsafeRawPointer(memory.executable + $0.entry), $0.frameBytes) }
  }

  /// The function whose code an address is in.
  func function(at address: UnsafeRawPointer) -> CompiledFunction? {
    let offset = address - UnsafeRawPointer(memory.executable)
    guard offset >= 0, offset < memory.used else { return nil }
    if let image { return function(at: offset, image) }
    var (low, high) = (0, order.count)
    while low < high {
      let middle = (low + high) / 2
      if let function = functions[Int(order[middle])], function.start <= offset { low = middle + 1 } else { high = middle }
    }
    guard low > 0, let function = functions[Int(order[low - 1])], offset < function.end else { return nil }
    return function
  }

  private func function(at offset: Int, _ image: CompiledImage) -> CompiledFunction? {
    var (low, high) = (0, image.functionCount)
    while low < high {
      let middle = (low + high) / 2
      if Int(image.functions[middle].start) <= offset { low = middle + 1 } else { high = middle }
    }
    guard low > 0, offset < Int(image.functions[low - 1].end) else { return nil }
    return image.function(at: low - 1, index: UInt32(importedFunctionCount + low - 1))
  }

  /// Compiles a function. Nil where the interpreter keeps it; the report then says why.
  /// - Throws: what is wrong with the body.
  func compile(_ index: UInt32, _ module: ModuleCode) throws(ModuleError) -> CompiledFunction? {
    if let function = function(index) { return function }
    let start = monotonicNanoseconds()
    defer { nanoseconds += monotonicNanoseconds() - start }
    var compiler = Compiler(module, storage, translatorStorage, recordsOffsets: false)
    try run(&compiler, index, module)
    guard !compiler.hasTooManySlots, !compiler.translator.hasTooLargeOffset else {
      return refuse(index, "its frame has more slots than instructions can name")
    }
    guard !storage.assembler.isFull else { return refuse(index, "it needs more than \(Assembler.mostBytes >> 20) MiB of machine code") }
    guard let function = place(compiler, index, module) else { return refuse(index, "the memory for machine code is full") }
    functions[Int(index)] = function
    order.append(Int32(index))
    if keepsReport {
      let body = module.context.bodies[Int(index) - module.context.importedFunctionCount].range
      report.append(
        CompilationRecord(
          function: index, bodyBytes: body.count, codeBytes: function.end - function.start,
          nanoseconds: monotonicNanoseconds() - start, reason: nil))
    }
    return function
  }

  private func refuse(_ index: UInt32, _ reason: String) -> CompiledFunction? {
    if keepsReport { report.append(CompilationRecord(function: index, bodyBytes: 0, codeBytes: 0, nanoseconds: 0, reason: reason)) }
    return nil
  }

  private func run(_ compiler: inout Compiler, _ index: UInt32, _ module: ModuleCode) throws(ModuleError) {
    if validator == nil { validator = Validator(module.context) }
    try validator?.validate(body: Int(index) - module.context.importedFunctionCount, emitter: &compiler)
  }

  /// Copies a function's code to its place and makes its calls lead where they should.
  private func place(_ compiler: Compiler, _ index: UInt32, _ module: ModuleCode) -> CompiledFunction? {
    let count = storage.assembler.count
    // What it calls must have a thunk before it has a place, so that the thunks do not come between.
    for position in 0..<storage.calls.count where !defersCalls {
      let callee = storage.calls[position].function
      guard callee < CompiledStub.leave.callNumber - 64, callee != index, functions[Int(callee)] == nil, thunks[callee] == nil else {
        continue
      }
      guard makeThunk(callee, module) else { return nil }
    }
    guard let start = memory.take(count) else { return nil }
    let entry = start + compiler.entryPosition
    for position in 0..<storage.calls.count {
      let call = storage.calls[position]
      let target: Int
      if call.function > CompiledStub.leave.callNumber - 64 {
        target = Int(memory.stubs[Int(UInt32.max - call.function)])
      } else if call.function == index {
        target = entry
      } else if let function = functions[Int(call.function)] {
        target = function.entry
      } else if let thunk = thunks[call.function] {
        target = thunk
      } else {
        deferredCalls.append((place: start + Int(call.place), function: call.function))
        continue
      }
      UnsafeMutableRawPointer(storage.assembler.bytes + Int(call.place)).storeBytes(
        of: Int32(truncatingIfNeeded: target - (start + Int(call.place) + 4)), as: Int32.self)
    }
    if compiler.savedFloats != 0 {
      memory.write(at: Int(memory.stubs[CompiledStub.keepsFloats.rawValue])).storeBytes(of: 1, as: UInt8.self)
    }
    memory.write(at: start).copyMemory(from: storage.assembler.bytes, byteCount: count)
    var loops = List<Int32>()
    for position in 0..<storage.loops.count {
      let loop = storage.loops[position]
      loops.append(loop.isEnterable ? Int32(truncatingIfNeeded: start + storage.assembler.position(loop.entry)) : -1)
    }
    var tries = List<CompiledTry>()
    for position in 0..<storage.tries.count { tries.append(storage.tries[position]) }
    var epilogues = List<Int>()
    if compiler.savedByteCount > 0 { for position in 0..<storage.epilogues.count { epilogues.append(storage.epilogues[position]) } }
    var detours = List<CompiledDetour>()
    for position in 0..<storage.detours.count { detours.append(storage.detours[position]) }
    let function = CompiledFunction(
      index: index, start: start, end: start + count, entry: entry, savedBytes: compiler.savedByteCount,
      frameBytes: compiler.frameByteCount, loops: loops, tries: tries, detours: detours,
      isPositionIndependent: compiler.isPositionIndependent,
      bodyStart: compiler.bodyStart, epilogues: epilogues, epilogueBytes: compiler.epilogueBytes)
    if let thunk = thunks.removeValue(forKey: index) { redirect(thunk, to: entry) }
    return function
  }

  /// Makes the calls that waited lead to their functions, or to thunks of those that have no code.
  /// False where there is no room for one: the code is of no use then.
  func connectCalls(_ module: ModuleCode) -> Bool {
    defersCalls = false
    for call in deferredCalls {
      var target = functions[Int(call.function)]?.entry ?? thunks[call.function]
      if target == nil, makeThunk(call.function, module) { target = thunks[call.function] }
      guard let target else { return false }
      memory.write(at: call.place).storeBytes(of: Int32(truncatingIfNeeded: target - (call.place + 4)), as: Int32.self)
    }
    deferredCalls.removeAll()
    return true
  }

  /// Why a function has no code.
  func refusal(of index: UInt32) -> String? { report.last { $0.function == index }?.reason }

  /// Code that hands a function's index on to the stub which finds out what to do: mov eax, index; jmp stub. Its first eight bytes become
  /// a jump to the function when that has code.
  private func makeThunk(_ index: UInt32, _ module: ModuleCode) -> Bool {
    guard let start = memory.take(16) else { return false }
    var assembler = Assembler()
    assembler.move(.rax, immediate: UInt64(index))
    let place = assembler.jumpLater()
    UnsafeMutableRawPointer(assembler.bytes + place).storeBytes(
      of: Int32(truncatingIfNeeded: Int(memory.stubs[CompiledStub.resolveIndex.rawValue]) - (start + place + 4)), as: Int32.self)
    memory.write(at: start).copyMemory(from: assembler.bytes, byteCount: assembler.count)
    thunks[index] = start
    return true
  }

  /// One aligned store of eight bytes, which no thread sees half of; one that has read the old ones goes on behind them.
  private func redirect(_ thunk: Int, to target: Int) {
    var bits = memory.write(at: thunk).load(as: UInt64.self)
    bits = bits & ~0xFF_FFFF_FFFF | 0xE9 | UInt64(UInt32(bitPattern: Int32(truncatingIfNeeded: target - (thunk + 5)))) << 8
    memory.write(at: thunk).storeBytes(of: bits, as: UInt64.self)
  }

  /// A function's code where it need not run, with the place of each operator. Calls lead nowhere.
  func listing(of index: UInt32, _ module: ModuleCode) throws(ModuleError) -> (code: [UInt8], offsets: [(position: Int, offset: Int)]) {
    var compiler = Compiler(module, storage, translatorStorage, recordsOffsets: true)
    try run(&compiler, index, module)
    let code = [UInt8](UnsafeBufferPointer(start: storage.assembler.bytes, count: compiler.codeByteCount))
    return (code, storage.offsets)
  }

  /// Offset in the module of the operator whose code is before a return address, or at a fault. Compiles the function once more.
  func moduleOffset(of address: UnsafeRawPointer, _ module: ModuleCode) -> Int? {
    guard let function = function(at: address) else { return nil }
    var compiler = Compiler(module, storage, translatorStorage, recordsOffsets: true)
    guard (try? run(&compiler, function.index, module)) != nil else { return nil }
    let position = address - UnsafeRawPointer(memory.executable) - function.start
    var found: Int?
    for entry in storage.offsets where entry.position <= position { found = entry.offset }
    return found
  }
}

/// A function's machine code. Positions are offsets in the `CodeMemory`.
struct CompiledFunction {
  var index: UInt32
  var start: Int
  var end: Int
  /// Where calls enter.
  var entry: Int
  /// Bytes of saved registers on the host's stack, below the return address.
  var savedBytes: Int
  /// Bytes of its frame on the value stack.
  var frameBytes: Int
  /// Where its loops go on that run in the interpreter, in the order of their operators; -1 where they cannot.
  var loops: List<Int32>
  var tries: List<CompiledTry>
  var detours: List<CompiledDetour>
  var isPositionIndependent: Bool
  /// Where its first operator's code begins, and its epilogues, from `start`.
  var bodyStart: Int
  var epilogues: List<Int>
  var epilogueBytes: Int
}

/// What compiling a function took, or why it was not compiled.
public struct CompilationRecord: Sendable {
  /// Index in the module's function space.
  public var function: UInt32
  public var bodyBytes: Int
  public var codeBytes: Int
  public var nanoseconds: UInt64
  /// Nil where it was compiled.
  public var reason: String?
}

/// When functions are compiled.
public enum CompilerTier: String, Sendable, CaseIterable {
  /// What is hot, after the interpreter has run it.
  case auto
  /// Every function on its first call.
  case baseline

  /// Calls, and rounds of a loop, that the interpreter runs before a function is compiled. Chosen by the time of whole processes over twenty
  /// short programs, relative to compiling every function at once: 2 calls and 10 rounds 1.07, 8 and 50 1.06, 20 and 100 1.04, 50 and 300 1.03.
  static let hotCalls = 50
  static let hotLoops = 300
}
