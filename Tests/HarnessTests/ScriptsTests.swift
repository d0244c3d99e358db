import Foundation
import TestSupport
import Testing

/// The scripts that fuzz and that make guests, where they are given what cannot work.
@Suite struct ScriptsTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func script(_ name: String, _ arguments: [String]) throws -> Command.Outcome {
    try Command("\(Checkout.top)/scripts/\(name)", arguments).run(limit: 60)
  }

  private func write(_ name: String, _ bytes: some Sequence<UInt8>, mode: Int = 0o644) throws {
    let path = scratch.path(name)
    try FileManager.default.createDirectory(
      atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
  }

  @Test(arguments: ["fuzz-mutate", "fuzz-differential"])
  func optionsThatCannotWorkAreOneLine(name: String) throws {
    let cases: [([String], Int32, String)] = [
      (["--jobs", "0"], 64, "--jobs 0: must be at least 1"), (["--jobs", "x"], 64, "argument --jobs"),
      (["--wvm", "/tmp"], 69, "--wvm /tmp: no executable file"), (["--wvm", "/bin/true"], 69, "--wvm /bin/true: is no wvm"),
      (["--wvm", "/nowhere/wvm"], 69, "no /nowhere/wvm; run scripts/build-release"),
    ]
    for (arguments, status, text) in cases {
      let outcome = try script(name, arguments)
      #expect(outcome.status == status, "\(arguments): \(outcome.errors)")
      #expect(outcome.errors.hasPrefix("error: \(text)") && outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
    }
  }

  /// In a checkout of its own, where what failed is kept.
  @Test func aBatchThatEndsEarlyIsAFailure() throws {
    defer { scratch.remove() }
    try FileManager.default.createDirectory(atPath: scratch.path("scripts"), withIntermediateDirectories: true)
    for part in ["scripts/fuzz-mutate", "scripts/fuzzing.py"] {
      try FileManager.default.copyItem(atPath: "\(Checkout.top)/\(part)", toPath: scratch.path(part))
    }
    try write("scenarios/guests/noop.wasm", Data(contentsOf: URL(fileURLWithPath: "\(Checkout.top)/scenarios/guests/noop.wasm")))
    let silent = "#!/bin/sh\n[ \"$1\" = --version ] && echo wvm 0 && exit\necho '{\"refused\":\"no\"}'\n"
    try write("wvm", silent.utf8, mode: 0o755)
    let outcome = try Command(
      scratch.path("scripts/fuzz-mutate"), ["--wvm", scratch.path("wvm"), "--modules", "5", "--originals", "0", "--jobs", "1"]
    ).run()
    #expect(outcome.status == 1, "\(outcome.output)\(outcome.errors)")
    #expect(
      outcome.output.contains("1-0-1.wasm: wvm ended before the end of its batch: told of 1 modules, was given 5"), "\(outcome.output)")
    // One is told of, the next is to blame: so go the first four, and the last is told of alone.
    #expect(outcome.output.contains("5 tried, 3 refused") && outcome.output.contains("2 crashed, hung or ended early"), "\(outcome.output)")
  }

  @Test func guestsThatAreNotThereAreNamed() throws {
    defer { scratch.remove() }
    try write("checkout/benchmarks/bz2/benchmark.wasm", "\0asm".utf8)
    let outcome = try script("sightglass-guests", [scratch.path("checkout"), scratch.path("guests"), "typo"])
    #expect(outcome.status == 64)
    #expect(outcome.errors == "error: \(scratch.path("checkout/benchmarks")) has no typo; it has bz2\n")
    #expect(!FileManager.default.fileExists(atPath: scratch.path("guests")))
  }

  @Test(.enabled(if: Self.hasTools, "no wasm-tools to print modules"))
  func aModuleWithNothingInItIsAGuest() throws {
    defer { scratch.remove() }
    try write("checkout/benchmarks/empty/benchmark.wasm", "\0asm\u{1}\0\0\0".utf8)
    let made = try script("sightglass-guests", [scratch.path("checkout"), scratch.path("guests")])
    #expect(made.status == 0 && made.output == "1 guests in \(scratch.path("guests"))\n", "\(made.output)\(made.errors)")
    try write("checkout/benchmarks/empty/benchmark.wasm", "no module".utf8)
    let none = try script("sightglass-guests", [scratch.path("checkout"), scratch.path("guests")])
    #expect(none.status == 65 && none.errors.hasPrefix("error: no guest was made"), "\(none.output)\(none.errors)")
  }

  private static let hasTools =
    Command.find("wasm-tools") != nil || FileManager.default.fileExists(atPath: "\(Checkout.top)/.build/tools/bin/wasm-tools")
}
