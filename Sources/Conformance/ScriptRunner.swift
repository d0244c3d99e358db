import Glibc
import JSON
import VM

/// Runs one script from front to back.
///
/// A module that should instantiate and does not is a failure, and so is every command that needs it: nothing is skipped because
/// something else failed. Skipped are only commands that the runner cannot try, with the reason, and modules that should be refused and
/// are, but for a feature that the machine does not have: whether it would find their defect is not known.
public struct ScriptRunner {
  private let folder: String
  private let features: Features
  private let script: Script
  private var result: ScriptResult
  private let store: Store
  private var imports = Imports()
  private var definitions: [String: Module] = [:]
  private var latestDefinition: Module?
  private var instances: [String: Instance] = [:]
  private var tier: CompilerTier?
  /// The instance that commands without a name mean; nil when the latest module failed.
  private var latest: Instance?

  /// Reads a converted script and runs it.
  ///
  /// - Parameter tier: when functions are compiled; nil leaves all of them to the interpreter.
  /// - Throws: `ScriptError` when the file cannot be read or is no script.
  public static func run(
    file: String, features: Features = .standard, tier: CompilerTier? = nil
  ) throws(ScriptError) -> ScriptResult {
    var runner = try ScriptRunner(file: file, features: features)
    runner.tier = tier
    for command in runner.script.commands { runner.perform(command) }
    return runner.result
  }

  private init(file: String, features: Features) throws(ScriptError) {
    self.features = features
    let bytes = try Self.read(file)
    let document: JSONValue
    do throws(JSONError) {
      document = try JSONValue(reading: bytes)
    } catch {
      throw ScriptError(description: "\(file):\(error.line):\(error.column): \(error.message)")
    }
    do throws(ScriptError) {
      script = try Script(document)
    } catch {
      throw ScriptError(description: "\(file): \(error)")
    }
    guard !script.commands.isEmpty else {
      throw ScriptError(description: "\(file): holds no commands, so nothing was tested; convert the script again")
    }
    folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
    result = ScriptResult(file: file, source: script.source)
    do {
      store = try Store()
      try Spectest.define(in: &imports, store: store)
    } catch {
      throw ScriptError(description: "\(file): \(error)")
    }
  }

  // MARK: Commands

  private mutating func perform(_ command: Script.Command) {
    let outcome: Outcome
    switch command.kind {
    case .module(let file, let name): outcome = addModule(file, name)
    case .definition(let file, let name): outcome = addDefinition(file, name)
    case .instantiate(let definition, let name): outcome = addInstance(of: definition, name)
    case .register(let name, let module): outcome = register(name, as: module)
    case .action(let action): outcome = expectReturn(action, nil)
    case .assertReturn(let action, let expected): outcome = expectReturn(action, expected)
    case .assertTrap(let action, let text), .assertExhaustion(let action, let text): outcome = expectTrap(action, text)
    case .assertException(let action): outcome = expectException(action)
    case .assertInvalid(let file, let text): outcome = expectRefusal(file, text, .invalid)
    case .assertMalformed(let file, let text): outcome = expectRefusal(file, text, .malformed)
    case .assertUnlinkable(let file, let text): outcome = expectNoInstance(file, text, isLinkError: true)
    case .assertUninstantiable(let file, let text): outcome = expectNoInstance(file, text, isLinkError: false)
    case .unsupported(let reason): outcome = .skipped(reason)
    case .meaningless(let reason): outcome = .failed(reason)
    }
    switch outcome {
    case .passed(let warning):
      if command.kind.isAssertion { add(command, .passed) }
      if let warning { result.warnings.append(ScriptResult.Note(line: command.line, text: warning)) }
    case .failed(let text): add(command, .failed, text)
    case .skipped(let reason): add(command, .skipped, reason)
    }
  }

  private mutating func add(_ command: Script.Command, _ outcome: ScriptResult.Outcome, _ text: String = "") {
    result.assertions.append(
      ScriptResult.Assertion(note: ScriptResult.Note(line: command.line, text: text), command: command.type, outcome: outcome))
  }

  private enum Outcome {
    case passed(warning: String? = nil)
    case failed(String)
    case skipped(String)
  }

