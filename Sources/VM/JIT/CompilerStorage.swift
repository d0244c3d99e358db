/// Where an operand of the compiler's stack is.
struct StackValue {
  enum Place: UInt8 {
    /// Known: `bits`.
    case constant
    /// In a register for temporaries (or, right before it is set, in that of the local which is set next).
    case register
    /// In its slot of the frame.
    case slot
    /// In a local that has not been written since: `bits` is its index.
    case local
    /// In the processor's flags: `condition`. Only between a comparison and the branch that follows.
    case flags
  }

  var place: Place
  var kind: ValueKind
  var register: UInt8 = 0
  var condition: FlagCondition = .integer(.equal)
  /// Its slot in the frame, whether it is there or not.
  var slot: Int32 = 0
  var bits: UInt64 = 0

  @inline(__always) var local: Int { Int(bits) }
}

/// What holds after a comparison.
struct FlagCondition {
  var code: ConditionCode
  /// Floats that are equal leave the parity flag clear, those that cannot be compared leave it set: both flags count.
  var isFloatEquality: Bool

  @inline(__always) static func integer(_ code: ConditionCode) -> FlagCondition { FlagCondition(code: code, isFloatEquality: false) }
  @inline(__always) var negated: FlagCondition { FlagCondition(code: code.negated, isFloatEquality: isFloatEquality) }
}

/// A block that the compiler is in.
struct CompilerBlock {
  enum Kind: UInt8 { case block, loop, ifThen, elseArm, tryTable }
  var kind: Kind
  /// Where branches lead.
  var label: CodeLabel
  var elseLabel: CodeLabel
  /// Height of the operand stack below the parameters, in values and in slots.
  var height: Int
  var slot: Int
  var parameters: UnsafeBufferPointer<ValueType>
  var results: UnsafeBufferPointer<ValueType>
  /// The region that locals have their registers in, at the label.
  var region: Int
  /// The latest branch table that leads here, and by way of which moves.
  var table = -1
  var tableLabel = CodeLabel(index: 0)
  /// Of a `try_table`: where its code begins, and the first of its clauses.
  var start = 0
  var firstClause = 0

  /// What a branch to the label carries.
  var labelTypes: UnsafeBufferPointer<ValueType> { kind == .loop ? parameters : results }
}

/// Code that is seldom run and stands behind the function.
struct ColdPath {
  enum Kind: UInt8 {
    /// Ends the run with the trap of this code.
    case trap
    /// Lets the interpreter do what the fast path could not, and goes back with its result.
    case interpret
    /// Quotient and remainder by minus one.
    case negate, zeroRemainder
  }
  var kind: Kind
  var isWide = false
  /// Where the operand is: its register, and the slot that the interpreter reads it from.
  var register: UInt8 = 0
  var operandKind = ValueKind.i32
  var operandSlot: Int32 = 0
  /// The register that the result goes back in.
  var result: UInt8 = 0
  var resultKind = ValueKind.i32
  var resultSlot: Int32 = 0
  var code: UInt64 = 0
  var label: CodeLabel
  var back: CodeLabel
  /// The interpreter's instructions.
  var snippet: CodeLabel = CodeLabel(index: 0)
  /// Offset in the module of the operator, and where its code stands.
  var offset = 0
  var origin = 0
  var hasResult = true
  /// Whether temporaries hold operands meanwhile.
  var keepsTemporaries = false
}

/// A call whose target had no address yet.
struct PendingCall {
  var place: Int32
  var function: UInt32
}

