import Foundation
import Glibc
import TestSupport
import Testing
import VM
import WASI

@testable import Hosts

@Suite("Modules with the world they run in")
struct WASICommandTests {
  // MARK: Modules, byte by byte

  private static let header: [UInt8] = [0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00]

  private static func section(_ id: UInt8, _ items: [[UInt8]]) -> [UInt8] {
    let content = [UInt8(items.count)] + items.joined()
    precondition(content.count < 128, "lengths here are of one byte")
    return [id, UInt8(content.count)] + content
  }

  private static func name(_ text: String) -> [UInt8] { [UInt8(text.utf8.count)] + Array(text.utf8) }

  /// What a function of a test module is: its export, its type, its code.
  private struct Function {
    var export: String?
    var parameters: [UInt8] = []
    var results: [UInt8] = []
    var code: [UInt8] = []
  }

  /// A global, which is 0 at first and exported as "g", and functions; imports come before them.
  private static func module(_ functions: [Function], imports: [(String, String)] = [], start: UInt8? = nil) -> [UInt8] {
    let importType = UInt8(functions.count)
    let types = functions.map { [0x60, UInt8($0.parameters.count)] + $0.parameters + [UInt8($0.results.count)] + $0.results }
    var bytes = header + section(1, types + [[0x60, 0, 0]])
    if !imports.isEmpty { bytes += section(2, imports.map { name($0.0) + name($0.1) + [0, importType] }) }
    bytes += section(3, functions.indices.map { [UInt8($0)] })
    bytes += section(6, [[0x7F, 1, 0x41, 0, 0x0B]])
    let exports = functions.enumerated().compactMap { index, function in
      function.export.map { name($0) + [0, UInt8(index + imports.count)] }
    }
    bytes += section(7, exports + [name("g") + [3, 0]])
    if let start { bytes += [8, 1, start] }
    return bytes
      + section(
        10,
        functions.map { function in
          let body = [0] + function.code + [0x0B]
          return [UInt8(body.count)] + body
        })
  }

  private static let i32: [UInt8] = [0x7F]
  private static func const(_ number: UInt8) -> [UInt8] { [0x41, number] }
  private static let setGlobal: [UInt8] = [0x24, 0]
  private static let getGlobal: [UInt8] = [0x23, 0]
  private static let unreachable: [UInt8] = [0x00]

  // MARK: Loading

  private func load(_ module: [UInt8], export: String? = nil, budget: MemoryBudget? = nil) throws -> WASICommand {
    let scratch = try Scratch()
    try Data(module).write(to: URL(fileURLWithPath: scratch.path("m.wasm")))
    return try scratch.path("m.wasm").withCString {
      try WASICommand(path: $0, export: export, configuration: .init(), memoryBudget: budget)
    }
  }

  /// Why a module cannot be run, without the folder it lies in.
  private func refusal(_ module: [UInt8], export: String? = nil, budget: MemoryBudget? = nil) throws -> String {
    do {
      _ = try load(module, export: export, budget: budget)
      return "no refusal"
    } catch let error as WASICommand.Unusable {
      #expect(!error.description.contains("\n"))
      let parts = error.description.split(separator: "/")
      return error.description.hasPrefix("/") ? String(parts.last ?? "") : error.description
    }
  }

  private func status(_ ending: WASICommand.Ending) -> Int32? { if case .exit(let status) = ending { status } else { nil } }
  private func report(_ ending: WASICommand.Ending) -> String { if case .trap(let report) = ending { report } else { "no trap" } }

  // MARK: Running

  @Test func `a command runs from its beginning to its end`() throws {
    #expect(status(try load(Self.module([.init(export: "_start")])).run()) == 0)
    let functions: [Function] = [.init(export: "_start"), .init(export: "other", results: Self.i32, code: Self.const(42))]
    #expect(status(try load(Self.module(functions), export: "other").run()) == 42)
    #expect(status(try load(Self.module(functions), export: "_start").run()) == 0)
  }

  @Test func `the guest's own exit status is its ending`() throws {
    // proc_exit takes a number, so that the import's type is another one.
    var bytes = Self.header
    bytes += Self.section(1, [[0x60, 1, 0x7F, 0], [0x60, 0, 0]])
    bytes += Self.section(2, [Self.name("wasi_snapshot_preview1") + Self.name("proc_exit") + [0, 0]])
    bytes += Self.section(3, [[1]]) + Self.section(7, [Self.name("_start") + [0, 1]])
    bytes += Self.section(10, [[7, 0, 0x41, 7, 0x10, 0, 0x00, 0x0B]])
    #expect(status(try load(bytes).run()) == 7)
  }

  @Test func `a reactor is initialised before its function, a command is not`() throws {
    let functions: [Function] = [
      .init(export: "_initialize", code: Self.const(5) + Self.setGlobal), .init(export: "get", results: Self.i32, code: Self.getGlobal),
      .init(export: "_start"),
    ]
    #expect(status(try load(Self.module(functions), export: "get").run()) == 5)
    #expect(status(try load(Self.module(functions)).run()) == 0)
    #expect(status(try load(Self.module(functions), export: "_initialize").run()) == 0)
    // One that takes something is no initialiser.
    var other = functions
    other[0] = .init(export: "_initialize", parameters: Self.i32, code: Self.const(5) + Self.setGlobal)
    #expect(status(try load(Self.module(other), export: "get").run()) == 0)
  }

  @Test func `nothing of the guest runs before it is told to`() throws {
    let functions: [Function] = [
      .init(export: "get", results: Self.i32, code: Self.getGlobal), .init(code: Self.const(9) + Self.setGlobal),
      .init(code: Self.unreachable),
    ]
    // A start function that traps would show if it ran while the module is loaded.
    let trapping = try load(Self.module(functions, start: 2), export: "get")
    #expect(report(trapping.run()).hasPrefix("trap: unreachable\n"))
    #expect(status(try load(Self.module(functions, start: 1), export: "get").run()) == 9)
  }

