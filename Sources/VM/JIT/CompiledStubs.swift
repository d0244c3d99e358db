/// Writes the stubs. All of them are position-independent: what they need of the process they find through the context.
///
/// Compiled code keeps r8, r9, r10 and xmm8 to xmm14 over calls, the host's functions do not: a stub that calls one saves them.
enum CompiledStubs {
  /// By stub: where it begins. Indices are raw values.
  /// Behind them, by entry: the address that its call returns to; then pairs of where stubs look for traps and interruptions and where they
  /// have returned, with the return address on top of the stack.
  typealias Positions = InlineArray<32, Int32>

  static let firstWindow = CompiledStub.allCases.count + 5
  static let windowCount = 4

  static func write(_ assembler: inout Assembler) -> Positions {
    var positions = Positions(repeating: 0)
    let leave = assembler.newLabel()
    let propagate = assembler.newLabel()
    let interrupted = assembler.newLabel()
    let keepsFloats = assembler.newLabel()
    var windows = 0
    for stub in CompiledStub.allCases {
      assembler.align(16)
      positions[stub.rawValue] = Int32(assembler.count)
      var window: (start: Int32, end: Int32) = (0, 0)
      switch stub {
      case .enterNothing, .enterInteger, .enterFloat, .enterDouble, .enterVector:
        writeEntry(&assembler, stub, leave, interrupted, &positions)
      case .leave:
        assembler.bind(leave)
        writeExit(&assembler)
      case .interpret: writeInterpretation(&assembler, keepsTemporaries: false, propagate, interrupted, keepsFloats, &window)
      case .interpretKeeping: writeInterpretation(&assembler, keepsTemporaries: true, propagate, interrupted, keepsFloats, &window)
      case .resolve: writeResolution(&assembler, ContextField.resolve, propagate, interrupted, keepsFloats, &window)
      case .resolveIndex: writeResolution(&assembler, ContextField.resolveIndex, propagate, interrupted, keepsFloats, &window)
      case .trap:
        writeTrap(&assembler, leave)
        assembler.bind(propagate)
        writePropagation(&assembler, leave)
      case .fault:
        // The fault handler has put the trap into rdi and the place of the fault on the stack, as a call would have.
        writeTrap(&assembler, leave)
      case .interrupted:
        // A return address is on the stack.
        assembler.bind(interrupted)
        assembler.move(.rdi, immediate: CompiledTrap.interruptedAtCall)
        writeTrap(&assembler, leave)
      case .keepsFloats:
        assembler.bind(keepsFloats)
        assembler.data(0)
      }
      guard window.end > 0 else { continue }
      positions[firstWindow + 2 * windows] = window.start
      positions[firstWindow + 2 * windows + 1] = window.end
      windows += 1
    }
    assembler.align(16)
    return positions
  }

  private static let state = Register.rax
  private static func field(_ word: Int) -> MachineOperand { MachineOperand(base: .r14, Int32(word * 8)) }
  private static func stateField(_ offset: Int) -> MachineOperand { MachineOperand(base: state, Int32(offset)) }

  /// enter(rdi: entry, rsi: frame, rdx: context, rcx: memory, r8: where the interpreter goes on, r9: its frame) → eax: whether it returned.
  ///
  /// The last two are not used here: `CompiledFrames` finds them on the stack, above what was the state before.
  private static func writeEntry(
    _ assembler: inout Assembler, _ stub: CompiledStub, _ leave: CodeLabel, _ interrupted: CodeLabel, _ positions: inout Positions
  ) {
    for register in [Register.rbx, .rbp, .r12, .r13, .r14, .r15] { assembler.push(register) }
    assembler.push(.r9)
    assembler.push(.r8)
    assembler.move(.r14, .rdx)
    assembler.move(.r15, .rcx)
    assembler.move(.rbp, .rsi)
    assembler.load(state, field(ContextField.state), wide: true)
    assembler.push(stateField(StateLayout.stack))
    assembler.push(stateField(StateLayout.exit))
    // What it was called with is where its result goes.
    assembler.push(.rsi)
    assembler.store(.rsp, stateField(StateLayout.exit), wide: true)
    // From here on the fault handler takes care of interruptions: also between this and the call (`entryWindow`).
    let goesOn = assembler.newLabel()
    assembler.alu(.cmp, stateField(StateLayout.interrupt), immediate: 0, wide: true)
    assembler.jump(.equal, goesOn)
    assembler.call(interrupted)
    assembler.bind(goesOn)
    assembler.call(MachineOperand(.rdi))
    // Behind the call: a return address that is here ends the frames of compiled code.
    positions[CompiledStub.allCases.count + stub.rawValue] = Int32(assembler.count)
    assembler.pop(.rsi)
    switch stub {
    case .enterInteger: assembler.store(.rax, MachineOperand(base: .rsi), wide: true)
    case .enterFloat, .enterDouble: assembler.storeFloat(VectorRegister(0), MachineOperand(base: .rsi), width: 8)
    case .enterVector: assembler.storeFloat(VectorRegister(0), MachineOperand(base: .rsi), width: 16)
    default: break
    }
    assembler.move(.rcx, immediate: 1)
    assembler.push(.rsi)
    assembler.jump(leave)
  }

