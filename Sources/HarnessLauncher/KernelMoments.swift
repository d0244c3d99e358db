import Glibc

/// The kernel's own moments of a trial: when its process became its program, and when it ended.
///
/// A parent sees neither: execve's work lies between its stamp and the program's first instruction, and the work of an exit between
/// the program's last instruction and the word that it is gone. The kernel stamps both on the parent's clock into rings of its own, one
/// for each CPU, which are opened once and read after the trial: the measured interval has no system call more for it.
final class KernelMoments {
  private var rings: [PerfRing] = []
  /// Becomes readable when a ring is half full, so that a long trial on a busy machine loses nothing.
  let descriptor: Int32
  /// CLOCK_MONOTONIC, nanoseconds; 0 where nothing was recorded.
  private(set) var executed: UInt64 = 0
  private(set) var ended: UInt64 = 0
  /// Whether `executed` is from the trace point and not from the record of the new name, which the kernel makes before it maps the program.
  private var isExact = false

  /// - Throws: `SystemError` where the kernel does not allow it.
  init() throws {
    descriptor = try System.makeWatch()
    let processors = Self.processors()
    do {
      // Everything on this machine, for which no context switch costs anything: wants CAP_PERFMON.
      for cpu in processors { rings.append(try PerfRing(Self.attributes(inherited: false), process: -1, cpu: cpu)) }
      try? addTracePoint(processors)
    } catch is SystemError {
      // This process and what comes of it.
      rings = []
      for cpu in processors { rings.append(try PerfRing(Self.attributes(inherited: true), process: 0, cpu: cpu)) }
    }
    for ring in rings { System.watch(ring.descriptor, by: descriptor) }
  }

  /// Forgets what was recorded so far.
  func begin() {
    executed = 0
    ended = 0
    isExact = false
    for ring in rings { ring.skip() }
  }

  /// Takes over what has been recorded of a process.
  func collect(_ process: pid_t) {
    let wanted = UInt32(bitPattern: process)
    for ring in rings {
      ring.read { record in
        guard record.process == wanted else { return }
        // The first program it became; the last of its threads to end.
        if record.isExec, executed == 0 { executed = record.time }
        if record.isSample, !isExact {
          executed = record.time
          isExact = true
        }
        if record.isExit { ended = max(ended, record.time) }
      }
    }
  }

  /// The trace point at the very end of execve, into the same rings. Without it the moment is that of the new name, about 0.1 ms earlier.
  private func addTracePoint(_ processors: [Int]) throws {
    var attributes = PerfEvent.Attributes(
      type: PerfEvent.tracepoint, config: try TraceEvents.identifier("sched/sched_process_exec"))
    attributes.samplePeriod = 1
    attributes.sampleType = 1 << 1 | 1 << 2  // PERF_SAMPLE_TID, PERF_SAMPLE_TIME
    attributes.clock = CLOCK_MONOTONIC
    attributes.flags = PerfEvent.Flag.usesClock
    for (ring, cpu) in zip(rings, processors) {
      let descriptor = try PerfEvent.open(attributes, process: -1, cpu: cpu)
      guard System.sendRecords(of: descriptor, toRingOf: ring.descriptor) else {
        let reason = SystemError("join the ring of a perf event")
        close(descriptor)
        throw reason
      }
    }
  }

  /// Records of names and tasks, each with process and time, of an event that itself never happens.
  private static func attributes(inherited: Bool) -> PerfEvent.Attributes {
    let dummy: UInt64 = 9  // PERF_COUNT_SW_DUMMY
    var attributes = PerfEvent.Attributes(type: PerfEvent.software, config: dummy)
    attributes.sampleType = 1 << 1 | 1 << 2  // PERF_SAMPLE_TID, PERF_SAMPLE_TIME
    attributes.clock = CLOCK_MONOTONIC
    attributes.flags =
      PerfEvent.Flag.excludeKernel | PerfEvent.Flag.excludeHypervisor | PerfEvent.Flag.recordsNames | PerfEvent.Flag.marksExec
      | PerfEvent.Flag.recordsTasks | PerfEvent.Flag.identifiesRecords | PerfEvent.Flag.usesClock
      | (inherited ? PerfEvent.Flag.inherit : 0)
    return attributes
  }

  /// The CPUs in use, from a list like `0-3,6`.
  private static func processors() -> [Int] {
    let list = SmallFile.read("/sys/devices/system/cpu/online") ?? "0"
    return list.prefix { $0 != "\n" }.split(separator: ",").flatMap { part -> [Int] in
      let ends = part.split(separator: "-").compactMap { Int($0) }
      guard let first = ends.first, let last = ends.last, first <= last else { return [] }
      return Array(first...last)
    }
  }
}

/// The ring of records of one event on one CPU (perf_event_open(2), MMAP layout).
struct PerfRing {
  let descriptor: Int32
  private let page: UnsafeMutableRawPointer
  private let data: UnsafeMutableRawPointer
  /// Bytes, a power of two.
  private static let size = 8 * 4096

  struct Record {
    var kind: UInt32
    var flags: UInt16
    var process: UInt32
    var time: UInt64
    /// PERF_RECORD_COMM with PERF_RECORD_MISC_COMM_EXEC.
    var isExec: Bool { kind == 3 && flags & 1 << 13 != 0 }
    /// PERF_RECORD_SAMPLE, of the trace point.
    var isSample: Bool { kind == 9 }
    /// PERF_RECORD_EXIT
    var isExit: Bool { kind == 4 }
  }

  init(_ attributes: PerfEvent.Attributes, process: pid_t, cpu: Int) throws {
    descriptor = try PerfEvent.open(attributes, process: process, cpu: cpu)
    let mapping = mmap(nil, Self.size + 4096, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0)
    guard let mapping, mapping != MAP_FAILED else {
      let reason = SystemError("map the ring of a perf event")
      close(descriptor)
      throw reason
    }
    page = mapping
    data = mapping + 4096
  }

  // Offsets of data_head and data_tail in `struct perf_event_mmap_page`. The kernel moves the first, we the second. On x86-64 plain loads
  // and stores keep the order that the protocol asks for.
  private var head: UInt64 { page.load(fromByteOffset: 1024, as: UInt64.self) }
  private func moveTail(to position: UInt64) { page.storeBytes(of: position, toByteOffset: 1032, as: UInt64.self) }

  /// Throws away what is there.
  func skip() { moveTail(to: head) }

  /// Gives every record that is there and makes room for new ones.
  func read(_ body: (Record) -> Void) {
    let end = head
    var position = page.load(fromByteOffset: 1032, as: UInt64.self)
    while position < end {
      // Header: kind (32 bits), flags (16), size (16). The process comes next; the time is the last word of every record.
      let header = word(position)
      let size = header >> 48
      guard size >= 24 else { break }
      body(
        Record(
          kind: UInt32(truncatingIfNeeded: header), flags: UInt16(truncatingIfNeeded: header >> 32),
          process: UInt32(truncatingIfNeeded: word(position + 8)), time: word(position + size - 8)))
      position += size
    }
    moveTail(to: end)
  }

  /// Records are whole words long and wrap around.
  private func word(_ position: UInt64) -> UInt64 {
    data.load(fromByteOffset: Int(position & UInt64(Self.size - 1)), as: UInt64.self)
  }
}
