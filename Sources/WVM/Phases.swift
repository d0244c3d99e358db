import Glibc
import VM

/// Where the time of a run went, measured only when `--phases-fd` asks for it.
struct Phases {
  private struct Phase {
    var name: StaticString
    var nanoseconds: UInt64
  }

  private let descriptor: Int32
  private var last: UInt64
  /// The phases in the order in which they happened, of which there are at most eight.
  private var phases = InlineArray<8, Phase>(repeating: Phase(name: "", nanoseconds: 0))
  private var count = 0
  /// Time spent translating functions on their first calls, which happens inside the other phases.
  private var translated: UInt64 = 0
  /// Time in which the guest stood still while the collector looked for unreachable objects.
  private var collected: UInt64 = 0

  /// The first phase, `start`, is the processor time that the process has used so far: what is cheap to know of the time between
  /// its creation and its first line.
  init(descriptor: Int32) {
    self.descriptor = descriptor
    last = Self.read(CLOCK_MONOTONIC)
    append("start", Self.read(CLOCK_PROCESS_CPUTIME_ID))
  }

  private mutating func append(_ name: StaticString, _ nanoseconds: UInt64) {
    phases[count] = Phase(name: name, nanoseconds: nanoseconds)
    count += 1
  }

  /// Ends a phase: the time since the last one ended.
  mutating func end(_ name: StaticString) {
    let now = Self.read(CLOCK_MONOTONIC)
    append(name, now - last)
    last = now
  }

  /// Ends a phase in which guest code may have run; what was translated and collected meanwhile is not its time.
  mutating func end(_ name: StaticString, in store: Store) {
    end(name)
    let pauses = store.collector.pauseNanoseconds
    let others = store.translationNanoseconds - translated + pauses - collected
    phases[count - 1].nanoseconds -= min(phases[count - 1].nanoseconds, others)
    (translated, collected) = (store.translationNanoseconds, pauses)
  }

  /// All that was translated so far, as a phase of its own, and so the collector's pauses, where there were any.
  mutating func addTranslationAndPauses() {
    append("translate", translated)
    if collected > 0 { append("collect", collected) }
  }

  /// Writes one line of JSON. The descriptor may be the counts' too, so the end of the process closes it.
  mutating func write() {
    end("exit")
    var line = Line()
    line.put("{")
    for index in 0..<count { line.put(phases[index].name, phases[index].nanoseconds) }
    line.put("}\n")
    line.write(to: descriptor)
  }

  private static func read(_ clock: clockid_t) -> UInt64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
