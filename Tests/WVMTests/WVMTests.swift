import Foundation
import TestSupport
import Testing

/// The executable itself, with modules written out byte by byte and with the built guests.
@Suite("wvm")
struct WVMTests {
  static let program = Product.path("wvm")

  private func wvm(_ arguments: String..., input: String = "") throws -> Command.Outcome {
    try Command(Self.program, arguments).run(input: Data(input.utf8))
  }

  /// Runs with a module in a scratch folder, `MODULE` standing for its path.
  private func wvm(module: [UInt8], _ arguments: String...) throws -> Command.Outcome {
    let scratch = try Scratch()
    defer { scratch.remove() }
    try Data(module).write(to: URL(fileURLWithPath: scratch.path("m.wasm")))
    return try Command(Self.program, arguments.map { $0 == "MODULE" ? scratch.path("m.wasm") : $0 }).run()
  }

  static let header: [UInt8] = [0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00]

  /// One function of a type, exported under a name.
  static func function(_ name: String, _ parameters: [UInt8], _ results: [UInt8], _ code: [UInt8]) -> [UInt8] {
    func section(_ id: UInt8, _ content: [UInt8]) -> [UInt8] { [id, UInt8(content.count)] + content }
    let type = [1, 0x60, UInt8(parameters.count)] + parameters + [UInt8(results.count)] + results
    let body = [0] + code + [0x0B]
    return header + section(1, type) + section(3, [1, 0]) + section(7, [1, UInt8(name.utf8.count)] + Array(name.utf8) + [0, 0])
      + section(10, [1, UInt8(body.count)] + body)
  }

  @Test func `says how it is used`() throws {
    #expect(try wvm("--help").output.contains("Usage: wvm COMMAND"))
    #expect(try wvm("--version").output.hasPrefix("wvm "))
    for command in ["run", "validate", "wast", "witness", "hold", "instantiate"] {
      let outcome = try wvm(command, "--help")
      #expect(outcome.status == 0)
      #expect(outcome.output.contains("Example:\n  wvm \(command) "))
    }
  }

  @Test func `refuses bad usage with 64 and one line`() throws {
    let mistakes = [
      [], ["rnu"], ["run"], ["run", "--dri", "x", "m.wasm"], ["run", "--env", "NOVALUE", "m.wasm"], ["run", "--mode", "magic", "m.wasm"],
      ["run", "--phases-fd", "77", "m.wasm"], ["run", "--phases-fd", "x", "m.wasm"], ["validate"], ["wast"], ["witness"], ["hello.wasm"],
      ["hold"], ["hold", "--instances", "0", "m.wasm"], ["hold", "--instances", "x", "m.wasm"], ["hold", "--mode", "magic", "m.wasm"],
    ]
    for arguments in mistakes {
      let outcome = try Command(Self.program, arguments).run()
      #expect(outcome.status == 64, "\(arguments)")
      #expect(outcome.output == "")
      #expect(outcome.errors.hasPrefix("error: ") && outcome.errors.filter { $0 == "\n" }.count == 1, "\(outcome.errors)")
    }
    #expect(try wvm("run", "--dri", "x").errors.contains("did you mean --dir?"))
    #expect(try wvm("hello.wasm").errors.contains("did you mean wvm run hello.wasm?"))
  }

  @Test(arguments: ["interpreter", "jit"]) func `holds many instances until its input ends`(mode: String) throws {
    let guests = Checkout.top + "/scenarios/guests"
    let held = try wvm("hold", "--instances", "40", "--mode", mode, guests + "/held.wasm", "0", input: "the guests do not see this")
    #expect(held.status == 0 && held.output == String(repeating: "touched 0 MiB\n", count: 40), "\(held.errors)")
    // What the guest's own arguments look like is the guest's business.
    #expect(try wvm("hold", guests + "/echo.wasm", "--instances", "7").output == "--instances\n7\n")
    #expect(try wvm("hold", "--mode", mode, guests + "/held.wasm", "9999").status == 64, "the guest's own exit code")
  }

  @Test func `what cannot be held is told in one line`() throws {
    let unreachable = try wvm(module: Self.function("_start", [], [], [0x00]), "hold", "--instances", "3", "MODULE")
    #expect(unreachable.status == 134 && unreachable.errors.contains("unreachable"), "\(unreachable.errors)")
    let other = try wvm(module: Self.function("run", [], [], []), "hold", "MODULE")
    #expect(other.status == 65 && other.errors.hasSuffix("no function _start of type () -> (): only commands of WASI preview 1 are held\n"))
  }

