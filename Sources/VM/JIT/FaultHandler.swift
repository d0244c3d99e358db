import Glibc

/// Makes faults in compiled code traps, and interruptions reach it.
///
/// A load or store beyond the end of a plain memory faults: the handler recognises it by its place in machine code and its address in the
/// memory's reservation, and makes the thread go on at the stub that ends the run. Any other fault is left to whoever handled it before,
/// which is mostly the system, which ends the process. Nothing is unwound and nothing jumps over the host's frames.
enum FaultHandler {
  /// Tells a thread that its run is to end. Ignored by default, as Go's preemption is.
  static let interruption = SIGURG

  private struct Range {
    var start: UInt
    var end: UInt
    var fault: UInt
    var interrupted: UInt
    /// Where the stubs end.
    var functions: UInt
    /// Where the entry stubs' calls return to.
    var entryReturns: InlineArray<5, UInt>
    /// Where stubs look at the state, and where they have left (`CompiledStubs.Positions`).
    var windows: InlineArray<8, UInt>
  }

  nonisolated(unsafe) private static let lock = Lock()
  nonisolated(unsafe) private static var ranges = UnsafeMutablePointer<Range>.allocate(capacity: 64)
  nonisolated(unsafe) private static var capacity = 64
  nonisolated(unsafe) private static var count = 0
  nonisolated(unsafe) private static var isInstalled = false
  nonisolated(unsafe) private static var previousFault = sigaction()
  nonisolated(unsafe) private static var previousInterruption = sigaction()

  static func add(_ memory: CodeMemory) {
    lock.locked {
      install()
      let start = UInt(bitPattern: memory.executable)
      let windows = InlineArray<8, UInt> { start + UInt(memory.stubs[CompiledStubs.firstWindow + $0]) }
      let returns = InlineArray<5, UInt> { start + UInt(memory.stubs[CompiledStub.allCases.count + $0]) }
      let range = Range(
        start: start, end: start + UInt(memory.capacity), fault: UInt(bitPattern: memory.address(of: .fault)),
        interrupted: UInt(bitPattern: memory.address(of: .interrupted)),
        functions: UInt(bitPattern: memory.address(of: .keepsFloats)) + 8, entryReturns: returns, windows: windows)
      for index in 0..<count where ranges[index].start == 0 {
        ranges[index] = range
        return
      }
      if count == capacity {
        // A handler may be reading the old ones: they stay.
        let larger = UnsafeMutablePointer<Range>.allocate(capacity: capacity * 2)
        larger.update(from: ranges, count: count)
        ranges = larger
        capacity *= 2
      }
      ranges[count] = range
      count += 1
    }
  }

  static func remove(_ memory: CodeMemory) {
    lock.locked {
      for index in 0..<count where ranges[index].start == UInt(bitPattern: memory.executable) {
        ranges[index].start = 0
        ranges[index].end = 0
      }
    }
  }

  private static func install() {
    guard !isInstalled else { return }
    isInstalled = true
    var action = sigaction()
    action.sa_flags = SA_SIGINFO | Int32(bitPattern: UInt32(SA_ONSTACK)) | Int32(SA_NODEFER)
    action.__sigaction_handler.sa_sigaction = { FaultHandler.handleFault($0, $1, $2) }
    sigaction(SIGSEGV, &action, &previousFault)
    action.__sigaction_handler.sa_sigaction = { FaultHandler.handleInterruption($0, $1, $2) }
    action.sa_flags = SA_SIGINFO | SA_RESTART
    sigaction(interruption, &action, &previousInterruption)
  }

  private static func range(_ address: UInt) -> UnsafeMutablePointer<Range>? {
    for index in 0..<count where ranges[index].start <= address && address < ranges[index].end { return ranges + index }
    return nil
  }

