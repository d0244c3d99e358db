import Glibc
import Options
import VM
import WASI

/// What `wvm run` was asked to do. A class, because copying a structure of this size needs the run-time types of all its fields.
final class RunSettings {
  var folders = List<WASIHost.Folder>()
  var environment = List<List<UInt8>>()
  /// The export to call instead of `_start`.
  var invokes: String?
  var providesBenchImports = false
  /// What modules may use beyond WebAssembly 3.0.
  private(set) var features = Features.standard
  private(set) var limits = MachineLimits.standard
  /// Where to write how long each phase took.
  var phasesDescriptor: Int32?
  /// Where to write what the guest did.
  var countsDescriptor: Int32?
  /// Whether functions are compiled to machine code, and when.
  private(set) var isCompiling = false
  /// Whether the interpreter was asked for by name.
  private(set) var demandsInterpreter = false
  private(set) var tier = CompilerTier.auto
  private var isTierGiven = false
  /// The first option given that means nothing to the interpreter.
  var optionOfMachineCode: String? {
    if isTierGiven { return "tier" }
    if reportsCompilation { return "jit-report" }
    return writesPerfMap ? "profile" : nil
  }
  /// Where machine code is kept; nil for nowhere.
  private(set) var cache: CodeCacheChoice = .standard
  private(set) var reportsCompilation = false
  private(set) var writesPerfMap = false
  /// Index of the module's path among the process's arguments; the guest's own arguments follow.
  private(set) var moduleIndex = 2

  static let declaration = CommandDeclaration(
    name: "wvm run", summary: "Runs a module as a command of WASI preview 1", operands: "MODULE [ARGS…]",
    options: [
      .value("dir", "HOST[::GUEST]", "gives the guest a folder, under its own name or another; may be repeated"),
      .value("env", "NAME=VALUE", "sets a variable of the guest's environment, which is empty otherwise; may be repeated"),
      .value("invoke", "NAME", "calls this export instead of _start, with ARGS as its arguments, and prints its results"),
      .value("mode", "MODE", "how to execute: interpreter (the default) or jit"),
      .value("tier", "TIER", "under --mode jit, what is compiled when: auto (what is hot) or baseline (everything on its first call)"),
      .value(
        "cache", "DIR|off",
        "under --mode jit, the folder that keeps machine code from run to run; by default one of the user's own ($XDG_CACHE_HOME/wvm)"),
      .flag("jit-report", "says at the end, on standard error, what became of every function that was called"),
      .value("profile", "perf", "writes /tmp/perf-PID.map, by which perf(1) names the functions of machine code"),
      .enable, .disable, .limit,
      .flag("bench-imports", "provides bench.start and bench.end and prints the time between them on standard error"),
      .value("fuel", "N", "short for --limit fuel=N: ends the guest with a trap before it has executed more instructions than that"),
      .value("phases-fd", "N", "writes where the time went to descriptor N, as a line of JSON"),
      .value(
        "counts-fd", "N", "counts the guest's instructions, which is slower, and writes the counts to descriptor N, as a line of JSON"),
      .flag("help", letter: "h", "shows this text"),
    ],
    examples: ["wvm run --dir . --env LANG=C hello.wasm Ada", "wvm run --invoke add sum.wasm 2 3"],
    stopsAtFirstOperand: true)

  /// Reads the process's arguments, the command's name being the second; leaves with a message when they make no sense.
  ///
  /// The declaration and its reader are for help and for mistakes: making them takes a third of a short run.
  static func fromCommandLine() -> RunSettings {
    let settings = RunSettings()
    var options = OptionScanner(Arguments.values, from: 2)
    while options.next() {
      guard settings.take(&options) else { explainMistake() }
    }
    guard options.index < Arguments.count else { Output.fail("a module is missing: \(declaration.examples[0])", .usage) }
    settings.moduleIndex = options.index
    return settings
  }

  /// Help, or what is wrong with the command line.
  private static func explainMistake() -> Never {
    _ = declaration.parseCommandLine()
    Output.fail("the options cannot be understood (wvm run --help lists them all)", .usage)
  }

