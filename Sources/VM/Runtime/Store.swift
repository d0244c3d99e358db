import Glibc
import Processor

/// What instances live in: the value stack, the functions' records, and the means to interrupt them.
///
/// One thread at a time runs in a store; `interrupt()` may be called from any thread. Modules are shared freely between stores.
///
/// The store owns the records of all that is made in it. `Instance`, `Function`, `Table` and `Global` refer to a record and keep the store
/// alive; the store refers to none of them, so it ends with the last of them. A host function that holds one of them is the exception:
/// the store owns its body, and both live until the body lets go.
public final class Store: @unchecked Sendable {
  /// Host functions that call guests that call host functions …: each level takes space on the host's own stack.
  static let deepestNesting = 400

  /// The trap a host function threw, while the interpreter unwinds to it.
  var pendingTrap: Trap?
  /// The frames of a trap that passed through compiled code: they lay on the host's stack, where something else is by now.
  var capturedFrames: (frames: [Trap.Frame], omitted: Int)?
  /// Time spent translating function bodies on their first calls.
  public internal(set) var translationNanoseconds: UInt64 = 0

  /// What the linear memories of instances made from now on may have together; nil is as much as the machine gives.
  public var memoryBudget: MemoryBudget?

  /// What the guests may take.
  public let limits: MachineLimits
  /// Whether unreachable objects are freed before every new one, so that one that is freed too early is missed at once; counts from the first
  /// object made.
  public var collectsAlways = false
  /// The guests' objects; made with the first of them.
  private(set) var heap: Heap?
  /// What the collector has done so far.
  public var collector: CollectorStatistics { heap?.statistics ?? CollectorStatistics() }

  private let stack: UnsafeMutablePointer<UInt64>
  private let stackBytes: Int
  /// First slot no running frame uses.
  private var top: UnsafeMutablePointer<UInt64>
  private let state: UnsafeMutablePointer<ExecutionState>
  private var nesting = 0
  private var instances = List<InstanceRecord>()
  private var hostCodes = List<HostCode>()
  private var records = RecordArena()
  private var tags = List<TagRecord>()
  /// Globals and tables of the host's that can refer to objects.
  private var globals = List<GlobalRecord>()
  private var tables = List<TableRecord>()
  /// Guards `contexts` and `isInterrupted`, which `interrupt` reaches for from other threads.
  private let lock = Lock()
  private var contexts = List<Context>()
  /// Between an interruption and the trap it becomes: what is instantiated meanwhile is interrupted too.
  private var isInterrupted = false
  /// The thread that runs compiled code, while one does.
  private var runningThread: pthread_t?
  /// The thread that was last made to take the signal of an interruption.
  private var unblockedThread: pthread_t?

  /// - Throws: when the processor cannot run the virtual machine (a program that uses modules before it makes a store asks
  ///   `Processor.missingFeatures` itself), and when there is no memory for the stack.
  public init(limits: MachineLimits = .standard) throws(ResourceError) {
    self.limits = limits
    if let missing = Processor.missingFeatures() { throw .processor(missing: missing) }
    let size = max(limits.stackBytes, MachineLimits.least.stackBytes)
    let pooled = size == MappingPool.stackBytes ? MappingPool.takeStack() : nil
    let mapping = pooled ?? mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
    guard let mapping, mapping != MAP_FAILED else { throw .memory("a value stack", byteCount: size) }
    self.stackBytes = size
    stack = mapping.assumingMemoryBound(to: UInt64.self)
    top = stack
    state = .allocate(capacity: 1)
    state.initialize(to: ExecutionState())
  }

  deinit {
    for context in contexts { context.deallocate() }
    state.deallocate()
    if stackBytes == MappingPool.stackBytes { MappingPool.giveBack(stack: stack) } else { munmap(stack, stackBytes) }
  }

  /// Ends the call that runs in this store, or the next one, with the trap `interrupted`. Safe from any thread.
  /// A host function that runs meanwhile ends first.
  public func interrupt() {
    lock.locked {
      isInterrupted = true
      state.pointee.isInterrupted = 1
      if let runningThread { pthread_kill(runningThread, FaultHandler.interruption) }
      for context in contexts { context.replaceHandlers(by: HandlerTable.interruptedTrapEntry) }
    }
  }

  private func endInterruption() {
    lock.locked {
      isInterrupted = false
      state.pointee.isInterrupted = 0
      for context in contexts { context.restoreHandlers() }
    }
  }

