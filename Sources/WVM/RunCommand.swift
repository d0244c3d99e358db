import Glibc
import Hosts
import VM
import WASI

/// `wvm run [OPTIONS] MODULE [ARGS…]`
struct RunCommand {
  private let settings: RunSettings
  private let store: Store
  private var phases: Phases?
  private var counts: Counts?
  private var cache: CodeCache?
  private var module: Module?
  private var moduleBytes: ModuleBytes?

  static func main() -> Never {
    let settings = RunSettings.fromCommandLine()
    // Before anything else, so that nothing escapes the phases.
    let phases = settings.phasesDescriptor.map(Phases.init)
    do throws(ResourceError) {
      var command = RunCommand(settings: settings, store: try Store(limits: settings.limits), phases: phases)
      command.counts = settings.countsDescriptor.map(Counts.init)
      command.run()
    } catch {
      Output.fail("\(error)", .system)
    }
  }

  /// The module's path for messages.
  private var path: String { Arguments[settings.moduleIndex] }

  private mutating func run() -> Never {
    let module = load()
    self.module = module
    // A guest that writes to a closed pipe gets the error that WASI has for it; preview 1 knows no signals.
    signal(SIGPIPE, SIG_IGN)
    let instance = instantiate(module)
    do throws(Trap) {
      if let name = settings.invokes { try invoke(name, instance) } else { try start(instance) }
    } catch {
      end(with: error)
    }
    finish(0)
  }

  private mutating func load() -> Module {
    do throws(ModuleError) {
      if let module = try kept() { return module }
      let bytes = try ModuleFileGuard.mapping(path: Arguments.values[settings.moduleIndex]!)
      phases?.end("read")
      moduleBytes = bytes
      if CompiledImage.begins(bytes) { return try compiledModule() }
      if !settings.isCompiling, let option = settings.optionOfMachineCode {
        Output.fail("--\(option) is for machine code, and \(path) would be interpreted: add --mode jit", .usage)
      }
      let module: Module
      if let known = try cached(bytes) {
        module = known
      } else {
        module = try Module(bytes: bytes, features: settings.features, limits: settings.limits)
      }
      phases?.end("decode")
      counts?.begin(module)
      // Fuel is what is counted.
      if settings.limits.fuel != nil { module.countInstructions() }
      if settings.isCompiling, module.image == nil { compile(module) }
      return module
    } catch {
      Output.fail(error.about(path), error.kind == .tooLarge ? .system : .data)
    }
  }

  // MARK: Compiled code

  /// The module with its machine code, if a cache knows the file.
  private mutating func kept() throws(ModuleError) -> Module? {
    guard settings.isCompiling, settings.limits.fuel == nil, settings.countsDescriptor == nil else { return nil }
    cache = settings.cache.open()
    guard let image = cache?.image(ofFile: Arguments.values[settings.moduleIndex]!, features: settings.features) else { return nil }
    phases?.end("read")
    let module = try Module(image, limits: settings.limits)
    phases?.end("load")
    return module
  }

  /// As `kept`, by the module's content: the file may be a copy.
  private func cached(_ bytes: ModuleBytes) throws(ModuleError) -> Module? {
    guard let cache, let image = cache.image(of: bytes, features: settings.features) else { return nil }
    let module = try Module(image, limits: settings.limits)
    // To be found by the file the next time.
    cache.keep(module, of: bytes.file)
    return module
  }

  /// A file of `wvm compile`.
  private mutating func compiledModule() throws(ModuleError) -> Module {
    guard settings.limits.fuel == nil, settings.countsDescriptor == nil, !settings.demandsInterpreter else {
      Output.fail("\(path) is machine code, which counts nothing and is not interpreted: give the module it was made from", .usage)
    }
    let file = open(Arguments.values[settings.moduleIndex]!, O_RDONLY | O_CLOEXEC)
    var status = stat()
    // It is a program for this machine: whoever could have changed it could have us run anything.
    guard file >= 0, fstat(file, &status) == 0, status.st_uid == geteuid() || status.st_uid == 0, status.st_mode & 0o022 == 0 else {
      throw ModuleError(.unreadable, "\(path) is machine code that others can have written: compile the module yourself (wvm compile)")
    }
    let image: CompiledImage
    do throws(CompiledImage.Unusable) {
      image = try CompiledImage(descriptor: file, features: settings.features, isTrusted: false)
    } catch {
      throw ModuleError(.unreadable, "\(path) \(error)")
    }
    ModuleFileGuard.watch(image)
    let module = try Module(image, limits: settings.limits)
    phases?.end("load")
    return module
  }

  private func compile(_ module: Module) {
    do throws(ResourceError) {
      try module.enableCompilation(settings.tier, reports: settings.reportsCompilation || settings.writesPerfMap)
    } catch {
      Output.fail("\(path): \(error)", .system)
    }
  }