  /// With the stack as the entry left it, and the answer in ecx.
  private static func writeExit(_ assembler: inout Assembler) {
    assembler.load(state, field(ContextField.state), wide: true)
    assembler.load(.rsp, stateField(StateLayout.exit), wide: true)
    assembler.pop(.rsi)
    assembler.pop(stateField(StateLayout.exit))
    assembler.pop(stateField(StateLayout.stack))
    assembler.pop(.r8)
    assembler.pop(.r9)
    assembler.move(.rax, .rcx)
    for register in [Register.r15, .r14, .r13, .r12, .rbp, .rbx] { assembler.pop(register) }
    assembler.returnFromCall()
  }

  private static let callerSaved: [Register] = [.r8, .r9, .r10]
  private static let temporaries: [Register] = [.rax, .rcx, .rdx, .rsi, .rdi]

  /// Saves what the host's functions do not keep, and aligns the stack for them.
  private static func save(_ assembler: inout Assembler, keepsTemporaries: Bool, _ keepsFloats: CodeLabel) {
    let registers = callerSaved + (keepsTemporaries ? temporaries : [])
    for register in registers { assembler.push(register) }
    let floats = keepsTemporaries ? 0..<15 : 8..<15
    assembler.alu(.sub, MachineOperand(.rsp), immediate: Int32(floats.count * 16), wide: true)
    let skip = assembler.newLabel()
    if !keepsTemporaries { jumpUnlessKept(&assembler, keepsFloats, skip) }
    for (place, number) in floats.enumerated() {
      assembler.storeFloat(VectorRegister(UInt8(number)), MachineOperand(base: .rsp, Int32(place * 16)), width: 16)
    }
    assembler.bind(skip)
    alignStack(&assembler)
  }

  /// Where no function keeps floats in registers, there are none to save. When the first one comes meanwhile, none of its callers' are lost,
  /// since they have none.
  private static func jumpUnlessKept(_ assembler: inout Assembler, _ keepsFloats: CodeLabel, _ skip: CodeLabel) {
    // r11 is free but where it says what to interpret; the flags are always.
    assembler.push(.rdx)
    assembler.loadExtended(.rdx, MachineOperand(keepsFloats), bits: 8, isSigned: false, wide: false)
    assembler.test(.rdx, .rdx, wide: false)
    assembler.pop(.rdx)
    assembler.jump(.equal, skip)
  }

  /// rbx keeps the stack pointer; its own value is below.
  private static func alignStack(_ assembler: inout Assembler) {
    assembler.push(.rbx)
    assembler.move(.rbx, .rsp)
    assembler.alu(.and, MachineOperand(.rsp), immediate: -16, wide: true)
  }

  private static func restoreStack(_ assembler: inout Assembler) {
    assembler.move(.rsp, .rbx)
    assembler.pop(.rbx)
  }

  private static func restore(_ assembler: inout Assembler, keepsTemporaries: Bool, _ keepsFloats: CodeLabel) {
    restoreStack(&assembler)
    let registers = callerSaved + (keepsTemporaries ? temporaries : [])
    let floats = keepsTemporaries ? 0..<15 : 8..<15
    let skip = assembler.newLabel()
    if !keepsTemporaries { jumpUnlessKept(&assembler, keepsFloats, skip) }
    for (place, number) in floats.enumerated() {
      assembler.loadFloat(VectorRegister(UInt8(number)), MachineOperand(base: .rsp, Int32(place * 16)), width: 16)
    }
    assembler.bind(skip)
    assembler.alu(.add, MachineOperand(.rsp), immediate: Int32(floats.count * 16), wide: true)
    for register in registers.reversed() { assembler.pop(register) }
  }

  /// Compiled code calls out: its stack pointer, where the return address is, is noted for whoever walks its frames.
  private static func noteStack(_ assembler: inout Assembler, _ register: Register) {
    assembler.load(register, field(ContextField.state), wide: true)
    assembler.store(.rsp, MachineOperand(base: register, Int32(StateLayout.stack)), wide: true)
  }

