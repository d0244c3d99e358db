/// Walks frames of compiled code on the host's stack.
///
/// Behind a call's return address stands the instruction that takes the frame pointer back (sub rbp, so many bytes); where a stub was called,
/// something else. Above a function's return address on the stack are only the registers that it saved.
struct CompiledFrames {
  let code: ModuleCode
  /// Where the return address is that is read next.
  private(set) var stack: UInt
  /// The function that is returned to, and its frame.
  private(set) var function: CompiledFunction
  private(set) var address: UnsafeRawPointer
  private(set) var frame: UInt

  /// What entered compiled code from the interpreter.
  struct Entry {
    /// The stack pointer of the compiled code that called the interpreter before, or 0.
    var outerStack: UInt64
    /// Where the interpreter goes on, and with which frame.
    var pc: UInt
    var sp: UInt
  }

  /// Begins with a return address on the stack: nil where compiled code was entered there.
  /// - Parameter frame: the frame pointer of whom the return address belongs to, or of the function it called.
  init?(_ code: ModuleCode, stack: UInt, frame: UInt) {
    self.code = code
    guard let start = UnsafeRawPointer(bitPattern: stack), let address = UnsafeRawPointer(bitPattern: start.load(as: UInt.self)),
      let function = code.compiledFunction(at: address)
    else { return nil }
    self.stack = stack
    self.function = function
    self.address = address
    self.frame = frame &- UInt(CompiledFrames.advance(address))
  }

  /// Begins where a function was interrupted.
  /// - Parameter stack: the place below what would be its caller's return address and its saved registers.
  init?(_ code: ModuleCode, interruptedAt address: UnsafeRawPointer, stack: UInt, frame: UInt) {
    guard let function = code.compiledFunction(at: address) else { return nil }
    self.code = code
    self.stack = stack
    self.function = function
    self.address = address + 1
    // At a call, or right behind it, the frame pointer is already, or still, the callee's.
    let bytes = address.assumingMemoryBound(to: UInt8.self)
    let ahead = bytes[0] == 0xE8 ? 5 : (bytes[0] == 0xFF ? 3 : 0)
    self.frame = frame &- UInt(CompiledFrames.advance(address + ahead))
  }

  /// How far the call before a return address moved the frame pointer.
  private static func advance(_ address: UnsafeRawPointer) -> Int {
    let bytes = address.assumingMemoryBound(to: UInt8.self)
    guard bytes[0] == 0x48, bytes[2] == 0xED else { return 0 }
    if bytes[1] == 0x83 { return Int(Int8(bitPattern: bytes[3])) }
    return bytes[1] == 0x81 ? Int(UnsafeRawPointer(bytes + 3).loadUnaligned(as: Int32.self)) : 0
  }

  /// The stack pointer while the function runs.
  var bodyStack: UInt { stack + 8 }

  enum Caller {
    case compiled
    case entry(Entry)
  }

  /// Goes on to the caller, where that is compiled code; else says what entered.
  mutating func moveToCaller() -> Caller? {
    let next = stack + 8 + UInt(function.savedBytes)
    if let caller = CompiledFrames(code, stack: next, frame: frame) {
      self = caller
      return .compiled
    }
    return CompiledFrames.entry(at: next).map { .entry($0) }
  }

  /// Whether it runs with all its registers saved: not in its first and not in its last instructions.
  var isInBody: Bool {
    guard let memory = code.compiled?.memory else { return false }
    let position = address - UnsafeRawPointer(memory.executable) - function.start - 1
    return position >= function.bodyStart && !function.epilogues.contains { $0 <= position && position < $0 + function.epilogueBytes }
  }

  /// What the entry stub left above its call's return address.
  static func entry(at stack: UInt) -> Entry? {
    guard let words = UnsafePointer<UInt>(bitPattern: stack) else { return nil }
    // [return address][frame][exit before][stack before][pc][sp]
    return Entry(outerStack: UInt64(words[3]), pc: words[4], sp: words[5])
  }

  /// The clause that catches an exception in the function that is returned to.
  func handler(catches: (UInt32) -> Bool) -> CompiledTry.Clause? {
    // A return address is behind the call.
    guard let memory = code.compiled?.memory else { return nil }
    var position = Int32(truncatingIfNeeded: address - UnsafeRawPointer(memory.executable) - function.start - 1)
    for index in 0..<function.detours.count {
      let detour = function.detours[index]
      if detour.first <= position, position < detour.end { position = detour.origin }
    }
    for index in 0..<function.tries.count {
      let block = function.tries[index]
      guard block.first <= position, position < block.end else { continue }
      for clause in block.clauses where clause.tag.map(catches) ?? true { return clause }
    }
    return nil
  }
}
