import Foundation
import Observations
import TestSupport
import Testing

@testable import Coordinator

/// `harness conformance` as a script meets it, on suites made of our own guests: they are there without a network.
@Suite struct ConformanceCommandTests {
  private let scratch: Scratch

  init() throws {
    scratch = try Scratch()
    for (name, manifest) in [
      ("hello", #"{"stdout":"Hello"}"#), ("echo", #"{"operations":[{"type":"run","args":["two","words"]},{"type":"wait"}]}"#),
      ("noop", #"{"exit_code":0}"#), ("files", #"{"root":"dir","args":["/"],"exit_code":0}"#),
      ("served", #"{"servers":[{"name":"a"}],"operations":[{"type":"run"},{"type":"wait"}]}"#),
    ] {
      let module = name == "served" ? "noop" : name
      try FileManager.default.createDirectory(atPath: scratch.path("wasi"), withIntermediateDirectories: true)
      try FileManager.default.copyItem(atPath: "\(Checkout.top)/scenarios/guests/\(module).wasm", toPath: scratch.path("wasi/\(name).wasm"))
      try write("wasi/\(name).json", manifest)
    }
    try write("wasi/manifest.json", #"{"name":"Our tests","version":"wasm32-wasip1"}"#)
    try FileManager.default.createDirectory(atPath: scratch.path("wasi/dir"), withIntermediateDirectories: true)
    try write("wasi/dir/stale.cleanup", "left behind")
  }

  @discardableResult
  private func write(_ name: String, _ text: String) throws -> String {
    try Data(text.utf8).write(to: URL(fileURLWithPath: scratch.path(name)))
    return scratch.path(name)
  }

  private func harness(_ arguments: String..., variables: [String] = []) throws -> Command.Outcome {
    try Command(
      "/usr/bin/env", ["-u", "HARNESS_WASI_SUITE", "-u", "HARNESS_SPEC_SUITE"] + variables + [Product.path("harness")] + arguments,
      in: Checkout.top
    ).run(limit: 120)
  }

  private func wasi(_ more: String...) throws -> Command.Outcome {
    try Command(
      Product.path("harness"),
      ["conformance", "wasi", "--suite", scratch.path("wasi"), "--runtimes", "interpreter", "--results", scratch.path("results")] + more,
      in: Checkout.top
    ).run(limit: 120)
  }

  private func document(_ path: String) throws -> [String: Any] {
    let json = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: path))) as? [String: Any]
    return try #require((json?["results"] as? [[String: Any]])?.first)
  }

  @Test func ourOwnGuestsPassAsASuite() throws {
    defer { scratch.remove() }
    let outcome = try wasi(
      "--json", scratch.path("wasi.json"), "--junit", scratch.path("wasi.xml"), "--csv", scratch.path("wasi.csv"), "--markdown",
      scratch.path("wasi.md"), "--html", scratch.path("page"))
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.errors.contains("wrote \(scratch.path("page"))/index.html"), "\(outcome.errors)")
    let page = try String(contentsOfFile: scratch.path("page/index.html"), encoding: .utf8)
    #expect(page.contains("interpreter passed every assertion that was tried.") && page.contains("id=\"matrix\""))
    let check = try Command("\(Checkout.top)/scripts/check-pages", [scratch.path("page/index.html")]).run()
    #expect(check.status == 0, "\(check.output)\(check.errors)")
    #expect(try String(contentsOfFile: scratch.path("wasi.csv"), encoding: .utf8).split(separator: "\n").count == 6)
    #expect(try String(contentsOfFile: scratch.path("wasi.md"), encoding: .utf8).hasPrefix("interpreter passed every assertion"))
    let suite = try document(scratch.path("wasi.json"))
    #expect(["passed", "failed", "skipped"].map { suite[$0] as? Int } == [4, 0, 1], "\(outcome.output)")
    #expect(suite["name"] as? String == "Our tests")
    #expect(outcome.output.contains("needs a server, to which preview 1 cannot connect"))
    let junit = try String(contentsOfFile: scratch.path("wasi.xml"), encoding: .utf8)
    #expect(junit.contains("tests=\"5\" failures=\"0\" errors=\"0\" skipped=\"1\""), "\(junit)")
    #expect(
      try String(contentsOfFile: scratch.path("wasi/dir/stale.cleanup"), encoding: .utf8) == "left behind", "the suite is not written to")
    let stored = try Store.forReading(scratch.path("results/harness.sqlite"))
    let results = try stored.results(of: stored.identifier(matching: "latest"))
    #expect(results.assertions?.count == 4)
    #expect(results.assertions?.allSatisfy { $0.assertions.map(\.outcome) == [.pass] } == true)
    let printed = try wasi("hello", "--csv", "-")
    #expect(printed.output.hasPrefix("suite,proposal,test,") && printed.output.split(separator: "\n").count == 2, "\(printed.output)")
    let both = try wasi("--csv", "-", "--json", "-")
    #expect(both.status == 64 && both.errors.contains("standard output takes one of --json -, "), "\(both.errors)")
  }

  @Test func aWrongAnswerFailsUnlessItIsKnownAndAKnownFailureThatPassesFailsToo() throws {
    defer { scratch.remove() }
    try write("wasi/hello.json", #"{"stdout":"good bye"}"#)
    #expect(try wasi().status == 1)
    let known = try write(
      "known.toml", "version = 1\n[[suite]]\nname = \"Our tests\"\n[[suite.test]]\nname = \"hello\"\nexpected = \"fail\"\n")
    let expected = try wasi("--expectations", known)
    #expect(expected.status == 0, "\(expected.output)\(expected.errors)")
    #expect(expected.output.contains("1 failed as is known"))
    try write("wasi/hello.json", #"{"stdout":"Hello"}"#)
    let surprise = try wasi("--expectations", "interpreter=" + known)
    #expect(surprise.status == 1)
    #expect(surprise.output.contains("Our tests/hello in interpreter: passed, but is marked as a known failure"), "\(surprise.output)")
    let skipped = try write("skipped.toml", "[[suite]]\nname = \"Our tests\"\n[[suite.test]]\nname = \"hello\"\naction = \"skip\"\n")
    let without = try wasi("--expectations", skipped)
    #expect(without.status == 0 && without.output.contains("interpreter: the expectations file says so"), "\(without.output)")
  }

  @Test func aGateFailsWhereAnAssertionThatPassedFails() throws {
    defer { scratch.remove() }
    #expect(try wasi("hello", "noop").status == 0)
    try write("wasi/hello.json", #"{"stdout":"good bye"}"#)
    let known = try write("known.toml", "[[suite]]\nname = \"Our tests\"\n[[suite.test]]\nname = \"hello\"\nexpected = \"fail\"\n")
    #expect(try wasi("hello", "noop", "--expectations", known).status == 0, "the failure is known")
    let store = try Store.forReading(scratch.path("results/harness.sqlite"))
    let runs = try store.runs().map(\.id)
    let gate = try harness("gate", "--baseline", runs[1], "--candidate", runs[0], "--results", scratch.path("results"))
    #expect(gate.status == 1, "\(gate.output)\(gate.errors)")
    #expect(gate.output.contains("FAIL: 1 assertion that the baseline passed"), "\(gate.output)")
    let same = try harness("gate", "--baseline", runs[0], "--candidate", runs[0], "--results", scratch.path("results"))
    #expect(same.status == 0, "\(same.output)\(same.errors)")
    let file = scratch.path("run.json")
    #expect(try harness("export", runs[1], "-o", file, "--results", scratch.path("results")).status == 0)
    #expect(try harness("gate", "--baseline", file, "--candidate", runs[0], "--results", scratch.path("results")).status == 1)
    let report = try harness("report", runs[1], "--junit", "-", "--results", scratch.path("results"))
    #expect(report.status == 0 && report.output.contains("<testsuites>"), "\(report.errors)")
  }

  @Test func aSuiteThatIsNotHereIsMissingAndNothingPasses() throws {
    defer { scratch.remove() }
    let cache = ["XDG_CACHE_HOME=" + scratch.path("cache")]
    // Nobody listens on the discard port.
    let wasi = try harness(
      "conformance", "wasi", "--from", "http://127.0.0.1:9/", "--runtimes", "interpreter", "--results", scratch.path("results"),
      variables: cache)
    #expect(wasi.status == 69, "\(wasi.errors)")
    #expect(wasi.output.isEmpty && wasi.errors.contains("nothing was tested"), "\(wasi.errors)")
    let spec = try harness("conformance", "spec", "--runtimes", "interpreter", "--results", scratch.path("results"), variables: cache)
    #expect(spec.status == 69 && spec.errors.contains("give a clone of WebAssembly/testsuite"), "\(spec.errors)")
    let nowhere = try harness("conformance", "wasi", "--suite", scratch.path("nowhere"), "--runtimes", "interpreter")
    #expect(nowhere.status == 69 && nowhere.errors.split(separator: "\n").count == 1, "\(nowhere.errors)")
  }

  @Test func badInputIsOneLine() throws {
    defer { scratch.remove() }
    try write("wasi/hello.json", #"{"stdou":"hello"}"#)
    let manifest = try wasi()
    #expect(manifest.status == 65)
    #expect(manifest.errors == "error: \(scratch.path("wasi/hello.json")): unknown member \"stdou\" (did you mean stdout?)\n")
    try write("wasi/hello.json", "{}")
    let name = try wasi("helo")
    #expect(name.status == 64 && name.errors == "error: the suite has no test \"helo\" (did you mean hello?)\n", "\(name.errors)")
    let file = try write("bad.toml", "[[suite]]\nname = \"Our tests\"\n[[suite.test]]\nname = \"helo\"\nexpected = \"fail\"\n")
    let expectations = try wasi("--expectations", file)
    #expect(expectations.status == 65 && expectations.errors.contains("there is no test \"helo\""), "\(expectations.errors)")
  }

  @Test(
    .enabled(if: Self.canConvert, "no wasm-tools to convert scripts"))
  func scriptsAreToldAssertionByAssertion() throws {
    defer { scratch.remove() }
    let text = """
      (module (func (export "seven") (result i32) (i32.const 7)))
      (assert_return (invoke "seven") (i32.const 7))
      (assert_return (invoke "seven") (i32.const 8))
      (assert_malformed (module quote "(func") "unexpected token")
      """
    try writeSuite("seven", text)
    let failed = try spec()
    #expect(failed.status == 1, "\(failed.output)\(failed.errors)")
    #expect(
      failed.output.contains("core/seven in interpreter: line 3, assert_return: seven: expected i32 8, got i32 7"), "\(failed.output)")
    #expect(failed.output.contains("4 passed, 1 failed, 1 skipped"), "\(failed.output)")
    let known = try write("known.toml", "[[suite]]\nname = \"core\"\n[[suite.test]]\nname = \"seven:3\"\nexpected = \"fail\"\n")
    #expect(try spec("--expectations", known).status == 0)
    try write("spec/seven.wast", text.replacing("i32.const 8", with: "i32.const 7"))
    #expect(try spec("--expectations", known).status == 1)
  }

  @Test(
    .enabled(if: Self.canConvert, "no wasm-tools to convert scripts"))
  func aScriptThatCannotBeConvertedFailsUnlessThatIsKnown() throws {
    defer { scratch.remove() }
    try writeSuite("broken", "(module\n")
    // Two scripts of the same words are two scripts.
    for name in ["good", "same"] { try write("spec/\(name).wast", "(module (func (export \"f\")))\n(assert_return (invoke \"f\"))\n") }
    let why = "core/broken in interpreter: \(scratch.path("spec/broken.wast")) cannot be converted: wasm-tools: error: "
    for (names, passed) in [(["broken", "good", "same"], "2"), (["broken"], "0")] {
      let outcome = try spec(names + ["--junit", scratch.path("spec.xml"), "--json", scratch.path("spec.json")])
      #expect(outcome.status == 1, "\(outcome.output)\(outcome.errors)")
      #expect(outcome.output.contains("\(passed) passed, 1 failed."), "\(outcome.output)")
      #expect(outcome.output.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains(why), "\(outcome.output)")
      #expect(try String(contentsOfFile: scratch.path("spec.xml"), encoding: .utf8).contains("failures=\"1\" errors=\"0\" skipped=\"0\""))
      let suite = try document(scratch.path("spec.json"))
      #expect(["failed", "skipped"].map { suite[$0] as? Int } == [1, 0])
    }
    let known = try write("known.toml", "[[suite]]\nname = \"core\"\n[[suite.test]]\nname = \"broken\"\nexpected = \"fail\"\n")
    let expected = try spec(["broken", "good", "--expectations", known])
    #expect(expected.status == 0 && expected.output.contains("1 failed as is known"), "\(expected.output)\(expected.errors)")
  }

  @Test(
    .enabled(if: Self.canConvert, "no wasm-tools to convert scripts"))
  func aRuntimeWithoutScriptsAndASuiteThatIsNotThereAreTold() throws {
    defer { scratch.remove() }
    try writeSuite("good", "(module (func (export \"f\")))\n(assert_return (invoke \"f\"))\n")
    // The runtime of native programs needs nothing installed.
    let why = "native is left out: it has no command for scripts"
    let file = try write("known.toml", "[[suite]]\nname = \"cor\"\n")
    let outcome = try spec(["good", "--expectations", file], runtimes: "interpreter,native")
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.errors.contains("note: " + why), "\(outcome.errors)")
    #expect(outcome.errors.contains("note: \(file):2:1: there is no suite \"cor\" here"), "\(outcome.errors)")
    let alone = try spec(["good"], runtimes: "native")
    #expect(alone.status == 4 && alone.errors.contains("error: " + why), "\(alone.errors)")
  }

  /// A copy of the specification's suite with one script in its core.
  private func writeSuite(_ name: String, _ text: String) throws {
    for proposal in ["threads", "custom-page-sizes", "wide-arithmetic"] {
      try FileManager.default.createDirectory(atPath: scratch.path("spec/proposals/\(proposal)"), withIntermediateDirectories: true)
      try write("spec/proposals/\(proposal)/empty.wast", "(module (func (export \"f\")))\n(assert_return (invoke \"f\"))\n")
    }
    try write("spec/\(name).wast", text)
  }

  private func spec(_ more: String...) throws -> Command.Outcome { try spec(more) }

  private func spec(_ more: [String], runtimes: String = "interpreter") throws -> Command.Outcome {
    try Command(
      "/usr/bin/env",
      ["XDG_CACHE_HOME=" + scratch.path("cache"), Product.path("harness"), "conformance", "spec", "--suite", scratch.path("spec")]
        + ["--runtimes", runtimes, "--results", scratch.path("results")] + more, in: Checkout.top
    ).run(limit: 120)
  }

  private static let canConvert = (try? ScriptConversion(Coordinator.Checkout(bin: Product.path(""), root: Checkout.top))) != nil
}
