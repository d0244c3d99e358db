import Foundation
import Testing

@testable import VM

/// What the assembler writes, against what LLVM knows of x86-64. The cases are in `AssemblerCases` and what follows it by name; here
/// they are compared, and what needs no second opinion is tested: the buffer, the table of labels, the filling.
@Suite("The assembler")
struct AssemblerTests {
  @Test("encodes as LLVM does", .enabled(if: LLVMTools.found != nil, LLVMTools.reason), arguments: AssemblerCases.Group.allCases)
  func encodings(group: AssemblerCases.Group) throws {
    let comparison = try AssemblerComparison.ofAllCases.get()
    #expect(comparison.counts[group, default: 0] > 0)
    let failures = comparison.failures[group, default: []]
    // One wrong line in the assembler makes hundreds.
    for failure in failures.prefix(10) { Issue.record(Comment(rawValue: failure)) }
    #expect(failures.count == 0)
  }

  // MARK: The buffer

  @Test func whatWasWrittenOutlivesTheGrowthOfTheBuffer() {
    var assembler = Assembler()
    let count = 20_000
    for index in 0..<count { assembler.move(Register(UInt8(index & 15)), immediate: UInt64(index + 1) << 32 | 0xA5A5_5A5A) }
    #expect(assembler.count == count * 10)
    for index in 0..<count {
      let instruction = UnsafeMutableRawPointer(assembler.bytes + index * 10)
      guard instruction.load(as: UInt8.self) == (index & 8 != 0 ? 0x49 : 0x48),
        instruction.load(fromByteOffset: 1, as: UInt8.self) == 0xB8 | UInt8(index & 7),
        instruction.loadUnaligned(fromByteOffset: 2, as: UInt64.self) == UInt64(index + 1) << 32 | 0xA5A5_5A5A
      else {
        Issue.record("instruction \(index) is another")
        return
      }
    }
  }

  /// Every length of instruction comes to stand at the end of the first buffers.
  @Test(arguments: 1...15) func theBufferGrowsInTime(length: Int) {
    var assembler = Assembler()
    for index in 0..<(140_000 / length) {
      assembler.reserve()
      for _ in 0..<length { assembler.byte(UInt8(truncatingIfNeeded: index)) }
    }
    let wrong = (0..<assembler.count).first { assembler.bytes[$0] != UInt8(truncatingIfNeeded: $0 / length) }
    #expect(wrong == nil)
  }

  @Test func dataStandsAsItIs() {
    var assembler = Assembler()
    assembler.data(0x0807_0605_0403_0201)
    assembler.data32(0x0C0B_0A09)
    assembler.data32(.min)
    assembler.data(.max)
    #expect(assembler.written == Array(1...12) + [0, 0, 0, 0x80] + [UInt8](repeating: 0xFF, count: 8))
  }

  @Test func afterAResetNothingIsLeft() {
    var assembler = Assembler()
    let old = assembler.newLabel()
    assembler.jump(old)
    assembler.jump(.equal, assembler.newLabel())
    assembler.reset()
    #expect(assembler.count == 0 && assembler.labelCount == 0)
    let new = assembler.newLabel()
    #expect(new.index == 0)
    #expect(assembler.states([new]) == [.new])
    assembler.bind(new)
    assembler.jump(new)
    #expect(assembler.written == [0xEB, 0xFE])
  }

  // MARK: Labels

  @Test func aLabelKnowsWhatHappenedToIt() {
    var assembler = Assembler()
    let label = assembler.newLabel(), other = assembler.newLabel()
    #expect(assembler.states([label, other]) == [.new, .new])
    assembler.call(label)
    #expect(assembler.states([label, other]) == [.waitedFor, .new])
    assembler.bind(label)
    #expect(assembler.states([label, other]) == [.bound(5), .new])
    assembler.bind(other)
    #expect(assembler.states([label, other]) == [.bound(5), .bound(5)])
    #expect(assembler.written == [0xE8, 0, 0, 0, 0])
  }

  /// Position 0 is neither "unused" nor a waiting distance.
  @Test func theBeginningIsAPlaceAsWell() {
    var assembler = Assembler()
    let start = assembler.newLabel()
    assembler.bind(start)
    #expect(assembler.states([start]) == [.bound(0)])
    assembler.call(start)
    #expect(assembler.written == [0xE8, 0xFB, 0xFF, 0xFF, 0xFF])
  }

