import Testing

@testable import VM

@Suite("Validator")
struct ModuleValidatorTests {
  /// What is emitted for the body of `f` in `ModuleBuilder.around`, without its `begin`.
  private func emitted(
    parameters: [ValueType] = [], results: [ValueType] = [], locals: [(Int, ValueType)] = [], _ code: [UInt8]
  ) throws(ModuleError) -> [String] {
    let module = try Module(bytes: ModuleBuilder.around(parameters: parameters, results: results, locals: locals, code))
    var validator = Validator<RecordingEmitter>(module.validation)
    var emitter = RecordingEmitter()
    try validator.validate(body: 0, emitter: &emitter)
    return Array(emitter.calls.dropFirst())
  }

  private func message(
    parameters: [ValueType] = [], results: [ValueType] = [], moreTypes: [FunctionType] = [], _ code: [UInt8]
  ) -> String? {
    refusal(ModuleBuilder.around(parameters: parameters, results: results, moreTypes: moreTypes, code))?.message
  }

  // MARK: What is emitted

  @Test("straight code is emitted operator by operator, with its offsets")
  func straightCode() throws {
    let bytes = ModuleBuilder.around(parameters: [.i32, .i64], results: [.i32], locals: [(2, .f64)], [0x20, 0x00, 0x41, 0x7F, 0x6A, 0x0B])
    let module = try Module(bytes: bytes)
    var validator = Validator<RecordingEmitter>(module.validation)
    var emitter = RecordingEmitter()
    try validator.validate(body: 0, emitter: &emitter)
    #expect(
      emitter.calls == [
        "begin 1 locals [i32, i64, f64, f64] parameters 2", "local.get 0", "i32.const -1", "i32.add", "end true",
      ])
    let first = module.bodies[0].range.lowerBound + 3
    #expect(emitter.positions == [first, first + 2, first + 4, first + 5])
  }

  @Test("code after a branch is checked but not emitted, nor are the blocks that begin in it")
  func unreachableCode() throws {
    // block br 0; i32.const 1; if nop else nop end; drop… end
    let code: [UInt8] = [0x02, 0x40, 0x0C, 0x00, 0x41, 0x01, 0x04, 0x40, 0x41, 0x01, 0x1A, 0x05, 0x01, 0x0B, 0x0B, 0x0B]
    #expect(try emitted(code) == ["block", "br 0", "endBlock false", "end true"])
  }

  @Test("each arm of an if begins reachable, and its end says whether it can be reached")
  func armsOfAnIf() throws {
    // if (result i32) unreachable else i32.const 2 end drop
    let code: [UInt8] = [0x41, 0x00, 0x04, 0x7F, 0x00, 0x05, 0x41, 0x02, 0x0B, 0x1A, 0x0B]
    #expect(
      try emitted(code) == [
        "i32.const 0", "if", "unreachable", "else false", "i32.const 2", "endBlock true", "drop i32", "end true",
      ])
  }

  @Test("what follows a block is reachable again if the block began so")
  func afterBlocks() throws {
    let code: [UInt8] = [0x02, 0x40, 0x03, 0x40, 0x0C, 0x00, 0x0B, 0x0B, 0x0F, 0x02, 0x40, 0x0B, 0x01, 0x0B]
    #expect(try emitted(code) == ["block", "loop", "br 0", "endBlock false", "endBlock true", "return", "end false"])
  }

  @Test("a table of branches gives its labels, the default last")
  func branchTables() throws {
    let code: [UInt8] = [0x02, 0x40, 0x02, 0x40, 0x41, 0x00, 0x0E, 0x02, 0x00, 0x02, 0x01, 0x0B, 0x0B, 0x0B]
    #expect(try emitted(code) == ["block", "block", "i32.const 0", "br_table [0, 2, 1]", "endBlock false", "endBlock true", "end true"])
  }

  @Test("calls, references, tables and memory reach the emitter with their indices in order")
  func indices() throws {
    let code: [UInt8] = [
      0x41, 0x01, 0x10, 0x00,  // call 0
      0x41, 0x01, 0x41, 0x00, 0x11, 0x00, 0x00,  // call_indirect 0 (type 0)
      0x41, 0x00, 0xD0, 0x6F, 0x26, 0x01,  // table.set 1
      0x41, 0x00, 0x41, 0x00, 0x41, 0x00, 0xFC, 0x0E, 0x01, 0x01,  // table.copy 1 1
      0x41, 0x00, 0x41, 0x00, 0x41, 0x00, 0xFC, 0x08, 0x00, 0x00,  // memory.init 0 0
      0x41, 0x00, 0x41, 0x00, 0x36, 0x42, 0x00, 0x05,  // i32.store with an explicit memory
      0xD2, 0x01, 0xD1, 0x1A,  // ref.func 1 ref.is_null drop
      0x41, 0x00, 0x12, 0x00,  // return_call 0
      0x0B,
    ]
    let calls = try emitted(code).filter { !$0.hasPrefix("i32.const") }
    #expect(
      calls == [
        "call 0", "call_indirect 0 func (i32) -> ()", "ref.null externref", "table.set 1", "table.copy 1 1", "memory.init 0 0",
        "i32.store 0+5",
        "ref.func 1", "ref.is_null", "drop i32", "return_call 0", "end false",
      ])
  }

  @Test("one validator serves many functions and keeps nothing of the last, even after an error")
  func reuse() throws {
    let module = try Module(bytes: ModuleBuilder.around(results: [.i32], [0x02, 0x40, 0x0B, 0x41, 0x03, 0x0B]))
    var validator = Validator<RecordingEmitter>(module.validation)
    var calls: [[String]] = []
    for _ in 0..<3 {
      var emitter = RecordingEmitter()
      try validator.validate(body: 0, emitter: &emitter)
      calls.append(emitter.calls)
    }
    #expect(calls[0] == calls[1] && calls[1] == calls[2])
  }

  // MARK: What is accepted

  @Test("blocks take parameters and give several results")
  func multiValue() {
    // i32.const, i32.const, block (type 2: i32 i32 -> i32 i64) i32.add i64.const end drop drop
    let types = [FunctionType([.i32, .i32], [.i32, .i64])]
    let code: [UInt8] = [0x41, 1, 0x41, 2, 0x02, 0x02, 0x6A, 0x42, 4, 0x0B, 0x1A, 0x1A, 0x0B]
    #expect(message(moreTypes: types, code) == nil)
    let loop: [UInt8] = [0x41, 1, 0x41, 2, 0x03, 0x02, 0x6A, 0x42, 4, 0x0B, 0x1A, 0x1A, 0x0B]
    #expect(message(moreTypes: types, loop) == nil)
  }

  @Test(
    "unreachable code takes any operands it needs",
    arguments: [
      [0x00, 0x6A, 0x1A, 0x0B],  // i32.add
      [0x00, 0x1B, 0x1A, 0x0B],  // select
      [0x00, 0x1B, 0x45, 0x1A, 0x0B],  // select, i32.eqz
      [0x00, 0xD1, 0x1A, 0x0B],  // ref.is_null
      [0x0C, 0x00, 0x36, 0x02, 0x00, 0x0B],  // i32.store
      [0x02, 0x40, 0x00, 0x0E, 0x01, 0x00, 0x01, 0x0B, 0x0B],  // br_table
      [0x00, 0x02, 0x7F, 0x41, 0x00, 0x0B, 0x1A, 0x0B],  // a block in it
    ] as [[UInt8]])
  func polymorphism(code: [UInt8]) { #expect(message(code) == nil) }

  @Test("blocks may be nested as deep as the code is long")
  func deepNesting() {
    let depth = 100_000
    let code = (0..<depth).flatMap { _ in [0x02, 0x40] as [UInt8] }
    #expect(message(code + [UInt8](repeating: 0x0B, count: depth + 1)) == nil)
    #expect(message(code + [UInt8](repeating: 0x0B, count: depth - 1))?.hasPrefix("END opcode expected") == true)
  }

  // MARK: What is refused

  @Test(
    "errors begin with the specification's words",
    arguments: [
      ([0x6A, 0x1A, 0x0B], "type mismatch"), ([0x41, 0x00, 0x0B], "type mismatch"), ([0x1A, 0x0B], "type mismatch"),
      ([0x42, 0x00, 0x45, 0x1A, 0x0B], "type mismatch"), ([0x02, 0x7F, 0x0B, 0x1A, 0x0B], "type mismatch"),
      ([0x41, 0x00, 0x04, 0x7F, 0x41, 0x00, 0x0B, 0x1A, 0x0B], "type mismatch"),
      ([0x41, 0x00, 0x02, 0x40, 0x1A, 0x0B, 0x0B], "type mismatch"),
      ([0x00, 0x42, 0x00, 0x45, 0x1A, 0x0B], "type mismatch"), ([0x00, 0x41, 0x00, 0x0B], "type mismatch"),
      ([0x41, 0x00, 0x42, 0x00, 0x41, 0x00, 0x1B, 0x1A, 0x0B], "type mismatch"),
      ([0xD0, 0x70, 0xD0, 0x70, 0x41, 0x00, 0x1B, 0x1A, 0x0B], "type mismatch"), ([0x41, 0x00, 0xD1, 0x1A, 0x0B], "type mismatch"),
      ([0x41, 0x00, 0x1C, 0x00, 0x0B], "invalid result arity"), ([0x20, 0x00, 0x1A, 0x0B], "unknown local 0"),
      ([0x21, 0x05, 0x0B], "unknown local 5"), ([0x23, 0x02, 0x1A, 0x0B], "unknown global 2"),
      ([0x42, 0x00, 0x24, 0x01, 0x0B], "immutable global"),
      ([0x10, 0x02, 0x0B], "unknown function 2"), ([0x0C, 0x01, 0x0B], "unknown label 1"),
      ([0x41, 0x00, 0x0E, 0x00, 0x05, 0x0B], "unknown label 5"),
      ([0x41, 0x00, 0x11, 0x09, 0x00, 0x0B], "unknown type 9"), ([0x41, 0x00, 0x11, 0x00, 0x02, 0x0B], "unknown table 2"),
      ([0x41, 0x00, 0x11, 0x00, 0x01, 0x0B], "type mismatch"), ([0x02, 0x09, 0x0B, 0x0B], "unknown type 9"),
      ([0x41, 0x00, 0x28, 0x03, 0x00, 0x1A, 0x0B], "alignment must not be larger than natural"),
      ([0x41, 0x00, 0x28, 0x80, 0x01, 0x00, 0x1A, 0x0B], "malformed memop flags"),
      ([0x41, 0x00, 0x28, 0x42, 0x01, 0x00, 0x1A, 0x0B], "unknown memory 1"),
      ([0x41, 0x00, 0x28, 0x02, 0x80, 0x80, 0x80, 0x80, 0x10, 0x1A, 0x0B], "offset out of range"),
      ([0x3F, 0x01, 0x1A, 0x0B], "unknown memory 1"),
      ([0xFC, 0x09, 0x01, 0x0B], "unknown data segment 1"), ([0xFC, 0x0D, 0x01, 0x0B], "unknown elem segment 1"),
      ([0x41, 0x00, 0x41, 0x00, 0x41, 0x00, 0xFC, 0x0E, 0x00, 0x01, 0x0B], "type mismatch"),
      ([0x41, 0x00, 0x41, 0x00, 0x41, 0x00, 0xFC, 0x0C, 0x00, 0x01, 0x0B], "type mismatch"), ([0x05, 0x0B], "END opcode expected"),
      ([0x0E, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0x00, 0x0B], "length out of bounds"), ([0x0B, 0x01], "section size mismatch"),
    ] as [([UInt8], String)])
  func errors(code: [UInt8], prefix: String) {
    let message = message(code)
    #expect(message?.hasPrefix(prefix) == true, "\(message ?? "accepted")")
  }

  @Test("branches must bring what their label takes")
  func branchOperands() {
    #expect(message([0x02, 0x7F, 0x0C, 0x00, 0x0B, 0x1A, 0x0B])?.hasPrefix("type mismatch") == true)
    // A loop's label takes its parameters, not its results.
    #expect(message([0x03, 0x7F, 0x0C, 0x00, 0x0B, 0x1A, 0x0B]) == nil)
    // All labels of a table must agree in number.
    #expect(message([0x02, 0x7F, 0x41, 0, 0x41, 0, 0x0E, 0x01, 0x00, 0x01, 0x0B, 0x1A, 0x0B])?.hasPrefix("type mismatch") == true)
  }

  @Test("a tail call must leave the caller's results")
  func tailCalls() {
    #expect(message(results: [.i32], [0x41, 0x00, 0x12, 0x00, 0x0B])?.hasPrefix("type mismatch") == true)
    #expect(message([0x41, 0x00, 0x12, 0x00, 0x0B]) == nil)
  }

  @Test("a function can be referred to only if something outside the bodies names it")
  func undeclaredReferences() {
    var builder = ModuleBuilder()
    builder.section(1, items: [functionType(FunctionType())])
    builder.section(3, items: [[0x00]])
    builder.section(10, items: [counted([0x00, 0xD2, 0x00, 0x1A, 0x0B])])
    #expect(refusal(builder.bytes)?.message.hasPrefix("undeclared function reference") == true)
  }

  @Test("a hostile number of locals is refused before it takes memory")
  func tooManyLocals() {
    let limit = ImplementationLimits.locals
    for locals in [[(limit + 1, .i64)], [(limit, .i64), (1, .i32)], [(0xFFFF_FFFF, .i64)]] as [[(Int, ValueType)]] {
      let error = refusal(ModuleBuilder.around(locals: locals, [0x0B]))
      #expect(error?.kind == .unsupported && error?.message == "implementation limit: more than \(limit) locals", "\(locals)")
    }
    // 5.5.13
    let error = refusal(ModuleBuilder.around(locals: [(0xFFFF_FFFF, .i64), (1, .i32)], [0x0B]))
    #expect(error?.kind == .malformed && error?.message == "too many locals")
    #expect(refusal(ModuleBuilder.around(locals: [(limit, .i64)], [0x0B])) == nil)
  }

  @Test("errors know their byte")
  func offsets() throws {
    let bytes = ModuleBuilder.around([0x01, 0x01, 0x20, 0x07, 0x1A, 0x0B])
    let error = try #require(refusal(bytes))
    #expect(bytes[error.offset] == 0x20 && bytes[error.offset + 1] == 0x07)
    #expect(error.description == "invalid module: unknown local 7, at byte 0x\(String(error.offset, radix: 16))")
  }
}
