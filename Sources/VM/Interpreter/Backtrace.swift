/// Walks the frames of a run that trapped, innermost first.
enum Backtrace {
  /// Frames shown of a deep recursion, half from each end.
  static let longest = 100

  static func frames(of state: ExecutionState) -> (frames: [Trap.Frame], omitted: Int) {
    guard var pc = PC(bitPattern: UInt(state.pc)), var sp = SP(bitPattern: UInt(state.sp)),
      let cx = CX(bitPattern: UInt(state.context))
    else { return ([], 0) }
    var context = Context(cx)
    var frames: [Trap.Frame] = []
    var omitted = 0
    while pc != StaticCode.halt {
      if pc == StaticCode.crossReturn {
        // The frame below belongs to another instance (see `callForeign`).
        guard let outer = PC(bitPattern: UInt(sp[0])), let outerSP = SP(bitPattern: UInt(sp[1])), let outerCX = CX(bitPattern: UInt(sp[2]))
        else { break }
        (pc, sp, context) = (outer, outerSP, Context(outerCX))
        continue
      }
      let module = context.instance.module
      guard let code = module.code.function(at: pc) else { break }
      // A return address is the instruction after the call.
      let offset = frames.isEmpty ? module.code.moduleOffset(of: pc, in: code) : module.code.moduleOffset(of: pc - 8, in: code)
      frames.append(
        Trap.Frame(function: code.pointee.index, name: module.functionName(code.pointee.index), offset: offset))
      if frames.count > longest {
        frames.remove(at: longest / 2)
        omitted += 1
      }
      let header = sp + Int(code.pointee.headerSlot)
      guard let caller = PC(bitPattern: UInt(header[0])), let callerSP = SP(bitPattern: UInt(header[1])) else { break }
      (pc, sp) = (caller, callerSP)
    }
    return (frames, omitted)
  }
}
