import Testing

@testable import VM

@Suite("Names and printing")
struct ModuleNameTests {
  private func named(_ section: [UInt8]) throws -> Module {
    var builder = ModuleBuilder()
    builder.custom("name", section)
    return try Module(bytes: ModuleBuilder.around([0x0B]) + builder.bytes.dropFirst(8))
  }

  @Test("functions have the name section's names")
  func nameSection() throws {
    let functions = vector([[0x00] + string("print"), [0x01] + string("main")])
    let module = try named([0x00] + counted(string("module")) + [0x01] + counted(functions))
    #expect(module.functionName(0) == "print")
    #expect(module.functionName(1) == "main")
    #expect(module.functionName(2) == nil)
  }

  @Test("without a name section an export or an import names a function")
  func fallbacks() throws {
    let module = try Module(bytes: ModuleBuilder.around([0x0B]))
    #expect(module.functionName(0) == "host.g")
    #expect(module.functionName(1) == "f")
    #expect(module.functionName(2) == nil)
  }

  @Test(
    "a malformed name section is no error and has no names",
    arguments: [
      [0x01], [0x01, 0x05, 0x01], [0x01, 0x02, 0xFF, 0xFF], [0x01, 0x04, 0x01, 0x01, 0x09, 0x61], [0x01, 0x04, 0x01, 0x01, 0x01, 0xFF],
      [0x07, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
    ] as [[UInt8]])
  func malformedNames(section: [UInt8]) throws { #expect(try named(section).functionName(1) == "f") }

  @Test("bodies are printed in the text format's words")
  func printing() throws {
    let code: [UInt8] = [
      0x02, 0x40, 0x41, 0x7F, 0x04, 0x7F, 0x41, 0x01, 0x05, 0x41, 0x02, 0x0B, 0x28, 0x02, 0x08, 0x1A, 0x0B, 0x20, 0x00, 0xFC, 0x00, 0x1A,
      0xFC, 0x0D, 0x00, 0x0B,
    ]
    let module = try Module(bytes: ModuleBuilder.around(locals: [(2, .f32)], code))
    #expect(
      ModulePrinter(module: module).body(0) == """
        (local 2 × f32)
        block
          i32.const -1
          if (result i32)
            i32.const 1
          else
            i32.const 2
          end
          i32.load offset=8 align=4
          drop
        end
        local.get 0
        i32.trunc_sat_f32_s
        drop
        elem.drop 0
        end
        """)
  }
}
