import Testing

@testable import VM

@Suite("Decoder")
struct ModuleDecoderTests {
  private func module(_ build: (inout ModuleBuilder) -> Void) -> [UInt8] {
    var builder = ModuleBuilder()
    build(&builder)
    return builder.bytes
  }

  @Test("the empty module is a module")
  func emptyModule() { #expect(refusal(ModuleBuilder().bytes) == nil) }

  @Test("declarations come back as they were written")
  func declarations() throws {
    let module = try Module(bytes: ModuleBuilder.around(parameters: [.i64], results: [.f32], [0x00, 0x0B]))
    #expect(module.types.map(TypeRegistry.shared.functionType) == [FunctionType([.i32]), FunctionType([.i64], [.f32])])
    #expect(module.imports == [Import(module: "host", name: "g", kind: .function(type: 0))])
    #expect(module.exports == [Export(name: "f", kind: .function, index: 1)])
    #expect(module.functionTypes == [0, 1] && module.importedFunctionCount == 1)
    #expect(module.tables.map(\.type.element) == [.funcref, .externref] && module.tables[0].type.limits == Limits(minimum: 4))
    #expect(module.memories == [MemoryType(limits: Limits(minimum: 1))])
    #expect(module.globals.map(\.type) == [GlobalType(value: .i32, isMutable: true), GlobalType(value: .i64, isMutable: false)])
    #expect(module.globals.map { $0.initial?.instructions } == [[.i32(5)], [.i64(6)]])
    #expect(module.elements.count == 1 && module.elements[0].count == 2)
    #expect(Array(module.validation.isDeclared) == [true, true])
    let data = module.data[0].range
    let content = (data.lowerBound..<data.upperBound).map { module.bytes.base.load(fromByteOffset: $0, as: UInt8.self) }
    #expect(content == [0x61, 0x62, 0x63])
  }

  @Test(
    "every kind of element segment is read",
    arguments: [
      ([0x00, 0x41, 0, 0x0B, 1, 0], 1, "active"), ([0x01, 0x00, 2, 0, 0], 2, "passive"),
      ([0x02, 0, 0x41, 0, 0x0B, 0x00, 1, 0], 1, "active"),
      ([0x03, 0x00, 1, 0], 1, "declarative"), ([0x04, 0x41, 0, 0x0B, 1, 0xD2, 0, 0x0B], 1, "active"),
      ([0x05, 0x6F, 1, 0xD0, 0x6F, 0x0B], 1, "passive"),
      ([0x06, 0, 0x41, 0, 0x0B, 0x70, 1, 0xD0, 0x70, 0x0B], 1, "active"), ([0x07, 0x70, 1, 0xD2, 0, 0x0B], 1, "declarative"),
    ] as [([UInt8], Int, String)])
  func elementSegments(segment: [UInt8], count: Int, mode: String) throws {
    let module = try Module(
      bytes: module {
        $0.section(1, items: [functionType(FunctionType())])
        $0.section(3, items: [[0x00]])
        $0.section(4, items: [[0x70, 0x00, 0x01]])
        $0.section(9, items: [segment])
        $0.section(10, items: [counted([0x00, 0x0B])])
      })
    #expect(module.elements[0].count == count)
    #expect("\(module.elements[0].mode)".hasPrefix(mode))
  }

  @Test("constant expressions may use integer arithmetic and constants that come before")
  func constantExpressions() throws {
    let module = try Module(
      bytes: module {
        $0.section(
          6,
          items: [
            [0x7F, 0x00, 0x41, 0x02, 0x0B],
            [0x7F, 0x00, 0x23, 0x00, 0x41, 0x03, 0x6A, 0x41, 0x04, 0x6C, 0x41, 0x01, 0x6B, 0x0B],
            [0x7E, 0x00, 0x42, 0x02, 0x42, 0x03, 0x7E, 0x0B],
            [0x70, 0x01, 0xD0, 0x70, 0x0B], [0x7D, 0x00, 0x43, 0, 0, 0x80, 0x3F, 0x0B],
            [0x7C, 0x00, 0x44, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 0x0B],
          ])
      })
    #expect(module.globals[1].initial?.instructions == [.globalGet(0), .i32(3), .i32Add, .i32(4), .i32Mul, .i32(1), .i32Sub])
    #expect(module.globals[2].initial?.instructions == [.i64(2), .i64(3), .i64Mul])
    #expect(module.globals[4].initial?.instructions == [.f32((1.0 as Float).bitPattern)])
    #expect(module.globals[5].initial?.instructions == [.f64((1.0).bitPattern)])
  }

  @Test(
    "constant expressions must be constant and leave one value of their type",
    arguments: [
      ([0x7F, 0x00, 0x0B], "type mismatch"), ([0x7F, 0x00, 0x42, 0x00, 0x0B], "type mismatch"),
      ([0x7F, 0x00, 0x41, 0x00, 0x41, 0x00, 0x0B], "type mismatch"), ([0x7F, 0x00, 0x41, 0x00, 0x6A, 0x0B], "type mismatch"),
      ([0x7F, 0x00, 0x41, 0x00, 0x42, 0x00, 0x6A, 0x0B], "type mismatch"),
      ([0x7F, 0x00, 0x41, 0x00, 0x45, 0x0B], "constant expression required"),
      ([0x7F, 0x00, 0x01, 0x41, 0x00, 0x0B], "constant expression required"), ([0x7F, 0x00, 0x23, 0x00, 0x0B], "unknown global 0"),
      ([0x70, 0x00, 0xD2, 0x00, 0x0B], "unknown function 0"), ([0x7F, 0x00, 0xFF, 0x0B], "illegal opcode"),
      ([0x7F, 0x02, 0x41, 0x00, 0x0B], "malformed mutability"), ([0x7F, 0x00, 0x41, 0x00], "unexpected end"),
    ] as [([UInt8], String)])
  func badConstantExpressions(global: [UInt8], prefix: String) {
    let message = refusal(module { $0.section(6, items: [global]) })?.message
    #expect(message?.hasPrefix(prefix) == true, "\(message ?? "accepted")")
  }

  @Test(
    "the beginning is checked",
    arguments: [
      ([], "unexpected end"), ([0x00, 0x61, 0x73], "unexpected end"), ([0x00, 0x61, 0x73, 0x6E, 1, 0, 0, 0], "magic header not detected"),
      ([0x00, 0x61, 0x73, 0x6D], "unexpected end"), ([0x00, 0x61, 0x73, 0x6D, 2, 0, 0, 0], "unknown binary version"),
      ([0x00, 0x61, 0x73, 0x6D, 0x0D, 0, 1, 0], "unknown binary version: this is a component; its core module is what runs here"),
    ] as [([UInt8], String)])
  func preamble(bytes: [UInt8], prefix: String) { #expect(refusal(bytes)?.message.hasPrefix(prefix) == true) }

  @Test("sections keep their order, their size and their kind")
  func sections() {
    #expect(
      refusal(
        module {
          $0.section(5, items: []); $0.section(1, items: [])
        })?.message == "unexpected content after last section")
    #expect(
      refusal(
        module {
          $0.section(1, items: []); $0.section(1, items: [])
        })?.message == "unexpected content after last section")
    #expect(
      refusal(
        module {
          $0.section(10, items: []); $0.section(12, [0])
        })?.message == "unexpected content after last section")
    #expect(refusal(module { $0.section(14, []) })?.message.hasPrefix("malformed section id") == true)
    #expect(refusal(module { $0.section(1, [0x00, 0x00]) })?.message == "section size mismatch")
    #expect(refusal(ModuleBuilder().bytes + [0x01, 0x05, 0x00])?.message == "length out of bounds")
    #expect(
      refusal(
        module {
          $0.custom("anything", [1, 2, 3]); $0.section(1, items: []); $0.custom("", [])
        }) == nil)
    #expect(refusal(ModuleBuilder().bytes + [0x00, 0x01, 0x05])?.message == "length out of bounds")
  }

  @Test("what is declared twice must agree")
  func inconsistentCounts() {
    let inconsistent = "function and code section have inconsistent lengths"
    let type = functionType(FunctionType())
    #expect(
      refusal(
        module {
          $0.section(1, items: [type]); $0.section(3, items: [[0]])
        })?.message == inconsistent)
    #expect(refusal(module { $0.section(10, items: [counted([0, 0x0B])]) })?.message == inconsistent)
    let data = "data count and data section have inconsistent lengths"
    #expect(refusal(module { $0.section(12, [1]) })?.message == data)
    #expect(
      refusal(
        module {
          $0.section(12, [2]); $0.section(11, items: [[1, 0]])
        })?.message == data)
  }

  @Test(
    "limits are checked",
    arguments: [
      ([0x00, 0x80, 0x80, 0x04], nil), ([0x00, 0x81, 0x80, 0x04], "memory size must be at most 65536 pages (4GiB)"),
      ([0x01, 0x00, 0x81, 0x80, 0x04], "memory size must be at most 65536 pages (4GiB)"),
      ([0x01, 0x02, 0x01], "size minimum must not be greater than maximum"),
      ([0x03, 0x00, 0x01], "malformed limits flags 3: needs threads, which is switched off"),
      ([0x08, 0x00, 0x00], "malformed limits flags 8: needs custom-page-sizes, which is switched off"),
      ([0x04, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x40], nil),
      ([0x05, 0x00, 0x81, 0x80, 0x80, 0x80, 0x80, 0x80, 0x40], "memory size must be at most 281474976710656 pages"),
      ([0x10, 0x00], "malformed limits flags"),
    ] as [([UInt8], String?)])
  func limits(memory: [UInt8], prefix: String?) {
    let message = refusal(module { $0.section(5, items: [memory]) })?.message
    #expect(prefix == nil ? message == nil : message?.hasPrefix(prefix!) == true, "\(message ?? "accepted")")
  }

  @Test("limits of the proposals are checked where those are switched on")
  func limitsOfProposals() {
    func error(_ memory: [UInt8]) -> String? {
      do throws(ModuleError) {
        _ = try Module(bytes: module { $0.section(5, items: [memory]) }, features: .all)
        return nil
      } catch { return error.message }
    }
    #expect(error([0x03, 0x01, 0x02]) == nil)
    #expect(error([0x02, 0x01]) == "shared memory must have maximum")
    #expect(error([0x08, 0x01, 0x00]) == nil && error([0x08, 0x01, 0x10]) == nil)
    #expect(error([0x08, 0x01, 0x01])?.hasPrefix("invalid custom page size") == true)
    #expect(error([0x08, 0x01, 0x40])?.hasPrefix("invalid custom page size") == true)
  }

  @Test("a second memory is refused where it is switched off")
  func severalMemories() throws {
    let two = module { $0.section(5, items: [[0, 1], [0, 1]]) }
    #expect(refusal(two) == nil)
    #expect { try Module(bytes: two, features: []) } throws: { ($0 as? ModuleError)?.message.hasPrefix("multiple memories") == true }
  }

  @Test("exports are unique, byte for byte, and name what is there")
  func exports() {
    func error(_ exports: [[UInt8]]) -> String? {
      refusal(
        module {
          $0.section(5, items: [[0, 1]]); $0.section(7, items: exports)
        })?.message
    }
    #expect(error([string("a") + [2, 0], string("b") + [2, 0]]) == nil)
    #expect(error([string("a") + [2, 0], string("a") + [2, 0]]) == "duplicate export name \"a\"")
    // The same letter composed and decomposed: two names.
    #expect(error([string("\u{C5}") + [2, 0], string("A\u{30A}") + [2, 0]]) == nil)
    #expect(error([string("a") + [2, 1]]) == "unknown memory 1")
    #expect(error([string("a") + [0, 0]]) == "unknown function 0")
    #expect(error([string("a") + [3, 0]]) == "unknown global 0")
    #expect(error([string("a") + [1, 0]]) == "unknown table 0")
    #expect(error([string("a") + [9, 0]])?.hasPrefix("malformed export kind") == true)
  }

  @Test("the start function takes and gives nothing")
  func start() {
    func error(_ type: FunctionType, _ code: [UInt8], _ start: [UInt8]) -> String? {
      refusal(
        module {
          $0.section(1, items: [functionType(type)])
          $0.section(3, items: [[0]])
          $0.section(8, start)
          $0.section(10, items: [counted([0] + code)])
        })?.message
    }
    #expect(error(FunctionType(), [0x0B], [0]) == nil)
    #expect(error(FunctionType([.i32]), [0x0B], [0])?.hasPrefix("start function") == true)
    #expect(error(FunctionType([], [.i32]), [0x00, 0x0B], [0])?.hasPrefix("start function") == true)
    #expect(error(FunctionType(), [0x0B], [1]) == "unknown function 1")
  }

  @Test("segments name what is there and have the right types")
  func segments() {
    #expect(refusal(module { $0.section(11, items: [[0, 0x41, 0, 0x0B, 0]]) })?.message == "unknown memory 0")
    #expect(
      refusal(
        module {
          $0.section(5, items: [[0, 1]]); $0.section(11, items: [[0, 0x42, 0, 0x0B, 0]])
        })?.message.hasPrefix("type mismatch") == true)
    #expect(refusal(module { $0.section(9, items: [[0, 0x41, 0, 0x0B, 0]]) })?.message == "unknown table 0")
    #expect(
      refusal(
        module {
          $0.section(4, items: [[0x6F, 0, 1]]); $0.section(9, items: [[0, 0x41, 0, 0x0B, 0]])
        })?.message.hasPrefix("type mismatch")
        == true)
    #expect(refusal(module { $0.section(9, items: [[0x08]]) })?.kind == .malformed)
    #expect(refusal(module { $0.section(11, items: [[0x01, 0x05, 0x61]]) })?.message.hasPrefix("unexpected end") == true)
  }

  @Test("a body that uses data segments needs the data count first")
  func dataCountRequired() {
    let error = refusal(
      module {
        $0.section(1, items: [functionType(FunctionType())])
        $0.section(3, items: [[0]])
        $0.section(10, items: [counted([0, 0xFC, 0x09, 0x00, 0x0B])])
        $0.section(11, items: [[1, 0]])
      })
    #expect(error?.message == "data count section required" && error?.kind == .malformed)
  }

  @Test("counts are not believed: a huge one costs nothing", arguments: [1, 2, 3, 4, 6, 7, 9, 10, 11] as [UInt8])
  func hugeCounts(section: UInt8) {
    #expect(refusal(module { $0.section(section, [0xFF, 0xFF, 0xFF, 0xFF, 0x0F]) })?.kind == .malformed)
  }
}
