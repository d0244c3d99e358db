import Glibc

/// What the processors did for a moment: two readings, and what lies between them.
public struct ActivitySample: Sendable {
  var before: Reading
  var after: Reading
  /// Between the two.
  var seconds: Double

  struct Reading: Sendable {
    /// By process number.
    var processes: [Int: ProcessTime]
    var processors: ProcessorTime?
  }

  /// Watches a machine.
  /// - Parameter seconds: how long; this process sleeps meanwhile.
  public init(of machine: MachineRoot, seconds: Double) {
    before = Reading(machine)
    usleep(UInt32(seconds * 1e6))
    after = Reading(machine)
    self.seconds = seconds
  }

  init(before: Reading, after: Reading, seconds: Double) {
    self.before = before
    self.after = after
    self.seconds = seconds
  }

  /// Which part of one processor each process used, the busiest first.
  var shares: [(process: Int, name: String, share: Double)] {
    after.processes.compactMap { process, time in
      guard let earlier = before.processes[process], time.ticks > earlier.ticks else { return nil }
      return (process, time.name, Double(time.ticks - earlier.ticks) / ProcessTime.ticksPerSecond / seconds)
    }.sorted { ($1.share, $0.process) < ($0.share, $1.process) }
  }

  /// Which part of all processors' time was stolen.
  var stolenShare: Double {
    guard let before = before.processors, let after = after.processors, after.total > before.total else { return 0 }
    return Double(max(0, after.stolen - before.stolen)) / Double(after.total - before.total)
  }
}

extension ActivitySample.Reading {
  init(_ machine: MachineRoot) {
    processes = [:]
    for process in machine.entries("/proc").compactMap({ Int($0) }) {
      if let time = machine.text("/proc/\(process)/stat").flatMap(ProcessTime.init) { processes[process] = time }
    }
    processors = ProcessorTime(machine)
  }
}

/// What a process has used of the processors (proc(5), /proc/PID/stat).
struct ProcessTime: Sendable {
  var name: String
  /// In user and kernel mode.
  var ticks: Int

  static let ticksPerSecond = Double(sysconf(Int32(_SC_CLK_TCK)))

  /// The name in parentheses may hold anything up to the last one.
  init?(_ line: String) {
    guard let open = line.firstIndex(of: "("), let close = line.lastIndex(of: ")"), open < close else { return nil }
    let fields = line[line.index(after: close)...].split(separator: " ")
    // Fields 14 and 15 of the line; the first behind the name is field 3.
    guard fields.count > 12, let user = Int(fields[11]), let kernel = Int(fields[12]) else { return nil }
    name = String(line[line.index(after: open)..<close])
    ticks = user + kernel
  }
}

/// The first line of /proc/stat: cpu user nice system idle iowait irq softirq steal … (proc(5)), in ticks of all processors.
struct ProcessorTime: Sendable {
  var total: Int
  var stolen: Int

  init?(_ machine: MachineRoot) {
    let fields = (machine.line("/proc/stat") ?? "").split(separator: " ")
    guard fields.first == "cpu", fields.count > 8 else { return nil }
    let ticks = fields[1...8].compactMap { Int($0) }
    guard ticks.count == 8 else { return nil }
    total = ticks.reduce(0, +)
    stolen = ticks[7]
  }
}
