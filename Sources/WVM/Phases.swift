import Glibc
import VM

/// Where the time of a run went, measured only when `--phases-fd` asks for it.
struct Phases {
  private let descriptor: Int32
  private var last: UInt64
  /// Nanoseconds of each phase, in the order in which they happened.
  private var phases: [(name: StaticString, nanoseconds: UInt64)] = []
  /// Time spent translating functions on their first calls, which happens inside the other phases.
  private var translated: UInt64 = 0

  /// The first phase, `start`, is the processor time that the process has used so far: what is cheap to know of the time between
  /// its creation and its first line.
  init(descriptor: Int32) {
    self.descriptor = descriptor
    phases.append(("start", Self.read(CLOCK_PROCESS_CPUTIME_ID)))
    last = Self.read(CLOCK_MONOTONIC)
  }

  /// Ends a phase: the time since the last one ended.
  mutating func end(_ name: StaticString) {
    let now = Self.read(CLOCK_MONOTONIC)
    phases.append((name, now - last))
    last = now
  }

  /// Ends a phase in which guest code may have run; what was translated meanwhile is not its time.
  mutating func end(_ name: StaticString, in store: Store) {
    end(name)
    let translation = store.translationNanoseconds - translated
    phases[phases.count - 1].nanoseconds -= min(phases[phases.count - 1].nanoseconds, translation)
    translated = store.translationNanoseconds
  }

  /// All that was translated so far, as a phase of its own.
  mutating func addTranslation() { phases.append(("translate", translated)) }

  /// Writes one line of JSON and closes the descriptor.
  mutating func write() {
    end("exit")
    var line = "{"
    for (index, phase) in phases.enumerated() {
      if index > 0 { line += "," }
      line += "\"\(phase.name)\":\(phase.nanoseconds)"
    }
    Output.write(line + "}\n", to: descriptor)
    close(descriptor)
  }

  private static func read(_ clock: clockid_t) -> UInt64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
