import Glibc
import Options
import VM
import WASI

/// `wvm run [OPTIONS] MODULE [ARGS…]`
enum RunCommand {
  static let declaration = CommandDeclaration(
    name: "wvm run", summary: "Runs a module as a command of WASI preview 1", operands: "MODULE [ARGS…]",
    options: [
      .value("dir", "HOST[::GUEST]", "gives the guest a folder, under its own name or another; may be repeated"),
      .value("env", "NAME=VALUE", "sets a variable of the guest's environment, which is empty otherwise; may be repeated"),
      .value("invoke", "NAME", "calls this export instead of _start, with ARGS as its arguments, and prints its results"),
      .value("mode", "MODE", "how to execute: interpreter"),
      .flag("bench-imports", "provides bench.start and bench.end and prints the time between them on standard error"),
      .value("phases-fd", "N", "writes where the time went to descriptor N, as a line of JSON"),
      .flag("help", letter: "h", "shows this text"),
    ],
    examples: ["wvm run --dir . --env LANG=C hello.wasm Ada", "wvm run --invoke add sum.wasm 2 3"],
    stopsAtFirstOperand: true)

  static func main() -> Never {
    let options = declaration.parseCommandLine()
    guard let path = options.operands.first else { Output.fail("a module is missing: \(declaration.examples[0])", .usage) }
    if let mode = options.value("mode"), mode != "interpreter" {
      Output.fail("unknown mode '\(mode)': interpreter is what there is", .usage)
    }
    var phases = options.phases

    let module: Module
    do throws(ModuleError) {
      let bytes = try ModuleBytes.mapping(path: path)
      phases?.end("read")
      module = try Module(bytes: bytes)
      phases?.end("decode")
    } catch {
      Output.fail(error.about(path), .data)
    }

    // A guest that writes to a closed pipe gets the error that WASI has for it; preview 1 knows no signals.
    signal(SIGPIPE, SIG_IGN)
    let store = Store()
    var imports = Imports()
    let host = host(options, path)
    host.define(in: &imports, store: store, for: module)
    if options.has("bench-imports") { BenchImports.define(in: &imports, store: store) }

    let instance: Instance
    do throws(InstantiationError) {
      instance = try Instance(module, imports: imports, store: store)
    } catch {
      switch error {
      case .link(let words): Output.fail("\(path): \(words); \(advice(words))", .data)
      case .trap(let trap): end(with: trap, store, &phases)
      }
    }
    phases?.end("instantiate", in: store)

    do throws(Trap) {
      if let name = options.value("invoke") {
        try invoke(name, instance, options)
      } else {
        try start(instance, path)
      }
    } catch {
      end(with: error, store, &phases)
    }
    finish(0, store, &phases)
  }

  // MARK: The guest

  private static func host(_ options: ParsedOptions, _ path: String) -> WASIHost {
    var configuration = WASIHost.Configuration()
    let name = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path.utf8[path.utf8.index(after: $0)...] } ?? path.utf8[...]
    configuration.arguments = [Array(name)]
    // Taken from the process's own arguments, which need not be UTF-8.
    for index in (2 + options.firstOperand + 1)..<max(2 + options.firstOperand + 1, Int(CommandLine.argc)) {
      let argument = CommandLine.unsafeArgv[index]!
      configuration.arguments.append(Array(UnsafeRawBufferPointer(start: argument, count: strlen(argument))))
    }
    for variable in options.values("env") {
      guard let equals = variable.firstIndex(of: "="), equals != variable.startIndex else {
        Output.fail("--env needs NAME=VALUE, not '\(variable)'", .usage)
      }
      configuration.environment.append(Array(variable.utf8))
    }
    for folder in options.values("dir") { configuration.folders.append(WASIHost.Folder(folder)) }
    do throws(WASIHost.SetupError) {
      return try WASIHost(configuration)
    } catch {
      Output.fail("\(error)", .data)
    }
  }

  private static func start(_ instance: Instance, _ path: String) throws(Trap) {
    guard case .function(let start) = instance["_start"], start.type == FunctionType() else {
      let functions = instance.module.exports.filter { $0.kind == .function }.map(\.name).joined(separator: ", ")
      Output.fail("\(path): no function _start; call another one with --invoke NAME (there are: \(functions))", .data)
    }
    _ = try start.call()
  }

  private static func invoke(_ name: String, _ instance: Instance, _ options: ParsedOptions) throws(Trap) {
    guard case .function(let function) = instance[name] else {
      let functions = instance.module.exports.filter { $0.kind == .function }.map(\.name).joined(separator: ", ")
      Output.fail("no function \(name) is exported (there are: \(functions))", .data)
    }
    let given = options.operands.dropFirst()
    let wanted = function.type.parameters
    guard given.count == wanted.count else {
      Output.fail("\(name) is \(function.type): it takes \(wanted.count) arguments, not \(given.count)", .usage)
    }
    var arguments: [Value] = []
    for (text, type) in zip(given, wanted) {
      guard let value = Value(text, as: type) else { Output.fail("'\(text)' is no \(type)", .usage) }
      arguments.append(value)
    }
    if case .function(let initialize) = instance["_initialize"], name != "_initialize", initialize.type == FunctionType() {
      _ = try initialize.call()
    }
    for result in try function.call(arguments) { Output.write("\(result.text)\n", to: 1) }
  }

  private static func advice(_ words: String) -> String {
    if words.contains("\"bench\"") { return "--bench-imports provides bench.start and bench.end" }
    return "wvm provides wasi_snapshot_preview1 and wasi_unstable"
  }

  // MARK: The end

  private static func end(with trap: Trap, _ store: Store, _ phases: inout Phases?) -> Never {
    if case .exit(let status) = trap.reason { finish(status, store, &phases) }
    var text = "trap: \(trap)\n"
    for frame in trap.backtrace { text += "  at \(frame)\n" }
    Output.write(text, to: 2)
    finish(ExitCode.trap.rawValue, store, &phases)
  }

  private static func finish(_ status: Int32, _ store: Store, _ phases: inout Phases?) -> Never {
    if phases != nil {
      phases?.end("run", in: store)
      phases?.addTranslation()
      phases?.write()
    }
    _exit(status)
  }
}

extension ParsedOptions {
  fileprivate var phases: Phases? {
    do throws(UsageError) {
      guard let descriptor = try integer("phases-fd") else { return nil }
      guard let descriptor = Int32(exactly: descriptor), fcntl(descriptor, F_GETFD) >= 0 else {
        Output.fail("--phases-fd \(descriptor): no such open descriptor", .usage)
      }
      return Phases(descriptor: descriptor)
    } catch {
      Output.fail(error.description, .usage)
    }
  }
}

extension WASIHost.Folder {
  /// `HOST::GUEST`, or one name for both.
  init(_ text: String) {
    var index = text.utf8.startIndex
    while let colon = text.utf8[index...].firstIndex(of: UInt8(ascii: ":")) {
      let next = text.utf8.index(after: colon)
      if next < text.utf8.endIndex, text.utf8[next] == UInt8(ascii: ":") {
        self.init(host: String(text[..<colon]), guest: String(text[text.utf8.index(after: next)...]))
        return
      }
      index = next
    }
    self.init(host: text, guest: text)
  }
}