  private mutating func addModule(_ file: Script.ModuleFile, _ name: String?) -> Outcome {
    latest = nil
    if let name { instances[name] = nil }
    guard let path = file.path else { return .skipped(Self.quotedText) }
    do throws(Failure) {
      return remember(try instantiate(try load(path)), name)
    } catch {
      return .failed("a valid module, but: \(error.text)")
    }
  }

  private mutating func addDefinition(_ file: Script.ModuleFile, _ name: String?) -> Outcome {
    guard let path = file.path else { return .skipped(Self.quotedText) }
    do throws(Failure) {
      latestDefinition = try load(path)
    } catch {
      return .failed("a valid module, but: \(error.text)")
    }
    if let name { definitions[name] = latestDefinition }
    return .passed()
  }

  private mutating func addInstance(of definition: String?, _ name: String?) -> Outcome {
    latest = nil
    guard let module = definition.map({ definitions[$0] }) ?? latestDefinition else { return .failed("no module definition of that name") }
    do throws(Failure) {
      return remember(try instantiate(module), name)
    } catch {
      return .failed("an instance, but: \(error.text)")
    }
  }

  private mutating func remember(_ instance: Instance, _ name: String?) -> Outcome {
    latest = instance
    if let name { instances[name] = instance }
    return .passed()
  }

  private mutating func register(_ name: String?, as module: String) -> Outcome {
    guard let instance = instance(name) else { return .failed("no module to register as \"\(module)\"") }
    for export in instance.module.exports {
      if let value = instance[export.name] { imports.define(module, export.name, value) }
    }
    return .passed()
  }

  // MARK: Assertions

  /// - Parameter expected: nil if any results will do.
  private func expectReturn(_ action: Script.Action, _ expected: [ExpectedValue]?) -> Outcome {
    let wanted = expected.map(Self.text) ?? "any result"
    do throws(Failure) {
      let values = try perform(action)
      guard let expected else { return .passed() }
      let isRight = values.count == expected.count && zip(expected, values).allSatisfy { $0.matches($1) }
      return isRight ? .passed() : .failed("\(action.field): expected \(wanted), got \(Self.text(values))")
    } catch {
      return .failed("\(action.field): expected \(wanted), but: \(error.text)")
    }
  }

  private func expectTrap(_ action: Script.Action, _ text: String) -> Outcome {
    do throws(Failure) {
      return .failed("\(action.field): expected trap \"\(text)\", got \(Self.text(try perform(action)))")
    } catch {
      guard case .trap(let trap) = error else { return .failed("\(action.field): expected trap \"\(text)\", but: \(error.text)") }
      return Self.compare(trap, with: text) ?? .failed("\(action.field): expected trap \"\(text)\", got trap \"\(trap)\"")
    }
  }

  private func expectException(_ action: Script.Action) -> Outcome {
    do throws(Failure) {
      return .failed("\(action.field): expected an exception, got \(Self.text(try perform(action)))")
    } catch {
      guard case .trap(let trap) = error, trap.reason == .uncaughtException else {
        return .failed("\(action.field): expected an exception, but: \(error.text)")
      }
      return .passed()
    }
  }

  /// - Parameter kind: malformed or invalid. The words are compared too, but engines may find another defect first: then they are a warning.
  private func expectRefusal(_ file: Script.ModuleFile, _ text: String, _ kind: ModuleError.Kind) -> Outcome {
    guard let path = file.path else { return .skipped(Self.quotedText) }
    let wanted = "\(kind == .malformed ? "malformed" : "invalid") module \"\(text)\""
    do throws(Failure) {
      _ = try load(path)
      return .failed("expected \(wanted), but it is accepted")
    } catch {
      guard case .module(let refusal) = error else { return .failed(error.text) }
      switch refusal.kind {
      case kind: return Self.same(refusal.message, text) ? .passed() : .passed(warning: "expected \"\(text)\", got \"\(refusal.message)\"")
      // What is no part of the language without a feature is refused in the same words.
      case .unsupported: return Self.same(refusal.message, text) ? .passed() : .skipped(error.text)
      // What is malformed as text may be well-formed and invalid as what a text parser makes of it.
      default:
        return file.isText ? .passed(warning: "expected \(wanted), got \(error.text)") : .failed("expected \(wanted), got \(error.text)")
      }
    }
  }

