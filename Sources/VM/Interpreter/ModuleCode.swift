import Glibc

/// Translated code of a module: made function by function on first calls, shared by all its instances and by all threads.
///
/// Code lives in chunks that never move and is published by one store of `FunctionCode.entry`; everything else is under the lock.
final class ModuleCode: @unchecked Sendable {
  private static let chunkWords = 1 << 13

  let context: ValidationContext
  private let ownsContext: Bool
  let importedGlobalCount: Int
  /// Where each of the module's own globals stands among the words of its globals; the last entry is how many words there are.
  let globalWords: List<Int>
  /// Codes by function index, nil where nobody has called or referenced the function.
  private let codes: UnsafeMutablePointer<FunctionCode.Pointer?>
  private let functionCount: Int
  private var chunks = List<UnsafeMutablePointer<UInt64>>()
  private var used = ModuleCode.chunkWords
  private var capacity = ModuleCode.chunkWords
  /// First and last word of every translated function, in the order of their addresses.
  private var ranges = List<CodeRange>()
  /// What translating needs, made for the first function and kept for the others.
  private var storage: TranslatorStorage?
  private var validator: Validator<Translator>?
  /// Whether code counts the instructions it executes. Set before the first function is translated.
  var countsInstructions = false
  /// Whether machine code may be better than x86-64-v3 allows, where the processor is. Tests say no, to see the other code.
  var usesOptionalInstructions = true
  /// Functions translated so far.
  var translatedFunctions: Int { lock.locked { ranges.count } }
  /// Bytes of their code, without what counting adds to it. Known where instructions are counted.
  private(set) var translatedBytes = 0
  /// Machine code, where functions are compiled (`enableCompilation`).
  private(set) var compiled: CompiledModule?
  private let lock = Lock()

  /// Owns the context from now on, unless it throws.
  init(_ parts: ModuleParts, _ context: ValidationContext) throws(ResourceError) {
    self.context = context
    ownsContext = true
    importedGlobalCount = parts.importedGlobalCount
    var globalWords = List(repeating: 0, count: 1)
    for index in parts.importedGlobalCount..<parts.globals.count {
      globalWords.append(globalWords[globalWords.count - 1] + parts.globals[index].type.value.slotCount)
    }
    self.globalWords = globalWords
    functionCount = parts.functionTypes.count
    codes = try UnsafeMutableRawPointer.zeroed(
      count: functionCount, of: FunctionCode.Pointer?.self, for: "the list of a module's functions")
  }

  /// Code beside a module's own, for compiling all of it: nothing of it is run. The module outlives it.
  init(compiling module: Module) throws(ResourceError) {
    context = module.validation
    ownsContext = false
    importedGlobalCount = module.importedGlobalCount
    globalWords = module.code.globalWords
    functionCount = module.functionTypes.count
    codes = try UnsafeMutableRawPointer.zeroed(
      count: functionCount, of: FunctionCode.Pointer?.self, for: "the list of a module's functions")
    compiled = try CompiledModule(self, tier: .baseline)
  }

  deinit {
    for index in 0..<functionCount { codes[index]?.deallocate() }
    codes.deallocate()
    for chunk in chunks { chunk.deallocate() }
    if ownsContext { context.deallocate() }
  }

  /// Word of a context that a global of the module's own begins at.
  func globalWord(_ index: UInt32) -> UInt32 { UInt32(HandlerTable.count + globalWords[Int(index) - importedGlobalCount]) }

  /// Whether a function's body has the byte of a `loop`: false means that it certainly has none.
  func mayLoop(_ function: UInt32) -> Bool {
    let range = context.bodies[Int(function) - context.importedFunctionCount].range
    return memchr(context.module.base + range.lowerBound, Int32(Opcode.loop.rawValue), range.count) != nil
  }

  /// The code of a function that is not imported; it need not be translated yet.
  func code(function index: UInt32) -> FunctionCode.Pointer { lock.locked { lockedCode(index) } }

  /// As `code(function:)`, for the translator, which runs under the lock.
  func lockedCode(_ index: UInt32) -> FunctionCode.Pointer {
    if let code = codes[Int(index)] { return code }
    let signature = context.signature(ofFunction: index)
    let code = FunctionCode.Pointer.allocate(capacity: 1)
    code.initialize(
      to: FunctionCode(
        entry: StaticCode.lazy, index: index, headerSlot: UInt32(max(signature.parameters.slotCount, signature.results.slotCount)),
        native: compiled?.memory.address(of: .resolve), module: .passUnretained(self)))
    codes[Int(index)] = code
    if let compiled, compiled.isComplete { install(code, compiled) }
    return code
  }

  /// Whether a function has been called or translated for another reason.
  /// Functions that are translated and not compiled.
  var interpretedFunctionCount: Int {
    lock.locked {
      var count = 0
      for position in 0..<ranges.count where compiled?.entry(ranges[position].code.pointee.index) == nil { count += 1 }
      return count
    }
  }