  // MARK: Traps

  @Test func `a trap is told with its frames, innermost first`() throws {
    let functions: [Function] = [.init(export: "inner", code: Self.unreachable), .init(export: "_start", code: [0x10, 0])]
    let report = report(try load(Self.module(functions)).run())
    let lines = report.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 4 && lines[0] == "trap: unreachable" && lines[3] == "")
    #expect(lines[1].hasPrefix("  at inner [0] @ 0x") && lines[2].hasPrefix("  at _start [1] @ 0x"), "\(report)")
  }

  @Test func `a deep recursion shows its ends and says what is between`() throws {
    let report = report(try load(Self.module([.init(export: "_start", code: [0x10, 0])])).run())
    #expect(report.hasPrefix("trap: call stack exhausted (limit stack-bytes)\n  at _start [0]"))
    let left = report.split(separator: "\n").filter { $0.hasPrefix("  … ") && $0.hasSuffix(" more") }
    #expect(left.count == 1)
  }

  @Test func `names from a module neither colour the terminal nor forge lines`() throws {
    let evil = "x\n\u{1B}[31m"
    let functions: [Function] = [.init(export: evil, code: Self.unreachable), .init(export: "_start", code: [0x10, 0])]
    let report = report(try load(Self.module(functions)).run())
    #expect(report.contains("  at x\\u{a}\\u{1b}[31m [0]"), "\(report)")
    #expect(!report.contains("\u{1B}") && report.filter { $0 == "\n" }.count == 3)
    #expect(try !refusal(Self.module(functions), export: "nothing\u{202E}").contains("\u{202E}"))
  }

  // MARK: What cannot be run

  @Test func `a function that is not there is named, with those that are`() throws {
    let functions: [Function] = [.init(export: "one"), .init(export: "two", parameters: Self.i32), .init()]
    let module = Self.module(functions)
    #expect(try refusal(module) == "m.wasm: no function _start; name one as FILE#FUNCTION (there are: one, two)")
    #expect(try refusal(module, export: "three") == "m.wasm: no function three; name one as FILE#FUNCTION (there are: one, two)")
    // A global is none.
    #expect(try refusal(module, export: "g").hasPrefix("m.wasm: no function g; "))
    #expect(try refusal(module, export: "").hasPrefix("m.wasm: no function ; "))
  }

  @Test func `a function of another type is no entry point`() throws {
    let functions: [Function] = [
      .init(export: "takes", parameters: Self.i32), .init(export: "long", results: [0x7E], code: [0x42, 0]),
      .init(export: "two", results: [0x7F, 0x7F], code: Self.const(1) + Self.const(2)),
    ]
    let module = Self.module(functions)
    #expect(try refusal(module, export: "takes") == "m.wasm: takes is (i32) -> (); an entry point is () -> () or () -> (i32)")
    #expect(try refusal(module, export: "long") == "m.wasm: long is () -> (i64); an entry point is () -> () or () -> (i32)")
    #expect(try refusal(module, export: "two").contains("two is () -> (i32 i32)"))
  }

  @Test func `an import that guests do not get is named`() throws {
    let module = Self.module([.init(export: "_start")], imports: [("env", "magic\n")])
    let refusal = try refusal(module)
    #expect(refusal.hasPrefix("m.wasm: unknown import: \"env\" \"magic\\u{a}\""), "\(refusal)")
    #expect(refusal.hasSuffix("; guests get wasi_snapshot_preview1 and wasi_unstable"))
    let wrong = try self.refusal(Self.module([.init(export: "_start")], imports: [("wasi_snapshot_preview1", "fd_write")]))
    #expect(wrong.contains("fd_write"), "\(wrong)")
  }

  @Test func `what is no module is told so`() throws {
    // A component begins like a module, with another version and layer.
    #expect(try refusal([0x00, 0x61, 0x73, 0x6D, 0x0D, 0x00, 0x01, 0x00]).hasPrefix("m.wasm: malformed module: unknown binary version"))
    #expect(try refusal(Array("hello".utf8)).hasPrefix("m.wasm: malformed module: "))
    #expect(try refusal(Self.header + [99, 0]).hasPrefix("m.wasm: malformed module: "))
    let invalid = Self.module([.init(export: "_start", results: Self.i32)])
    #expect(try refusal(invalid).hasPrefix("m.wasm: invalid module: "))
    let missing = "/no/such\n.wasm"
    do {
      _ = try missing.withCString { try WASICommand(path: $0, export: nil, configuration: .init(), memoryBudget: nil) }
      Issue.record("a module that is not there")
    } catch let error as WASICommand.Unusable {
      #expect(error.description.contains("/no/such\\u{a}.wasm") && error.description.contains("No such file"), "\(error)")
    }
  }

  @Test func `a memory beyond the guest's limit is told before anything runs`() throws {
    // One memory of two pages.
    let module =
      Self.header + Self.section(1, [[0x60, 0, 0]]) + Self.section(3, [[0]]) + Self.section(5, [[0, 2]])
      + Self.section(7, [Self.name("_start") + [0, 0]]) + Self.section(10, [[2, 0, 0x0B]])
    let refusal = try refusal(module, budget: MemoryBudget { 65536 })
    #expect(refusal == "m.wasm: a linear memory of 131072 bytes is more than the guest may have: raise its memory limit")
    #expect(status(try load(module, budget: MemoryBudget { 131_072 }).run()) == 0)
  }
}
