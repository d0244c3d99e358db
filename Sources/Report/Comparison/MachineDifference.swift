import Observations

/// What differs between two runs that makes their times incomparable, one line each: the machine, and the state it was measured in.
enum MachineDifference {
  static func lines(_ baseline: MeasuredRun, _ candidate: MeasuredRun) -> [String] {
    guard baseline.run.id != candidate.run.id else { return [] }
    var lines: [String] = []
    func compare(_ what: String, _ before: String, _ after: String) {
      if before != after { lines.append("\(what): \(before) → \(after)") }
    }
    compare("page cache", baseline.run.cache.rawValue, candidate.run.cache.rawValue)
    switch (baseline.environment, candidate.environment) {
    case (let before?, let after?):
      compare("host", before.hostname, after.hostname)
      compare("CPU", before.cpuModel, after.cpuModel)
      compare("number of CPUs", "\(before.cpuCount)", "\(after.cpuCount)")
      compare(
        "memory", Quantity.metric(.peakMemory).text(Double(before.memoryBytes)),
        Quantity.metric(.peakMemory).text(Double(after.memoryBytes)))
      compare("kernel", before.kernel, after.kernel)
      compare("distribution", before.distribution, after.distribution)
      compare("virtualization", before.virtualization, after.virtualization)
      compare("frequency governor", before.governor, after.governor)
      compare("cgroups", before.cgroup, after.cgroup)
      for name in Set(before.mitigations.keys).union(after.mitigations.keys).sorted() {
        compare("mitigation of \(name)", before.mitigations[name] ?? "none", after.mitigations[name] ?? "none")
      }
    case (nil, nil): lines.append("the machine is unknown: neither run recorded where it was measured")
    case (nil, _): lines.append("the machine is unknown: \(baseline.run.id) did not record where it was measured")
    case (_, nil): lines.append("the machine is unknown: \(candidate.run.id) did not record where it was measured")
    }
    return lines
  }

  /// Tools whose version changed, and programs of the same name whose content did: no reason to refuse, but part of any difference.
  static func notes(_ baseline: MeasuredRun, _ candidate: MeasuredRun) -> [String] {
    guard let before = baseline.environment, let after = candidate.environment, baseline.run.id != candidate.run.id else { return [] }
    var notes: [String] = []
    let tools = before.tools.keys.sorted().filter { tool in after.tools[tool].map { $0 != before.tools[tool] } ?? false }
    if !tools.isEmpty {
      notes.append(
        "Other versions: \(tools.map { "\($0): \(before.tools[$0] ?? "") → \(after.tools[$0] ?? "")" }.joined(separator: "; ")).")
    }
    let programs = candidate.workloads.filter { workload in
      guard let old = baseline.workloads.first(where: { $0.name == workload.name }) else { return false }
      let hashes = [(old.module, workload.module), (old.native, workload.native)].map {
        ($0.flatMap { before.hashes[$0] }, $1.flatMap { after.hashes[$0] })
      }
      return hashes.contains { $0 != nil && $1 != nil && $0 != $1 } || old.arguments != workload.arguments || old.input != workload.input
        || old.environment != workload.environment
    }
    if !programs.isEmpty {
      notes.append("Not the same program or input on both sides: \(programs.map(\.name).joined(separator: ", ")).")
    }
    return notes
  }
}
