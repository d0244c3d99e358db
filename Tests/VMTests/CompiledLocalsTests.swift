import Testing

@testable import VM

/// Locals that have no register: compiled code reads them from temporaries that still hold their values, as long as these do.
@Suite("Locals of compiled code")
struct CompiledLocalsTests {
  /// Random functions with more locals than there are registers, of operators that take registers of their own. What a NaN looks like is
  /// not compared: the specification leaves it open (4.3.3).
  private struct Program {
    enum Kind: Int, CaseIterable { case i32, i64, f64 }
    private var generator: SplitMix
    private var body: [UInt8] = []

    /// The first local of each kind; 8 of each, three parameters among those of i64.
    private static let first: [Kind: UInt8] = [.i64: 0, .i32: 8, .f64: 16]

    init(seed: UInt64) {
      generator = SplitMix(state: seed)
      for _ in 0..<40 {
        let kind = Kind.allCases[pick(3)]
        value(kind, depth: 5)
        body += [0x21, local(kind)]
        // Paths that part and meet between them.
        if pick(6) == 0 {
          value(.i32, depth: 2)
          body += [0x04, 0x40]
          value(.i64, depth: 3)
          body += [0x21, local(.i64), 0x05]
          value(.f64, depth: 3)
          body += [0x21, local(.f64), 0x0B]
        }
        if pick(5) == 0 { table() }
      }
      body += [0x42, 0]
      for number in UInt8(0)..<8 {
        body += [0x20, number, 0x85, 0x20, 8 + number, 0xAD, 0x7C, 0x42, 13, 0x89, 0x20, 16 + number, 0xFC, 0x06, 0x85]
      }
      body += [0x0B]
    }

    /// A branch by a table that carries a value, often of the local that is its index.
    private mutating func table() {
      let index = local(.i32)
      // Two blocks, each with an i32 for a result; the inner one's is changed on its way.
      body += [0x02, 0x7F, 0x02, 0x7F]
      value(.i32, depth: 2)
      body += [0x22, index]
      if pick(2) == 0 {
        body += [0x1A, 0x20, index]
      } else {
        body += [0x41, 7, 0x6C]
      }
      body += [0x20, index, 0x41, 3, 0x71, 0x22, index, 0x0E, 3, 0, 1, 0, 1]
      body += [0x0B, 0x41, 19, 0x6A, 0x0B, 0x21, local(.i32)]
    }

    var bytes: [UInt8] {
      ModuleBuilder.around(
        parameters: [.i64, .i64, .i64], results: [.i64], locals: [(5, .i64), (8, .i32), (8, .f64)], body)
    }

    private mutating func pick(_ count: Int) -> Int { Int(generator.next() % UInt64(count)) }
    private mutating func local(_ kind: Kind) -> UInt8 { Self.first[kind]! + UInt8(pick(8)) }

    private mutating func value(_ kind: Kind, depth: Int) {
      if depth == 0 || pick(5) == 0 {
        body += [0x20, local(kind)]
        return
      }
      switch pick(8) {
      case 0:
        value(kind, depth: depth - 1)
        body += [0x22, local(kind)]
      case 1:
        // The same local twice.
        let number = local(kind)
        value(kind, depth: depth - 1)
        body += [0x21, number, 0x20, number, 0x20, number, kind == .i32 ? 0x6C : (kind == .i64 ? 0x7E : 0xA2)]
      case 2:
        value(kind, depth: depth - 1)
        value(kind, depth: depth - 1)
        value(.i32, depth: depth - 1)
        body += [0x1B]
      case 3: conversion(kind, depth)
      default: operation(kind, depth)
      }
    }

