import Testing

@testable import VM

/// Vectors through everything that moves values; the operators themselves are the specification scripts' business.
@Suite("Vectors")
struct VectorTests {
  private let a = Value.v128(low: 0x0706_0504_0302_0100, high: 0x0F0E_0D0C_0B0A_0908)
  private let b = Value.v128(low: 0x1716_1514_1312_1110, high: 0x1F1E_1D1C_1B1A_1918)

  /// Instantiates a module whose function "f" has this type, these locals and this code (without the last `end`); function 0 is
  /// "host"."g", which `around` imports.
  private func function(
    _ parameters: [ValueType], _ results: [ValueType], locals: [(Int, ValueType)] = [], _ code: [UInt8]
  ) throws -> Function {
    let bytes = ModuleBuilder.around(parameters: parameters, results: results, locals: locals, code + [0x0B])
    let store = try Store()
    var imports = Imports()
    imports.define("host", "g", .function(Function(store: store, type: FunctionType([.i32])) { _, _ in }))
    let instance = try Instance(Module(bytes: bytes), imports: imports, store: store)
    guard case .function(let function) = try #require(instance["f"]) else { throw Trap(.host("f is no function")) }
    return function
  }

  private func call(
    _ parameters: [Value], _ results: [ValueType], locals: [(Int, ValueType)] = [], _ code: [UInt8]
  ) throws -> [Value] {
    try function(parameters.map(\.type), results, locals: locals, code).call(parameters)
  }

  private func constant(_ value: Value) -> [UInt8] {
    guard case .v128(let low, let high) = value else { return [] }
    return [0xFD, 0x0C] + [low, high].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
  }

  private func get(_ local: UInt8) -> [UInt8] { [0x20, local] }
  private func set(_ local: UInt8) -> [UInt8] { [0x21, local] }
  private func tee(_ local: UInt8) -> [UInt8] { [0x22, local] }
  private let and: [UInt8] = [0xFD, 0x4E]
  private let or: [UInt8] = [0xFD, 0x50]
  private let not: [UInt8] = [0xFD, 0x4D]
  private let drop: [UInt8] = [0x1A]

  @Test("every vector operator has an instruction of its own name")
  func instructionsFollowOpcodes() {
    var count = 0
    for opcode in Opcode.allCases where opcode.row.shape == .vector && Relaxed.plain(opcode) == opcode {
      #expect("\(VectorForms.instruction(opcode))" == "\(opcode)")
      count += 1
    }
    // And the relaxed ones that no plain one does.
    #expect(count == 236 + 6)
  }

  @Test("parameters and results of mixed types keep their places")
  func parametersAndResults() throws {
    let values: [Value] = [.i32(7), a, .i64(8), b, .f64(9)]
    #expect(try call(values, [.f64, .v128, .i64, .v128, .i32], get(4) + get(3) + get(2) + get(1) + get(0)) == values.reversed())
    #expect(try call([a, b], [.v128, .v128], get(1) + get(0)) == [b, a])
    #expect(try call([], [.v128, .i32, .v128], constant(a) + [0x41, 5] + constant(b)) == [a, .i32(5), b])
  }

  @Test("locals begin as zero, and what was read before a write is the old value")
  func locals() throws {
    let zero = Value.v128(low: 0, high: 0)
    let locals = [(1, ValueType.i32), (2, .v128), (1, .i64)]
    #expect(try call([], [.v128, .i64], locals: locals, get(2) + get(3)) == [zero, .i64(0)])
    // The operand below stays what it was when the local is set.
    #expect(try call([a, b], [.v128, .v128], get(0) + get(1) + set(0) + get(0)) == [a, b])
    #expect(try call([a, b], [.v128, .v128], get(0) + get(1) + tee(0)) == [a, b])
    // Swapped through the stack.
    #expect(try call([a, b], [.v128, .v128], get(0) + get(1) + set(0) + set(1) + get(0) + get(1)) == [b, a])
    // A result goes to the local at once, also where the local is its operand.
    let complement = Value.v128(low: ~0x0706_0504_0302_0100, high: ~0x0F0E_0D0C_0B0A_0908)
    #expect(try call([a], [.v128, .v128], get(0) + not + set(0) + get(0) + get(0)) == [complement, complement])
    #expect(try call([a], [.v128, .v128], get(0) + get(0) + not + set(0) + get(0)) == [a, complement])
    #expect(try call([.i32(3), a], [.i32, .v128], locals: locals, constant(b) + set(3) + get(0) + get(3)) == [.i32(3), b])
  }

