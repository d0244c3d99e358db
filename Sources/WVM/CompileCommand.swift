import Glibc
import Hosts
import Options
import VM

/// `wvm compile MODULE -o FILE`
enum CompileCommand {
  static let declaration = CommandDeclaration(
    name: "wvm compile", summary: "Compiles a module to machine code, into a file that `wvm run` starts without compiling anything",
    operands: "MODULE",
    options: [
      .value("output", "FILE", letter: "o", "where the compiled module goes"),
      .flag("jit-report", "says what became of every function: bytes of code, of machine code, and the time"),
      .value("dump", "asm", "shows the machine code of a function beside its operators, instead of writing a file; needs --function"),
      .value("function", "NAME", "the function to show: its index, or its name"),
      .enable, .disable,
      .flag("help", letter: "h", "shows this text"),
    ],
    examples: ["wvm compile -o hello.compiled hello.wasm && wvm run hello.compiled", "wvm compile --dump asm --function _start hello.wasm"])

  static func main() -> Never {
    let options = declaration.parseCommandLine()
    guard options.operands.count == 1, let place = options.operandIndices.first else {
      Output.fail("one module is needed: \(declaration.examples[0])", .usage)
    }
    let path = Arguments[2 + place]
    let features = FeatureOptions.features(options)
    do throws(ModuleError) {
      let bytes = try ModuleFileGuard.mapping(path: Arguments.values[2 + place]!)
      if options.value("dump") != nil { dump(options, try Module(bytes: bytes, features: features)) }
      guard options.value("output") != nil || options.has("jit-report") else {
        Output.fail("-o FILE says where the compiled module goes: \(declaration.examples[0])", .usage)
      }
      if let file = options.value("output"), isSame(file, path) {
        Output.fail("-o \(file) is the module itself: the compiled module needs a file of its own", .usage)
      }
      let start = threadNanoseconds()
      let module = try Module(bytes: bytes, features: features)
      let validated = threadNanoseconds()
      let compilation = try module.compileAll()
      let compiled = threadNanoseconds()
      if options.has("jit-report") { report(compilation, module, validated: validated - start, compiled: compiled - validated) }
      if let file = options.value("output") { write(try module.compiledImage(), to: file) }
    } catch {
      Output.fail(PrintableText.of(error.about(path)), error.kind == .tooLarge ? .system : .data)
    }
    Output.exit(.success)
  }

  private static func isSame(_ one: String, _ other: String) -> Bool {
    var (first, second) = (stat(), stat())
    return stat(one, &first) == 0 && stat(other, &second) == 0 && first.st_dev == second.st_dev && first.st_ino == second.st_ino
  }

  /// Writes the compiled module, or ends with what stands in the way.
  private static func write(_ bytes: [UInt8], to path: String) {
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      Output.fail("cannot write \(path): it is there and is no regular file; give another name", .output)
    }
    // Where a link leads the file is replaced, not the link.
    var place = path
    if let resolved = realpath(path, nil) {
      place = String(cString: resolved)
      free(resolved)
    }
    let slash = place.lastIndex(of: "/")
    let folder = slash.map { place.startIndex == $0 ? "/" : String(place[..<$0]) } ?? "."
    let name = slash.map { String(place[place.index(after: $0)...]) } ?? place
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { Output.fail("cannot write \(path): \(String(cString: strerror(errno)))", .output) }
    if let failure = WholeFile.write(bytes, to: name, in: descriptor, mode: 0o644) {
      Output.fail("cannot write \(path): \(String(cString: strerror(failure)))", .output)
    }
    close(descriptor)
  }

  // MARK: Report

  private static func report(_ records: [CompilationRecord], _ module: Module, validated: UInt64, compiled: UInt64) {
    var text = Self.text(records, module)
    let (bodies, code) = records.reduce((0, 0)) { ($0.0 + $1.bodyBytes, $0.1 + $1.codeBytes) }
    let seconds = Double(compiled) / 1e9
    text += "\(records.count) functions, \(bodies) bytes, \(code) of machine code; validated in \(milliseconds(validated)) ms, "
    text += "validated once more and compiled in \(milliseconds(compiled)) ms: \(tenths(Double(bodies) / 1e6 / seconds)) MB/s\n"
    Output.write(text, to: 1)
  }

  /// A line for each function.
  static func text(_ records: [CompilationRecord], _ module: Module) -> String {
    records.map { record in
      let function = "function \(record.function)\(name(record, module)): "
      if let reason = record.reason { return function + "interpreted: \(reason)\n" }
      return function
        + "\(record.bodyBytes) bytes, \(record.codeBytes) of machine code, \(tenths(Double(record.nanoseconds) / 1000)) us\n"
    }.joined()
  }

  private static func name(_ record: CompilationRecord, _ module: Module) -> String {
    module.functionName(record.function).map { " (" + PrintableText.of($0) + ")" } ?? ""
  }

  private static func milliseconds(_ nanoseconds: UInt64) -> String { tenths(Double(nanoseconds) / 1e6) }

  private static func tenths(_ value: Double) -> String {
    let scaled = UInt64((value * 10).rounded())
    return "\(scaled / 10).\(scaled % 10)"
  }

  private static func threadNanoseconds() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  // MARK: Dump

  private static func dump(_ options: ParsedOptions, _ module: Module) -> Never {
    guard options.value("dump") == "asm" else { Output.fail("--dump knows asm", .usage) }
    guard let wanted = options.value("function") else { Output.fail("--function NAME says which function to show", .usage) }
    guard let index = module.functionIndex(wanted) else { Output.fail("the module has no function \(wanted) of its own", .data) }
    do throws(ModuleError) {
      let listing = try module.machineCode(of: index)
      Output.finish(Disassembly.text(listing, module, index))
    } catch {
      Output.fail(PrintableText.of("\(error)"), .data)
    }
  }
}
