import Observations
import Statistics

/// Evidence of disturbance during the counted trials: to judge the run by, and why some of them enter no figure.
public struct NoiseSummary: Codable, Sendable, Equatable {
  /// Counted trials the evidence is of, whatever their outcome.
  public var trials = 0
  /// Trials during which the hypervisor took CPU time from this machine, and how much in clock ticks.
  public var trialsWithSteal = 0
  /// Ticks of 10 ms (USER_HZ), of all trials together.
  public var stealTicks: UInt64 = 0
  /// Share of the trials' time during which some task waited for a CPU, memory or IO; nil where the kernel does not say.
  public var cpuPressure: Double?
  /// As `cpuPressure`, for memory.
  public var memoryPressure: Double?
  /// As `cpuPressure`, for IO.
  public var ioPressure: Double?
  /// Trials that passed but were invalidated by evidence of disturbance, by reason.
  public var invalidated: [InvalidationCount] = []

  init(_ arms: [[Observation]], invalidated counts: [InvalidationCount]) {
    invalidated = Invalidation.allCases.compactMap { reason in
      let count = counts.reduce(0) { $1.reason == reason ? $0 + $1.count : $0 }
      return count > 0 ? InvalidationCount(reason: reason, count: count) : nil
    }
    var wall = 0.0
    var (cpu, memory, io): (Double?, Double?, Double?) = (nil, nil, nil)
    func add(_ sum: inout Double?, _ microseconds: UInt64?) {
      if let microseconds { sum = (sum ?? 0) + Double(microseconds) * 1000 }
    }
    for arm in arms {
      for trial in arm {
        let evidence = trial.evidence
        trials += 1
        stealTicks &+= evidence.stealTicks
        if evidence.stealTicks > 0 { trialsWithSteal += 1 }
        // Evidence is taken around the whole trial, to the moment it was reaped.
        wall += trial.times.reaped >= trial.times.spawned ? Double(trial.times.reaped - trial.times.spawned) : 0
        add(&cpu, evidence.cpuPressure)
        add(&memory, evidence.memoryPressure)
        add(&io, evidence.ioPressure)
      }
    }
    func share(_ sum: Double?) -> Double? { wall > 0 ? sum.map { min(1, $0 / wall) } : nil }
    cpuPressure = share(cpu)
    memoryPressure = share(memory)
    ioPressure = share(io)
  }

  /// Some task waited for a CPU for a large part of the trials' time. A trial of several processes makes tasks wait by itself, but not
  /// for this long.
  var isBusy: Bool { (cpuPressure ?? 0) > 0.25 }

  /// One line for people.
  public var text: String {
    guard trials > 0 else { return "no trial was measured" }
    let invalid = invalidated.reduce(0) { $0 + $1.count }
    let reasons = invalidated.map { "\($0.reason.words) in \($0.count)" }.joined(separator: ", ")
    let undisturbed =
      isBusy
      ? "no trial stands out from the others, but the machine was busy throughout"
      : "no trial was invalidated by evidence of disturbance"
    var parts = [
      invalid == 0
        ? undisturbed
        : "\(invalid) of \(trials) trials are invalidated by evidence of disturbance and enter no figure (\(reasons))",
      trialsWithSteal == 0
        ? "no CPU time was stolen" : "CPU time stolen in \(trialsWithSteal) (\(stealTicks) ticks)",
    ]
    let pressures = [("CPU", cpuPressure), ("memory", memoryPressure), ("IO", ioPressure)].compactMap { name, share in
      share.map { "\(name) \(percentText($0))" }
    }
    parts.append(pressures.isEmpty ? "the kernel reports no pressure" : "pressure " + pressures.joined(separator: ", "))
    return parts.joined(separator: "; ")
  }
}

extension Invalidation {
  /// What happened, for people.
  var words: String {
    switch self {
    case .majorFaults: "reads from disk"
    case .stolenTime: "CPU time stolen"
    case .runDelay: "waiting for a CPU"
    case .throttled: "CPU slowed down for heat"
    case .clockStep: "clock set"
    case .involuntarySwitches: "unusually many involuntary switches"
    }
  }
}