  @Test("a local beyond the sixty-fourth slot begins as zero, too")
  func manyLocals() throws {
    // What a call writes to its locals the next call finds in the same memory.
    let dirty = constant(a) + set(0) + constant(b) + set(39) + [0x42, 1] + set(79)
    let function = try function(
      [], [.v128, .v128, .i64], locals: [(40, .v128), (40, .i64)], get(0) + get(39) + get(79) + dirty)
    let zeros: [Value] = [.v128(low: 0, high: 0), .v128(low: 0, high: 0), .i64(0)]
    #expect(try function.call() == zeros)
    #expect(try function.call() == zeros)
  }

  @Test("drop and select take whole vectors")
  func dropAndSelect() throws {
    #expect(try call([a, b], [.v128], get(0) + get(1) + drop) == [a])
    #expect(try call([a, b, .i32(1)], [.v128], get(0) + get(1) + get(2) + [0x1B]) == [a])
    #expect(try call([a, b, .i32(0)], [.v128], get(0) + get(1) + get(2) + [0x1C, 0x01, 0x7B]) == [b])
    #expect(try call([a, .i32(0)], [.v128], get(0) + constant(b) + get(1) + [0x1B]) == [b])
  }

  @Test("blocks, loops, branches and ifs carry vectors")
  func control() throws {
    #expect(try call([a], [.v128], [0x02, 0x7B] + get(0) + [0x0C, 0x00, 0x0B]) == [a])
    #expect(try call([a, b, .i32(1)], [.v128], [0x02, 0x7B] + get(0) + get(2) + [0x0D, 0x00] + drop + get(1) + [0x0B]) == [a])
    #expect(try call([a, b, .i32(0)], [.v128], [0x02, 0x7B] + get(0) + get(2) + [0x0D, 0x00] + drop + get(1) + [0x0B]) == [b])
    let choice = get(2) + [0x04, 0x7B] + get(0) + [0x05] + get(1) + not + [0x0B]
    #expect(try call([a, b, .i32(1)], [.v128], choice) == [a])
    #expect(try call([a, .v128(low: 0, high: 0), .i32(0)], [.v128], choice) == [.v128(low: .max, high: .max)])
    // Something below the carried vector that the branch leaves behind.
    #expect(try call([a, b], [.v128], [0x02, 0x7B] + get(1) + get(0) + [0x0C, 0x00, 0x0B]) == [a])
    // A table whose labels carry a vector: 0 leaves the inner block, 1 the outer, which then complements it.
    let table = [0x02, 0x7B, 0x02, 0x7B] + get(0) + get(1) + [0x0E, 0x01, 0x00, 0x01, 0x0B] + not + [0x0B]
    #expect(try call([b, .i32(1)], [.v128], table) == [b])
    #expect(try call([.v128(low: 0, high: 1), .i32(0)], [.v128], table) == [.v128(low: .max, high: .max - 1)])
    #expect(try call([a, b, .i32(1)], [.v128], get(0) + get(2) + [0x0D, 0x00] + drop + get(1)) == [a])
  }

  @Test("constants in loops are made anew each time round")
  func loops() throws {
    // Counts local 1 down, adding 1 to every byte of local 0.
    let ones = Value.v128(low: 0x0101_0101_0101_0101, high: 0x0101_0101_0101_0101)
    let code =
      [0x03, 0x40] + get(0) + constant(ones) + [0xFD, 0x6E] + set(0) + get(1) + [0x41, 1, 0x6B] + tee(1) + [0x0D, 0x00, 0x0B] + get(0)
    let expected = Value.v128(low: 0x1716_1514_1312_1110, high: 0x1F1E_1D1C_1B1A_1918)
    #expect(try call([a, .i32(16)], [.v128], code) == [expected])
  }

