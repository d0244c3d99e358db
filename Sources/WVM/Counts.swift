import Glibc
import VM

/// What the guest did, counted only when `--counts-fd` asks for it.
struct Counts {
  private let descriptor: Int32
  private var module: Module?

  init(descriptor: Int32) { self.descriptor = descriptor }

  /// Before anything of the module runs.
  mutating func begin(_ module: Module) {
    module.countInstructions()
    self.module = module
  }

  /// Writes one line of JSON and closes the descriptor.
  func write(_ store: Store) {
    let translated = module?.translated ?? (functions: 0, bytes: 0)
    var line = "{\"guest-instructions\":\(store.executedInstructions),"
    line += "\"code-bytes\":\(translated.bytes),\"translated-functions\":\(translated.functions)}\n"
    Output.write(line, to: descriptor)
    close(descriptor)
  }
}