  @Test func `refuses bad modules with 65 and one line`() throws {
    for module in [[], [1, 2, 3], Self.header + [99, 0], Self.function("_start", [], [0x7F], [])] {
      for command in ["run", "validate"] {
        let outcome = try wvm(module: module, command, "MODULE")
        #expect(outcome.status == 65, "\(module) \(outcome.errors)")
        #expect(outcome.errors.hasPrefix("error: ") && outcome.errors.filter { $0 == "\n" }.count == 1, "\(outcome.errors)")
      }
    }
    for path in ["/no/such.wasm", "/"] { #expect(try wvm("run", path).status == 65) }
    #expect(try wvm("run", "--dir", "/no/such", "/dev/null").status == 65)
  }

  @Test func `accepts valid modules`() throws {
    #expect(try wvm(module: Self.header, "validate", "MODULE").status == 0)
  }

  @Test func `names an import that it does not have, and how to mend it`() throws {
    // (import "env" "f" (func)) and (import "bench" "start" (func))
    let unknown: [UInt8] = Self.header + [1, 4, 1, 0x60, 0, 0, 2, 9, 1, 3, 0x65, 0x6E, 0x76, 1, 0x66, 0, 0]
    let outcome = try wvm(module: unknown, "run", "MODULE")
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("unknown import: \"env\" \"f\""))
    #expect(outcome.errors.contains("wasi_snapshot_preview1"))
    let bench: [UInt8] =
      Self.header + [1, 4, 1, 0x60, 0, 0, 2, 15, 1, 5, 0x62, 0x65, 0x6E, 0x63, 0x68, 5, 0x73, 0x74, 0x61, 0x72, 0x74, 0, 0]
    #expect(try wvm(module: bench, "run", "MODULE").errors.contains("--bench-imports"))
    #expect(try wvm(module: bench, "run", "--bench-imports", "MODULE").errors.contains("no function _start"))
  }

  @Test func `prints the time between the bench imports`() throws {
    // (import "bench" "start" (func)) (import "bench" "end" (func)) (func (export "_start") call 0 call 1)
    let module: [UInt8] =
      Self.header + [
        1, 4, 1, 0x60, 0, 0,  // types
        2, 27, 2, 5, 0x62, 0x65, 0x6E, 0x63, 0x68, 5, 0x73, 0x74, 0x61, 0x72, 0x74, 0, 0, 5, 0x62, 0x65, 0x6E, 0x63, 0x68, 3, 0x65, 0x6E,
        0x64, 0, 0,  // imports
        3, 2, 1, 0, 7, 10, 1, 6, 0x5F, 0x73, 0x74, 0x61, 0x72, 0x74, 0, 2, 10, 8, 1, 6, 0, 0x10, 0, 0x10, 1, 0x0B,
      ]
    let outcome = try wvm(module: module, "run", "--bench-imports", "MODULE")
    #expect(outcome.status == 0)
    #expect(outcome.errors.wholeMatch(of: /bench: [0-9]+ ns\n/) != nil, "\(outcome.errors)")
  }

  @Test func `traps by name with a backtrace and exits 134`() throws {
    let outcome = try wvm(module: Self.function("_start", [], [], [0x00]), "run", "MODULE")
    #expect(outcome.status == 134)
    #expect(outcome.errors.hasPrefix("trap: unreachable\n  at _start [0] @ 0x"), "\(outcome.errors)")
  }

  @Test func `ends a guest that has used up its fuel`() throws {
    let loop = Self.function("_start", [], [], [0x03, 0x40, 0x0C, 0, 0x0B])
    let outcome = try wvm(module: loop, "run", "--fuel", "1000", "MODULE")
    #expect(outcome.status == 134)
    #expect(outcome.errors.hasPrefix("trap: all fuel consumed (limit fuel)\n  at _start [0]"), "\(outcome.errors)")
    let add = Self.function("add", [0x7F, 0x7F], [0x7F], [0x20, 0, 0x20, 1, 0x6A])
    #expect(try wvm(module: add, "run", "--fuel", "3", "--invoke", "add", "MODULE", "2", "3").output == "5\n")
    #expect(try wvm(module: add, "run", "--fuel", "2", "--invoke", "add", "MODULE", "2", "3").status == 134)
    #expect(try wvm(module: add, "run", "--fuel", "all", "MODULE").status == 64)
  }

