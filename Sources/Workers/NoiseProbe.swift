import Glibc
import Observations

/// What the machine did besides: counters of the whole machine, read just before and just after a trial.
struct NoiseProbe {
  private var stealTicks: UInt64
  private var throttles: UInt64?
  /// Nanoseconds by which the time of day is ahead of the monotonic clock.
  private var clockLead: Int64
  private var cpu: UInt64?
  private var memory: UInt64?
  private var io: UInt64?

  /// Reads the counters as they are now.
  init() {
    // First line of /proc/stat: cpu user nice system idle iowait irq softirq steal … (proc(5)).
    let fields = (SystemFile.text("/proc/stat") ?? "").prefix { $0 != "\n" }.split(separator: " ")
    stealTicks = fields.count > 8 ? UInt64(fields[8]) ?? 0 : 0
    cpu = Self.pressure("cpu")
    memory = Self.pressure("memory")
    io = Self.pressure("io")
    throttles =
      Self.throttleFiles.isEmpty
      ? nil : Self.throttleFiles.reduce(0) { $0 &+ (SystemFile.line($1).flatMap { UInt64($0) } ?? 0) }
    clockLead = Self.clockLead()
  }

  /// Counters of slowing down for heat, one for each core (Documentation/arch/x86/…, absent in virtual machines).
  private static let throttleFiles = SystemFile.entries("/sys/devices/system/cpu")
    .map { "/sys/devices/system/cpu/\($0)/thermal_throttle/core_throttle_count" }.filter(SystemFile.exists)

  /// The two clocks are read one after the other; the smallest of three readings is the least disturbed one.
  private static func clockLead() -> Int64 {
    func nanoseconds(_ clock: clockid_t) -> Int64 {
      var time = timespec()
      clock_gettime(clock, &time)
      return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
    return (0..<3).map { _ in
      let monotonic = nanoseconds(CLOCK_MONOTONIC)
      return nanoseconds(CLOCK_REALTIME) - monotonic
    }.min() ?? 0
  }

  /// Microseconds since boot in which some task waited: `some … total=N` (Documentation/accounting/psi.rst).
  private static func pressure(_ resource: String) -> UInt64? {
    guard let text = SystemFile.text("/proc/pressure/\(resource)"),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix("some ") })
    else { return nil }
    return line.split(separator: " ").first { $0.hasPrefix("total=") }.flatMap { UInt64($0.dropFirst(6)) }
  }

  /// The evidence from this reading to now, with the trial's own switches and faults.
  func evidence(_ report: LaunchReport) -> NoiseEvidence {
    let now = NoiseProbe()
    func difference(_ from: UInt64?, _ to: UInt64?) -> UInt64? {
      guard let from, let to else { return nil }
      return to &- from
    }
    return NoiseEvidence(
      stealTicks: now.stealTicks &- stealTicks, cpuPressure: difference(cpu, now.cpu), memoryPressure: difference(memory, now.memory),
      ioPressure: difference(io, now.io), voluntarySwitches: report.voluntarySwitches, involuntarySwitches: report.involuntarySwitches,
      minorFaults: report.minorFaults, majorFaults: report.majorFaults, runDelay: report.runDelay,
      throttles: difference(throttles, now.throttles), clockStep: now.clockLead - clockLead)
  }
}
