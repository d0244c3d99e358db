// The ways between the interpreter and compiled code. A function that is compiled has an entry of one instruction, so whoever calls it
// need not know; compiled code calls what is not compiled, and whatever it leaves to the interpreter, through the functions below.

/// a: kind of the result (`CompiledStub`); b: header slot; extra words: the compiled code's address, the entry stub's.
@inline(__always)
func enterCompiled(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  // The callee may use its header's slots: tail calls put arguments there.
  let header = sp + operandB(pc)
  runCompiled(
    pc, extraWord(pc), sp, cx, PC(bitPattern: UInt(header[0])).unsafelyUnwrapped, SP(bitPattern: UInt(header[1])).unsafelyUnwrapped, f0)
}

/// Also for loops that go on in compiled code.
@inline(never)
func runCompiled(_ pc: PC, _ address: Word, _ sp: SP, _ cx: CX, _ returnPC: PC, _ callerSP: SP, _ f0: Double) {
  typealias Entry = @convention(c) (UInt, SP, CX, MD, PC, SP) -> Int
  let enter = unsafeBitCast(UInt(pc.load(fromByteOffset: 16, as: UInt64.self)), to: Entry.self)
  let (before, _) = memoryRegisters(cx, sp)
  guard enter(UInt(address), sp, cx, before, returnPC, callerSP) != 0 else {
    if Context(cx).state.pointee.trap == TrapCode.exception.rawValue { continueUnwinding(returnPC, callerSP, sp, cx, f0) }
    return
  }
  let (md, ms) = memoryRegisters(cx, sp)
  next(returnPC, callerSP, md, ms, cx, sp[0], f0)
}

/// Where the interpreter stops that compiled code has called: does not dispatch.
@inline(__always)
func resumeCompiled(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {}

/// As `callIndirect`; the extra word's lower half is the index of the type in the module.
@inline(__always)
func callIndirectByIndex(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let number = UnsafePointer<UInt32>(bitPattern: UInt(cx[ContextField.typeNumbers])).unsafelyUnwrapped[Int(extraLow(pc))]
  callIndirect(UInt64(number) | UInt64(extraHigh(pc)) << 32, pc, sp, md, ms, cx, f0)
}

/// What stubs of compiled code call (`CompiledStubs`).
enum CompiledRuntime {
  private typealias Interpret = @convention(c) (PC, SP, CX) -> Void
  private typealias Resolve = @convention(c) (UInt, SP, CX) -> UInt
  private typealias Raise = @convention(c) (UInt64, UInt, SP, CX) -> Void
  private typealias Propagate = @convention(c) (UInt, SP, CX) -> UInt

  static func install(in context: Context) {
    context.pointer[ContextField.interpret] = UInt64(unsafeBitCast(interpretForCompiled as Interpret, to: UInt.self))
    context.pointer[ContextField.resolve] = UInt64(unsafeBitCast(resolveForCompiled as Resolve, to: UInt.self))
    context.pointer[ContextField.resolveIndex] = UInt64(unsafeBitCast(resolveIndexForCompiled as Resolve, to: UInt.self))
    context.pointer[ContextField.raise] = UInt64(unsafeBitCast(noteTrap as Raise, to: UInt.self))
    context.pointer[ContextField.propagate] = UInt64(unsafeBitCast(propagateInCompiled as Propagate, to: UInt.self))
  }
}

/// Runs the interpreter's instructions on a frame of compiled code.
private func interpretForCompiled(_ pc: PC, _ sp: SP, _ cx: CX) {
  let (md, ms) = memoryRegisters(cx, sp)
  drive(pc, sp, md, ms, cx, 0)
}

/// Where a function's compiled code is; 0 if the interpreter has run it, or could not (then there is a trap).
private func resolveForCompiled(_ code: UInt, _ sp: SP, _ cx: CX) -> UInt {
  let context = Context(cx)
  let code = FunctionCode.Pointer(bitPattern: code).unsafelyUnwrapped
  let module = code.pointee.module.takeUnretainedValue()
  let store = context.instance.store
  do throws(ModuleError) {
    if let native = try module.native(code, timing: &store.translationNanoseconds) { return UInt(bitPattern: native) }
  } catch {
    store.pendingTrap = Trap(.host(error.description))
    context.state.pointee.pc = 0
    context.state.pointee.trap = TrapCode.host.rawValue
    return 0
  }
  let entry = code.pointee.entry
  let header = sp + Int(code.pointee.headerSlot)
  let needed = max(entry.load(fromByteOffset: -8, as: UInt64.self), UInt64(code.pointee.headerSlot + 2) * 8)
  if UInt64(UInt(bitPattern: sp)) &+ needed > context.stackLimit {
    context.state.pointee.pc = 0
    context.state.pointee.trap = TrapCode.stackOverflow.rawValue
    return 0
  }
  header[0] = UInt64(UInt(bitPattern: StaticCode.resumeCompiled))
  header[1] = UInt64(UInt(bitPattern: sp))
  let (md, ms) = memoryRegisters(cx, sp)
  drive(entry, sp, md, ms, cx, UInt64(UInt(bitPattern: code)))
  return 0
}

/// As `resolveForCompiled`, of a function of the module by its index.
private func resolveIndexForCompiled(_ index: UInt, _ sp: SP, _ cx: CX) -> UInt {
  let code = Context(cx).instance.module.code.code(function: UInt32(truncatingIfNeeded: index))
  return resolveForCompiled(UInt(bitPattern: code), sp, cx)
}

/// Notes a trap in compiled code, with the frames that lie on the host's stack now and will not for long.
private func noteTrap(_ trap: UInt64, _ stack: UInt, _ sp: SP, _ cx: CX) {
  let context = Context(cx)
  context.state.pointee.trap = trap & 0xFFFF_FFFF
  context.state.pointee.detail = trap >> 32
  context.state.pointee.pc = 0
  let store = context.instance.store
  // At a call there is a return address as for any other trap.
  if trap == TrapCode.interrupted.rawValue, let address = UnsafePointer<UnsafeRawPointer>(bitPattern: stack)?.pointee {
    guard let frame = Frame(interruptedAt: address - 1, stack: stack, sp: sp, context: context) else { return }
    store.capturedFrames = Backtrace.frames(from: frame, callers: frame.compiled?.isInBody ?? false)
    return
  }
  store.capturedFrames = Frame(compiledStack: stack, sp: sp, context: context).map { Backtrace.frames(from: $0) } ?? ([], 0)
}

/// What compiled code called has ended with a trap or an exception. Returns the address of a landing, or 0.
private func propagateInCompiled(_ stack: UInt, _ sp: SP, _ cx: CX) -> UInt {
  let context = Context(cx)
  let state = context.state
  if state.pointee.trap == TrapCode.exception.rawValue { return land(stack, sp, context) ? landing(state) : 0 }
  let store = context.instance.store
  guard store.capturedFrames == nil else { return 0 }
  if state.pointee.pc == 0 {
    store.capturedFrames = Frame(compiledStack: stack, sp: sp, context: context).map { Backtrace.frames(from: $0) } ?? ([], 0)
  } else {
    store.capturedFrames = Backtrace.frames(of: state.pointee)
  }
  return 0
}

private func landing(_ state: UnsafeMutablePointer<ExecutionState>) -> UInt {
  UInt(bitPattern: state) + UInt(MemoryLayout<ExecutionState>.offset(of: \ExecutionState.landingAddress)!)
}
