import VM
import WASI

/// A module of WASI preview 1 with the world it will run in: loaded, checked and linked, so that starting it is a jump.
public final class WASICommand {
  /// The module cannot be run: what is wrong and how to mend it, one line.
  public struct Unusable: Error, CustomStringConvertible, Equatable {
    public let description: String
  }

  /// How a run ended.
  public enum Ending {
    /// The guest returned or called `proc_exit`.
    case exit(Int32)
    /// The text is for standard error.
    case trap(String)
  }

  private let instance: Instance
  private let entry: Function
  /// `_initialize` of a reactor, to be called before any other export.
  private let initializer: Function?

  /// Reads, validates and links the module. None of its code runs.
  ///
  /// - Parameters:
  ///   - path: terminated by NUL.
  ///   - export: the function to run, of type () -> () (or () -> i32, the exit status); nil is `_start`.
  ///   - configuration: what the guest sees.
  ///   - memoryBudget: what its linear memories may have.
  ///   - execution: how its functions are executed.
  /// - Throws: `Unusable` for everything that is wrong with the module or the machine.
  public init(
    path: UnsafePointer<CChar>, export: String?, configuration: WASIHost.Configuration, memoryBudget: MemoryBudget?,
    execution: GuestExecution = .interpreter
  ) throws(Unusable) {
    let shown = PrintableText.of(String(cString: path))
    var module: Module
    do throws(ModuleError) {
      module = try execution.load(path)
    } catch {
      throw Unusable(description: PrintableText.of(error.kind == .unreadable ? error.message : "\(shown): \(error)"))
    }
    var made: Instance?
    if module.isCompiled {
      // Where address space is short, compiled code has no room for its guard pages, and the interpreter needs none.
      made = try? Self.instantiate(module, configuration, memoryBudget, shown)
    }
    if made == nil, module.isCompiled {
      do throws(ModuleError) {
        module = try GuestExecution.interpreter.load(path)
      } catch {
        throw Unusable(description: "\(shown): \(error)")
      }
    }
    if let made { instance = made } else { instance = try Self.instantiate(module, configuration, memoryBudget, shown) }
    let name = export ?? "_start"
    guard case .function(let entry) = instance[name] else {
      let names = module.exports.filter { $0.kind == .function }.map { PrintableText.of($0.name) }.joined(separator: ", ")
      throw Unusable(description: "\(shown): no function \(PrintableText.of(name)); name one as FILE#FUNCTION (there are: \(names))")
    }
    guard entry.type.parameters.isEmpty, entry.type.results.count == 0 || entry.type.results.count == 1 && entry.type.results[0] == .i32
    else { throw Unusable(description: "\(shown): \(PrintableText.of(name)) is \(entry.type); an entry point is () -> () or () -> (i32)") }
    self.entry = entry
    if name != "_start", name != "_initialize", case .function(let initializer) = instance["_initialize"],
      initializer.type == FunctionType()
    {
      self.initializer = initializer
    } else {
      initializer = nil
    }
  }

  private static func instantiate(
    _ module: Module, _ configuration: WASIHost.Configuration, _ budget: MemoryBudget?, _ shown: String
  ) throws(Unusable) -> Instance {
    do {
      let store = try Store()
      store.memoryBudget = budget
      var imports = Imports()
      try WASIHost(configuration).define(in: &imports, store: store, for: module)
      return try Instance(preparing: module, imports: imports, store: store)
    } catch let error as InstantiationError {
      if case .link(let words) = error {
        throw Unusable(description: "\(shown): \(PrintableText.of(words)); guests get wasi_snapshot_preview1 and wasi_unstable")
      }
      throw Unusable(description: "\(shown): \(error)")
    } catch {
      throw Unusable(description: "\(shown): \(error)")
    }
  }

  /// Runs the guest to its end.
  public func run() -> Ending {
    do throws(Trap) {
      try instance.start()
      if let initializer { _ = try initializer.call() }
      if case .i32(let status) = try entry.call().first { return .exit(Int32(bitPattern: status)) }
      return .exit(0)
    } catch {
      if case .exit(let status) = error.reason { return .exit(status) }
      return .trap(error.report)
    }
  }
}
