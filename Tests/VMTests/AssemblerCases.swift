@testable import VM

/// What the assembler is asked to write, with the text of the same instruction for LLVM, in Intel's syntax.
final class AssemblerCases {
  /// What belongs together is told together.
  enum Group: String, CaseIterable, Sendable {
    case moves, addresses, stores, immediates, extensions
    case arithmetic, immediateArithmetic, testing, multiplication, oneOperand, shifts, bits, conditions
    case atomics, stack, control, jumps, labels, filling
    case vectorAddresses, vectorMoves, vectorOperations, conversions, vectorImmediates, vectorShifts, wideVectors
  }

  enum Comparison: Equatable {
    /// LLVM makes the same bytes: it has no choice, or its choice is ours, or the text says which encoding is meant (`mov.s` has the
    /// destination in the register field, `{vex3}` keeps LLVM from exchanging operands for a shorter prefix, `{disp32}` asks for a long
    /// jump, `lock` as an instruction of its own comes before other prefixes).
    case bytes
    /// LLVM knows another encoding and cannot be told to use ours; both must be disassembled to the same text. Ours is longer by this
    /// number of bytes. These are:
    /// - arithmetic between registers with the destination in the register field (03 instead of 01), as long as LLVM's;
    /// - add and the like, and test, of eax or rax and four bytes, for which there is a form without ModRM;
    /// - push, pop and xchg of register operands, which have forms without ModRM;
    /// - vmovq from and to memory, where LLVM takes an opcode that needs no wide prefix.
    case meaning(longerBy: Int)
    /// Ours is as long as LLVM's and disassembled to nothing but `nop`.
    case nothing
  }

  struct Case {
    var group: Group
    /// Labels in it begin with @.
    var text: String
    var bytes: [UInt8]
    var comparison: Comparison
  }

  private(set) var all: [Case] = []
  private var assembler = Assembler()
  private var group = Group.moves
  /// Counts what is done once for all registers by turns.
  private var turn = 0

  func add(_ group: Group) {
    self.group = group
    switch group {
    case .moves: addMoves()
    case .addresses: addAddresses()
    case .stores: addStores()
    case .immediates: addImmediates()
    case .extensions: addExtensions()
    case .arithmetic: addArithmetic()
    case .immediateArithmetic: addImmediateArithmetic()
    case .testing: addTesting()
    case .multiplication: addMultiplication()
    case .oneOperand: addOneOperand()
    case .shifts: addShifts()
    case .bits: addBits()
    case .conditions: addConditions()
    case .atomics: addAtomics()
    case .stack: addStack()
    case .control: addControl()
    case .jumps: addJumps()
    case .labels: addLabels()
    case .filling: addFilling()
    case .vectorAddresses: addVectorAddresses()
    case .vectorMoves: addVectorMoves()
    case .vectorOperations: addVectorOperations()
    case .conversions: addConversions()
    case .vectorImmediates: addVectorImmediates()
    case .vectorShifts: addVectorShifts()
    case .wideVectors: addWideVectors()
    }
  }

  /// - Parameter skipping: bytes at the beginning that do not count.
  func expect(
    _ text: String, _ comparison: Comparison = .bytes, skipping skipped: Int = 0, _ write: (inout Assembler) -> Void
  ) {
    assembler.reset()
    write(&assembler)
    all.append(Case(group: group, text: text, bytes: Array(assembler.written.dropFirst(skipped)), comparison: comparison))
  }

  /// A register's number, another one each time.
  func nextRegister() -> Int {
    turn += 1
    return turn * 7 & 15
  }

  // MARK: Operands

  /// A register or a place in memory, and how it is written.
  struct Operand {
    var machine: MachineOperand
    /// Of memory, in brackets.
    fileprivate var place = ""
    /// Of a register.
    fileprivate var number = 0

    var isMemory: Bool { machine.kind == .memory }
    /// Whether a register in it needs a bit of the prefix.
    var isExtended: Bool { machine.base >= 8 || isMemory && machine.index != MachineOperand.noIndex && machine.index >= 8 }

