import Containers
import Glibc

// containerd-shim-wvm-v1: containers that are WebAssembly modules, under containerd.
//
// The entry point is a C function for the sake of start-up, as wvm's is (Sources/WVM): containerd starts this program twice for every
// container. The build names the entry points of executables MODULE_main.

/// The executable's `main`.
@_cdecl("Shim_main")
public func enter(_ count: Int32, _ values: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Int32 {
  // What is written to a connection that is gone gives an error, not a signal.
  signal(SIGPIPE, SIG_IGN)
  let arguments = (1..<max(1, Int(count))).map { String(cString: values[$0]!) }
  let flavour = Flavour(program: count > 0 ? String(cString: values[0]!) : "")
  let options: ShimOptions
  do throws(ShimOptions.UsageError) {
    options = try ShimOptions(arguments)
  } catch {
    StandardError.write("error: \(flavour.program): \(error.description); see -help\n")
    return 64
  }
  if options.showsHelp {
    FileDescriptor.write(ShimOptions.help, to: 1)
    return 0
  }
  if options.showsVersion {
    FileDescriptor.write("\(flavour.program):\n  Version:  \(ShimVersion.text)\n", to: 1)
    return 0
  }
  if options.showsInformation { return InformationCommand.run() }
  switch options.verb {
  case "start":
    // Whatever whoever started containerd forgot to close is not for the daemon and its containers.
    Linux.closeAll(from: 3)
    return StartCommand(options, flavour).run()
  case "delete": return DeleteCommand(options).run()
  case "":
    StandardError.write("error: \(flavour.program): a verb is missing: containerd starts this program with start or delete; see -help\n")
    return 64
  case let verb:
    StandardError.write("error: \(flavour.program): unknown verb '\(verb)': start and delete exist; see -help\n")
    return 64
  }
}

enum ShimVersion {
  static let text = "0.4.0"
}

/// What kind of guests the program hosts, by the name it is called by: one executable serves all of them.
enum Flavour: String {
  case wvm, wasmtime, wasmedge, spin, slight

  /// - Parameter program: a path whose last part is `containerd-shim-NAME-v1`; any other name is `wvm`.
  init(program: String) {
    let name = program.split(separator: "/").last ?? ""
    let parts = name.split(separator: "-")
    self = parts.count >= 3 ? Flavour(rawValue: String(parts[2])) ?? .wvm : .wvm
  }

  var program: String { "containerd-shim-\(rawValue)-v1" }

  /// Why a container of this kind cannot be run, for its standard error; nil where it can.
  var refusal: String? {
    switch self {
    case .wvm: nil
    case .wasmtime, .wasmedge:
      "error: \(program): running modules in \(rawValue) is not supported yet; use --runtime io.containerd.wvm.v1 to run this image"
    case .spin, .slight:
      "error: \(program): \(rawValue) applications are not supported yet; use --runtime io.containerd.wvm.v1 to run a module of plain WASI"
    }
  }
}
