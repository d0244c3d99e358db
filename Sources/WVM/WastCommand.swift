import Conformance
import Glibc
import Hosts
import JSON
import Options
import VM

/// `wvm wast FILE.json…`: converted specification scripts.
enum WastCommand {
  static let declaration = CommandDeclaration(
    name: "wvm wast", summary: "Runs specification scripts converted by `wasm-tools json-from-wast` or `wast2json`",
    operands: "FILE.json…",
    options: [
      .flag("verbose", letter: "v", "one line for each script and each skipped command, and the differences in the words of errors"),
      .flag("skips", "one line for each skipped command, with the reason"),
      .value("junit", "FILE", "writes a JUnit report"),
      .value("assertions-fd", "N", "writes what became of each assertion to descriptor N, a line of JSON for each script"),
      .value("mode", "MODE", "how to execute: interpreter (the default) or jit"),
      .value("tier", "TIER", "under --mode jit: auto (the default) or baseline"),
      .enable, .disable,
      .flag("help", letter: "h", "shows this text"),
    ],
    examples: ["wvm wast build/i32.json build/memory.json"])

  static func main() -> Never {
    let options = declaration.parseCommandLine()
    guard !options.operands.isEmpty else { Output.fail("a script is missing: \(declaration.examples[0])", .usage) }
    let features = FeatureOptions.features(options)
    let assertions = assertionsDescriptor(options)
    let tier = tier(options)
    var results: [ScriptResult] = []
    for file in options.operands {
      do throws(ScriptError) {
        let result = try ScriptRunner.run(file: file, features: features, tier: tier)
        report(result, options)
        if let assertions { Output.write(result.json.text + "\n", to: assertions) }
        results.append(result)
      } catch {
        Output.fail(error.description, .data)
      }
    }
    if let path = options.value("junit") { Output.write(ScriptResult.junit(results), toFile: path) }
    let (passed, failed, skipped) = results.reduce((0, 0, 0)) { ($0.0 + $1.passed, $0.1 + $1.failed, $0.2 + $1.skipped) }
    let isUntested = passed == 0 && failed == 0
    if isUntested {
      let reason = skipped > 0 ? "all were skipped (--skips says why)" : "the scripts hold none"
      Output.write("error: no assertion passed or failed, so nothing was tested: \(reason)\n", to: 2)
    }
    Output.write("\(passed) passed, \(failed) failed, \(skipped) skipped\n", to: 1)
    Output.exit(failed > 0 ? .failure : isUntested ? .untested : .success)
  }

  private static func report(_ result: ScriptResult, _ options: ParsedOptions) {
    for failure in result.failures { Output.write("\(result.source):\(failure.line): failed: \(PrintableText.of(failure.text))\n", to: 1) }
    if options.has("skips") || options.has("verbose") {
      for skip in result.skips { Output.write("\(result.source):\(skip.line): skipped: \(PrintableText.of(skip.text))\n", to: 1) }
    }
    if options.has("verbose") {
      for warning in result.warnings {
        Output.write("\(result.source):\(warning.line): warning: \(PrintableText.of(warning.text))\n", to: 1)
      }
      Output.write("\(result.source): \(result.summary)\n", to: 1)
    }
  }

  /// When to compile; nil for the interpreter.
  static func tier(_ options: ParsedOptions) -> CompilerTier? {
    switch options.value("mode") ?? "interpreter" {
    case "interpreter": nil
    case "jit": RunSettings.tier(options.value("tier") ?? "auto")
    case let mode: Output.fail("unknown mode '\(mode)': interpreter and jit are what there is", .usage)
    }
  }

  private static func assertionsDescriptor(_ options: ParsedOptions) -> Int32? {
    do throws(UsageError) {
      guard let number = try options.integer("assertions-fd") else { return nil }
      guard let descriptor = Int32(exactly: number), fcntl(descriptor, F_GETFD) >= 0 else {
        throw UsageError("--assertions-fd \(number): is no open descriptor")
      }
      return descriptor
    } catch {
      Output.fail(error.description, .usage)
    }
  }
}