  @Test("a function calls itself with vectors, plainly and as its last act")
  func calls() throws {
    // f(v, n) = n == 0 ? v : f(not v, n - 1)
    func recursion(_ callOperator: UInt8) -> [UInt8] {
      get(1) + [0x45, 0x04, 0x7B] + get(0) + [0x05] + get(0) + not + get(1) + [0x41, 1, 0x6B, callOperator, 0x01, 0x0B]
    }
    let complement = Value.v128(low: ~0x0706_0504_0302_0100, high: ~0x0F0E_0D0C_0B0A_0908)
    for callOperator in [UInt8(0x10), 0x12] {
      #expect(try call([a, .i32(7)], [.v128], recursion(callOperator)) == [complement])
      #expect(try call([a, .i32(8)], [.v128], recursion(callOperator)) == [a])
    }
  }

  @Test("globals hold vectors beside scalars, imported and own, constant and mutable")
  func globals() throws {
    var builder = ModuleBuilder()
    builder.section(1, items: [functionType(FunctionType([], [.v128, .i64, .v128, .v128]))])
    builder.section(2, items: [string("host") + string("v") + [0x03, 0x7B, 0x01]])
    builder.section(3, items: [[0x00]])
    // 1: a constant; 2: an i64 behind it; 3: what the constant b makes.
    builder.section(
      6, items: [[0x7B, 0x00] + constant(a) + [0x0B], [0x7E, 0x00, 0x42, 0x06, 0x0B], [0x7B, 0x01] + constant(b) + [0x0B]])
    builder.section(7, items: [string("f") + [0x00, 0x00], string("own") + [0x03, 0x03]])
    // Reads them all, then swaps the imported one and global 3.
    let code: [UInt8] = [0x23, 1, 0x23, 2, 0x23, 3, 0x23, 0, 0x23, 3, 0x23, 0, 0x24, 3, 0x24, 0, 0x0B]
    builder.section(10, items: [counted([0x00] + code)])
    let store = try Store()
    let imported = try Global(type: GlobalType(value: .v128, isMutable: true), value: .v128(low: 3, high: 4), store: store)
    var imports = Imports()
    imports.define("host", "v", .global(imported))
    let instance = try Instance(Module(bytes: builder.bytes), imports: imports, store: store)
    #expect(try instance.invoke("f") == [a, .i64(6), b, .v128(low: 3, high: 4)])
    #expect(imported.value == b)
    guard case .global(let own) = try #require(instance["own"]) else { throw Trap(.host("own is no global")) }
    #expect(own.value == .v128(low: 3, high: 4))
    try own.set(a)
    #expect(try instance.invoke("f") == [a, .i64(6), a, b])
  }

  @Test("host functions get a vector as two slots")
  func hostFunctions() throws {
    var builder = ModuleBuilder()
    builder.section(1, items: [functionType(FunctionType([.i32, .v128, .i32], [.v128, .i32]))])
    builder.section(2, items: [string("host") + string("h") + [0x00, 0x00]])
    builder.section(3, items: [[0x00]])
    builder.section(7, items: [string("f") + [0x00, 0x01]])
    builder.section(10, items: [counted([0x00] + get(2) + get(1) + get(0) + [0x10, 0x00, 0x0B])])
    let store = try Store()
    var imports = Imports()
    let type = FunctionType([.i32, .v128, .i32], [.v128, .i32])
    imports.define(
      "host", "h",
      .function(
        Function(store: store, type: type) { _, slots in
          let (first, low, high, last) = (slots[0], slots[1], slots[2], slots[3])
          slots[0] = high
          slots[1] = low
          slots[2] = first &* 10 &+ last
        }))
    let instance = try Instance(Module(bytes: builder.bytes), imports: imports, store: store)
    #expect(try instance.invoke("f", [.i32(1), .v128(low: 5, high: 6), .i32(2)]) == [.v128(low: 6, high: 5), .i32(21)])
  }

