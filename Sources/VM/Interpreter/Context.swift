/// An instance as its code sees it: the handler table at the pointer, the instance's own globals after it, and these fields before it.
/// One machine register holds the pointer, so dispatch, globals and limits are one load away. The table is the instance's own copy:
/// writing one handler over all its entries interrupts the instance without a check in any loop (`Store.interrupt`).
struct Context: Equatable {
  let pointer: UnsafeMutablePointer<UInt64>

  /// Words before the pointer.
  static let fieldCount = 17

  init(_ pointer: UnsafeMutablePointer<UInt64>) { self.pointer = pointer }

  /// Allocates a context with a handler table and words for globals. Lives until its store ends.
  init(globalWordCount: Int) throws(ResourceError) {
    let words = Context.fieldCount + HandlerTable.count + globalWordCount
    pointer = try UnsafeMutableRawPointer.zeroed(count: words, of: UInt64.self, for: "an instance's globals") + Context.fieldCount
    pointer[-10] = .max
    restoreHandlers()
  }

  func deallocate() { (pointer - Context.fieldCount).deallocate() }

  func restoreHandlers() { HandlerTable.install(pointer) }

  /// Replaces every handler; a plain aligned word is stored for each, which x86-64 makes visible whole.
  func replaceHandlers(by handler: UInt64) { pointer.update(repeating: handler, count: HandlerTable.count) }

  /// The cell of a global of the module's own, by its word among them.
  func globalCell(_ word: Int) -> UnsafeMutablePointer<UInt64> { pointer + HandlerTable.count + word }

  /// First address (of slots) that no frame may reach.
  var stackLimit: UInt64 {
    @inline(__always) get { pointer[-1] }
    nonmutating set { pointer[-1] = newValue }
  }
  var state: UnsafeMutablePointer<ExecutionState> {
    @inline(__always) get { UnsafeMutablePointer(bitPattern: UInt(pointer[-2])).unsafelyUnwrapped }
    nonmutating set { pointer[-2] = UInt64(UInt(bitPattern: newValue)) }
  }
  var instance: InstanceRecord {
    get { Unmanaged<InstanceRecord>.fromOpaque(UnsafeRawPointer(bitPattern: UInt(pointer[-3])).unsafelyUnwrapped).takeUnretainedValue() }
    nonmutating set { pointer[-3] = UInt64(UInt(bitPattern: Unmanaged.passUnretained(newValue).toOpaque())) }
  }
  /// Records of the module's function space, nil where none was needed so far.
  var functions: UnsafeMutablePointer<FunctionRecord.Pointer?> {
    @inline(__always) get { UnsafeMutablePointer(bitPattern: UInt(pointer[-4])).unsafelyUnwrapped }
    nonmutating set { pointer[-4] = UInt64(UInt(bitPattern: newValue)) }
  }
  var tables: UnsafeMutablePointer<UnsafeMutablePointer<TableRecord.Storage>> {
    @inline(__always) get { UnsafeMutablePointer(bitPattern: UInt(pointer[-5])).unsafelyUnwrapped }
    nonmutating set { pointer[-5] = UInt64(UInt(bitPattern: newValue)) }
  }
  /// Cells (of a word, for vectors two) of all globals, imported ones first.
  var globals: UnsafeMutablePointer<UnsafeMutablePointer<UInt64>> {
    @inline(__always) get { UnsafeMutablePointer(bitPattern: UInt(pointer[-6])).unsafelyUnwrapped }
    nonmutating set { pointer[-6] = UInt64(UInt(bitPattern: newValue)) }
  }
  /// All memories; a view changes when its memory grows.
  var memories: UnsafeMutablePointer<UnsafeMutablePointer<GuestMemory>> {
    @inline(__always) get { UnsafeMutablePointer(bitPattern: UInt(pointer[-9])).unsafelyUnwrapped }
    nonmutating set { pointer[-9] = UInt64(UInt(bitPattern: newValue)) }
  }
  /// Memory 0, or nil.
  var memory: Memory? {
    get { UnsafeRawPointer(bitPattern: UInt(pointer[-7])).map { Unmanaged<Memory>.fromOpaque($0).takeUnretainedValue() } }
    nonmutating set { pointer[-7] = newValue.map { UInt64(UInt(bitPattern: Unmanaged.passUnretained($0).toOpaque())) } ?? 0 }
  }
}

extension Context {
  /// WebAssembly instructions that code translated with counts has executed.
  var executedInstructions: UInt64 { pointer[-8] }

  /// How many code translated with counts may execute; the first block beyond traps.
  var fuel: UInt64 {
    get { pointer[-10] }
    nonmutating set { pointer[-10] = newValue }
  }
}

/// What a run of the interpreter leaves behind: plain memory that handlers can write without a call.
struct ExecutionState {
  /// Raw value of the `TrapCode` that ended the run, 0 if it ended by itself.
  var trap: UInt64 = 0
  /// Where it happened.
  var pc: UInt64 = 0
  var sp: UInt64 = 0
  /// A number that belongs to the trap (the index of an uninitialised element).
  var detail: UInt64 = 0
  /// The context the run was in when it trapped.
  var context: UInt64 = 0

  // What compiled code leaves (`CompiledStubs`).
  /// The host's stack pointer where compiled code last called out.
  var compiledStack: UInt64 = 0
  /// The host's stack as the latest entry into compiled code left it.
  var compiledExit: UInt64 = 0
  /// Whether the run is to end: compiled code reads no handler table.
  var isInterrupted: UInt64 = 0
  /// Where an exception goes on in compiled code: address, stack, frame.
  var landingAddress: UInt64 = 0
  var landingStack: UInt64 = 0
  var landingFrame: UInt64 = 0
  #if DEBUG
    /// The machine's registers between two handlers, for the driver loop of debug builds.
    var registers = MachineRegisters()
  #endif
}

#if DEBUG
  struct MachineRegisters {
    var pc: UInt64 = 0
    var sp: UInt64 = 0
    var md: UInt64 = 0
    var ms: UInt64 = 0
    var cx: UInt64 = 0
    var r0: UInt64 = 0
    var f0: Double = 0
    var isRunning = false
  }
#endif
