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

  /// Whether limits are kept is for release builds; that every step can be done is for every change of what they read and write.
  @Test func everyStepOfTheScaleCheckIsDone() throws {
    let bin = URL(fileURLWithPath: Product.path("harness")).deletingLastPathComponent().path
    let outcome = try script("check-scale", ["--bin", bin, "3", "2", "20", "3"])
    #expect([0, 1].contains(outcome.status) && !outcome.output.contains("ended with"), "\(outcome.output)\(outcome.errors)")
    for step in ["gate, run and file", "history page", "serve /history/wall-time"] { #expect(outcome.output.contains(step)) }
    #expect(try script("check-scale", ["3", "2"]).status == 64)
    #expect(try script("check-scale", ["--bin", "/nowhere"]).status == 69)
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

  /// A check that cannot fail is none: each of these pages has one fault.
  @Test func pagesWithFaultsAreFound() throws {
    defer { scratch.remove() }
    let style =
      "<style>:root{--ink:#1b1f24;--quiet:#59636e;--paper:#ffffff;--panel:#f6f8fa;--good:#1a7f37;--bad:#c62828;--focus:#0969da;--plot-ink:#000000;"
      + "--plot-quiet:#59636e;--plot-process:#0969da;--plot-oci:#b35900;--plot-containerd:#8250df;--plot-tasks:#1a7f5a}"
      + "@media (prefers-color-scheme: dark){:root{--ink:#e6edf3;--quiet:#9198a1;--paper:#0d1117;--panel:#151b23;--good:#3fb950;--bad:#ff7b72;"
      + "--focus:#58a6ff;--plot-ink:#ffffff;--plot-quiet:#9198a1;--plot-process:#58a6ff;--plot-oci:#e3934a;--plot-containerd:#bc8cff;--plot-tasks:#4ac29a}}</style>"
    func page(_ body: String, _ style: String) -> String {
      "<!DOCTYPE html><html lang=\"en\"><head><title>t</title>\(style)</head><body><h1>t</h1>\(body)</body></html>"
    }
    let faults: [(body: String, style: String, complaint: String)] = [
      ("<h3>x</h3>", style, "h3 follows h1"), ("<svg></svg>", style, "no alternative text"),
      ("<img src=\"a.png\">", style, "no alternative text"),
      ("<a href=\"#x\"></a>", style, "a link has no text"), ("<a href=\"https://example.org\">x</a>", style, "leads elsewhere"),
      ("<p id=\"a\"></p><p id=\"a\"></p>", style, "stands twice"), ("<table><tr><th>x</th></tr></table>", style, "scope"),
      ("<div class=\"scroll\"></div>", style, "keyboard"), ("<p onclick=\"x()\">x</p>", style, "handler"),
      ("", style.replacingOccurrences(of: "--quiet:#59636e", with: "--quiet:#aaaaaa"), "light: quiet on paper has a contrast of 2.32 to 1"),
      ("", style.replacingOccurrences(of: "prefers-color-scheme: dark", with: "print"), "no dark theme"),
    ]
    try write("well.html", page("<p>x</p>", style).utf8)
    #expect(try script("check-pages", [scratch.path("well.html")]).status == 0)
    for (index, fault) in faults.enumerated() {
      try write("fault-\(index).html", page(fault.body, fault.style).utf8)
      let outcome = try script("check-pages", [scratch.path("fault-\(index).html")])
      #expect(outcome.status == 1 && outcome.output.contains(fault.complaint), "\(fault.complaint): \(outcome.output)")
    }
    #expect(try script("check-pages", [scratch.path("absent.html")]).status == 65)
    #expect(try script("check-pages", []).status == 64)
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
