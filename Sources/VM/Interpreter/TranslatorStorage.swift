/// Where an operand of the translator's stack is.
struct Operand {
  enum Place: UInt8 {
    /// In the slot that belongs to its height.
    case temporary
    /// In a local's slot: `slot`.
    case local
    /// Known: `bits`.
    case constant
  }
  var place: Place
  /// The first half of a vector whose second half is the next operand, in the same kind of place.
  var isVector = false
  var slot: Int32
  var bits: UInt64

  static let temporary = Operand(place: .temporary, slot: 0, bits: 0)
  @inline(__always) static func local(_ slot: Int) -> Operand { Operand(place: .local, slot: Int32(truncatingIfNeeded: slot), bits: 0) }
  @inline(__always) static func constant(_ bits: UInt64) -> Operand { Operand(place: .constant, slot: 0, bits: bits) }
}

/// A distance to be written when its label is bound.
struct Fixup {
  enum Form: UInt8 {
    /// c of a conditional branch, 16 bits.
    case short
    /// b and c of `br`, 32 bits.
    case long
    /// A whole word of a branch table; until then the next one of the list, or 0.
    case entry
  }
  var form: Form
  /// Word that holds the distance.
  var word: Int32
  /// Word the distance is counted from.
  var base: Int32
  /// Next fixup of the same label, or -1.
  var next: Int32
}

/// A block the translator is in.
struct Label {
  enum Kind: UInt8 { case block, loop, ifThen, elseArm, tryTable }
  var kind: Kind
  /// Height of the operand stack below the block's parameters.
  var base: Int
  /// In slots, as heights are.
  var parameterCount: Int
  var resultCount: Int
  /// Where a loop begins.
  var start: Int
  /// First fixup of the branches to the end, or -1.
  var branches: Int32
  /// First fixup of the jump over the first arm, or -1.
  var elseBranch: Int32
  /// Locals certainly written on entry, and on every branch to the end (see `Translator.written`).
  var writtenAtEntry: UInt64
  var writtenAtBranches: UInt64
  /// First word of the latest branch table that leads to the label.
  var tableEntry: Int32 = 0
  /// Of a `try_table`: the first of its clauses in `TranslatorStorage.clauses`.
  var firstClause = 0

  /// Slots of the values a branch to the label carries.
  var arity: Int { kind == .loop ? parameterCount : resultCount }
}

/// The translator's growing memory, kept from function to function.
final class TranslatorStorage {
  var words: UnsafeMutablePointer<UInt64>
  var wordCapacity = 1024
  var count = 0
  /// Index of the first instruction executed.
  var entry = 0
  var operands: UnsafeMutablePointer<Operand>
  var operandCapacity = 256
  /// Slots of the locals of a function that has vectors among them.
  var localSlots = List<Int32>()
  var labels = List<Label>()
  var fixups = List<Fixup>()
  /// Clauses of the `try_table` blocks around this point.
  var clauses = List<CatchClause>()
  /// The `try_table` blocks of the function, inner ones first.
  var tries = List<TryRange>()
  /// Constants that have slots.
  var constants = List<UInt64>()
  /// For backtraces: first word and module offset of every operator that emitted something.
  var offsets: [(word: Int, offset: Int)] = []

  #if DEBUG
    /// Words that instructions begin at, without those that were taken back.
    var starts: [Int] = []

    func noteStart() {
      while let last = starts.last, last >= count { starts.removeLast() }
      starts.append(count)
    }
  #endif

  init() {
    words = .allocate(capacity: wordCapacity)
    operands = .allocate(capacity: operandCapacity)
  }

  deinit {
    words.deallocate()
    operands.deallocate()
  }

  /// Words that one function may have: 32 MiB, which a body of 7 MiB at most (what browsers allow) does not come near.
  static let mostWords = 1 << 22
  /// Whether a function has more. What is emitted then overwrites itself from the beginning, and is of no use.
  private(set) var hasTooManyWords = false

  func reset() {
    count = 0
    hasTooManyWords = false
  }

  func growWords() {
    if count >= Self.mostWords {
      hasTooManyWords = true
      count = 0
      return
    }
    let larger = UnsafeMutablePointer<UInt64>.allocate(capacity: wordCapacity * 2)
    larger.update(from: words, count: count)
    words.deallocate()
    words = larger
    wordCapacity *= 2
  }

  func growOperands() {
    let larger = UnsafeMutablePointer<Operand>.allocate(capacity: operandCapacity * 2)
    larger.update(from: operands, count: operandCapacity)
    operands.deallocate()
    operands = larger
    operandCapacity *= 2
  }
}
