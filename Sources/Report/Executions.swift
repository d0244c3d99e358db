import Statistics

/// Executions that drown in the start-up that is taken off them: their figures are noise and must not read as times.
enum Executions {
  /// Arms whose execution cannot be told from start-up, as "WORKLOAD in RUNTIME".
  static func drowned(_ summary: Summary) -> [String] {
    guard summary.quantities.contains(.executionOnly) else { return [] }
    return summary.arms.filter { arm in arm.median(of: .executionOnly).map { !Quantity.executionOnly.isShown(by: $0) } ?? false }
      .map { "\($0.workload) in \($0.runtime)" }
  }

  /// Said in place of a time where no execution can be told from start-up.
  static func sentence(_ summary: Summary) -> String {
    let subtract = summary.run.subtract.map { " (\($0))" } ?? ""
    let names = listed(drowned(summary))
    return
      "Not distinguishable from start-up\(subtract), or too few undisturbed blocks have both: \(names). Longer programs or more blocks would show their execution."
  }

  /// What the tables leave out, for the notes.
  static func notes(_ summary: Summary) -> [String] {
    let names = drowned(summary)
    guard !names.isEmpty else { return [] }
    return [
      "Not distinguishable from start-up, because the 95 % interval reaches zero or there are too few blocks for one: \(names.joined(separator: ", ")). A median of zero or less is shown as “–”."
    ]
  }

  /// As many names as a sentence bears.
  private static func listed(_ names: [String]) -> String {
    let shown = names.prefix(6).joined(separator: ", ")
    return names.count > 6 ? "\(shown) and \(names.count - 6) more" : shown
  }
}

extension Quantity {
  /// Whether an estimate shows that there is something at all. Only executions, which are differences, can be nothing.
  func isShown(by estimate: Estimate) -> Bool { self != .executionOnly || (estimate.interval95?.lower ?? 0) > 0 }
}