  /// Jumps to labels 0, 1, 2, … and again, so that each label has a chain of three; then they are bound, the last one first.
  @Test func chainsOutliveTheGrowthOfTheTable() {
    var assembler = Assembler()
    let count = 5000
    let labels = (0..<count).map { _ in assembler.newLabel() }
    #expect(labels.map(\.index) == (0..<Int32(count)).map { $0 })
    for _ in 0..<3 { for label in labels { assembler.jump(label) } }
    for label in labels.reversed() {
      assembler.bind(label)
      assembler.undefined()
    }
    for jump in 0..<(3 * count) {
      let target = 3 * count * 5 + (count - 1 - jump % count) * 2
      let distance = UnsafeMutableRawPointer(assembler.bytes + jump * 5 + 1).loadUnaligned(as: Int32.self)
      guard assembler.bytes[jump * 5] == 0xE9, Int(distance) == target - (jump + 1) * 5,
        assembler.position(labels[jump % count]) == target
      else {
        Issue.record("jump \(jump) goes elsewhere")
        return
      }
    }
  }

  /// Labels made one after the other while others wait.
  @Test func labelsMadeInTheMeantimeDisturbNoChain() {
    var assembler = Assembler()
    let first = assembler.newLabel()
    for _ in 0..<1500 {
      let inner = assembler.newLabel()
      assembler.jump(.equal, first)
      assembler.jump(.notEqual, inner)
      assembler.bind(inner)
    }
    #expect(assembler.labelCount == 1501)
    assembler.bind(first)
    let wrong = (0..<1500).first { index in
      let jumps = UnsafeMutableRawPointer(assembler.bytes + index * 12)
      return jumps.loadUnaligned(fromByteOffset: 2, as: Int32.self) != Int32(assembler.count - index * 12 - 6)
        || jumps.loadUnaligned(fromByteOffset: 8, as: Int32.self) != 0
    }
    #expect(wrong == nil)
  }

  @Test func aDistanceForLaterIsTheLastOfTheInstruction() {
    var assembler = Assembler()
    assembler.returnFromCall()
    let places = [assembler.callLater(), assembler.jumpLater()]
    #expect(places == [2, 7])
    #expect(assembler.written == [0xC3, 0xE8, 0, 0, 0, 0, 0xE9, 0, 0, 0, 0])
  }

  // MARK: Conditions

  @Test func everyConditionHasItsOpposite() {
    let opposites: [(ConditionCode, ConditionCode)] = [
      (.overflow, .noOverflow), (.below, .aboveOrEqual), (.equal, .notEqual), (.belowOrEqual, .above), (.sign, .noSign),
      (.parity, .noParity), (.less, .greaterOrEqual), (.lessOrEqual, .greater),
    ]
    for (condition, opposite) in opposites { #expect(condition.negated == opposite && opposite.negated == condition) }
  }

  // MARK: Filling

  /// That the filling does nothing is seen among the encodings, for 1 to 15 bytes.
  @Test(arguments: [1, 2, 4, 8, 16, 32, 64]) func fillingEndsAtTheNextMultiple(alignment: Int) {
    for start in 0...130 {
      var assembler = Assembler()
      for _ in 0..<start { assembler.data32(0x5A5A_5A5A) }
      // Any start, not only multiples of four.
      for _ in 0..<(start & 3) { assembler.returnFromCall() }
      let before = assembler.written
      assembler.align(alignment)
      let multiple = (before.count + alignment - 1) / alignment * alignment
      #expect(assembler.count == multiple, "\(before.count) up to a multiple of \(alignment)")
      #expect(Array(assembler.written.prefix(before.count)) == before)
    }
  }

  /// Longer fillings are as many of 8 bytes as there are, and one of the rest.
  @Test func longFillingsAreMadeOfShortOnes() {
    func filling(_ length: Int, upTo alignment: Int) -> [UInt8] {
      var assembler = Assembler()
      for _ in 0..<(alignment - length) { assembler.returnFromCall() }
      assembler.align(alignment)
      return Array(assembler.written.dropFirst(alignment - length))
    }
    for length in 1..<64 {
      let parts = (0..<(length / 8)).flatMap { _ in filling(8, upTo: 16) }
      #expect(filling(length, upTo: 64) == parts + (length % 8 == 0 ? [] : filling(length % 8, upTo: 8)))
    }
  }
}

extension Assembler {
  var written: [UInt8] { [UInt8](UnsafeBufferPointer(start: bytes, count: count)) }

  enum LabelState: Equatable {
    case new, waitedFor
    case bound(Int)
  }

  func states(_ labels: [CodeLabel]) -> [LabelState] {
    var states: [LabelState] = []
    for label in labels { states.append(isBound(label) ? .bound(position(label)) : isUsed(label) ? .waitedFor : .new) }
    return states
  }
}
