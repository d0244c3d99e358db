import Glibc
import Options
import VM
import WASI

/// What `wvm run` was asked to do. A class, because copying a structure of this size needs the run-time types of all its fields.
final class RunSettings {
  var folders: [WASIHost.Folder] = []
  var environment = List<List<UInt8>>()
  /// The export to call instead of `_start`.
  var invokes: String?
  var providesBenchImports = false
  /// Where to write how long each phase took.
  var phasesDescriptor: Int32?
  /// Where to write what the guest did.
  var countsDescriptor: Int32?
  /// Index of the module's path among the process's arguments; the guest's own arguments follow.
  let moduleIndex: Int

  private init(moduleIndex: Int) { self.moduleIndex = moduleIndex }

  static let declaration = CommandDeclaration(
    name: "wvm run", summary: "Runs a module as a command of WASI preview 1", operands: "MODULE [ARGS…]",
    options: [
      .value("dir", "HOST[::GUEST]", "gives the guest a folder, under its own name or another; may be repeated"),
      .value("env", "NAME=VALUE", "sets a variable of the guest's environment, which is empty otherwise; may be repeated"),
      .value("invoke", "NAME", "calls this export instead of _start, with ARGS as its arguments, and prints its results"),
      .value("mode", "MODE", "how to execute: interpreter"),
      .flag("bench-imports", "provides bench.start and bench.end and prints the time between them on standard error"),
      .value("phases-fd", "N", "writes where the time went to descriptor N, as a line of JSON"),
      .value(
        "counts-fd", "N", "counts the guest's instructions, which is slower, and writes the counts to descriptor N, as a line of JSON"),
      .flag("help", letter: "h", "shows this text"),
    ],
    examples: ["wvm run --dir . --env LANG=C hello.wasm Ada", "wvm run --invoke add sum.wasm 2 3"],
    stopsAtFirstOperand: true)

  /// Reads the process's arguments, the command's name being the second; leaves with a message when they make no sense.
  ///
  /// Most command lines have no options: those do not pay for the option reader.
  static func fromCommandLine() -> RunSettings {
    if Arguments.count > 2, Arguments.bytes(2).first != UInt8(ascii: "-") { return RunSettings(moduleIndex: 2) }
    let options = declaration.parseCommandLine()
    guard !options.operands.isEmpty else { Output.fail("a module is missing: \(declaration.examples[0])", .usage) }
    let settings = RunSettings(moduleIndex: 2 + options.firstOperand)
    if let mode = options.value("mode"), mode != "interpreter" {
      Output.fail("unknown mode '\(mode)': interpreter is what there is", .usage)
    }
    for folder in options.values("dir") { settings.folders.append(WASIHost.Folder(folder)) }
    for variable in options.values("env") {
      guard let equals = variable.firstIndex(of: "="), equals != variable.startIndex else {
        Output.fail("--env needs NAME=VALUE, not '\(variable)'", .usage)
      }
      settings.environment.append(List(variable.utf8))
    }
    settings.invokes = options.value("invoke")
    settings.providesBenchImports = options.has("bench-imports")
    settings.phasesDescriptor = descriptor("phases-fd", options)
    settings.countsDescriptor = descriptor("counts-fd", options)
    return settings
  }

  private static func descriptor(_ option: String, _ options: ParsedOptions) -> Int32? {
    do throws(UsageError) {
      guard let number = try options.integer(option) else { return nil }
      guard let descriptor = Int32(exactly: number), fcntl(descriptor, F_GETFD) >= 0 else {
        Output.fail("--\(option) \(number): there is no such open descriptor", .usage)
      }
      return descriptor
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
