import Foundation
import TestSupport

/// A command line that runs a module with the current folder open to it.
struct WasmEngine: CustomStringConvertible, Sendable {
  let name: String
  let program: String
  var description: String { name }

  func command(module: String, arguments: [String], folder: String) -> Command {
    Command(program, ["run", "--dir", ".", module] + arguments, in: folder)
  }

  /// Our own interpreter where it is built beside the tests, and the Swift toolchain's where that is installed.
  static let available: [WasmEngine] = {
    var engines: [WasmEngine] = []
    let own = Product.path("wvm")
    if FileManager.default.isExecutableFile(atPath: own) { engines.append(WasmEngine(name: "wvm", program: own)) }
    if let program = Command.find("wasmkit") {
      engines.append(WasmEngine(name: "wasmkit", program: program))
    }
    return engines
  }()

  /// Every engine with every case, but for wasmkit's: `files` has a test of its own, and `nap` needs poll_oneoff, which it has not.
  static let pairs: [(WasmEngine, GuestCase)] = available.flatMap { engine in
    GuestCase.all.filter { engine.name != "wasmkit" || !["files", "nap"].contains($0.program) }.map { (engine, $0) }
  }

  /// Why wasmkit cannot run `files` here, asked of wasmkit itself; nil where it can.
  static let obstacleToFiles: String? = {
    guard let engine = available.first(where: { $0.name == "wasmkit" }) else { return "wasmkit is not installed" }
    guard let scratch = try? Scratch(),
      let outcome = try? engine.command(module: "\(Checkout.guests)/files.wasm", arguments: [], folder: scratch.folder).run()
    else { return nil }
    return outcome.errors.contains(/rename .*: Not supported/) ? "wasmkit has no path_rename, which files needs" : nil
  }()
}
