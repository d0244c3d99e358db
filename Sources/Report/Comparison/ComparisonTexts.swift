import Observations
import Statistics

/// The tables every rendering of a comparison shares.
enum ComparisonTexts {
  static func headline(_ comparison: RunComparison) -> String {
    if !comparison.machineDifferences.isEmpty { return "The runs cannot be compared: they were not measured on one machine in one state." }
    let compared = comparison.rows.filter(\.isCompared)
    guard !compared.isEmpty else { return "There is nothing to compare." }
    let telling = compared.filter { !$0.isNoisy }
    let more = telling.count { $0.verdict == .more }, less = telling.count { $0.verdict == .less }
    let unknown = telling.count { $0.verdict == .tooFewBlocks }
    let tiny = telling.count { $0.verdict == .belowResolution }
    let same = telling.count - tiny - more - less - unknown
    let parts = [
      (more, "slower or larger"), (less, "faster or smaller"), (tiny, "below the resolution"), (same, "without a difference found"),
      (unknown, "with too few trials"), (compared.count - telling.count, "on a noisy host"),
    ]
    return "\(counted(compared.count, "comparison")): \(parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", "))."
  }

  /// "hello in jit, beside interpreter: wall time, spawn to exit: 1.29 [1.24, 1.33] times the baseline (slower, threshold 3 %, adjusted p …)".
  static func sentence(_ row: ComparedArms, threshold: Double) -> String {
    let place = "\(row.workload) in \(label(row)): \(row.quantity.title)"
    if let problem = row.problem { return "\(place): \(problem)" }
    let counts = row.counts.map { "baseline \($0.text), " } ?? ""
    let change = row.ratio.map { "\(EstimateText(ratio: $0).both) times the baseline" } ?? "no ratio"
    let probability = row.adjustedProbability.map { ", adjusted p \(probabilityText($0))" } ?? ""
    let verdict = row.verdict.words(for: row.quantity)
    return "\(place): \(counts)\(change) (\(verdict), threshold \(GateTexts.thresholdText(threshold))\(probability))"
  }

  static func tables(_ comparison: RunComparison) -> [Table] {
    comparison.rows.map(\.quantity).uniqued.map { ratios(comparison, $0) } + [sizes(comparison), phases(comparison)].compactMap(\.self)
  }

  private static func ratios(_ comparison: RunComparison, _ quantity: Quantity) -> Table {
    let rows = comparison.rows.filter { $0.quantity == quantity }
    return Table(
      title: quantity.heading,
      columns: [
        .init(heading: "runtime"), .init(heading: "ratio", alignment: .trailing), .init(heading: "95 %", dropOrder: 6),
        .init(heading: "verdict", dropOrder: 5), .init(heading: "adjusted p", alignment: .trailing, dropOrder: 3),
        .init(heading: "detectable", alignment: .trailing, dropOrder: 2), .init(heading: "baseline", alignment: .trailing, dropOrder: 4),
        .init(heading: "candidate", alignment: .trailing), .init(heading: "passed", dropOrder: 1),
      ],
      groups: groups(rows) { row in
        let ratio = row.ratio.map(EstimateText.init(ratio:))
        let verdict: Table.Cell =
          row.problem.map { .init($0, .quiet) } ?? (row.isNoisy ? .init("noisy host", .quiet) : Table.Cell(row.verdict, quantity))
        let isBad = row.candidate.passed < row.candidate.trials
        return [
          .init(row.candidate.runtime), .init(ratio?.value ?? "–"), .init(ratio?.interval ?? ""), verdict,
          .init(row.adjustedProbability.map(probabilityText) ?? ""), .init(row.minimumDetectableEffect.map(percentText) ?? "", .quiet),
          .init(median(row.baseline, quantity), .quiet), .init(median(row.candidate, quantity)), .init(passed(row), isBad ? .bad : .quiet),
        ]
      })
  }

  /// Memory at its peak, and what lies on disk; rows of one quantity say it for all.
  private static func sizes(_ comparison: RunComparison) -> Table? {
    guard let quantity = comparison.rows.first?.quantity else { return nil }
    let rows = comparison.rows.filter { $0.quantity == quantity }
    func has(_ figure: (ArmFigures) -> UInt64?) -> Bool { rows.contains { figure($0.baseline) != nil || figure($0.candidate) != nil } }
    guard rows.contains(where: { $0.candidate.memory != nil }) || has(\.programSize) || has(\.runtimeSize) else { return nil }
    func size(_ figures: ArmFigures, _ bytes: UInt64?) -> Table.Cell {
      .init(bytes.map { Quantity.metric(.peakMemory).text(Double($0)) } ?? "")
    }
    func memory(_ figures: ArmFigures) -> Table.Cell { .init(figures.memory.map { Quantity.metric(.peakMemory).text($0) } ?? "") }
    return Table(
      title: "Memory and size", note: "median peak memory; bytes of the program and of the runtime's executable; baseline → candidate",
      columns: [
        .init(heading: "runtime"), .init(heading: "memory", alignment: .trailing), .init(heading: "→", alignment: .trailing),
        .init(heading: "program", alignment: .trailing, dropOrder: 1), .init(heading: "→", alignment: .trailing, dropOrder: 1),
        .init(heading: "runtime's file", alignment: .trailing, dropOrder: 0), .init(heading: "→", alignment: .trailing, dropOrder: 0),
      ],
      groups: groups(rows) { row in
        [
          .init(row.candidate.runtime), memory(row.baseline), memory(row.candidate), size(row.baseline, row.baseline.programSize),
          size(row.candidate, row.candidate.programSize), size(row.baseline, row.baseline.runtimeSize),
          size(row.candidate, row.candidate.runtimeSize),
        ]
      })
  }

