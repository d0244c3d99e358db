import Testing

@testable import VM

/// Branch tables in which labels come again and again: their entries share what leads there.
@Suite("Branch tables")
struct BranchTableTests {
  /// f(index) by a table of these depths, the last one being the default.
  private func run(_ code: [UInt8], _ index: UInt32, locals: [(Int, ValueType)] = []) throws -> [Value] {
    let store = try Store()
    let module = try Module(bytes: ModuleBuilder.around(parameters: [.i32], results: [.i32], locals: locals, code + [0x0B]))
    var imports = Imports()
    imports.define("host", "g", .function(Function(store: store, type: FunctionType([.i32])) { _, _ in }))
    return try Instance(module, imports: imports, store: store).invoke("f", [.i32(index)])
  }

  private func table(_ depths: [UInt8]) -> [UInt8] { [0x0E] + leb(depths.count - 1) + depths }

  /// (block $w (result i32) (block $v (result i32) 7 100 (br_table … (local.get 0))) (i32.const 1) (i32.add)) (i32.const 10) (i32.add)
  ///
  /// Depth 0 is $v and 1 is $w, to which the value has to be moved; 2 returns.
  private func carrying(_ depths: [UInt8]) -> [UInt8] {
    [0x02, 0x7F, 0x02, 0x7F, 0x41, 7, 0x41, 0xE4, 0x00, 0x20, 0] + table(depths) + [0x0B, 0x41, 1, 0x6A, 0x0B, 0x41, 10, 0x6A]
  }

  @Test func entriesOfOneLabelShareMovesAndReturns() throws {
    let depths: [UInt8] = [0, 1, 2, 0, 0, 2, 1, 2, 1, 1]
    for index in 0..<12 {
      let expected: [UInt32] = [111, 110, 100]
      #expect(try run(carrying(depths), UInt32(index)) == [.i32(expected[Int(depths[min(index, 9)])])], "\(index)")
    }
  }

  @Test func entriesOfOneLabelAreBoundTogether() throws {
    // (loop $l (block $x (block $y (local.get 0) 0 := 0 - 3 (br_table …)) (return 50)) (return 60)) (unreachable)
    let depths: [UInt8] = [0, 1, 0, 1, 2, 2, 0, 2]
    let code: [UInt8] =
      [0x03, 0x40, 0x02, 0x40, 0x02, 0x40, 0x20, 0, 0x20, 0, 0x41, 3, 0x6B, 0x21, 0] + table(depths)
      + [0x0B, 0x41, 50, 0x0F, 0x0B, 0x41, 0x3C, 0x0F, 0x0B, 0x00]
    for first in 0..<20 {
      var index = first
      while depths[min(index, 7)] == 2 { index -= 3 }
      #expect(try run(code, UInt32(first)) == [.i32(depths[index] == 0 ? 50 : 60)], "\(first)")
    }
  }

  @Test func tablesBehindEachOtherDoNotShare() throws {
    // Twice the same table, the first one in a block that it leaves: (block (br_table 0 0 (local.get 0))) then as above.
    let code = [0x02, 0x40, 0x20, 0] + table([0, 0, 0]) + [0x0B] + carrying([1, 0, 1, 0])
    #expect(try run(code, 0) == [.i32(110)])
    #expect(try run(code, 1) == [.i32(111)])
  }

  @Test func anEntryTakesAWord() throws {
    let count = 30_000
    let depths = (0..<count).map { UInt8($0 % 3) }
    let module = try Module(bytes: ModuleBuilder.around(parameters: [.i32], results: [.i32], carrying(depths) + [0x0B]))
    module.countInstructions()
    try module.translate()
    #expect(module.translated.bytes < count * 8 + 500, "\(module.translated.bytes)")
  }
}
