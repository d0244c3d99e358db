import Foundation
import TestSupport
import Testing

@Suite("Guest programs")
struct GuestTests {
  @Test func `have a right answer each, beside their source and module`() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Checkout.guests)
    let programs = files.filter { $0.hasSuffix(".c") }.map { String($0.dropLast(2)) }
    #expect(!programs.isEmpty)
    for program in programs {
      #expect(files.contains(program + ".wasm"))
      #expect(files.contains(program + ".expected"))
    }
    #expect(GuestCase.all.count == files.filter { $0.hasSuffix(".expected") }.count)
  }

  @Test(.enabled(if: Command.find("cc") != nil, "no C compiler"))
  func `built natively now answer as expected`() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let build = try Command(Checkout.guestBuilder, ["native", scratch.path("native")]).run()
    try #require(build.status == 0, "\(build.errors)")
    for guest in GuestCase.all {
      let outcome = try Command(scratch.path("native/" + guest.program), guest.arguments, in: scratch.folder).run(input: guest.input)
      #expect(outcome.status == 0, "\(guest): \(outcome.errors)")
      #expect(outcome.output == guest.expected, "\(guest)")
    }
  }

  @Test(
    .enabled(if: Command.find("clang-14") != nil, "no clang-14"), .enabled(if: !WasmEngine.available.isEmpty, "no WebAssembly engine"))
  func `built for wasm now answer as the modules in version control do`() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let build = try Command(Checkout.guestBuilder, ["wasm", scratch.path("wasm")]).run()
    try #require(build.status == 0, "\(build.errors)")
    for (engine, guest) in WasmEngine.pairs {
      try check(guest, on: engine, module: scratch.path("wasm/\(guest.program).wasm"), in: scratch)
    }
  }

  @Test(.enabled(if: !WasmEngine.available.isEmpty, "no WebAssembly engine"), arguments: WasmEngine.pairs)
  func `in version control answer as expected`(engine: WasmEngine, guest: GuestCase) throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    try check(guest, on: engine, module: "\(Checkout.guests)/\(guest.program).wasm", in: scratch)
  }

  @Test(.enabled(if: WasmEngine.obstacleToFiles == nil, "\(WasmEngine.obstacleToFiles ?? "")"))
  func `in version control answer as expected, files in wasmkit too`() throws {
    let scratch = try Scratch()
    let engine = try #require(WasmEngine.available.first { $0.name == "wasmkit" })
    try check(GuestCase("files"), on: engine, module: "\(Checkout.guests)/files.wasm", in: scratch)
  }

  private func check(_ guest: GuestCase, on engine: WasmEngine, module: String, in scratch: Scratch) throws {
    let outcome = try engine.command(module: module, arguments: guest.arguments, folder: scratch.folder).run(input: guest.input)
    #expect(outcome.status == 0, "\(guest) on \(engine): \(outcome.errors)")
    #expect(outcome.output == guest.expected, "\(guest) on \(engine)")
  }

  @Test(
    .enabled(if: Command.find("cc") != nil, "no C compiler"),
    arguments: [["crunch", "x"], ["churn", "-1"], ["files", ".", "1.5"], ["nap", "x"]])
  func `refuse arguments that are no numbers with their usage and exit code 64`(words: [String]) throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let build = try Command(Checkout.guestBuilder, ["native", scratch.path("native")]).run()
    try #require(build.status == 0, "\(build.errors)")
    let outcome = try Command(scratch.path("native/" + words[0]), Array(words.dropFirst()), in: scratch.folder).run()
    #expect(outcome.status == 64)
    #expect(outcome.errors.hasPrefix("usage: \(words[0])"))
  }
}