    private mutating func operation(_ kind: Kind, _ depth: Int) {
      value(kind, depth: depth - 1)
      value(kind, depth: depth - 1)
      switch kind {
      case .i32:
        let division: [UInt8] = [0x41, 1, 0x72]
        switch pick(4) {
        case 0: body += division + [[0x6E, 0x6F, 0x70][pick(3)]]
        default: body += [[0x6A, 0x6B, 0x6C, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x46, 0x48, 0x4B][pick(14)]]
        }
      case .i64:
        let division: [UInt8] = [0x42, 1, 0x84]
        switch pick(4) {
        case 0: body += division + [[0x80, 0x81, 0x82][pick(3)]]
        default: body += [[0x7C, 0x7D, 0x7E, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8A][pick(11)]]
        }
      // Not copysign, which would show a NaN's sign.
      case .f64: body += [[0xA0, 0xA1, 0xA2, 0xA3, 0xA4, 0xA5][pick(6)]]
      }
    }

    private mutating func conversion(_ kind: Kind, _ depth: Int) {
      switch kind {
      case .i32:
        value([.i64, .f64][pick(2)], depth: 0)
        // The local's kind decides: a wrap, or a conversion that saturates.
        body += body[body.count - 1] < 8 ? [0xA7] : [0xFC, 0x02]
      case .i64:
        value([.i32, .f64][pick(2)], depth: 0)
        body += body[body.count - 1] < 16 ? [[0xAC, 0xAD][pick(2)]] : [0xFC, 0x06]
      case .f64:
        value([.i32, .i64][pick(2)], depth: 0)
        body += body[body.count - 1] >= 8 ? [[0xB7, 0xB8][pick(2)]] : [[0xB9, 0xBA, 0xBF][pick(3)]]
      }
    }
  }

