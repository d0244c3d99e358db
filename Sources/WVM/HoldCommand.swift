import Glibc
import Hosts
import Options
import VM
import WASI

/// `wvm hold MODULE [ARGS…]`: many instances in one process, kept until somebody has weighed them.
enum HoldCommand {
  static let declaration = CommandDeclaration(
    name: "wvm hold",
    summary: "Runs a module to its end in many instances of one process, one after the other, and keeps them all until its input ends",
    operands: "MODULE [ARGS…]",
    options: [
      .value("instances", "N", "how many instances; 1 unless given"),
      .value("mode", "MODE", "how to execute: interpreter or jit (the default)"),
      .flag("help", letter: "h", "shows this text"),
    ],
    examples: ["wvm hold --instances 1000 held.wasm 4"], stopsAtFirstOperand: true)

  static func main() -> Never {
    let options = declaration.parseCommandLine()
    guard let place = options.operandIndices.first else { Output.fail("a module is missing: \(declaration.examples[0])", .usage) }
    let index = 2 + place
    let count = options.count("instances") ?? 1
    let path = Arguments[index]
    let module: Module
    do throws(ModuleError) {
      module = try HeldModule.load(Arguments.values[index]!, options.value("mode") ?? "jit")
    } catch {
      Output.fail(PrintableText.of(error.about(path)), error.kind == .tooLarge ? .system : .data)
    }
    signal(SIGPIPE, SIG_IGN)
    var instances: [Instance] = []
    instances.reserveCapacity(count)
    let configuration = configuration(moduleIndex: index)
    while instances.count < count { instances.append(finished(module, configuration, path, number: instances.count)) }
    waitForEndOfInput()
    withExtendedLifetime(instances) { Output.exit(.success) }
  }

  /// Guests find the end of their input at once: the process's own is for whoever holds them.
  private static func configuration(moduleIndex: Int) -> WASIHost.Configuration {
    let configuration = WASIHost.Configuration()
    let whole = Arguments.bytes(moduleIndex)
    let name = whole.lastIndex(of: UInt8(ascii: "/")).map { whole[($0 + 1)...] } ?? whole[...]
    configuration.arguments.append(List(name))
    for index in moduleIndex + 1..<Arguments.count { configuration.arguments.append(List(Arguments.bytes(index))) }
    let nothing = open("/dev/null", O_RDONLY | O_CLOEXEC)
    guard nothing >= 0 else { Output.fail("/dev/null: \(String(cString: strerror(errno)))", .system) }
    configuration.standardStreams[0] = nothing
    return configuration
  }

  /// An instance whose guest has come to its end. One that fails ends the process.
  private static func finished(_ module: Module, _ configuration: WASIHost.Configuration, _ path: String, number: Int) -> Instance {
    let instance = instance(module, configuration, path, number: number)
    guard case .function(let start) = instance["_start"], start.type == FunctionType() else {
      Output.fail("\(path): no function _start of type () -> (): only commands of WASI preview 1 are held", .data)
    }
    do throws(Trap) {
      _ = try start.call()
    } catch {
      guard case .exit(let status) = error.reason else {
        Output.write(error.report, to: 2)
        _exit(ExitCode.trap.rawValue)
      }
      if status != 0 { _exit(status) }
    }
    return instance
  }

  private static func instance(_ module: Module, _ configuration: WASIHost.Configuration, _ path: String, number: Int) -> Instance {
    do {
      let store = try Store()
      var imports = Imports()
      try WASIHost(configuration).define(in: &imports, store: store, for: module)
      return try Instance(module, imports: imports, store: store)
    } catch let error as InstantiationError {
      switch error {
      case .link(let words): Output.fail("\(path): \(words); wvm provides wasi_snapshot_preview1 and wasi_unstable", .data)
      case .trap(let trap):
        Output.write(trap.report, to: 2)
        _exit(ExitCode.trap.rawValue)
      case .resource(let error): Output.fail("\(path): instance \(number + 1): \(error)", .system)
      }
    } catch {
      Output.fail("\(path): instance \(number + 1): \(error)", .system)
    }
  }

  private static func waitForEndOfInput() {
    var bytes = [UInt8](repeating: 0, count: 256)
    while true {
      let count = read(0, &bytes, bytes.count)
      if count == 0 || count < 0 && errno != EINTR { return }
    }
  }
}