    func general(_ bits: Int) -> String { isMemory ? memory(bits) : AssemblerCases.general(number, bits) }
    /// A vector register of 128 bits, or this many bits in memory.
    func vector(_ bits: Int) -> String { isMemory ? memory(bits) : "xmm\(number)" }
    func vector256() -> String { isMemory ? memory(256) : "ymm\(number)" }
    private func memory(_ bits: Int) -> String {
      let names = [8: "byte", 16: "word", 32: "dword", 64: "qword", 128: "xmmword", 256: "ymmword"]
      return "\(names[bits]!) ptr \(place)"
    }

    /// What LLVM must be told, lest it exchange operands where that saves a byte of the prefix.
    var vexPrefix: String { machine.kind == .register && number >= 8 ? "{vex3} " : "" }

    init(register: Int) {
      machine = MachineOperand(Register(UInt8(register)))
      number = register
    }

    init(base: Int, index: Int? = nil, scale: Int = 0, _ displacement: Int32) {
      place = "[" + AssemblerCases.general(base, 64)
      if let index {
        machine = MachineOperand(
          base: Register(UInt8(base)), index: Register(UInt8(index)), scale: UInt8(scale), displacement)
        place += " + \(AssemblerCases.general(index, 64))*\(1 << scale)"
      } else {
        machine = MachineOperand(base: Register(UInt8(base)), displacement)
      }
      place += displacement < 0 ? " - \(displacement.magnitude)]" : displacement > 0 ? " + \(displacement)]" : "]"
    }
  }

  /// Displacements of no, one and four bytes, at the borders.
  static let displacements: [Int32] = [0, 1, -1, 127, -128, 128, -129, .max, .min]
  /// All registers but rsp, whose number as an index says that there is none.
  private static let indices = (0..<16).filter { $0 != 4 }
  static let registers = (0..<16).map { Operand(register: $0) }

  /// Every base with every index but rsp at every scale with every displacement.
  static let allMemory: [Operand] = (0..<16).flatMap { base in
    displacements.flatMap { displacement in
      [Operand(base: base, displacement)]
        + indices.flatMap { index in
          (0..<4).map { scale in Operand(base: base, index: index, scale: scale, displacement) }
        }
    }
  }

  /// Every base without and with displacements and an index, every index, scale and displacement.
  static let someMemory: [Operand] = (0..<16).flatMap { number in
    let displacement = displacements[number % displacements.count]
    return [
      Operand(base: number, 0), Operand(base: number, number & 1 == 0 ? 127 : -128), Operand(base: number, number & 1 == 0 ? -129 : 128),
      Operand(base: number, index: indices[(number + 7) % 15], scale: number & 3, displacement),
      Operand(base: 15 - number, index: indices[number % 15], scale: number >> 2, 0),
    ]
  }
  static let someOperands = registers + someMemory

  /// Every pair of registers, and places in memory with all registers by turns: what is to be tried of an instruction with ModRM.
  static let pairs: [(register: Int, operand: Operand)] =
    (0..<16).flatMap { first in registers.map { (first, $0) } } + memoryPairs
  static let memoryPairs: [(register: Int, operand: Operand)] = someMemory.enumerated().map { ($0 * 7 & 15, $1) }

  /// The name of a general register.
  static func general(_ number: Int, _ bits: Int) -> String {
    let names = ["ax", "cx", "dx", "bx", "sp", "bp", "si", "di"]
    switch (bits, number) {
    case (64, ..<8): return "r" + names[number]
    case (32, ..<8): return "e" + names[number]
    case (16, ..<8): return names[number]
    case (8, ..<4): return String(names[number].first!) + "l"
    case (8, ..<8): return names[number] + "l"
    case (64, _): return "r\(number)"
    default: return "r\(number)" + [32: "d", 16: "w", 8: "b"][bits]!
    }
  }
}

extension Register {
  init(_ number: Int) { self.init(UInt8(number)) }
}

extension VectorRegister {
  init(_ number: Int) { self.init(UInt8(number)) }
}
