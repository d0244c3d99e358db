import Foundation
import TestSupport

/// A command line that runs a module with the current folder open to it.
struct WasmEngine: CustomStringConvertible, Sendable {
  let name: String
  let program: String
  /// Guest programs this engine cannot run, and why.
  let unable: [String: String]

  var description: String { name }

  func command(module: String, arguments: [String], folder: String) -> Command {
    Command(program, ["run", "--dir", ".", module] + arguments, in: folder)
  }

  /// Our own interpreter where it is built beside the tests, and the Swift toolchain's where that is installed.
  static let available: [WasmEngine] = {
    var engines: [WasmEngine] = []
    let own = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().path + "/wvm"
    if FileManager.default.isExecutableFile(atPath: own) { engines.append(WasmEngine(name: "wvm", program: own, unable: [:])) }
    if let program = Command.find("wasmkit") {
      engines.append(WasmEngine(name: "wasmkit", program: program, unable: ["files": "it has no path_rename"]))
    }
    return engines
  }()

  /// Every engine with every case it can run.
  static let pairs: [(WasmEngine, GuestCase)] = available.flatMap { engine in
    GuestCase.all.filter { engine.unable[$0.program] == nil }.map { (engine, $0) }
  }
}
