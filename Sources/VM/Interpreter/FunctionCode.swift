/// The code of one function of a module, as call instructions see it; shared by all instances of the module and all threads.
struct FunctionCode {
  typealias Pointer = UnsafeMutablePointer<FunctionCode>

  /// First instruction. The word before it is the frame's size in bytes, so that a caller that sees new code also sees its size.
  /// Until the function is translated this is `StaticCode.lazy`. One aligned store replaces it.
  var entry: PC
  /// Index in the module's function space.
  var index: UInt32
  /// max(parameters, results) in slots: where the frame's header (return pc, caller's sp) stands.
  var headerSlot: UInt32
  /// What compiled code calls: the function's own compiled code, or a stub that looks for it. Nil where nothing is compiled.
  var native: UnsafeRawPointer?
  /// The owner, unretained: it frees its functions' codes.
  var module: Unmanaged<ModuleCode>
}

/// Instructions that belong to no function: plain memory made once.
enum StaticCode {
  nonisolated(unsafe) private static let words: UnsafeMutablePointer<UInt64> = {
    let words = UnsafeMutablePointer<UInt64>.allocate(capacity: 8)
    words.initialize(repeating: 0, count: 8)
    words[1] = UInt64(Instruction.lazy.rawValue)
    words[3] = UInt64(Instruction.crossReturn.rawValue)
    words[5] = UInt64(Instruction.halt.rawValue)
    words[7] = UInt64(Instruction.resumeCompiled.rawValue)
    return words
  }()

  /// Translates the function whose `FunctionCode` is in r0, then runs it.
  static var lazy: PC { PC(words + 1) }
  /// Returns from a call into another instance.
  static var crossReturn: PC { PC(words + 3) }
  /// Ends the run.
  static var halt: PC { PC(words + 5) }
  /// Returns to the compiled code that called the interpreter.
  static var resumeCompiled: PC { PC(words + 7) }
}