  /// What is left to do with the module's machine code when the guest has ended.
  private func keepCompiledCode(_ module: Module) {
    if settings.reportsCompilation { Output.write(CompileCommand.text(module.compilationReport, module) + remark(module), to: 2) }
    if settings.writesPerfMap { PerfMap.write(module) }
    if let cache, module.image == nil { cache.keep(module, of: moduleBytes?.file) }
  }

  /// What a report of compilation does not list.
  private func remark(_ module: Module) -> String {
    if module.image != nil { return "kept code: \(module.machineCodePlaces.count) functions were compiled before\n" }
    if !module.isCompiled || settings.limits.fuel != nil { return "interpreted: instructions are counted, which machine code does not\n" }
    let rest = module.interpretedFunctionCount
    return rest == 0 ? "" : "interpreted: \(rest) functions that were called and not often enough to be compiled\n"
  }

  private mutating func instantiate(_ module: Module) -> Instance {
    var imports = Imports()
    host().define(in: &imports, store: store, for: module)
    if settings.providesBenchImports { BenchImports.define(in: &imports, store: store) }
    do throws(InstantiationError) {
      let instance = try Instance(module, imports: imports, store: store)
      phases?.end("instantiate", in: store)
      return instance
    } catch {
      switch error {
      case .link(let words): Output.fail("\(path): \(words); \(advice(module))", .data)
      case .trap(let trap): end(with: trap)
      case .resource(let error): Output.fail("\(path): \(error)", .system)
      }
    }
  }

  private func host() -> WASIHost {
    let configuration = WASIHost.Configuration()
    // The guest's own name is its file's.
    let whole = Arguments.bytes(settings.moduleIndex)
    let name = whole.lastIndex(of: UInt8(ascii: "/")).map { whole[($0 + 1)...] } ?? whole[...]
    configuration.arguments.append(List(name))
    for index in settings.moduleIndex + 1..<Arguments.count { configuration.arguments.append(List(Arguments.bytes(index))) }
    configuration.environment = settings.environment
    configuration.folders = settings.folders
    do throws(WASIHost.SetupError) {
      return try WASIHost(configuration)
    } catch {
      Output.fail("\(error)", .data)
    }
  }

  private func start(_ instance: Instance) throws(Trap) {
    guard case .function(let start) = instance["_start"] else {
      Output.fail("\(path): no function _start; call another one with --invoke NAME (there are: \(functions(instance)))", .data)
    }
    guard start.type == FunctionType() else {
      Output.fail("\(path): _start is \(start.type), but a command's is () -> (); --invoke _start calls it with ARGS", .data)
    }
    _ = try start.call()
  }

  /// Calls any export with the guest's arguments, after `_initialize` if the module is a reactor.
  private func invoke(_ name: String, _ instance: Instance) throws(Trap) {
    guard case .function(let function) = instance[name] else {
      Output.fail("\(path): no function \(name) (there are: \(functions(instance)))", .data)
    }
    let wanted = function.type.parameters
    let given = Arguments.count - settings.moduleIndex - 1
    guard given == wanted.count else {
      Output.fail("\(name) is \(function.type): it takes \(wanted.count) arguments, not \(given)", .usage)
    }
    var values: [Value] = []
    for (index, type) in wanted.enumerated() {
      let text = Arguments[settings.moduleIndex + 1 + index]
      guard let value = Value(text, as: type) else { Output.fail("'\(text)' is no \(type)", .usage) }
      values.append(value)
    }
    if name != "_initialize", case .function(let initialize) = instance["_initialize"], initialize.type == FunctionType() {
      _ = try initialize.call()
    }
    for result in try function.call(values) { Output.write("\(result.text)\n", to: 1) }
  }

  private func functions(_ instance: Instance) -> String {
    instance.module.exports.filter { $0.kind == .function }.map(\.name).joined(separator: ", ")
  }

  /// How to mend a link error.
  private func advice(_ module: Module) -> String {
    if !settings.providesBenchImports, module.imports.contains(where: { $0.module == "bench" }) {
      return "--bench-imports provides bench.start and bench.end"
    }
    return "wvm provides wasi_snapshot_preview1 and wasi_unstable"
  }

  // MARK: The end

  private mutating func end(with trap: Trap) -> Never {
    if case .exit(let status) = trap.reason { finish(status) }
    Output.write(trap.report, to: 2)
    finish(ExitCode.trap.rawValue)
  }

  private mutating func finish(_ status: Int32) -> Never {
    if phases != nil {
      phases?.end("run", in: store)
      phases?.addTranslationAndPauses()
      phases?.write()
    }
    counts?.write(store)
    SlowDown.spin()
    if settings.isCompiling, let module { keepCompiledCode(module) }
    _exit(status)
  }
}