  // MARK: What instances need

  func adopt(_ instance: InstanceRecord) { instances.append(instance) }
  func adopt(_ tag: TagRecord) { tags.append(tag) }
  func adopt(_ global: GlobalRecord) { globals.append(global) }
  func adopt(_ table: TableRecord) { tables.append(table) }

  // MARK: Objects

  func heapToUse() throws(ResourceError) -> Heap {
    if let heap { return heap }
    let made = try Heap(limit: limits.heapBytes, budget: memoryBudget, collectsAlways: collectsAlways)
    heap = made
    return made
  }

  /// Frees objects that nothing refers to; slots below `end` are in use.
  func collect(upTo end: SP) {
    heap?.collect { heap in
      heap.mark(stack, count: end - stack)
      for instance in instances { instance.markRoots(heap) }
      for global in globals { heap.mark(global.cell.pointee) }
      for table in tables { table.markRoots(heap) }
    }
  }

  /// A context that lives as long as the store.
  func makeContext(globalWordCount: Int) throws(ResourceError) -> Context {
    let context = try Context(globalWordCount: globalWordCount)
    context.state = state
    if let fuel = limits.fuel { context.fuel = fuel }
    // Small leaves of compiled code enter without a check.
    context.stackLimit = UInt64(UInt(bitPattern: stack)) + UInt64(stackBytes) - UInt64(2 * ContextField.uncheckedFrameBytes)
    CompiledRuntime.install(in: context)
    lock.locked {
      contexts.append(context)
      if isInterrupted { context.replaceHandlers(by: HandlerTable.interruptedTrapEntry) }
    }
    return context
  }

  /// WebAssembly instructions executed so far by modules that count them (`Module.countInstructions`). Of a basic block in which a trap
  /// ended the run, all instructions are counted.
  public var executedInstructions: UInt64 { lock.locked { contexts.reduce(into: 0) { $0 += $1.executedInstructions } } }

  func makeRecord(_ record: FunctionRecord) -> FunctionRecord.Pointer { records.make(record) }

  func makeHostRecord(_ code: HostCode) -> FunctionRecord.Pointer {
    hostCodes.append(code)
    return records.make(
      FunctionRecord(
        code: nil, context: nil, type: TypeRegistry.shared.number(of: code.type), index: 0,
        headerSlot: max(code.type.parameters.slotCount, code.type.results.slotCount), host: Unmanaged.passUnretained(code)))
  }

  // MARK: Running

  /// Gives `body` room for arguments and results, at least `count` slots, on top of the value stack.
  func withArgumentSlots<Result>(_ count: Int, _ body: (UnsafeMutablePointer<UInt64>) throws(Trap) -> Result) throws(Trap) -> Result {
    let base = top
    guard UInt(bitPattern: base + count + 8) < UInt(bitPattern: stack) + UInt(stackBytes), nesting < Store.deepestNesting else {
      throw Trap(.stackOverflow)
    }
    nesting += 1
    defer {
      top = base
      nesting -= 1
    }
    return try body(base)
  }

  /// Runs a function whose arguments stand in `slots`; its results stand there afterwards.
  func execute(_ record: FunctionRecord.Pointer, _ slots: UnsafeMutablePointer<UInt64>) throws(Trap) {
    guard let context = record.pointee.context, let code = record.pointee.code else {
      let below = slots + record.pointee.headerSlot + 2
      guard callHost(record, slots, top: below, caller: nil, pc: nil, sp: slots) else { throw takePendingTrap() }
      return
    }
    let header = slots + record.pointee.headerSlot
    header[0] = UInt64(UInt(bitPattern: StaticCode.halt))
    header[1] = UInt64(UInt(bitPattern: slots))
    state.pointee.trap = 0
    if code.pointee.native != nil { prepareForCompiledCode(context) }
    let memory = context.memory?.bytes
    drive(
      code.pointee.entry, slots, memory?.base ?? MD(slots), UInt64(memory?.byteCount ?? 0), context.pointer,
      UInt64(UInt(bitPattern: code)))
    // A thread that has ended cannot be signalled.
    if nesting <= 1, code.pointee.native != nil { lock.locked { runningThread = nil } }
    if state.pointee.trap != 0 { throw makeTrap() }
  }

