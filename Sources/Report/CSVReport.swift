import Observations

/// One row and one line for each trial, every one that was observed, passed or not, counted or not (RFC 4180, but with plain newlines).
public enum CSVReport {
  private static let columns: [(name: String, value: @Sendable (Observation) -> String)] = [
    ("run", \.run), ("workload", \.workload), ("runtime", \.runtime), ("block", { "\($0.block)" }), ("trial", { "\($0.trial)" }),
    ("attempt", { "\($0.attempt)" }), ("outcome", \.outcome.rawValue), ("detail", \.detail), ("exit_code", { csvNumber($0.exitCode) }),
    ("signal", { csvNumber($0.signal) }), ("wall_ns", { csvNumber($0.duration) }),
    ("first_byte_ns", { trial in csvNumber(trial.times.firstByte.flatMap { $0 >= trial.times.spawned ? $0 - trial.times.spawned : nil }) }),
    ("user_ns", { "\($0.resources.userTime)" }), ("system_ns", { "\($0.resources.systemTime)" }),
    ("peak_memory_bytes", { csvNumber($0.resources.peakMemory) }), ("memory_source", \.resources.memorySource.rawValue),
    ("max_resident_bytes", { csvNumber($0.resources.maxResident) }),
    ("tasks", { csvNumber($0.tasks) }), ("instance_memory_bytes", { csvNumber($0.resources.held?.proportional) }),
    ("instance_slope_bytes", { csvNumber($0.resources.held?.slope) }),
    ("private_memory_bytes", { csvNumber($0.resources.held?.privateMemory) }),
    ("group_memory_bytes", { csvNumber($0.resources.held?.group) }), ("guest_memory_bytes", { csvNumber($0.resources.held?.guest) }),
    ("repetitions", { csvNumber($0.repetitions?.times.count) }), ("steady_state", { $0.repetitions?.steady?.state ?? "" }),
    ("warm_up_repetitions", { csvNumber($0.repetitions?.steady?.warmUp) }),
    ("warm_up_ns", { csvNumber($0.repetitions?.steady?.warmUpTime) }),
    ("steady_ns", { csvNumber($0.repetitions?.steady?.time) }),
    ("latency_p50_ns", { csvNumber($0.latencies?.latency.p50) }), ("latency_p90_ns", { csvNumber($0.latencies?.latency.p90) }),
    ("latency_p99_ns", { csvNumber($0.latencies?.latency.p99) }), ("latency_p999_ns", { csvNumber($0.latencies?.latency.p999) }),
    ("latency_max_ns", { csvNumber($0.latencies?.latency.max) }), ("service_p50_ns", { csvNumber($0.latencies?.service.p50) }),
    ("service_p90_ns", { csvNumber($0.latencies?.service.p90) }), ("service_p99_ns", { csvNumber($0.latencies?.service.p99) }),
    ("service_p999_ns", { csvNumber($0.latencies?.service.p999) }), ("service_max_ns", { csvNumber($0.latencies?.service.max) }),
    ("achieved_per_1000_s", { csvNumber($0.latencies?.achievedRate) }), ("lateness_ns", { csvNumber($0.latencies?.lateness) }),
    ("steal_ticks", { "\($0.evidence.stealTicks)" }), ("cpu_pressure_us", { csvNumber($0.evidence.cpuPressure) }),
    ("memory_pressure_us", { csvNumber($0.evidence.memoryPressure) }), ("io_pressure_us", { csvNumber($0.evidence.ioPressure) }),
    ("voluntary_switches", { "\($0.evidence.voluntarySwitches)" }), ("involuntary_switches", { "\($0.evidence.involuntarySwitches)" }),
    ("minor_faults", { "\($0.evidence.minorFaults)" }), ("major_faults", { "\($0.evidence.majorFaults)" }),
    ("run_delay_ns", { csvNumber($0.evidence.runDelay) }), ("throttles", { csvNumber($0.evidence.throttles) }),
    ("clock_step_ns", { csvNumber($0.evidence.clockStep) }), ("environment_padding_bytes", { csvNumber($0.environmentPadding) }),
    ("phases_ns", { $0.phases.map { "\($0.name)=\($0.nanoseconds)" }.joined(separator: ";") }),
  ]

  /// The columns of `Docs/formats.md`, a header line first, a line feed at the end. Of a conformance run, whose trials say nothing that their
  /// assertions do not, a row for each assertion.
  public static func text(for results: RunResults) -> String {
    results.isConformance ? ConformanceReport(results).csv() : trials(results)
  }

  static func trials(_ results: RunResults) -> String {
    let counted = CountedTrials(results.observations)
    let validity = Validity(counted.all, of: results)
    let invalidated: CSVTable<Observation>.Column = ("invalidated", { validity.reason(for: $0)?.rawValue ?? "" })
    // One by one: an array of sendable functions is not converted as a whole.
    let known: [CSVTable<Observation>.Column] = columns.map { ($0.name, $0.value) }
    return CSVTable(columns: known + [invalidated]).text(results.observations)
  }

  static func quoted(_ value: String) -> String {
    let field = printable(value)
    return field.unicodeScalars.contains { $0 == "," || $0 == "\"" } ? "\"\(field.replacing(scalars: ["\"": "\"\""]))\"" : field
  }
}