  /// False for an option that is unknown, or given a value it does not take, or none where it takes one.
  private func take(_ option: inout OptionScanner) -> Bool {
    if option.isNamed("bench-imports") {
      providesBenchImports = true
      return !option.hasAttachedValue
    }
    if option.isNamed("jit-report") {
      reportsCompilation = true
      return !option.hasAttachedValue
    }
    guard let value = option.value() else { return false }
    if option.isNamed("cache") {
      cache = strcmp(value, "off") == 0 ? .off : .folder(String(cString: value))
    } else if option.isNamed("profile") {
      guard strcmp(value, "perf") == 0 else { Output.fail("--profile knows perf, not '\(String(cString: value))'", .usage) }
      writesPerfMap = true
    } else if option.isNamed("mode") {
      setMode(value)
    } else if option.isNamed("tier") {
      tier = Self.tier(String(cString: value))
      isTierGiven = true
    } else if option.isNamed("enable") {
      features.formUnion(FeatureOptions.features(String(cString: value)))
    } else if option.isNamed("limit") {
      LimitOption.set(String(cString: value), in: &limits)
    } else if option.isNamed("disable") {
      features.subtract(FeatureOptions.features(String(cString: value)))
    } else if option.isNamed("env") {
      addVariable(value)
    } else if option.isNamed("dir") {
      folders.append(WASIHost.Folder(value))
    } else if option.isNamed("fuel") {
      LimitOption.set("fuel=" + String(cString: value), in: &limits)
    } else if option.isNamed("phases-fd") {
      phasesDescriptor = Self.descriptor("phases-fd", value)
    } else if option.isNamed("counts-fd") {
      countsDescriptor = Self.descriptor("counts-fd", value)
    } else if option.isNamed("invoke") {
      invokes = String(cString: value)
    } else {
      return false
    }
    return true
  }

  private func setMode(_ mode: UnsafePointer<CChar>) {
    isCompiling = strcmp(mode, "jit") == 0
    demandsInterpreter = !isCompiling
    guard isCompiling || strcmp(mode, "interpreter") == 0 else {
      Output.fail("unknown mode '\(String(cString: mode))': interpreter and jit are what there is", .usage)
    }
  }

  static func tier(_ name: String) -> CompilerTier {
    guard let tier = CompilerTier(rawValue: name) else {
      Output.fail("unknown tier '\(name)': auto and baseline are what there is", .usage)
    }
    return tier
  }

  private func addVariable(_ variable: UnsafePointer<CChar>) {
    guard let equals = strchr(variable, Int32(UInt8(ascii: "="))), equals != variable else {
      Output.fail("--env needs NAME=VALUE, not '\(String(cString: variable))'", .usage)
    }
    environment.append(List(UnsafeRawBufferPointer(start: variable, count: strlen(variable))))
  }

  private static func descriptor(_ option: StaticString, _ text: UnsafePointer<CChar>) -> Int32 {
    var end: UnsafeMutablePointer<CChar>?
    let number = strtol(text, &end, 10)
    guard let end, end != text, end.pointee == 0 else {
      Output.fail("--\(option) needs a whole number, not '\(String(cString: text))'", .usage)
    }
    guard let descriptor = Int32(exactly: number), fcntl(descriptor, F_GETFD) >= 0 else {
      Output.fail("--\(option) \(number): there is no such open descriptor", .usage)
    }
    return descriptor
  }
}

/// Where machine code is kept from run to run.
enum CodeCacheChoice {
  case off
  /// The user's own folder for such things, where there is one.
  case standard
  case folder(String)

  /// The cache, or nil. A folder that was asked for must be fit to be used.
  func open() -> CodeCache? {
    let folder: String
    switch self {
    case .off: return nil
    case .folder(let path): folder = path
    case .standard:
      if let cache = getenv("XDG_CACHE_HOME"), cache.pointee == UInt8(ascii: "/") {
        folder = String(cString: cache) + "/wvm"
      } else if let home = getenv("HOME"), home.pointee == UInt8(ascii: "/"), access(home, W_OK) == 0 {
        folder = String(cString: home) + "/.cache/wvm"
      } else {
        return nil
      }
    }
    do throws(CodeCache.Refusal) {
      return try CodeCache(folder: folder)
    } catch {
      if case .folder = self { Output.fail("--cache \(error)", .usage) }
      return nil
    }
  }
}

extension WASIHost.Folder {
  /// `HOST::GUEST`, or one name for both.
  init(_ text: UnsafePointer<CChar>) {
    let whole = UnsafeRawBufferPointer(start: text, count: strlen(text))
    guard let separator = strstr(text, "::") else {
      let name = List(whole)
      self.init(host: name, guest: name)
      return
    }
    let count = UnsafePointer(separator) - text
    self.init(host: List(whole[..<count]), guest: List(whole[(count + 2)...]))
  }
}