  /// Compiled code runs on the host's stack: says how far it may go down, and which thread an interruption reaches.
  private func prepareForCompiledCode(_ context: Context) {
    let limit = HostStack.limit()
    lock.locked {
      runningThread = pthread_self()
      if unblockedThread != pthread_self() {
        unblockedThread = pthread_self()
        // Threads of a pool may not take signals.
        var interruption = sigset_t()
        sigemptyset(&interruption)
        sigaddset(&interruption, FaultHandler.interruption)
        pthread_sigmask(SIG_UNBLOCK, &interruption, nil)
      }
      for context in contexts { context.pointer[ContextField.nativeLimit] = UInt64(limit) }
    }
  }

  /// Calls a host function whose arguments stand at `frame`; slots from `top` on are free for what it calls. False if it threw.
  func callHost(
    _ record: FunctionRecord.Pointer, _ frame: SP, top newTop: SP, caller: Context?, pc: PC?, sp: SP
  ) -> Bool {
    guard let host = record.pointee.host else { return false }
    let oldTop = top
    top = newTop
    defer { top = oldTop }
    do {
      try host.takeUnretainedValue().body(Caller(context: caller), frame)
      return true
    } catch {
      pendingTrap = error
      return false
    }
  }

  private func takePendingTrap() -> Trap {
    let trap = pendingTrap ?? Trap(.host("a host function failed"))
    pendingTrap = nil
    return trap
  }

  /// The exception that a host function let through from a guest it called, or 0: its callers may catch it.
  func takePendingException() -> UInt64 {
    guard let exception = pendingTrap?.exception, exception.store === self else { return 0 }
    pendingTrap = nil
    return exception.slot
  }

  /// The trap the handlers recorded, with the frames it unwinds.
  private func makeTrap() -> Trap {
    let record = state.pointee
    state.pointee.trap = 0
    var trap = trap(record)
    let (frames, omitted) = capturedFrames ?? Backtrace.frames(of: record)
    capturedFrames = nil
    trap.backtrace += frames
    trap.omittedFrames += omitted
    return trap
  }

  private func trap(_ record: ExecutionState) -> Trap {
    switch TrapCode(rawValue: record.trap) {
    case .unreachable: return Trap(.unreachable)
    case .memoryOutOfBounds: return Trap(.memoryOutOfBounds)
    case .tableOutOfBounds: return Trap(.tableOutOfBounds)
    case .undefinedElement: return Trap(.undefinedElement)
    case .uninitializedElement: return Trap(.uninitializedElement(Int(record.detail)))
    case .indirectCallTypeMismatch: return Trap(.indirectCallTypeMismatch)
    case .integerDivideByZero: return Trap(.integerDivideByZero)
    case .integerOverflow: return Trap(.integerOverflow)
    case .invalidConversionToInteger: return Trap(.invalidConversionToInteger)
    case .stackOverflow: return Trap(.stackOverflow)
    case .nullReference: return Trap(.nullReference(Trap.NullReference(rawValue: record.detail) ?? .reference))
    case .fuelExhausted: return Trap(.fuelExhausted)
    case .castFailure: return Trap(.castFailure)
    case .arrayOutOfBounds: return Trap(.arrayOutOfBounds)
    case .heapExhausted: return Trap(.heapExhausted)
    case .unalignedAtomic: return Trap(.unalignedAtomic)
    case .expectedSharedMemory: return Trap(.expectedSharedMemory)
    case .uncaughtException:
      var trap = Trap(.uncaughtException)
      trap.exception = ObjectReference(slot: record.detail, hierarchy: .exnref, store: self)
      return trap
    case .interrupted:
      endInterruption()
      return Trap(.interrupted)
    case .host, .exception, nil: return takePendingTrap()
    }
  }
}

/// Function records in chunks: their addresses never change, and making one is a few stores.
private struct RecordArena: ~Copyable {
  private static let chunkCapacity = 256
  private var chunks = List<FunctionRecord.Pointer>()
  private var used = RecordArena.chunkCapacity

  mutating func make(_ record: FunctionRecord) -> FunctionRecord.Pointer {
    if used == RecordArena.chunkCapacity {
      chunks.append(.allocate(capacity: RecordArena.chunkCapacity))
      used = 0
    }
    let pointer = chunks[chunks.count - 1] + used
    pointer.initialize(to: record)
    used += 1
    return pointer
  }

  deinit { for chunk in chunks { chunk.deallocate() } }
}