  func isTranslated(_ index: UInt32) -> Bool { lock.locked { codes[Int(index)].map { $0.pointee.entry != StaticCode.lazy } ?? false } }

  /// Translates a function unless another thread just did; adds the time it took to `nanoseconds`.
  func translate(_ code: FunctionCode.Pointer, timing nanoseconds: inout UInt64) throws(ModuleError) {
    let start = monotonicNanoseconds()
    defer { nanoseconds += monotonicNanoseconds() - start }
    try lock.locked { () throws(ModuleError) in
      guard code.pointee.entry == StaticCode.lazy else { return }
      if compiled?.tier == .baseline, try compile(code) { return }
      if countsInstructions { translatedBytes += try translatedWords(code, []).count * 8 }
      let words = try translatedWords(code, observation)
      code.pointee.entry = place(words, of: code)
    }
  }

  // MARK: Compilation

  /// Makes functions be compiled. Before the first of them is called or referenced.
  func enableCompilation(_ tier: CompilerTier) throws(ResourceError) {
    guard !countsInstructions, compiled == nil else { return }
    compiled = try CompiledModule(self, tier: tier)
  }

  /// Takes all functions' code from a file.
  func attach(_ image: CompiledImage) { compiled = CompiledModule(self, image: image) }

  /// Compiles everything, in the order of indices, without anybody calling it.
  func compileAll() throws(ModuleError) {
    try lock.locked { () throws(ModuleError) in
      compiled?.defersCalls = true
      for body in context.bodies.indices { _ = try compiled?.compile(UInt32(context.importedFunctionCount + body), self) }
      guard compiled?.connectCalls(self) ?? true else { throw ModuleError(.tooLarge, "the memory for machine code is full") }
    }
  }

  /// Compiles a function and makes all callers, the interpreter too, enter its machine code. False where the interpreter keeps it.
  private func compile(_ code: FunctionCode.Pointer) throws(ModuleError) -> Bool {
    guard let compiled, try compiled.compile(code.pointee.index, self) != nil else { return false }
    install(code, compiled)
    return true
  }

  private func install(_ code: FunctionCode.Pointer, _ compiled: CompiledModule) {
    guard let (native, frameBytes) = compiled.entry(code.pointee.index) else { return }
    let results = context.signature(ofFunction: code.pointee.index).results
    let kind: CompiledStub =
      results.count != 1
      ? .enterNothing
      : (results[0] == .f32 ? .enterFloat : (results[0] == .f64 ? .enterDouble : (results[0] == .v128 ? .enterVector : .enterInteger)))
    let words = takeWords(4)
    words[0] = UInt64(frameBytes)
    words[1] = UInt64(Instruction.enterCompiled.rawValue) | UInt64(code.pointee.headerSlot) << 32
    words[2] = UInt64(UInt(bitPattern: native))
    words[3] = UInt64(UInt(bitPattern: compiled.memory.address(of: kind)))
    code.pointee.native = native
    // A run may be interrupted right here.
    insert(CodeRange(first: PC(words), end: PC(words + 4), code: code, tries: List()))
    code.pointee.entry = PC(words + 1)
  }

  /// Where compiled code calls a function that had no machine code when the caller was compiled; nil where the interpreter runs it.
  func native(_ code: FunctionCode.Pointer, timing nanoseconds: inout UInt64) throws(ModuleError) -> UnsafeRawPointer? {
    let start = monotonicNanoseconds()
    defer { nanoseconds += monotonicNanoseconds() - start }
    return try lock.locked { () throws(ModuleError) in
      guard let compiled else { return nil }
      if let (address, _) = compiled.entry(code.pointee.index) { return address }
      guard compiled.tier == .baseline, try compile(code) else { return nil }
      return code.pointee.native
    }
  }

  /// The machine code of a function and the places of its operators.
  func listing(of index: UInt32) throws(ModuleError) -> (code: [UInt8], offsets: [(position: Int, offset: Int)])? {
    try lock.locked { () throws(ModuleError) in try compiled?.listing(of: index, self) }
  }

  /// The function whose machine code contains an address.
  func compiledFunction(at address: UnsafeRawPointer) -> CompiledFunction? { lock.locked { compiled?.function(at: address) } }

  /// What the interpreter's code does besides.
  private var observation: Translator.Observation { countsInstructions ? .counts : (compiled?.tier == .auto ? .heat : []) }

  /// A function, or a loop in it, is hot: compiles it. Returns where the loop goes on in compiled code, with what its operands take;
  /// for a call, where the function begins. Nil where the interpreter keeps it.
  func compileHot(at pc: PC, loop: Int?, timing nanoseconds: inout UInt64) -> (code: FunctionCode.Pointer, address: Int)? {
    let start = monotonicNanoseconds()
    defer { nanoseconds += monotonicNanoseconds() - start }
    return lock.locked {
      guard let compiled, let code = range(at: pc)?.code else { return nil }
      if compiled.function(code.pointee.index) == nil {
        guard let isCompiled = try? compile(code), isCompiled else { return nil }
      }
      guard let function = compiled.function(code.pointee.index) else { return nil }
      guard let loop else { return (code, function.entry) }
      guard loop < function.loops.count, function.loops[loop] >= 0 else { return nil }
      return (code, Int(bitPattern: compiled.memory.executable + Int(function.loops[loop])))
    }
  }

