/// Where compiled code finds things, in words relative to the context's pointer or bytes in the runtime's structures. Whoever changes one
/// of them changes what is in code caches too.
enum ContextField {
  static let stackLimit = -1
  static let state = -2
  static let functions = -4
  static let tables = -5
  static let globals = -6
  static let memories = -9
  /// Lowest address that the host's stack may reach in compiled code.
  static let nativeLimit = -11
  /// The module's canonical type numbers, by index.
  static let typeNumbers = -12
  /// Functions of the runtime that stubs call.
  static let interpret = -13
  static let resolve = -14
  static let raise = -15
  static let propagate = -16
  static let resolveIndex = -17

  /// Frames up to this size need no check where nothing is called: so much is free behind the limits of both stacks.
  static let uncheckedFrameBytes = 1024
}

enum FunctionCodeLayout {
  /// `FunctionCode.native`.
  static let native = MemoryLayout<FunctionCode>.offset(of: \FunctionCode.native)!
}

enum FunctionRecordLayout {
  static let code = MemoryLayout<FunctionRecord>.offset(of: \FunctionRecord.code)!
  static let context = MemoryLayout<FunctionRecord>.offset(of: \FunctionRecord.context)!
  static let type = MemoryLayout<FunctionRecord>.offset(of: \FunctionRecord.type)!
}

enum StateLayout {
  static let trap = MemoryLayout<ExecutionState>.offset(of: \ExecutionState.trap)!
  /// `ExecutionState.compiledStack`.
  static let stack = MemoryLayout<ExecutionState>.offset(of: \ExecutionState.compiledStack)!
  static let exit = MemoryLayout<ExecutionState>.offset(of: \ExecutionState.compiledExit)!
  static let pc = MemoryLayout<ExecutionState>.offset(of: \ExecutionState.pc)!
  static let interrupt = MemoryLayout<ExecutionState>.offset(of: \ExecutionState.isInterrupted)!
}

/// Traps of compiled code.
enum CompiledTrap {
  static let unreachable = TrapCode.unreachable.rawValue
  static let memoryOutOfBounds = TrapCode.memoryOutOfBounds.rawValue
  static let divideByZero = TrapCode.integerDivideByZero.rawValue
  static let integerOverflow = TrapCode.integerOverflow.rawValue
  static let stackOverflow = TrapCode.stackOverflow.rawValue
  static let arrayOutOfBounds = TrapCode.arrayOutOfBounds.rawValue
  /// An interruption that was noticed at a call, not at any instruction: the detail says so.
  static let interruptedAtCall = TrapCode.interrupted.rawValue | 1 << 32
  /// The detail stands in the upper half.
  static func null(_ what: Trap.NullReference) -> UInt64 { TrapCode.nullReference.rawValue | what.rawValue << 32 }
}

/// Pieces of machine code that compiled functions and the runtime share: each code memory begins with them (`CompiledStubs`).
enum CompiledStub: Int, CaseIterable {
  /// Called by the runtime: enters compiled code.
  case enterNothing, enterInteger, enterFloat, enterDouble, enterVector
  /// Where compiled code returns to the one above; traps end there too.
  case leave
  /// Runs the interpreter's instructions at r11 on the caller's frame; the second one keeps all temporaries.
  case interpret, interpretKeeping
  /// Calls the function whose code is in rax: compiles it, or lets the interpreter run it.
  case resolve
  /// As `resolve`, of the function whose index is in eax.
  case resolveIndex
  /// Ends the run with the trap in rdi, which happened where the stub was called.
  case trap
  /// Where the fault handler makes a thread go on.
  case fault
  /// Ends the run as interrupted, where a return address says.
  case interrupted
  /// Not code: a byte that says whether any function keeps floats in registers that the host's functions do not keep.
  case keepsFloats

  /// What stands for the stub among the functions that calls name.
  var callNumber: UInt32 { UInt32.max - UInt32(rawValue) }
}
