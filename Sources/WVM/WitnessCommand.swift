import Conformance
import JSON
import Options
import VM

/// `wvm witness MODULE…`
enum WitnessCommand {
  static let declaration = CommandDeclaration(
    name: "wvm witness", summary: "Calls all that modules export and writes down what it saw, for other engines to confirm",
    operands: "MODULE…",
    options: [
      .value("output", "FILE", letter: "o", "writes a specification script with what was seen as its assertions; of one module"),
      .value("seed", "N", "draws the arguments from this number; 0 unless given"),
      .value("rounds", "N", "calls everything so many times, each time in a new instance; 1 unless given"),
      .value("fuel", "N", "ends what an instance has executed N instructions for; such calls are left out"),
      .value("mode", "MODE", "how to execute: interpreter (the default) or jit; counting fuel is the interpreter's alone"),
      .value("tier", "TIER", "under --mode jit: auto (the default) or baseline"),
      .flag("collect-always", "frees unreachable objects before every new one"),
      .flag("operators", "lists the names of all operators, instead of calling anything"),
      .enable, .disable,
      .flag("help", letter: "h", "shows this text"),
    ],
    examples: ["wvm witness -o sum.wast sum.wasm && wasmtime wast sum.wast"])

  static func main() -> Never {
    let options = declaration.parseCommandLine()
    if options.has("operators") { Output.finish(Module.operatorNames.map { $0 + "\n" }.joined()) }
    guard !options.operands.isEmpty else { Output.fail("a module is missing: \(declaration.examples[0])", .usage) }
    let path = options.value("output")
    guard path == nil || options.operands.count == 1 else { Output.fail("--output takes the script of one module, not of several", .usage) }
    let seed = number(options, "seed") ?? 0
    let rounds = Int(clamping: number(options, "rounds") ?? 1)
    let features = FeatureOptions.features(options)
    let tier = WastCommand.tier(options)
    for index in options.operandIndices {
      let name = Arguments[2 + index]
      do throws(ModuleError) {
        let bytes = try ModuleBytes.mapping(path: Arguments.values[2 + index]!)
        var witness = try Witness(
          bytes: bytes, features: features, seed: seed, fuel: number(options, "fuel"), collectsAlways: options.has("collect-always"),
          tier: tier)
        try witness.testify(rounds: rounds)
        if let path { Output.write(witness.script, toFile: path) }
        report(name, witness)
      } catch {
        report(name, [("refused", .string("\(error)"))])
      }
    }
    Output.exit(.success)
  }

  private static func number(_ options: ParsedOptions, _ name: String) -> UInt64? {
    guard let text = options.value(name) else { return nil }
    guard let number = UInt64(text) else { Output.fail("--\(name) needs a whole number, not '\(text)'", .usage) }
    return number
  }

  /// A line of JSON for a module, written as soon as it is done with: after a crash, the first module without a line is the culprit.
  private static func report(_ name: String, _ witness: Witness) {
    func counts(_ list: [(words: String, count: Int)]) -> JSONValue {
      .object(list.map { .init($0.words, .number(.init($0.count))) })
    }
    let tally = witness.tally
    report(
      name,
      [
        ("calls", .number(.init(tally.calls))), ("traps", counts(tally.traps)), ("exceptions", .number(.init(tally.exceptions))),
        ("left-out", counts(tally.leftOut)), ("uncallable", .number(.init(tally.uncallable))),
        ("operators", .array(witness.calledOperators.map { .string($0) })),
      ])
  }

  private static func report(_ name: String, _ members: [(String, JSONValue)]) {
    let all = [("module", .string(name))] + members
    Output.write(JSONValue.object(all.map { .init($0.0, $0.1) }).text + "\n", to: 1)
  }
}