  private struct SplitMix {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
      return mixed ^ mixed >> 31
    }
  }

  @Test(arguments: 0..<8) func valuesAreThoseOfTheInterpreter(_ part: UInt64) throws {
    for seed in part * 40..<part * 40 + 40 {
      let bytes = Program(seed: seed).bytes
      let arguments: [Value] = [.i64(UInt64(bitPattern: -7)), .i64(0x1_0000_0001), .i64(seed &* 0x1234_5678_9ABC_DEF1)]
      let interpreted = try CompiledCodeTests.instance(bytes, nil).invoke("f", arguments)
      #expect(try CompiledCodeTests.instance(bytes, .baseline).invoke("f", arguments) == interpreted, "seed \(seed)")
    }
  }

  /// The index of a table of branches becomes an address, and is the value that the branch carries too.
  @Test func theIndexOfATableIsItsValueToo() throws {
    // Nine i32 locals that are used more often than the last one, so that it has no register.
    var body: [UInt8] = []
    for round in 0..<3 {
      for number in UInt8(1)...8 { body += [0x20, number - 1, 0x20, number, 0x6A, 0x41, UInt8(round + 3), 0x6A, 0x21, number] }
    }
    body += [0x20, 0, 0x41, 1, 0x6A, 0x21, 9]
    // block (block local.get 9, local.get 9, br_table 0 1 0 1) + 1000, and the same to the function's own label.
    let blocks: [UInt8] = [0x02, 0x7F, 0x02, 0x7F, 0x20, 9, 0x20, 9, 0x0E, 3, 0, 1, 0, 1, 0x0B, 0x41, 0xE8, 0x07, 0x6A, 0x0B, 0x0B]
    let ending: [UInt8] = [0x02, 0x7F, 0x20, 9, 0x20, 9, 0x0E, 2, 1, 0, 1, 0x0B, 0x41, 0xE8, 0x07, 0x6A, 0x0B]
    for tail in [blocks, ending] {
      let bytes = ModuleBuilder.around(parameters: [.i32], results: [.i32], locals: [(9, .i32)], body + tail)
      let interpreted = try CompiledCodeTests.instance(bytes, nil), compiled = try CompiledCodeTests.instance(bytes, .baseline)
      for input in UInt32(0)..<8 { #expect(try compiled.invoke("f", [.i32(input)]) == interpreted.invoke("f", [.i32(input)])) }
    }
  }

  /// Division by constants is a product and shifts: at every edge of a quotient, for divisors of every kind.
  @Test(arguments: 0..<4) func quotientsByConstantsAreExact(_ operation: Int) throws {
    var random = SplitMix(state: 11)
    let small: [UInt32] = [1, 2, 3, 5, 6, 7, 9, 10, 11, 12, 25, 60, 100, 125, 641, 1000, 1 << 16, 65537, 139968, 1 << 30, 1 << 31, .max]
    var divisors = small + small.map { 0 &- $0 }
    for bits in 2..<32 { divisors.append(UInt32(truncatingIfNeeded: random.next()) >> UInt32(32 - bits) | 1 << UInt32(bits - 1)) }
    for divisor in divisors {
      let body: [UInt8] = [0x20, 0] + [0x41] + signedLEB(Int32(bitPattern: divisor)) + [[0x6D, 0x6E, 0x6F, 0x70][operation], 0x0B]
      let instance = try CompiledCodeTests.instance(
        ModuleBuilder.around(parameters: [.i32], results: [.i32], locals: [], body), .baseline)
      var dividends: [UInt32] = [0, 1, 2, .max, .max - 1, 1 << 31, (1 << 31) - 1, (1 << 31) + 1]
      for _ in 0..<8 {
        let multiple = UInt32(truncatingIfNeeded: random.next()) / divisor &* divisor
        dividends += [multiple, multiple &- 1, multiple &+ 1, 0 &- multiple, UInt32(truncatingIfNeeded: random.next())]
      }
      for dividend in dividends {
        let (left, right) = (Int32(bitPattern: dividend), Int32(bitPattern: divisor))
        if operation == 0, left == .min, right == -1 { continue }
        let expected: UInt32 =
          switch operation {
          case 0: UInt32(bitPattern: left / right)
          case 1: dividend / divisor
          case 2: right == -1 ? 0 : UInt32(bitPattern: left % right)
          default: dividend % divisor
          }
        #expect(try instance.invoke("f", [.i32(dividend)]) == [.i32(expected)], "\(dividend) and \(divisor)")
      }
    }
  }

  private func signedLEB(_ number: Int32) -> [UInt8] {
    var rest = number
    var bytes: [UInt8] = []
    while true {
      let byte = UInt8(truncatingIfNeeded: rest) & 0x7F
      rest >>= 7
      if rest == 0 && byte & 0x40 == 0 || rest == -1 && byte & 0x40 != 0 { return bytes + [byte] }
      bytes.append(byte | 0x80)
    }
  }

  /// i64x2.mul, with the instruction that not every processor has and without it.
  @Test(arguments: [true, false]) func productsOf64BitsAreTheSame(_ usesOptionalInstructions: Bool) throws {
    // (a, b) in both lanes, each other's neighbour; the sum of both products.
    let splat: (UInt8) -> [UInt8] = { [0x20, $0, 0xFD, 0x12, 0x20, 1 - $0, 0xFD, 0x1E, 1] }
    let body: [UInt8] =
      splat(0) + splat(1) + [0xFD, 0xD5, 0x01, 0x22, 2, 0xFD, 0x1D, 0, 0x20, 2, 0xFD, 0x1D, 1, 0x42, 3, 0x7E, 0x7C, 0x0B]
    let bytes = ModuleBuilder.around(parameters: [.i64, .i64], results: [.i64], locals: [(1, .v128)], body)
    let module = try CompiledCodeTests.module(bytes, .baseline)
    module.code.usesOptionalInstructions = usesOptionalInstructions
    let store = try Store(limits: .standard)
    var imports = Imports()
    imports.define("host", "g", .function(Function(store: store, type: FunctionType([.i32])) { _, _ in }))
    let instance = try Instance(module, imports: imports, store: store)
    for (left, right) in [(3, 5), (UInt64.max, 2), (0x1234_5678_9ABC_DEF0, 0xFEDC_BA98_7654_3211), (1 << 63, 3)] as [(UInt64, UInt64)] {
      let product = left &* right
      #expect(try instance.invoke("f", [.i64(left), .i64(right)]) == [.i64(product &+ product &* 3)])
    }
  }
}