/// The compiler's memory, kept from function to function.
final class CompilerStorage {
  var assembler = Assembler()
  var use = LocalUse()
  var values: UnsafeMutablePointer<StackValue>
  var valueCapacity = 256
  var blocks = Growing<CompilerBlock>()
  var coldPaths = Growing<ColdPath>()
  var calls = Growing<PendingCall>()
  /// Constants behind the code, in 16 bytes each, and where each is.
  var constants = Growing<CodeConstant>()
  /// The interpreter's words behind the code.
  var snippets = Growing<CodeData>()
  var snippetWords = Growing<UInt64>()
  /// Entries of branch tables.
  var tables = Growing<CodeData>()
  var tableEntries = Growing<CodeLabel>()
  /// Where loops begin, and in which region; whether the interpreter has all operands where the loop expects them.
  var loops = Growing<CompilerLoop>()
  /// `try_table` blocks: inner ones first.
  var tries = List<CompiledTry>()
  var clauses = List<CatchClause>()
  /// Paths behind the code that call: where they are, and where the operator is that they belong to.
  var detours = Growing<CompiledDetour>()
  /// Where registers are restored.
  var epilogues = Growing<Int>()
  /// For backtraces: where the code of each operator begins, and its offset in the module.
  var offsets: [(position: Int, offset: Int)] = []

  // By local
  var kinds: UnsafeMutablePointer<ValueKind>
  var slots: UnsafeMutablePointer<Int32>
  /// The register at this point, or 0xFF.
  var registers: UnsafeMutablePointer<UInt8>
  /// Operands that are the local.
  var aliases: UnsafeMutablePointer<UInt16>
  /// The number of the local's copy, if it has one (`Compiler.copy(of:)`).
  var copies: UnsafeMutablePointer<UInt8>
  var localCapacity = 64

  init() {
    values = .allocate(capacity: valueCapacity)
    kinds = .allocate(capacity: localCapacity)
    slots = .allocate(capacity: localCapacity)
    registers = .allocate(capacity: localCapacity)
    aliases = .allocate(capacity: localCapacity)
    copies = .allocate(capacity: localCapacity)
  }

  deinit {
    values.deallocate()
    kinds.deallocate()
    slots.deallocate()
    registers.deallocate()
    aliases.deallocate()
    copies.deallocate()
  }

  func growValues() {
    let larger = UnsafeMutablePointer<StackValue>.allocate(capacity: valueCapacity * 2)
    larger.update(from: values, count: valueCapacity)
    values.deallocate()
    values = larger
    valueCapacity *= 2
  }

  func reserveLocals(_ count: Int) {
    guard count > localCapacity else { return }
    kinds.deallocate()
    slots.deallocate()
    registers.deallocate()
    aliases.deallocate()
    copies.deallocate()
    localCapacity = max(count, 2 * localCapacity)
    kinds = .allocate(capacity: localCapacity)
    slots = .allocate(capacity: localCapacity)
    registers = .allocate(capacity: localCapacity)
    aliases = .allocate(capacity: localCapacity)
    copies = .allocate(capacity: localCapacity)
  }

  func reset() {
    assembler.reset()
    blocks.removeAll()
    coldPaths.removeAll()
    calls.removeAll()
    constants.removeAll()
    snippets.removeAll()
    snippetWords.removeAll()
    tables.removeAll()
    tableEntries.removeAll()
    loops.removeAll()
    tries.removeAll()
    clauses.removeAll()
    epilogues.removeAll()
    detours.removeAll()
    offsets.removeAll(keepingCapacity: true)
  }
}

/// A `try_table` of a compiled function: what return addresses in it catch.
struct CompiledTry {
  struct Clause {
    var tag: UInt32?
    var takesReference: Bool
    /// Where the code that goes on is, from the function's beginning.
    var position: Int32
    /// Where that code finds the values.
    var slot: Int32
  }
  var first: Int32
  var end: Int32
  var clauses: List<Clause>
}

/// Code behind a function that does the work of an operator in it.
struct CompiledDetour {
  var first: Int32
  var end: Int32
  var origin: Int32
}

/// 16 bytes behind the code.
struct CodeConstant {
  var low: UInt64
  var high: UInt64
  var label: CodeLabel
}

/// A range of words or entries that goes behind the code.
struct CodeData {
  var label: CodeLabel
  var first: Int
  var count: Int
}

/// A loop of the function being compiled.
struct CompilerLoop {
  var header: CodeLabel
  var entry: CodeLabel
  var region: Int
  /// Whether the interpreter has all operands where the loop expects them.
  var isEnterable: Bool
}
