import Observations
import Statistics

/// Evidence of disturbance during the counted trials. No trial is left out for it: it is there to judge the run by.
public struct NoiseSummary: Codable, Sendable, Equatable {
  public var trials = 0
  /// Trials during which the hypervisor took CPU time from this machine, and how much in clock ticks.
  public var trialsWithSteal = 0
  public var stealTicks: UInt64 = 0
  /// Share of the trials' time during which some task waited for a CPU, memory or IO; nil where the kernel does not say.
  public var cpuPressure: Double?
  public var memoryPressure: Double?
  public var ioPressure: Double?
  /// Trials with more than ten times the involuntary context switches of their arm's median.
  public var trialsWithManySwitches = 0
  /// Trials that read from disk although the cache was declared warm.
  public var trialsWithMajorFaults = 0
  /// Trials with steal, many switches or major faults.
  public var disturbed = 0

  init(_ arms: [[Observation]], cache: CacheState) {
    var wall = 0.0
    var (cpu, memory, io): (Double?, Double?, Double?) = (nil, nil, nil)
    func add(_ sum: inout Double?, _ microseconds: UInt64?) {
      if let microseconds { sum = (sum ?? 0) + Double(microseconds) * 1000 }
    }
    for arm in arms {
      let usual = max(1, Sample(arm.map { Double($0.evidence.involuntarySwitches) })?.median ?? 0)
      for trial in arm {
        let evidence = trial.evidence
        let steal = evidence.stealTicks > 0
        let switches = Double(evidence.involuntarySwitches) > 10 * usual
        let faults = cache == .warm && evidence.majorFaults > 0
        trials += 1
        stealTicks &+= evidence.stealTicks
        if steal { trialsWithSteal += 1 }
        if switches { trialsWithManySwitches += 1 }
        if faults { trialsWithMajorFaults += 1 }
        if steal || switches || faults { disturbed += 1 }
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
    var parts = [
      disturbed == 0
        ? isBusy
          ? "no trial stands out from the others, but the machine was busy throughout" : "no trial shows evidence of disturbance"
        : "\(disturbed) of \(trials) trials show evidence of disturbance (kept, none is left out)",
      trialsWithSteal == 0
        ? "no CPU time was stolen" : "CPU time stolen in \(trialsWithSteal) (\(stealTicks) ticks)",
    ]
    if trialsWithManySwitches > 0 { parts.append("unusually many involuntary switches in \(trialsWithManySwitches)") }
    if trialsWithMajorFaults > 0 { parts.append("reads from disk in \(trialsWithMajorFaults)") }
    let pressures = [("CPU", cpuPressure), ("memory", memoryPressure), ("IO", ioPressure)].compactMap { name, share in
      share.map { "\(name) \(percentText($0))" }
    }
    parts.append(pressures.isEmpty ? "the kernel reports no pressure" : "pressure " + pressures.joined(separator: ", "))
    return parts.joined(separator: "; ")
  }
}