  /// Where the time goes inside the runtime, on both sides.
  private static func phases(_ comparison: RunComparison) -> Table? {
    guard let quantity = comparison.rows.first?.quantity else { return nil }
    let rows = comparison.rows.filter { $0.quantity == quantity && !($0.baseline.phases.isEmpty && $0.candidate.phases.isEmpty) }
    guard !rows.isEmpty else { return nil }
    let time = Quantity.metric(.wallTime)
    return Table(
      title: "Phases inside the runtime", note: "medians",
      columns: [
        .init(heading: "phase"), .init(heading: "baseline", alignment: .trailing), .init(heading: "candidate", alignment: .trailing),
        .init(heading: "difference", alignment: .trailing),
      ],
      groups: rows.map { row in
        let names = (row.baseline.phases + row.candidate.phases).map(\.name).uniqued
        let last = names.filter { $0 == PhaseMedian.remainder }
        return Table.Group(
          name: row.workload, detail: " in \(label(row))",
          rows: (names.filter { $0 != PhaseMedian.remainder } + last).map { name in
            let before = row.baseline.phases.first { $0.name == name }?.nanoseconds
            let after = row.candidate.phases.first { $0.name == name }?.nanoseconds
            let difference = before.flatMap { before in after.map { $0 - before } }
            return [
              .init(name), .init(before.map(time.text) ?? ""), .init(after.map(time.text) ?? ""),
              .init(difference.map { ($0 > 0 ? "+" : $0 < 0 ? "−" : "") + time.text(abs($0)) } ?? "", .quiet),
            ]
          })
      })
  }

  /// Arms with trials that did not pass, one line each, on either side.
  static func failures(_ comparison: RunComparison) -> [String] {
    var seen: Set<String> = []
    return comparison.rows.flatMap { row in
      [(comparison.baseline.id, row.baseline), (comparison.candidate.id, row.candidate)].compactMap { run, figures -> String? in
        guard !figures.failures.isEmpty, seen.insert("\(run) \(row.workload) \(figures.runtime)").inserted else { return nil }
        let outcomes = figures.failures.map { "\($0.count) \($0.outcome.words)" }.joined(separator: ", ")
        let detail = figures.failures.first { !$0.firstDetail.isEmpty }.map { "; the first said: \($0.firstDetail)" } ?? ""
        return
          "\(row.workload) in \(figures.runtime)\(comparison.isPaired ? "" : " of \(run)"): of \(counted(figures.trials, "trial")) \(outcomes)\(detail)"
      }
    }
  }

  private static func groups(_ rows: [ComparedArms], _ cells: (ComparedArms) -> [Table.Cell]) -> [Table.Group] {
    var order: [String] = []
    var groups: [String: [ComparedArms]] = [:]
    for row in rows {
      let key = row.baseline.runtime == row.candidate.runtime ? row.workload : "\(row.workload)\u{0}\(row.baseline.runtime)"
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(row)
    }
    return order.map { key in
      let rows = groups[key] ?? []
      let isWithin = rows[0].baseline.runtime != rows[0].candidate.runtime
      return Table.Group(name: rows[0].workload, detail: isWithin ? ", ratios to \(rows[0].baseline.runtime)" : "", rows: rows.map(cells))
    }
  }

  static func label(_ row: ComparedArms) -> String {
    row.baseline.runtime == row.candidate.runtime ? row.candidate.runtime : "\(row.candidate.runtime), beside \(row.baseline.runtime)"
  }

  static func median(_ figures: ArmFigures, _ quantity: Quantity) -> String {
    if quantity.dimension == .count { return figures.median.map { quantity.text($0.value) } ?? "–" }
    return figures.median.map { EstimateText($0, of: quantity).value } ?? "–"
  }

  /// "30/30 · 29/30, 2 disturbed": baseline first; once where both are the same.
  static func passed(_ row: ComparedArms) -> String {
    if let counts = row.counts {
      return counts.isDeterministic ? "the same \(row.count) times" : "varies: \(counts.text)"
    }
    let texts = [row.baseline, row.candidate].map { "\($0.passed)/\($0.trials)" }
    let disturbed = row.baseline.invalid + row.candidate.invalid
    return (texts[0] == texts[1] ? texts[0] : texts.joined(separator: " · ")) + (disturbed > 0 ? ", \(disturbed) disturbed" : "")
  }
}

extension [Quantity] {
  var uniqued: [Quantity] {
    var seen: Set<Quantity> = []
    return filter { seen.insert($0).inserted }
  }
}
