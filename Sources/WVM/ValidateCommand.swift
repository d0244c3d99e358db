import Glibc
import Hosts
import Options
import VM

/// `wvm validate MODULE…`
enum ValidateCommand {
  static let declaration = CommandDeclaration(
    name: "wvm validate", summary: "Says whether modules are well-formed, valid and within this engine's limits", operands: "MODULE…",
    options: [.enable, .disable, .flag("help", letter: "h", "shows this text")], examples: ["wvm validate hello.wasm"])

  static func main() -> Never {
    let options = declaration.parseCommandLine()
    guard !options.operands.isEmpty else { Output.fail("a module is missing: \(declaration.examples[0])", .usage) }
    let features = FeatureOptions.features(options)
    var isValid = true
    for index in options.operandIndices {
      do throws(ModuleError) {
        let module = try Module(bytes: try ModuleFileGuard.mapping(path: Arguments.values[2 + index]!), features: features)
        // A valid function may still need more than this engine has.
        try module.translate()
      } catch {
        Output.write("error: \(PrintableText.of(error.about(Arguments[2 + index])))\n", to: 2)
        isValid = false
      }
    }
    Output.exit(isValid ? .success : .data)
  }
}

extension ModuleError {
  /// With the file's name, if the message does not have it yet.
  func about(_ path: String) -> String { kind == .unreadable ? message : "\(path): \(self)" }
}

extension CommandDeclaration {
  /// Everything behind the command's name, read as options; shows the help text or the first mistake, and leaves.
  func parseCommandLine() -> ParsedOptions {
    let given = (2..<max(2, Arguments.count)).map { Arguments[$0] }
    do throws(UsageError) {
      let options = try parse(given)
      if options.has("help") { Output.finish(help) }
      return options
    } catch {
      Output.fail(error.description, .usage)
    }
  }
}
