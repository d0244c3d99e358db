import Observations

/// One trial that is counted instead of timed: what to count, and what came out.
final class CountedTrial {
  /// Whether the runtime itself counts (`--counts-fd`); otherwise the kernel does.
  let countsInRuntime: Bool
  private let counters: [String]
  private let probes: [String]
  private(set) var values: [String: UInt64] = [:]
  private(set) var reasons: [String: String] = [:]

  init(countsInRuntime: Bool, counters: [String] = [], probes: [String] = []) {
    self.countsInRuntime = countsInRuntime
    self.counters = counters
    self.probes = probes
  }

  /// The kernel counts what it is asked to. The environment is not padded, so that nothing differs from one repetition to the next.
  func prepare(_ request: inout LaunchRequest) {
    request.counters = counters
    request.probes = probes
    request.environment[EnvironmentPadding.variable] = nil
  }

  func take(_ report: LaunchReport, _ place: TrialPlace) {
    values = report.counts ?? [:]
    reasons = report.uncounted ?? [:]
    guard countsInRuntime else { return }
    // One line of JSON, an object of names and numbers, like the one of phases.
    for count in SystemFile.text(place.countsFile).flatMap(PhaseLine.parse) ?? [] { values[count.name] = count.nanoseconds }
  }
}

/// Counts what a workload does in a runtime, more than once, to see whether it does the same every time.
struct CountedArm {
  private let workload: Workload
  private let runtime: RuntimeDescription
  /// Bytes of what was made before the first trial; nil where nothing was.
  private let preparedBytes: UInt64?
  static let repetitions = 2

  init(_ workload: Workload, _ runtime: RuntimeDescription, preparedBytes: UInt64? = nil) {
    self.workload = workload
    self.runtime = runtime
    self.preparedBytes = preparedBytes
  }

  /// - Parameter trial: runs one counted trial.
  /// - Returns: a count for every metric, in their order.
  func counts(of metrics: [Metric], by trial: (CountedTrial) throws -> Observation) throws -> [Count] {
    var counts = metrics.map { Count(metric: $0, unavailable: reasonNotToTry($0)) }
    // It is made once and needs no trial.
    for index in counts.indices where metrics[index] == .preparedBytes { counts[index].values = preparedBytes.map { [$0] } ?? [] }
    // The runtime's own counting makes system calls and allocations of its own, so the kernel counts in other trials.
    for isInRuntime in [false, true] {
      var wanted = counts.indices.filter {
        counts[$0].unavailable == nil && metrics[$0] != .preparedBytes && metrics[$0].isCountedByRuntime == isInRuntime
      }
      var probes: [String] = []
      if let index = wanted.first(where: { metrics[$0] == .allocations }) {
        do { probes = try allocationProbes() } catch {
          counts[index].unavailable = error.reason
          wanted.removeAll { $0 == index }
        }
      }
      guard !wanted.isEmpty else { continue }
      let counters = isInRuntime ? [] : wanted.map { metrics[$0] }.filter { $0 != .allocations }.map(\.rawValue)
      for _ in 0..<Self.repetitions {
        let counting = CountedTrial(countsInRuntime: isInRuntime, counters: counters, probes: probes)
        let observation = try trial(counting)
        for index in wanted where counts[index].unavailable == nil {
          let name = metrics[index].rawValue
          if observation.outcome != .passed {
            counts[index].unavailable = "the counted trial failed: \(observation.outcome.rawValue): \(observation.detail)"
          } else if let value = counting.values[name] {
            counts[index].values.append(value)
          } else {
            counts[index].unavailable = counting.reasons[name] ?? "\(runtime.name) did not report it"
          }
        }
      }
    }
    for index in counts.indices where counts[index].unavailable != nil { counts[index].values = [] }
    return counts
  }

  private func reasonNotToTry(_ metric: Metric) -> String? {
    if metric == .preparedBytes {
      if runtime.prepareCommand == nil { return "nothing is made beforehand" }
      return preparedBytes == nil ? "the preparation failed" : nil
    }
    if metric.isCountedByRuntime {
      if runtime.program == .native { return "a native program has no WebAssembly code" }
      return runtime.reportsCounts == true && runtime.path == .process ? nil : "\(runtime.name) does not count it"
    }
    return runtime.path == .process ? nil : "what runs in a container does not come from the client that is counted"
  }

  private func allocationProbes() throws(ELFError) -> [String] {
    guard let first = runtime.command.first,
      let program = first == "{native}" ? workload.native : first == "{module}" ? workload.module : first
    else { throw ELFError("there is no program") }
    return try AllocatorFunctions.places(usedBy: program).map { "\(Metric.allocations.rawValue)=\($0.offset):\($0.path)" }
  }
}
