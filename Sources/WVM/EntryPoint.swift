import Glibc
import Processor

// wvm: runs, checks and tests WebAssembly modules.
//
// The entry point is a C function instead of top-level code or @main, for the sake of start-up, which every guest pays: top-level
// code belongs to the main actor and would bring the concurrency library and libdispatch into the executable, and the standard
// library's own way to the arguments reads /proc/self/maps before anything else runs. The build names the entry points of
// executables MODULE_main.

/// The process's arguments, for `Arguments` and for `CommandLine`.
nonisolated(unsafe) private var processArguments: (count: Int32, values: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) = (0, nil)

/// The executable's `main`: runs the command that the first argument names.
/// Every command ends the process itself, so that it never returns.
@_cdecl("WVM_main")
public func enter(_ count: Int32, _ values: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Int32 {
  processArguments = (count, values)
  // Before any of the virtual machine's code.
  if let missing = Processor.missingFeatures() { Output.fail(Processor.explanation(missing: missing), .unavailable) }
  let command = Arguments.count > 1 ? Arguments[1] : ""
  switch command {
  case "run": RunCommand.main()
  case "compile": CompileCommand.main()
  case "instantiate": InstantiateCommand.main()
  case "hold": HoldCommand.main()
  case "validate": ValidateCommand.main()
  case "wast": WastCommand.main()
  case "witness": WitnessCommand.main()
  case "--help", "-h", "help": Output.finish(Help.text)
  case "--version": Output.finish("wvm \(Help.version)\n")
  case "": Output.fail("a command is missing: wvm run MODULE, for example (wvm --help lists them)", .usage)
  default:
    let meant = Help.suggestion(for: command).map { "did you mean wvm \($0)? " } ?? ""
    Output.fail("unknown command '\(command)': \(meant)wvm --help lists them", .usage)
  }
}

/// The process's arguments as they were given.
enum Arguments {
  static var count: Int { Int(processArguments.count) }

  /// All of them, as main has them.
  static var values: UnsafePointer<UnsafeMutablePointer<CChar>?> { UnsafePointer(processArguments.values!) }

  /// An argument as text; what is not UTF-8 in it is replaced.
  static subscript(index: Int) -> String { String(cString: processArguments.values![index]!) }

  /// An argument's bytes.
  static func bytes(_ index: Int) -> UnsafeRawBufferPointer {
    let text = processArguments.values![index]!
    return UnsafeRawBufferPointer(start: text, count: strlen(text))
  }
}

// Not in debug builds: those are dynamically linked, gain nothing, and a test bundle that contains this file has arguments of its own.
#if !DEBUG
  /// Takes the place of the standard library's function of that name.
  @_cdecl("_swift_stdlib_getUnsafeArgvArgc")
  public func standardLibraryArguments(
    _ count: UnsafeMutablePointer<Int32>
  ) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
    count.pointee = processArguments.count
    return processArguments.values
  }

  /// Takes the place of the standard library's function of that name.
  @_cdecl("_swift_stdlib_overrideUnsafeArgvArgc")
  public func overrideStandardLibraryArguments(_ values: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?, _ count: Int32) {
    processArguments = (count, values)
  }
#endif