  @Test("lanes are extracted, replaced and shuffled by their index")
  func lanes() throws {
    #expect(try call([a], [.i32], get(0) + [0xFD, 0x16, 0x0F]) == [.i32(0x0F)])
    #expect(try call([.v128(low: 0x80, high: 0)], [.i32], get(0) + [0xFD, 0x15, 0x00]) == [.i32(0xFFFF_FF80)])
    #expect(
      try call([a, .i32(0xAB)], [.v128], get(0) + get(1) + [0xFD, 0x17, 0x09]) == [
        .v128(low: 0x0706_0504_0302_0100, high: 0x0F0E_0D0C_0B0A_AB08)
      ])
    #expect(try call([a], [.f64], get(0) + [0xFD, 0x21, 0x01]) == [.f64(0x0F0E_0D0C_0B0A_0908)])
    let interleaved = (0..<8).flatMap { [UInt8($0), UInt8($0) + 16] }
    #expect(
      try call([a, b], [.v128], get(0) + get(1) + [0xFD, 0x0D] + interleaved) == [
        .v128(low: 0x1303_1202_1101_1000, high: 0x1707_1606_1505_1404)
      ])
    let select = get(0) + get(1) + constant(.v128(low: .max, high: 0)) + [0xFD, 0x52]
    #expect(try call([a, b], [.v128], select) == [.v128(low: 0x0706_0504_0302_0100, high: 0x1F1E_1D1C_1B1A_1918)])
  }

  @Test("loads and stores reach the memory's last byte and not beyond")
  func memory() throws {
    let store: [UInt8] = [0x41] + [0xF0, 0xFF, 0x03] + constant(a) + [0xFD, 0x0B, 0x00, 0x00]
    let load: [UInt8] = get(0) + [0xFD, 0x00, 0x00, 0x04]
    let copy = try function([.i32], [.v128], store + load)
    #expect(try copy.call([.i32(65516)]) == [a])
    #expect(throws: Trap.self) { try copy.call([.i32(65517)]) }
    #expect(throws: Trap.self) { try copy.call([.i32(.max)]) }
    // One lane: address 65535 is in bounds for a byte and out of bounds for two.
    let lane = get(0) + constant(b) + [0xFD, 0x54, 0x00, 0x00, 0x0E]
    #expect(try call([.i32(65535)], [.v128], store + lane) == [.v128(low: 0x1716_1514_1312_1110, high: 0x1F0F_1D1C_1B1A_1918)])
    #expect(throws: Trap.self) { try call([.i32(65535)], [.v128], store + get(0) + constant(b) + [0xFD, 0x55, 0x00, 0x00, 0x00]) }
  }

  @Test("lane indices beyond the last lane, and relaxed operators, are refused")
  func refusals() {
    func error(_ code: [UInt8]) -> ModuleError? { refusal(ModuleBuilder.around(parameters: [.v128], code + drop + [0x0B])) }
    #expect(error(get(0) + [0xFD, 0x15, 0x0F]) == nil)
    #expect(error(get(0) + [0xFD, 0x15, 0x10])?.message.hasPrefix("invalid lane index") == true)
    #expect(error(get(0) + [0xFD, 0x21, 0x02])?.message.hasPrefix("invalid lane index") == true)
    let lanes = Array(repeating: UInt8(31), count: 15)
    #expect(error(get(0) + get(0) + [0xFD, 0x0D] + lanes + [31]) == nil)
    #expect(error(get(0) + get(0) + [0xFD, 0x0D] + lanes + [32])?.message.hasPrefix("invalid lane index") == true)
    #expect(error([0x41, 0x00] + get(0) + [0xFD, 0x57, 0x04, 0x00, 0x00])?.message.hasPrefix("alignment") == true)
    #expect(error(get(0) + get(0) + [0xFD, 0x80, 0x02]) == nil)
    #expect(error(get(0) + get(0) + [0xFD, 0x94, 0x02])?.kind == .malformed)
  }
}
