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

  /// Writes one line of JSON. The descriptor may be the phases' too, so the end of the process closes it.
  func write(_ store: Store) {
    let translated = module?.translated ?? (functions: 0, bytes: 0)
    var line = Line()
    line.put("{")
    line.put("guest-instructions", store.executedInstructions)
    line.put("code-bytes", UInt64(translated.bytes))
    line.put("translated-functions", UInt64(translated.functions))
    line.put("}\n")
    line.write(to: descriptor)
  }
}
