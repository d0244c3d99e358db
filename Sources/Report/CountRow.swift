import Observations

/// What one workload does in one runtime, counted, and beside its path's baseline. Counts have no noise, so ratios are exact.
public struct CountRow: Codable, Sendable, Equatable {
  /// Name of the workload.
  public var workload: String
  /// One with `isCount`; it says the unit.
  public var metric: Metric
  /// Of `runtime` and `baseline` alike.
  public var path: RuntimePath
  /// Name of the runtime.
  public var runtime: String
  /// One value for every repetition; empty where it could not be counted.
  public var values: [UInt64]
  /// Why it could not be counted, in one line; nil where it could.
  public var unavailable: String?
  /// Whom the ratio is to; nil for a baseline itself and where there is none.
  public var baseline: String?
  /// The least of the repetitions over the baseline's least; nil without a baseline, where one was not counted, and over zero.
  public var ratio: Double?

  static func all(_ results: RunResults) -> [CountRow] {
    let workloads = results.workloads.map(\.name)
    return workloads.flatMap { workload in
      Metric.allCases.filter(\.isCount).flatMap { metric in
        results.runtimes.compactMap { runtime in CountRow(results, workload, metric, runtime) }
      }
    }
  }

  private init?(_ results: RunResults, _ workload: String, _ metric: Metric, _ runtime: RuntimeDescription) {
    guard let count = results.counts?.count(of: metric, workload: workload, runtime: runtime.name) else { return nil }
    self.workload = workload
    self.metric = metric
    path = runtime.path
    self.runtime = runtime.name
    values = count.values
    unavailable = count.unavailable
    guard let baseline = results.baseline(of: workload, on: runtime.path), baseline != runtime.name,
      let theirs = results.count(of: metric, workload: workload, runtime: baseline)
    else { return }
    self.baseline = baseline
    if let value = count.value, theirs.value > 0 { ratio = Double(value) / Double(theirs.value) }
  }
}

extension Tables {
  /// What was counted: one group for every workload and metric.
  static func counts(_ summary: Summary) -> Table? {
    guard !summary.counts.isEmpty else { return nil }
    let groups = summary.counts.map(\.workload).uniqued.flatMap { workload in
      Metric.allCases.filter(\.isCount).compactMap { metric -> Table.Group? in
        let rows = summary.counts.filter { $0.workload == workload && $0.metric == metric }
        return rows.isEmpty ? nil : Table.Group(name: workload, detail: " · \(metric.countTitle)", rows: rows.map(row))
      }
    }
    return Table(
      title: "Counted, not timed", note: "in trials of their own before the first block; they do not depend on the machine's speed or load",
      columns: [
        .init(heading: "runtime"), .init(heading: "count", alignment: .trailing), .init(heading: "repeated", dropOrder: 0),
        .init(heading: "ratio", alignment: .trailing, dropOrder: 2), .init(heading: "to", dropOrder: 1),
      ], groups: groups)
  }

  private static func row(_ row: CountRow) -> [Table.Cell] {
    guard let least = row.values.min(), let most = row.values.max() else {
      return [.init(row.runtime), .init("–"), .init("not counted", .quiet), "", ""]
    }
    let repeated: Table.Cell =
      row.values.count < 2
      ? .init("once", .quiet) : least == most ? .init("same every time", .quiet) : .init("varies, up to \(grouped(most))")
    return [
      .init(row.runtime), .init(grouped(least)), repeated, .init(row.ratio.map(ratioText) ?? ""), .init(row.baseline ?? "", .quiet),
    ]
  }

  /// Why something could not be counted: one sentence for every metric and reason.
  static func countNotes(_ summary: Summary) -> [String] {
    let missing = summary.counts.filter { $0.unavailable != nil }
    return Metric.allCases.flatMap { metric in
      missing.filter { $0.metric == metric }.compactMap(\.unavailable).uniqued.map { reason in
        let runtimes = missing.filter { $0.metric == metric && $0.unavailable == reason }.map(\.runtime).uniqued
        return "Not counted: \(metric.countTitle) in \(runtimes.joined(separator: ", ")): \(reason)."
      }
    }
  }

  /// A whole number with its digits in groups of three.
  static func grouped(_ value: UInt64) -> String {
    let digits = Array(String(value))
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return text
  }
}

extension Metric {
  /// What a count counts.
  var countTitle: String {
    switch self {
    case .guestInstructions: "WebAssembly instructions executed"
    case .allocations: "allocations"
    case .systemCalls: "system calls"
    case .codeBytes: "bytes of translated code"
    case .preparedBytes: "bytes made beforehand"
    case .instructions: "processor instructions in user mode"
    case .cycles: "processor cycles in user mode"
    case .wallTime, .firstByte, .cpuTime, .peakMemory, .firstOutput, .taskTime, .latencyP50, .latencyP99, .latencyP999, .instanceMemory,
      .instanceSlope, .privateMemory, .groupMemory, .guestMemory, .engineMemory, .steadyTime, .warmUpTime:
      rawValue
    }
  }
}
