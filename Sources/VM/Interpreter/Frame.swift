/// One activation of a guest's function as it lies on the machine's stack (4.2.13).
struct Frame {
  /// The instruction it executes; in a caller, the last word of the call. Of compiled code, what is before its return address.
  private(set) var pc: PC
  private(set) var sp: SP
  private(set) var context: Context
  /// The frame on the host's stack, of compiled code.
  private(set) var compiled: CompiledFrames?
  /// The host's stack pointer where the compiled code called out that is met next.
  private var compiledStack: UInt64

  /// The frame that executes an instruction, which is the interpreter's or one that compiled code has run.
  init(pc: PC, sp: SP, context: Context) {
    self.pc = pc
    self.sp = sp
    self.context = context
    compiledStack = context.state.pointee.compiledStack
    enterCompiledCode()
  }

  /// A frame of compiled code by a return address on the host's stack; where compiled code was entered there, the frame of who entered.
  /// Nil where that is the host.
  init?(compiledStack stack: UInt, sp: SP, context: Context) {
    self.pc = StaticCode.halt
    self.sp = sp
    self.context = context
    compiledStack = 0
    if let frames = CompiledFrames(context.instance.module.code, stack: stack, frame: UInt(bitPattern: sp)) {
      become(frames)
    } else {
      guard let entry = CompiledFrames.entry(at: stack), resume(entry) else { return nil }
    }
  }

  /// A frame of compiled code that was interrupted at an instruction.
  init?(interruptedAt address: UnsafeRawPointer, stack: UInt, sp: SP, context: Context) {
    guard
      let frames = CompiledFrames(
        context.instance.module.code, interruptedAt: address, stack: stack, frame: UInt(bitPattern: sp))
    else { return nil }
    self.pc = StaticCode.halt
    self.sp = sp
    self.context = context
    compiledStack = 0
    become(frames)
  }

  /// Who called with such a frame header; nil where that is the host.
  init?(returnPC: PC, callerSP: SP, of sp: SP, context: Context) {
    self.pc = returnPC
    self.sp = sp
    self.context = context
    compiledStack = context.state.pointee.compiledStack
    guard moveTo(returnPC, callerSP) else { return nil }
  }

  private mutating func become(_ frames: CompiledFrames) {
    compiled = frames
    pc = PC(mutating: frames.address) - 1
    sp = SP(bitPattern: frames.frame).unsafelyUnwrapped
  }

  /// Finds the frame on the host's stack, where the instruction is one that compiled code has run.
  private mutating func enterCompiledCode() {
    compiled = nil
    let module = context.instance.module.code
    guard let memory = module.compiled?.memory, memory.contains(pc) else { return }
    if let frames = CompiledFrames(module, stack: UInt(compiledStack), frame: UInt(bitPattern: sp)) { become(frames) }
  }

  /// The code that the instruction is part of.
  var code: FunctionCode.Pointer? {
    if let compiled { return compiled.code.code(function: compiled.function.index) }
    return context.instance.module.code.function(at: pc)
  }

  /// Goes on to the caller. False where a host function, or nobody, is the caller.
  mutating func moveToCaller(of code: FunctionCode.Pointer) -> Bool {
    if var frames = compiled {
      switch frames.moveToCaller() {
      case .compiled:
        become(frames)
        return true
      case .entry(let entry): return resume(entry)
      case nil: return false
      }
    }
    let header = sp + Int(code.pointee.headerSlot)
    guard let caller = PC(bitPattern: UInt(header[0])), let callerSP = SP(bitPattern: UInt(header[1])) else { return false }
    return moveTo(caller, callerSP)
  }

  /// Goes on to the interpreter's frame that entered compiled code.
  private mutating func resume(_ entry: CompiledFrames.Entry) -> Bool {
    compiledStack = entry.outerStack
    compiled = nil
    guard let caller = PC(bitPattern: entry.pc), let callerSP = SP(bitPattern: entry.sp) else { return false }
    return moveTo(caller, callerSP)
  }

  private mutating func moveTo(_ returnPC: PC, _ returnSP: SP) -> Bool {
    var (caller, callerSP) = (returnPC, returnSP)
    while caller == StaticCode.crossReturn {
      // The frame below belongs to another instance (see `callForeign`).
      guard let outer = PC(bitPattern: UInt(callerSP[0])), let outerSP = SP(bitPattern: UInt(callerSP[1])),
        let outerCX = CX(bitPattern: UInt(callerSP[2]))
      else { return false }
      (caller, callerSP, context) = (outer, outerSP, Context(outerCX))
    }
    if caller == StaticCode.resumeCompiled {
      guard
        let frames = CompiledFrames(context.instance.module.code, stack: UInt(compiledStack), frame: UInt(bitPattern: callerSP))
      else { return false }
      become(frames)
      return true
    }
    guard caller != StaticCode.halt else { return false }
    // A return address is the instruction after the call.
    (pc, sp) = (caller - 8, callerSP)
    enterCompiledCode()
    return true
  }
}