  /// Validates and translates one body into the translator's storage.
  private func translatedWords(_ code: FunctionCode.Pointer, _ observation: Translator.Observation) throws(ModuleError) -> TranslatorStorage
  {
    let storage = self.storage ?? TranslatorStorage()
    self.storage = storage
    if validator == nil { validator = Validator(context) }
    let body = Int(code.pointee.index) - context.importedFunctionCount
    // A function whose branches do not reach is translated again with long ones.
    var hasFarBranches = false
    while true {
      var translator = Translator(self, storage, hasFarBranches: hasFarBranches, observation: observation)
      try validator?.validate(body: body, emitter: &translator)
      guard !translator.hasTooManySlots else {
        throw .limit(at: context.bodies[body].range.lowerBound, "function \(code.pointee.index) needs more than 65535 slots")
      }
      guard !storage.hasTooManyWords else {
        throw .limit(
          at: context.bodies[body].range.lowerBound,
          "function \(code.pointee.index) needs more than \(TranslatorStorage.mostWords >> 17) MiB of code")
      }
      if hasFarBranches || !translator.needsFarBranches { return storage }
      hasFarBranches = true
    }
  }

  /// Copies finished words to their final place; returns the entry.
  private func place(_ storage: TranslatorStorage, of code: FunctionCode.Pointer) -> PC {
    let count = storage.count
    let first = takeWords(count)
    first.update(from: storage.words, count: count)
    insert(CodeRange(first: PC(first), end: PC(first + count), code: code, tries: storage.tries))
    return PC(first + storage.entry)
  }

  /// Room for words that will never move.
  private func takeWords(_ count: Int) -> UnsafeMutablePointer<UInt64> {
    if used + count > capacity {
      capacity = max(ModuleCode.chunkWords, count)
      chunks.append(.allocate(capacity: capacity))
      used = 0
    }
    defer { used += count }
    return chunks[chunks.count - 1] + used
  }

  /// Nearly always behind the others: chunks are filled from their beginning, and a heap grows upwards.
  private func insert(_ range: CodeRange) {
    let place = rangesBegun(by: range.first)
    ranges.append(range)
    guard place < ranges.count - 1 else { return }
    ranges.withMutableElements {
      for index in stride(from: $0.count - 1, to: place, by: -1) { $0.swapAt(index, index - 1) }
    }
  }

  /// How many ranges begin at or before an instruction.
  private func rangesBegun(by pc: PC) -> Int {
    var (low, high) = (0, ranges.count)
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].first <= pc { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The range that contains an instruction.
  private func range(at pc: PC) -> CodeRange? {
    let begun = rangesBegun(by: pc)
    guard begun > 0, pc < ranges[begun - 1].end else { return nil }
    return ranges[begun - 1]
  }

  /// The translated function that contains an instruction.
  func function(at pc: PC) -> FunctionCode.Pointer? {
    lock.locked {
      if let compiled, compiled.memory.contains(pc) { return compiled.function(at: pc).map { lockedCode($0.index) } }
      return range(at: pc)?.code
    }
  }

  /// The innermost clause that catches an exception at an instruction, and where its code begins.
  /// - Parameter catches: whether an exception of a tag of this index is caught.
  func handler(at pc: PC, catches: (UInt32) -> Bool) -> (clause: TryRange.Clause, pc: PC)? {
    lock.locked {
      guard let range = range(at: pc), range.tries.count > 0 else { return nil }
      let word = (pc - range.first) / 8
      for block in range.tries where block.first <= word && word < block.end {
        for clause in block.clauses where clause.tag.map(catches) ?? true { return (clause, range.first + clause.word * 8) }
      }
      return nil
    }
  }

  /// Offset in the module's bytes of the operator an instruction came from. Translates the function once more: only traps ask.
  func moduleOffset(of pc: PC) -> Int? {
    lock.locked {
      if let compiled, compiled.memory.contains(pc) { return compiled.moduleOffset(of: pc, self) }
      guard let range = range(at: pc),
        let storage = try? translatedWords(range.code, observation.union(.offsets))
      else {
        return nil
      }
      let word = (pc - range.first) / 8
      return storage.offsets.last { $0.word <= word }?.offset
    }
  }
}

/// Where a translated function's words are.
private struct CodeRange {
  var first: PC
  var end: PC
  var code: FunctionCode.Pointer
  var tries: List<TryRange>
}

/// CLOCK_MONOTONIC in nanoseconds.
func monotonicNanoseconds() -> UInt64 {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}