  @Test func `ends with a line where the module's file is shortened under it`() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    // Opens self.wasm to write it anew, and calls a function for the first time.
    let module: [UInt8] = [
      0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00, 0x01, 0x16, 0x03, 0x60, 0x09, 0x7F, 0x7F, 0x7F, 0x7F, 0x7F, 0x7E, 0x7E, 0x7F, 0x7F,
      0x01, 0x7F, 0x60, 0x01, 0x7F, 0x01, 0x7F, 0x60, 0x00, 0x00, 0x02, 0x24, 0x01, 0x16, 0x77, 0x61, 0x73, 0x69, 0x5F, 0x73, 0x6E, 0x61,
      0x70, 0x73, 0x68, 0x6F, 0x74, 0x5F, 0x70, 0x72, 0x65, 0x76, 0x69, 0x65, 0x77, 0x31, 0x09, 0x70, 0x61, 0x74, 0x68, 0x5F, 0x6F, 0x70,
      0x65, 0x6E, 0x00, 0x00, 0x03, 0x03, 0x02, 0x01, 0x02, 0x05, 0x03, 0x01, 0x00, 0x01, 0x07, 0x13, 0x02, 0x06, 0x6D, 0x65, 0x6D, 0x6F,
      0x72, 0x79, 0x02, 0x00, 0x06, 0x5F, 0x73, 0x74, 0x61, 0x72, 0x74, 0x00, 0x02, 0x0A, 0x25, 0x02, 0x04, 0x00, 0x20, 0x00, 0x0B, 0x1E,
      0x00, 0x41, 0x03, 0x41, 0x00, 0x41, 0x00, 0x41, 0x09, 0x41, 0x08, 0x42, 0xC0, 0x00, 0x42, 0x00, 0x41, 0x00, 0x41, 0xE4, 0x00, 0x10,
      0x00, 0x1A, 0x41, 0x01, 0x10, 0x01, 0x1A, 0x0B, 0x0B, 0x0F, 0x01, 0x00, 0x41, 0x00, 0x0B, 0x09, 0x73, 0x65, 0x6C, 0x66, 0x2E, 0x77,
      0x61, 0x73, 0x6D,
    ]
    try Data(module).write(to: URL(fileURLWithPath: scratch.path("self.wasm")))
    let outcome = try wvm("run", "--dir", scratch.folder, scratch.path("self.wasm"))
    #expect(outcome.status == 65)
    #expect(outcome.errors == "error: the module's file was shortened while it ran: leave it as it is, or run a copy\n")
  }

  @Test func `says so where its output cannot be written`() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    try Data(Self.function("half", [], [0x7F], [0x41, 5])).write(to: URL(fileURLWithPath: scratch.path("m.wasm")))
    for command in ["run --invoke half M", "run --help", "witness M", "witness -o /dev/full M"] {
      let words = command.replacing("M", with: "'\(scratch.path("m.wasm"))'")
      let outcome = try Command("/bin/sh", ["-c", "exec \(Self.program) \(words) >/dev/full"]).run()
      #expect(outcome.status == 74, "\(command)")
      #expect(
        outcome.errors.hasPrefix("error: cannot write ") && outcome.errors.hasSuffix(": No space left on device\n"), "\(outcome.errors)")
    }
  }

  @Test func `bears witness of a module in a script and a line of JSON`() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let half = Self.function("half", [], [0x7C], [0x44, 0, 0, 0, 0, 0, 0, 0xE0, 0x3F])
    try Data(half).write(to: URL(fileURLWithPath: scratch.path("m.wasm")))
    try Data(Self.header + [99]).write(to: URL(fileURLWithPath: scratch.path("bad.wasm")))
    let outcome = try wvm("witness", "-o", scratch.path("m.wast"), scratch.path("m.wasm"))
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(
      outcome.output.hasSuffix(#""calls":1,"traps":{},"exceptions":0,"left-out":{},"uncallable":0,"operators":["end","f64.const"]}"# + "\n")
    )
    let script = try String(contentsOfFile: scratch.path("m.wast"), encoding: .utf8)
    #expect(script.hasSuffix("(assert_return (invoke $instance0 \"half\") (f64.const 0.5))\n"))
    #expect(try wvm("witness", scratch.path("bad.wasm")).output.contains("\"refused\":\"malformed"))
    #expect(try wvm("witness", "-o", "x", "a.wasm", "b.wasm").status == 64)
    #expect(try wvm("witness", "--seed", "x", scratch.path("m.wasm")).status == 64)
    #expect(try wvm("witness", "--operators").output.split(separator: "\n").contains("i31.get_u"))
  }

  @Test func `exits with 0 when the guest returns`() throws {
    let outcome = try wvm(module: Self.function("_start", [], [], []), "run", "MODULE", "--help", "-x")
    #expect(outcome.status == 0)
    #expect(outcome.output + outcome.errors == "")
  }

  @Test func `calls any export and prints its results`() throws {
    let add = Self.function("add", [0x7F, 0x7F], [0x7F], [0x20, 0, 0x20, 1, 0x6A])
    #expect(try wvm(module: add, "run", "--invoke", "add", "MODULE", "2", "-5").output == "-3\n")
    #expect(try wvm(module: add, "run", "--invoke", "add", "MODULE", "0xffffffff", "2").output == "1\n")
    #expect(try wvm(module: add, "run", "--invoke", "add", "MODULE", "2").status == 64)
    #expect(try wvm(module: add, "run", "--invoke", "add", "MODULE", "2", "x").status == 64)
    #expect(try wvm(module: add, "run", "--invoke", "add", "MODULE", "2", "4294967296").status == 64)
    #expect(try wvm(module: add, "run", "--invoke", "sub", "MODULE").errors.contains("there are: add"))
    #expect(try wvm(module: add, "run", "MODULE").errors.contains("no function _start"))
    let double = Self.function("half", [0x7C], [0x7C], [0x20, 0, 0x44, 0, 0, 0, 0, 0, 0, 0xE0, 0x3F, 0xA2])
    #expect(try wvm(module: double, "run", "--invoke", "half", "MODULE", "3").output == "1.5\n")
  }

  @Test func `takes the least and the greatest of every integer type`() throws {
    for (type, least, greatest) in [(UInt8(0x7F), "\(Int32.min)", "\(UInt32.max)"), (0x7E, "\(Int64.min)", "\(UInt64.max)")] {
      let same = Self.function("same", [type], [type], [0x20, 0])
      #expect(try wvm(module: same, "run", "--invoke", "same", "MODULE", least).output == least + "\n")
      #expect(try wvm(module: same, "run", "--invoke", "same", "MODULE", "-1").output == "-1\n")
      #expect(try wvm(module: same, "run", "--invoke", "same", "MODULE", "-0x1").output == "-1\n")
      #expect(try wvm(module: same, "run", "--invoke", "same", "MODULE", greatest).output == "-1\n")
      #expect(try wvm(module: same, "run", "--invoke", "same", "MODULE", "\(least)0").status == 64)
    }
    let vector = Self.function("same", [0x7B], [0x7B], [0x20, 0])
    let digits = "0x000102030405060708090a0b0c0d0e0f"
    #expect(try wvm(module: vector, "run", "--invoke", "same", "MODULE", digits).output == digits + "\n")
    #expect(try wvm(module: vector, "run", "--invoke", "same", "MODULE", "0x1").status == 64)
    let reference = Self.function("same", [0x6F], [0x6F], [0x20, 0])
    #expect(try wvm(module: reference, "run", "--invoke", "same", "MODULE", "\(UInt64.max)").status == 64)
  }

  @Test func `names from a module neither colour the terminal nor forge lines`() throws {
    let name = "\u{1B}[31mred\nerror: forged\u{202E}"
    let trap = try wvm(module: Self.function(name, [], [], [0x00]), "run", "--invoke", name, "MODULE")
    let missing = try wvm(module: Self.function(name, [], [], []), "run", "MODULE")
    for outcome in [trap, missing] {
      #expect(outcome.errors.contains("\\u{1b}[31mred\\u{a}error: forged\\u{202e}"), "\(outcome.errors)")
      #expect(!outcome.errors.contains("\u{1B}") && !outcome.errors.contains("\u{202E}"))
    }
    #expect(missing.errors.filter { $0 == "\n" }.count == 1)
  }

  @Test func `a bracket that was never opened has no time`() throws {
    let module: [UInt8] =
      Self.header + [
        1, 4, 1, 0x60, 0, 0,  // type
        2, 13, 1, 5, 0x62, 0x65, 0x6E, 0x63, 0x68, 3, 0x65, 0x6E, 0x64, 0, 0,  // bench.end
        3, 2, 1, 0, 7, 10, 1, 6, 0x5F, 0x73, 0x74, 0x61, 0x72, 0x74, 0, 1, 10, 6, 1, 4, 0, 0x10, 0, 0x0B,
      ]
    let outcome = try wvm(module: module, "run", "--bench-imports", "MODULE")
    #expect(outcome.errors == "bench: bench.end without bench.start\n")
  }

  @Test func `a script without commands is no success`() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    try Data("{\"source_filename\":\"t.wast\",\"commands\":[]}".utf8).write(to: URL(fileURLWithPath: scratch.path("t.json")))
    let outcome = try wvm("wast", scratch.path("t.json"))
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("holds no commands"))
  }

  @Test func `a script in which nothing passes is no success`() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    try Data(Self.header).write(to: URL(fileURLWithPath: scratch.path("m.wasm")))
    let commands = [
      #"{"type":"frob","line":1}"#: "0 passed, 0 failed, 1 skipped\n",
      #"{"type":"module","line":1,"filename":"m.wasm"}"#: "0 passed, 0 failed, 0 skipped\n",
    ]
    for (command, output) in commands {
      try Data("{\"commands\":[\(command)]}".utf8).write(to: URL(fileURLWithPath: scratch.path("t.json")))
      let outcome = try wvm("wast", scratch.path("t.json"))
      #expect(outcome.status == 77)
      #expect(outcome.output == output)
      #expect(outcome.errors.hasPrefix("error: no assertion passed or failed, so nothing was tested: "), "\(outcome.errors)")
      #expect(outcome.errors.filter { $0 == "\n" }.count == 1)
    }
  }

  @Test(.timeLimit(.minutes(1))) func `refuses what may have no end or never begin`() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    try #require(mkfifo(scratch.path("pipe"), 0o600) == 0)
    for path in ["/dev/zero", scratch.path("pipe")] {
      for command in ["run", "validate"] {
        let outcome = try Command(Self.program, [command, path]).run(limit: 10)
        #expect(outcome.status == 65, "\(command) \(path)")
        #expect(outcome.errors == "error: \(path) is no regular file; a stream can be given as /dev/stdin\n")
      }
    }
    try Data(Self.function("_start", [], [], [])).write(to: URL(fileURLWithPath: scratch.path("m.wasm")))
    let piped = try Command("/bin/sh", ["-c", "cat \"$1\" | \"$0\" run /dev/stdin", Self.program, scratch.path("m.wasm")]).run()
    #expect(piped.status == 0, "\(piped.errors)")
  }

  @Test func `paths are bytes`() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    try Data(Self.function("_start", [], [], [])).write(to: URL(fileURLWithPath: scratch.path("m.wasm")))
    // The shell makes the name that is no UTF-8 and removes it again: Foundation's paths are text.
    let script = #"""
      cd "$1" && d=$(printf 'd\377') && mkdir "$d" && cp m.wasm "$d" || exit 99
      "$0" run --dir "$d" --dir="$d::$d" "$d/m.wasm" && "$0" run "$d/m.wasm" && "$0" validate "$d/m.wasm"
      code=$?; rm -r "$d"; exit $code
      """#
    let outcome = try Command("/bin/sh", ["-c", script, Self.program, scratch.folder]).run()
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  @Test func `says when _start has another type`() throws {
    let outcome = try wvm(module: Self.function("_start", [0x7F], [], []), "run", "MODULE")
    #expect(outcome.status == 65)
    #expect(outcome.errors.hasSuffix("_start is (i32) -> (), but a command's is () -> (); --invoke _start calls it with ARGS\n"))
  }

  @Test func `writes times and counts to one descriptor`() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    try Data(Self.function("_start", [], [], [])).write(to: URL(fileURLWithPath: scratch.path("m.wasm")))
    let outcome = try wvm("run", "--counts-fd", "2", "--phases-fd=2", scratch.path("m.wasm"))
    let lines = outcome.errors.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines.first?.contains("\"translate\":") == true && lines.last?.contains("\"guest-instructions\":") == true, "\(lines)")
  }

  @Test func `writes where the time went`() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    try Data(Self.function("_start", [], [], [])).write(to: URL(fileURLWithPath: scratch.path("m.wasm")))
    let outcome = try Command("/bin/sh", ["-c", "exec \"$0\" run --phases-fd 5 \"$1\" 5>&1", Self.program, scratch.path("m.wasm")]).run()
    #expect(outcome.status == 0)
    let phases = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Int])
    #expect(Set(phases.keys) == ["start", "read", "decode", "instantiate", "translate", "run", "exit"])
    #expect(phases.values.allSatisfy { $0 >= 0 && $0 < 10_000_000_000 })
  }

  @Test func `writes how long the collector kept the guest waiting`() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    // Two thousand arrays of 200,000 bytes, each garbage at once.
    let module: [UInt8] = [
      0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00, 0x01, 0x07, 0x02, 0x60, 0x00, 0x00, 0x5E, 0x78, 0x01, 0x03, 0x02, 0x01, 0x00, 0x07,
      0x0A, 0x01, 0x06, 0x5F, 0x73, 0x74, 0x61, 0x72, 0x74, 0x00, 0x00, 0x0A, 0x1E, 0x01, 0x1C, 0x01, 0x01, 0x7F, 0x03, 0x40, 0x41, 0xC0,
      0x9A, 0x0C, 0xFB, 0x07, 0x01, 0x1A, 0x20, 0x00, 0x41, 0x01, 0x6A, 0x22, 0x00, 0x41, 0xD0, 0x0F, 0x49, 0x0D, 0x00, 0x0B, 0x0B,
    ]
    try Data(module).write(to: URL(fileURLWithPath: scratch.path("m.wasm")))
    let outcome = try wvm("run", "--limit", "heap-bytes=100000000", "--phases-fd", "2", scratch.path("m.wasm"))
    #expect(outcome.status == 0, "\(outcome.errors)")
    let phases = try #require(try JSONSerialization.jsonObject(with: Data(outcome.errors.utf8)) as? [String: Int])
    #expect(try #require(phases["collect"]) > 0)
    #expect(phases.count == 8)
  }

  /// What a guest should print (scenarios/guests).
  private func expected(_ guest: String) throws -> String {
    try String(contentsOfFile: "\(Checkout.guests)/\(guest).expected", encoding: .utf8)
  }

  @Test func `runs guests with arguments, input and folders`() throws {
    #expect(try wvm("run", Checkout.guests + "/hello.wasm").output == expected("hello"))
    let echo = try wvm("run", Checkout.guests + "/echo.wasm", "one", "two words", input: "line\n")
    #expect(echo.status == 0)
    #expect(echo.output.contains("two words"))
    let scratch = try Scratch()
    defer { scratch.remove() }
    let files = try wvm("run", "--dir", scratch.folder + "::/", Checkout.guests + "/files.wasm", "/", "50")
    #expect(files.status == 0, "\(files.errors)")
    #expect(try files.output == expected("files"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.folder) == [])
    // Without a folder there is nothing to work in.
    #expect(try wvm("run", Checkout.guests + "/files.wasm").status != 0)
  }

  @Test func `follows absolute links in a folder called /`() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    try FileManager.default.createDirectory(atPath: scratch.path("inner"), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: scratch.path("link"), withDestinationPath: "/inner")
    let root = try wvm("run", "--dir", scratch.folder + "::/", Checkout.guests + "/files.wasm", "/link", "50")
    #expect(root.status == 0, "\(root.errors)")
    #expect(try root.output == expected("files"))
    let other = try wvm("run", "--dir", scratch.folder + "::/other", Checkout.guests + "/files.wasm", "/other/link", "50")
    #expect(other.status == 1 && other.errors.contains("Operation not permitted"), "\(other.errors)")
  }

  @Test func `runs converted scripts and counts`() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    try Data(Self.function("one", [], [0x7F], [0x41, 1])).write(to: URL(fileURLWithPath: scratch.path("m.wasm")))
    func script(_ value: Int) throws -> String {
      let text = """
        {"source_filename":"t.wast","commands":[{"type":"module","line":1,"filename":"m.wasm","module_type":"binary"},
        {"type":"assert_return","line":2,"action":{"type":"invoke","field":"one","args":[]},"expected":[{"type":"i32","value":"\(value)"}]},
        {"type":"assert_malformed","line":3,"filename":"x.wat","module_type":"text","text":"x"}]}
        """
      try Data(text.utf8).write(to: URL(fileURLWithPath: scratch.path("t.json")))
      return scratch.path("t.json")
    }
    let good = try wvm("wast", "--junit", scratch.path("report.xml"), try script(1))
    #expect(good.status == 0)
    #expect(good.output == "1 passed, 0 failed, 1 skipped\n")
    #expect(FileManager.default.fileExists(atPath: scratch.path("report.xml")))
    let bad = try wvm("wast", "--verbose", try script(2))
    #expect(bad.status == 1)
    #expect(
      bad.output == """
        t.wast:2: failed: one: expected i32 2, got i32 1
        t.wast:3: skipped: quoted text
        t.wast: 0 passed, 1 failed, 1 skipped
        0 passed, 1 failed, 1 skipped

        """)
    #expect(try wvm("wast", "/no/such.json").status == 65)
  }
}
