/// One activation of a guest's function as it lies on the machine's stack (4.2.13).
struct Frame {
  /// The instruction it executes; in a caller, the last word of the call.
  private(set) var pc: PC
  private(set) var sp: SP
  private(set) var context: Context

  init(pc: PC, sp: SP, context: Context) {
    self.pc = pc
    self.sp = sp
    self.context = context
  }

  /// The code that the instruction is part of.
  var code: FunctionCode.Pointer? { context.instance.module.code.function(at: pc) }

  /// Goes on to the caller. False where a host function, or nobody, is the caller.
  mutating func moveToCaller(of code: FunctionCode.Pointer) -> Bool {
    let header = sp + Int(code.pointee.headerSlot)
    guard var caller = PC(bitPattern: UInt(header[0])), var callerSP = SP(bitPattern: UInt(header[1])) else { return false }
    while caller == StaticCode.crossReturn {
      // The frame below belongs to another instance (see `callForeign`).
      guard let outer = PC(bitPattern: UInt(callerSP[0])), let outerSP = SP(bitPattern: UInt(callerSP[1])),
        let outerCX = CX(bitPattern: UInt(callerSP[2]))
      else { return false }
      (caller, callerSP, context) = (outer, outerSP, Context(outerCX))
    }
    guard caller != StaticCode.halt else { return false }
    // A return address is the instruction after the call.
    (pc, sp) = (caller - 8, callerSP)
    return true
  }
}
