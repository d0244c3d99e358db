import Foundation
import TestSupport
import Testing

/// Compiled code from a shell: modes, kept code, compiled files, what is shown of it, and what a fault does.
@Suite("wvm with compiled code")
struct CompiledModeTests {
  private let scratch: Scratch
  init() throws { scratch = try Scratch() }

  private func wvm(_ arguments: String...) throws -> Command.Outcome { try Command(WVMTests.program, arguments).run() }

  private static let guests = ["hello", "crunch", "noop"]

  @Test(arguments: guests, ["auto", "baseline"]) func `guests do in compiled code what they do in the interpreter`(
    guest: String, tier: String
  ) throws {
    defer { scratch.remove() }
    let path = Checkout.guests + "/\(guest).wasm"
    let interpreted = try wvm("run", path)
    for _ in 0..<2 {
      let compiled = try wvm("run", "--mode", "jit", "--tier", tier, "--cache", scratch.path("cache"), path)
      #expect(compiled.output == interpreted.output)
      #expect(compiled.status == interpreted.status)
      #expect(compiled.errors == interpreted.errors)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path("cache")).count { $0.hasSuffix(".code") } == 1)
  }

  @Test func `a compiled file runs, and a damaged one does not`() throws {
    defer { scratch.remove() }
    let file = scratch.path("hello.compiled")
    let made = try wvm("compile", "-o", file, Checkout.guests + "/hello.wasm")
    #expect(made.status == 0 && made.errors.isEmpty, "\(made.errors)")
    // Another process of the same build; a debug build is never known to be the same one.
    let interpreted = try wvm("run", Checkout.guests + "/hello.wasm")
    let run = try wvm("run", file)
    #expect(run.output == interpreted.output || run.errors.contains("was compiled by another build"), "\(run.errors)")

    var bytes = try Data(contentsOf: URL(fileURLWithPath: file))
    for place in [9, 300, 4100, bytes.count - 1] {
      bytes[place] ^= 1
      try bytes.write(to: URL(fileURLWithPath: file))
      let refused = try wvm("run", file)
      #expect(refused.status == 65)
      #expect(refused.errors.hasPrefix("error: ") && refused.errors.filter { $0 == "\n" }.count == 1, "\(refused.errors)")
      bytes[place] ^= 1
    }
    try bytes.dropLast(5000).write(to: URL(fileURLWithPath: file))
    #expect(try wvm("run", file).status == 65)
    try bytes.write(to: URL(fileURLWithPath: file))
    chmod(file, 0o666)
    let refused = try wvm("run", file)
    #expect(refused.status == 65 && refused.errors.contains("others can have written"), "\(refused.errors)")
  }

  @Test func `mistakes in options are one line and 64`() throws {
    defer { scratch.remove() }
    mkdir(scratch.path("open"), 0o700)
    chmod(scratch.path("open"), 0o777)
    let hello = Checkout.guests + "/hello.wasm"
    let mistakes = [
      ["run", "--mode", "jit", "--tier", "magic", hello], ["run", "--profile", "magic", hello],
      ["run", "--mode", "jit", "--cache", scratch.path("open"), hello], ["run", "--mode", "jit", "--cache", "/proc/nothing", hello],
      ["compile", hello], ["compile"], ["compile", "--dump", "asm", hello], ["compile", "--dump", "magic", "--function", "_start", hello],
      ["instantiate"], ["instantiate", "--count", "none", hello], ["wast", "--mode", "magic", "x.json"],
    ]
    for arguments in mistakes {
      let outcome = try Command(WVMTests.program, arguments).run()
      #expect(outcome.status == 64, "\(arguments): \(outcome.errors)")
      #expect(outcome.errors.hasPrefix("error: ") && outcome.errors.filter { $0 == "\n" }.count == 1, "\(arguments): \(outcome.errors)")
    }
    #expect(try wvm("compile", "-o", "/proc/nothing/x", hello).status == 74)
  }

  @Test func `reports and listings name functions`() throws {
    defer { scratch.remove() }
    let crunch = Checkout.guests + "/crunch.wasm"
    let report = try wvm("compile", "--jit-report", crunch)
    #expect(report.status == 0)
    #expect(report.output.contains("_start") && report.output.contains(" of machine code, ") && report.output.contains(" MB/s"))
    let listing = try wvm("compile", "--dump", "asm", "--function", "_start", crunch)
    #expect(listing.status == 0)
    #expect(listing.output.contains("call ") && listing.output.contains(":  "))
    let run = try wvm("run", "--mode", "jit", "--cache", "off", "--tier", "baseline", "--jit-report", crunch)
    #expect(run.errors.contains("(_start): "), "\(run.errors)")
  }

  @Test func `what an instance costs is told`() throws {
    defer { scratch.remove() }
    let outcome = try wvm("instantiate", "--count", "50", "--idle", "20", Checkout.guests + "/hello.wasm")
    #expect(outcome.status == 0 && outcome.output.hasPrefix("50 instances: median "), "\(outcome.output)\(outcome.errors)")
  }

  @Test func `what only the interpreter can do is refused for a compiled file`() throws {
    defer { scratch.remove() }
    let file = scratch.path("hello.compiled")
    #expect(try wvm("compile", "-o", file, Checkout.guests + "/hello.wasm").status == 0)
    for options in [["--fuel", "100"], ["--mode", "interpreter"]] {
      let outcome = try Command(WVMTests.program, ["run"] + options + [file]).run()
      #expect(outcome.status == 64 && outcome.errors.contains("give the module it was made from"), "\(outcome.errors)")
    }
    let itself = try wvm("compile", "-o", file, file)
    #expect(itself.status == 64, "\(itself.errors)")
  }

  /// An endless loop in machine code, for as long as `body` needs it.
  private func withEndlessGuest<Result>(_ body: (Process) throws -> Result) throws -> Result {
    let module = WVMTests.function("_start", [], [], [0x03, 0x40, 0x0C, 0, 0x0B])
    try Data(module).write(to: URL(fileURLWithPath: scratch.path("endless.wasm")))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: WVMTests.program)
    process.arguments = ["run", "--mode", "jit", "--tier", "baseline", "--cache", "off", scratch.path("endless.wasm")]
    process.standardError = FileHandle.nullDevice
    // The run-time library of debug builds has a handler of its own, which expects a fault to come again.
    process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
    try process.run()
    defer {
      if process.isRunning { kill(process.processIdentifier, SIGKILL) }
      process.waitUntilExit()
    }
    let deadline = Date(timeIntervalSinceNow: 30)
    while Date() < deadline, !(try maps(process)).contains(where: { $0.contains("harness-code") && $0.contains("r-xs") }) { usleep(5000) }
    // Into the loop.
    usleep(100_000)
    return try body(process)
  }

  private func maps(_ process: Process) throws -> [Substring] {
    // In one go: what is read in pieces may change in between.
    try Command("/bin/cat", ["/proc/\(process.processIdentifier)/maps"]).run().output.split(separator: "\n")
  }

  @Test func `no page is writable and executable`() throws {
    defer { scratch.remove() }
    try withEndlessGuest { process in
      let lines = try maps(process)
      #expect(lines.contains { $0.contains("harness-code") && $0.contains(" r-xs ") })
      #expect(lines.contains { $0.contains("harness-code") && $0.contains(" rw-s ") })
      #expect(!lines.contains { $0.contains(" rwx") })
    }
  }

  @Test func `a fault that is not the guest's ends the process`() throws {
    defer { scratch.remove() }
    try withEndlessGuest { process in
      kill(process.processIdentifier, SIGSEGV)
      let deadline = Date(timeIntervalSinceNow: 20)
      while process.isRunning, Date() < deadline { usleep(5000) }
      try #require(!process.isRunning)
      #expect(process.terminationReason == .uncaughtSignal)
      #expect(process.terminationStatus == SIGSEGV)
    }
  }
}