  private static func checkTrap(
    _ assembler: inout Assembler, _ scratch: Register, _ propagate: CodeLabel, _ interrupted: CodeLabel
  ) {
    assembler.load(scratch, field(ContextField.state), wide: true)
    assembler.alu(.cmp, MachineOperand(base: scratch, Int32(StateLayout.trap)), immediate: 0, wide: true)
    assembler.jump(.notEqual, propagate)
    assembler.alu(.cmp, MachineOperand(base: scratch, Int32(StateLayout.interrupt)), immediate: 0, wide: true)
    assembler.jump(.notEqual, interrupted)
  }

  /// interpret(pc, frame, context): the runtime's function runs the instructions until the one that resumes.
  private static func writeInterpretation(
    _ assembler: inout Assembler, keepsTemporaries: Bool, _ propagate: CodeLabel, _ interrupted: CodeLabel, _ keepsFloats: CodeLabel,
    _ window: inout (start: Int32, end: Int32)
  ) {
    if keepsTemporaries {
      assembler.push(.rax)
      noteStackAbove(&assembler)
      assembler.pop(.rax)
    } else {
      noteStack(&assembler, .rax)
    }
    save(&assembler, keepsTemporaries: keepsTemporaries, keepsFloats)
    assembler.move(.rdi, .r11)
    assembler.move(.rsi, .rbp)
    assembler.move(.rdx, .r14)
    assembler.call(field(ContextField.interpret))
    restore(&assembler, keepsTemporaries: keepsTemporaries, keepsFloats)
    window.start = Int32(assembler.count)
    checkTrap(&assembler, .r11, propagate, interrupted)
    assembler.returnFromCall()
    window.end = Int32(assembler.count)
  }

  /// As `noteStack`, with rax pushed.
  private static func noteStackAbove(_ assembler: inout Assembler) {
    assembler.push(.rcx)
    assembler.load(.rax, field(ContextField.state), wide: true)
    assembler.lea(.rcx, MachineOperand(base: .rsp, 16), wide: true)
    assembler.store(.rcx, MachineOperand(base: .rax, Int32(StateLayout.stack)), wide: true)
    assembler.pop(.rcx)
  }

  /// resolve(code, frame, context) → rax: where the function's compiled code is, or 0 if the interpreter has run it.
  private static func writeResolution(
    _ assembler: inout Assembler, _ resolve: Int, _ propagate: CodeLabel, _ interrupted: CodeLabel, _ keepsFloats: CodeLabel,
    _ window: inout (start: Int32, end: Int32)
  ) {
    let done = assembler.newLabel()
    assembler.move(.rdi, .rax)
    noteStack(&assembler, .rax)
    save(&assembler, keepsTemporaries: false, keepsFloats)
    assembler.move(.rsi, .rbp)
    assembler.move(.rdx, .r14)
    assembler.call(field(resolve))
    restore(&assembler, keepsTemporaries: false, keepsFloats)
    window.start = Int32(assembler.count)
    // Also before the function is entered: compiling it may have taken a while.
    checkTrap(&assembler, .r11, propagate, interrupted)
    assembler.test(.rax, .rax, wide: true)
    assembler.jump(.equal, done)
    assembler.jump(MachineOperand(.rax))
    assembler.bind(done)
    // The interpreter leaves results in the frame's first slots; compiled callers expect a single one in a register.
    assembler.load(.rax, MachineOperand(base: .rbp), wide: true)
    assembler.loadFloat(VectorRegister(0), MachineOperand(base: .rbp), width: 16)
    assembler.returnFromCall()
    window.end = Int32(assembler.count)
  }

  /// raise(trap, stack, frame, context), then out.
  private static func writeTrap(_ assembler: inout Assembler, _ leave: CodeLabel) {
    assembler.move(.rsi, .rsp)
    assembler.move(.rdx, .rbp)
    assembler.move(.rcx, .r14)
    alignStack(&assembler)
    assembler.call(field(ContextField.raise))
    assembler.zero(.rcx)
    assembler.jump(leave)
  }

  /// A trap, or an exception, in what compiled code has called out for: propagate(stack, frame, context) → rax: where the compiled code
  /// goes on that catches it, rdx: its stack, or 0. rsp is where the caller's return address is.
  private static func writePropagation(_ assembler: inout Assembler, _ leave: CodeLabel) {
    let goesOn = assembler.newLabel()
    assembler.move(.rdi, .rsp)
    assembler.move(.rsi, .rbp)
    assembler.move(.rdx, .r14)
    alignStack(&assembler)
    assembler.call(field(ContextField.propagate))
    assembler.test(.rax, .rax, wide: true)
    assembler.jump(.notEqual, goesOn)
    assembler.zero(.rcx)
    assembler.jump(leave)
    assembler.bind(goesOn)
    // A landing: where to go on, with which stack and frame.
    assembler.load(.rsp, MachineOperand(base: .rax, 8), wide: true)
    assembler.load(.rbp, MachineOperand(base: .rax, 16), wide: true)
    assembler.jump(MachineOperand(base: .rax))
  }
}