  private static func handleFault(
    _ signal: Int32, _ information: UnsafeMutablePointer<siginfo_t>?, _ context: UnsafeMutableRawPointer?
  ) {
    // Of a signal that somebody sent there is no address.
    if let information, information.pointee.si_code > 0, let machine = context?.assumingMemoryBound(to: ucontext_t.self) {
      let pc = UInt(bitPattern: Int(machine.pointee.uc_mcontext.gregs.16))
      let memory = UInt(bitPattern: Int(machine.pointee.uc_mcontext.gregs.7))
      let address = UInt(bitPattern: information.pointee._sifields._sigfault.si_addr)
      if let range = range(pc), address >= memory, address - memory < UInt(Memory.fullReservation) {
        goOn(machine, at: range.pointee.fault, trap: TrapCode.memoryOutOfBounds.rawValue, pc)
        return
      }
    }
    chain(&previousFault, signal, information, context)
  }

  private static func handleInterruption(
    _ signal: Int32, _ information: UnsafeMutablePointer<siginfo_t>?, _ context: UnsafeMutableRawPointer?
  ) {
    if let machine = context?.assumingMemoryBound(to: ucontext_t.self) {
      let pc = UInt(bitPattern: Int(machine.pointee.uc_mcontext.gregs.16))
      if let range = range(pc) {
        // Stubs look at the state by themselves, except between their look and the call.
        // A jump of six bytes, a call of five, a call of two.
        for index in 0..<5 where pc >= range.pointee.entryReturns[index] - 13 && pc < range.pointee.entryReturns[index] {
          goOn(machine, at: range.pointee.interrupted, trap: 0, pc)
          return
        }
        let isInWindow = (0..<CompiledStubs.windowCount).contains {
          pc >= range.pointee.windows[2 * $0] && pc < range.pointee.windows[2 * $0 + 1]
        }
        guard pc >= range.pointee.functions || isInWindow else { return }
        let context = UInt(bitPattern: Int(machine.pointee.uc_mcontext.gregs.6))
        guard let state = UnsafePointer<UInt>(bitPattern: context - 16)?.pointee,
          UnsafePointer<ExecutionState>(bitPattern: state)?.pointee.isInterrupted != 0
        else { return }
        if isInWindow {
          // The return address is there already.
          machine.pointee.uc_mcontext.gregs.16 = Int64(bitPattern: UInt64(range.pointee.interrupted))
          return
        }
        goOn(machine, at: range.pointee.fault, trap: TrapCode.interrupted.rawValue, pc)
        return
      }
    }
    guard previousInterruption.__sigaction_handler.sa_handler != nil else { return }
    chain(&previousInterruption, signal, information, context)
  }

  /// The stub finds the place behind a return address.
  private static func goOn(_ machine: UnsafeMutablePointer<ucontext_t>, at stub: UInt, trap: UInt64, _ pc: UInt) {
    let stack = UInt(bitPattern: Int(machine.pointee.uc_mcontext.gregs.15)) - 8
    UnsafeMutablePointer<UInt>(bitPattern: stack)?.pointee = pc + 1
    machine.pointee.uc_mcontext.gregs.15 = Int64(bitPattern: UInt64(stack))
    machine.pointee.uc_mcontext.gregs.8 = Int64(bitPattern: trap)
    machine.pointee.uc_mcontext.gregs.16 = Int64(bitPattern: UInt64(stub))
  }

  /// Leaves a signal to whoever had it before. Without anybody the instruction faults again, and the system ends the process.
  private static func chain(
    _ previous: inout sigaction, _ signal: Int32, _ information: UnsafeMutablePointer<siginfo_t>?, _ context: UnsafeMutableRawPointer?
  ) {
    let handler = unsafeBitCast(previous.__sigaction_handler.sa_handler, to: UInt.self)
    if handler < 2 {
      sigaction(signal, &previous, nil)
      // What was sent does not come again by itself.
      if let information, information.pointee.si_code <= 0 { raise(signal) }
    } else if previous.sa_flags & SA_SIGINFO != 0 {
      previous.__sigaction_handler.sa_sigaction?(signal, information, context)
    } else {
      previous.__sigaction_handler.sa_handler?(signal)
    }
  }
}
