import Glibc

/// What is counted of a trial from its program's first instruction on, by the kernel, in all its processes.
struct Counter {
  /// The name the count is reported under.
  var name: String
  var source: Source

  enum Source {
    /// Entries into the kernel: the tracepoint raw_syscalls:sys_enter.
    case systemCalls
    /// A generalised hardware event (PERF_COUNT_HW_…), in user mode only.
    case hardware(UInt64)
    /// A place in a file that is executed.
    case probe(path: String, offset: UInt64)
  }

  /// Hardware events by name: PERF_COUNT_HW_CPU_CYCLES, PERF_COUNT_HW_INSTRUCTIONS.
  private static let hardware: [(name: String, config: UInt64)] = [("cycles", 0), ("instructions", 1)]

  /// A counter named on the command line, or nil for an unknown name.
  init?(_ name: String) {
    self.name = name
    if name == "system-calls" {
      source = .systemCalls
    } else if let event = Self.hardware.first(where: { $0.name == name }) {
      source = .hardware(event.config)
    } else {
      return nil
    }
  }

  /// A probe named on the command line: `NAME=OFFSET:PATH`.
  init?(probe text: String) {
    guard let equals = text.firstIndex(of: "="), let colon = text[equals...].firstIndex(of: ":"),
      let offset = UInt64(text[text.index(after: equals)..<colon])
    else { return nil }
    let path = String(text[text.index(after: colon)...])
    guard path.hasPrefix("/"), equals != text.startIndex else { return nil }
    name = String(text[..<equals])
    source = .probe(path: path, offset: offset)
  }

  /// Opens the event on a process that has not yet become its program.
  /// - Parameter places: takes the trace points made for it, to be removed once it is closed. (The kernel's direct way, the perf device
  ///   `uprobe`, lets no counted process fork: it looks for the file's name in the wrong process.)
  func open(on process: pid_t, places: inout [String]) throws -> Int32 {
    switch source {
    case .systemCalls:
      return try Self.open(type: PerfEvent.tracepoint, config: try TraceEvents.identifier("raw_syscalls/sys_enter"), on: process)
    case .hardware(let config):
      return try Self.open(
        type: PerfEvent.hardware, config: config, flags: PerfEvent.Flag.excludeKernel | PerfEvent.Flag.excludeHypervisor, on: process)
    case .probe(let path, let offset):
      let place = try TraceEvents.define(path, offset)
      places.append(place.name)
      return try Self.open(type: PerfEvent.tracepoint, config: place.identifier, on: process)
    }
  }

  /// - Throws: `SystemError` where there are no hardware counters.
  static func tryHardware() throws {
    var none: [String] = []
    close(try Counter("instructions")!.open(on: 0, places: &none))
  }

  private static func open(type: UInt32, config: UInt64, flags: UInt64 = 0, on process: pid_t) throws -> Int32 {
    var attributes = PerfEvent.Attributes(type: type, config: config)
    attributes.readFormat = 3  // PERF_FORMAT_TOTAL_TIME_ENABLED, PERF_FORMAT_TOTAL_TIME_RUNNING
    attributes.flags = PerfEvent.Flag.disabled | PerfEvent.Flag.inherit | PerfEvent.Flag.enableOnExec | flags
    return try PerfEvent.open(attributes, process: process, cpu: -1)
  }
}

/// The counters of one trial.
struct TrialCounters {
  private var opened: [(name: String, descriptor: Int32)] = []
  private var places: [String] = []
  /// Name and reason of what could not be counted.
  private(set) var failures: [(name: String, reason: String)] = []

  /// Opens them on a process that has not yet become its program. A name whose counters do not all open is a failure as a whole.
  init(_ counters: [Counter], on process: pid_t) {
    if counters.contains(where: { if case .probe = $0.source { true } else { false } }) { TraceEvents.sweep() }
    for counter in counters where !failures.contains(where: { $0.name == counter.name }) {
      do { opened.append((counter.name, try counter.open(on: process, places: &places))) } catch {
        fail(counter.name, (error as? SystemError)?.message ?? "\(error)")
      }
    }
  }

  private mutating func fail(_ name: String, _ reason: String) {
    failures.append((name, reason))
    for counter in opened where counter.name == name { close(counter.descriptor) }
    opened.removeAll { $0.name == name }
  }

  /// Reads and closes them; the sum for each name. Processes that still live are not in it.
  mutating func finish() -> [(name: String, value: UInt64)] {
    var sums: [(name: String, value: UInt64)] = []
    for counter in opened {
      // The value, nanoseconds enabled, nanoseconds counting.
      var reading: (value: UInt64, enabled: UInt64, running: UInt64) = (0, 0, 0)
      let count = withUnsafeMutableBytes(of: &reading) { read(counter.descriptor, $0.baseAddress!, $0.count) }
      guard !failures.contains(where: { $0.name == counter.name }) else { continue }
      if count != 24 || reading.enabled != reading.running {
        failures.append((counter.name, "the counter was shared with somebody else and ran only part of the time"))
        sums.removeAll { $0.name == counter.name }
      } else if let index = sums.firstIndex(where: { $0.name == counter.name }) {
        sums[index].value += reading.value
      } else {
        sums.append((counter.name, reading.value))
      }
    }
    for counter in opened { close(counter.descriptor) }
    opened = []
    for place in places { TraceEvents.remove(place) }
    return sums
  }
}