  private func expectNoInstance(_ file: Script.ModuleFile, _ text: String, isLinkError: Bool) -> Outcome {
    guard let path = file.path else { return .skipped(Self.quotedText) }
    do throws(Failure) {
      _ = try instantiate(try load(path))
      return .failed("expected \"\(text)\", but it is instantiated")
    } catch {
      switch error {
      case .link(let words) where isLinkError:
        return Self.same(words, text) ? .passed() : .failed("expected link error \"\(text)\", got \"\(words)\"")
      case .trap(let trap) where !isLinkError:
        return Self.compare(trap, with: text) ?? .failed("expected trap \"\(text)\", got trap \"\(trap)\"")
      case .module(let refusal) where refusal.kind == .unsupported: return .skipped(error.text)
      default: return .failed("expected \"\(text)\", but: \(error.text)")
      }
    }
  }

  // MARK: The machine

  /// Why something did not work.
  private enum Failure: Error {
    case module(ModuleError)
    case link(String)
    case trap(Trap)
    case other(String)

    var text: String {
      switch self {
      case .module(let error): error.description
      case .link(let words): words
      case .trap(let trap): "trap \"\(trap)\""
      case .other(let words): words
      }
    }
  }

  private func load(_ name: String) throws(Failure) -> Module {
    let bytes: [UInt8]
    do throws(ScriptError) { bytes = try Self.read(folder + name) } catch { throw .other(error.description) }
    let module: Module
    do throws(ModuleError) { module = try Module(bytes: bytes, features: features) } catch { throw .module(error) }
    if let tier {
      do throws(ResourceError) { try module.enableCompilation(tier) } catch { throw .other(error.description) }
    }
    return module
  }

  private func instantiate(_ module: Module) throws(Failure) -> Instance {
    do throws(InstantiationError) {
      return try Instance(module, imports: imports, store: store)
    } catch {
      switch error {
      case .link(let words): throw .link(words)
      case .trap(let trap): throw .trap(trap)
      case .resource(let error): throw .other(error.description)
      }
    }
  }

  private func instance(_ name: String?) -> Instance? { name.map { instances[$0] } ?? latest }

  private func perform(_ action: Script.Action) throws(Failure) -> [Value] {
    guard let instance = instance(action.module) else { throw .other("there is no such instance") }
    switch action.operation {
    case .get:
      guard case .global(let global) = instance[action.field] else { throw .other("there is no global of that name") }
      return [global.value]
    case .invoke(let arguments):
      guard case .function(let function) = instance[action.field] else { throw .other("there is no function of that name") }
      var values: [Value] = []
      for argument in arguments {
        switch argument {
        case .value(let value): values.append(value)
        case .internalNumber(let number): values.append(.object(ObjectReference(host: number, store: store)))
        case .unsupported(let text): throw .other("\(text) as an argument")
        }
      }
      do throws(Trap) { return try function.call(values) } catch { throw .trap(error) }
    }
  }

  // MARK: Words

  private static let quotedText = "quoted text"

  private static func text(_ values: [Value]) -> String { values.isEmpty ? "nothing" : values.map(\.text).joined(separator: ", ") }

  private static func text(_ values: [ExpectedValue]) -> String {
    values.isEmpty ? "nothing" : values.map(\.description).joined(separator: ", ")
  }

  /// Traps are compared by their kind, words only where a script has some of which no kind is known; nil for another trap than expected.
  private static func compare(_ trap: Trap, with text: String) -> Outcome? {
    let hasItsWords = same(trap.description, text)
    guard let expected = TrapKind(text) else { return hasItsWords ? .passed() : nil }
    guard TrapKind(trap.reason) == expected else { return nil }
    return .passed(warning: hasItsWords ? nil : "expected trap \"\(text)\", got trap \"\(trap)\"")
  }

  /// The scripts compare by prefix, and engines may say less or more than the reference interpreter.
  private static func same(_ words: String, _ expected: String) -> Bool { words.hasPrefix(expected) || expected.hasPrefix(words) }

  private static func read(_ path: String) throws(ScriptError) -> [UInt8] {
    // Opening a named pipe must not wait for a writer; only files are read.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw ScriptError(description: "cannot open \(path): \(String(cString: strerror(errno)))") }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { throw ScriptError(description: "\(path) is not a file") }
    var content = [UInt8](repeating: 0, count: Int(status.st_size))
    var filled = 0
    while filled < content.count {
      let count = content.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress! + filled, $0.count - filled) }
      guard count > 0 else { throw ScriptError(description: "cannot read \(path)") }
      filled += count
    }
    return content
  }
}
