import Observations

/// One row and one line for each trial, every one that was observed, passed or not, counted or not (RFC 4180, but with plain newlines).
public enum CSVReport {
  private static let columns: [(name: String, value: @Sendable (Observation) -> String)] = [
    ("run", \.run), ("workload", \.workload), ("runtime", \.runtime), ("block", { "\($0.block)" }), ("trial", { "\($0.trial)" }),
    ("attempt", { "\($0.attempt)" }), ("outcome", \.outcome.rawValue), ("detail", \.detail), ("exit_code", { optional($0.exitCode) }),
    ("signal", { optional($0.signal) }), ("wall_ns", { optional($0.duration) }),
    ("first_byte_ns", { trial in optional(trial.times.firstByte.flatMap { $0 >= trial.times.spawned ? $0 - trial.times.spawned : nil }) }),
    ("user_ns", { "\($0.resources.userTime)" }), ("system_ns", { "\($0.resources.systemTime)" }),
    ("peak_memory_bytes", { optional($0.resources.peakMemory) }), ("memory_source", \.resources.memorySource.rawValue),
    ("max_resident_bytes", { optional($0.resources.maxResident) }),
    ("tasks", { optional($0.tasks) }), ("instance_memory_bytes", { optional($0.resources.held?.proportional) }),
    ("instance_slope_bytes", { optional($0.resources.held?.slope) }),
    ("private_memory_bytes", { optional($0.resources.held?.privateMemory) }),
    ("group_memory_bytes", { optional($0.resources.held?.group) }), ("guest_memory_bytes", { optional($0.resources.held?.guest) }),
    ("repetitions", { optional($0.repetitions?.times.count) }), ("steady_state", { $0.repetitions?.steady?.state ?? "" }),
    ("warm_up_repetitions", { optional($0.repetitions?.steady?.warmUp) }), ("warm_up_ns", { optional($0.repetitions?.steady?.warmUpTime) }),
    ("steady_ns", { optional($0.repetitions?.steady?.time) }),
    ("latency_p50_ns", { optional($0.latencies?.latency.p50) }), ("latency_p90_ns", { optional($0.latencies?.latency.p90) }),
    ("latency_p99_ns", { optional($0.latencies?.latency.p99) }), ("latency_p999_ns", { optional($0.latencies?.latency.p999) }),
    ("latency_max_ns", { optional($0.latencies?.latency.max) }), ("service_p50_ns", { optional($0.latencies?.service.p50) }),
    ("service_p90_ns", { optional($0.latencies?.service.p90) }), ("service_p99_ns", { optional($0.latencies?.service.p99) }),
    ("service_p999_ns", { optional($0.latencies?.service.p999) }), ("service_max_ns", { optional($0.latencies?.service.max) }),
    ("achieved_per_1000_s", { optional($0.latencies?.achievedRate) }), ("lateness_ns", { optional($0.latencies?.lateness) }),
    ("steal_ticks", { "\($0.evidence.stealTicks)" }), ("cpu_pressure_us", { optional($0.evidence.cpuPressure) }),
    ("memory_pressure_us", { optional($0.evidence.memoryPressure) }), ("io_pressure_us", { optional($0.evidence.ioPressure) }),
    ("voluntary_switches", { "\($0.evidence.voluntarySwitches)" }), ("involuntary_switches", { "\($0.evidence.involuntarySwitches)" }),
    ("minor_faults", { "\($0.evidence.minorFaults)" }), ("major_faults", { "\($0.evidence.majorFaults)" }),
    ("run_delay_ns", { optional($0.evidence.runDelay) }), ("throttles", { optional($0.evidence.throttles) }),
    ("clock_step_ns", { optional($0.evidence.clockStep) }), ("environment_padding_bytes", { optional($0.environmentPadding) }),
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
    let header = (columns.map(\.name) + ["invalidated"]).joined(separator: ",")
    let rows = results.observations.map { trial in
      (columns.map { quoted($0.value(trial)) } + [validity.reason(for: trial)?.rawValue ?? ""]).joined(separator: ",")
    }
    return ([header] + rows).joined(separator: "\n") + "\n"
  }

  private static func optional(_ value: (some BinaryInteger)?) -> String { value.map { "\($0)" } ?? "" }

  static func quoted(_ value: String) -> String {
    let field = printable(value)
    return field.unicodeScalars.contains { $0 == "," || $0 == "\"" } ? "\"\(field.replacing(scalars: ["\"": "\"\""]))\"" : field
  }
}
