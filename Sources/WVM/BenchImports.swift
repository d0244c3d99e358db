import Glibc
import VM

/// `bench.start` and `bench.end`, between which sightglass's programs do what is measured.
enum BenchImports {
  static func define(in imports: inout Imports, store: Store) {
    let bracket = Bracket()
    imports.define("bench", "start", .function(Function(store: store, type: FunctionType()) { _, _ in bracket.start() }))
    imports.define("bench", "end", .function(Function(store: store, type: FunctionType()) { _, _ in bracket.end() }))
  }

  private final class Bracket {
    private var started = timespec()
    private var isOpen = false

    func start() {
      isOpen = true
      clock_gettime(CLOCK_MONOTONIC, &started)
    }

    /// One line on standard error: `bench: N ns`.
    func end() {
      var ended = timespec()
      clock_gettime(CLOCK_MONOTONIC, &ended)
      guard isOpen else {
        Output.write("bench: bench.end without bench.start\n", to: 2)
        return
      }
      isOpen = false
      let nanoseconds = (ended.tv_sec - started.tv_sec) * 1_000_000_000 + ended.tv_nsec - started.tv_nsec
      Output.write("bench: \(nanoseconds) ns\n", to: 2)
    }
  }
}
