import Observations
import Statistics

/// What two arms did of one thing, counted rather than timed: compared exactly, without a test and without an interval.
public struct ComparedCounts: Codable, Sendable, Equatable {
  /// One value for every repetition; never empty.
  public var baseline: [UInt64]
  /// As many repetitions as it was counted in; never empty.
  public var candidate: [UInt64]

  /// - Returns: nil where one of the sides was not counted.
  init?(_ baseline: Count?, _ candidate: Count?) {
    guard let baseline, let candidate, !baseline.values.isEmpty, !candidate.values.isEmpty else { return nil }
    self.baseline = baseline.values
    self.candidate = candidate.values
  }

  /// The candidate's least over the baseline's: what came on top in a repetition is not the program's own. Nil where the baseline's is
  /// zero and the candidate's is not.
  public var ratio: Double? {
    guard let before = baseline.min(), let after = candidate.min() else { return nil }
    if before == after { return 1 }
    return before > 0 ? Double(after) / Double(before) : nil
  }

  /// Whether every repetition gave the same on both sides.
  public var isDeterministic: Bool { [baseline, candidate].allSatisfy { side in side.allSatisfy { $0 == side[0] } } }

  /// Every repetition of the candidate above every one of the baseline and what is tolerated, or below it, or never above what the
  /// baseline reached itself; undecided where the repetitions overlap.
  /// - Parameter threshold: the tolerated growth, as a fraction.
  func verdict(threshold: Double) -> CellVerdict {
    guard let least = baseline.min(), let most = baseline.max(), let low = candidate.min(), let high = candidate.max() else {
      return .inconclusive
    }
    if Double(low) > Double(most) * (1 + threshold) { return .regression }
    if high < least, Double(high) <= Double(least) * (1 - threshold) { return .improvement }
    return Double(high) <= Double(most) * (1 + threshold) ? .pass : .inconclusive
  }

  /// "1,204, candidate 1,207" with what varies, for instance "1,204 to 1,210".
  var text: String { "\(Self.range(baseline)), candidate \(Self.range(candidate))" }

  static func range(_ values: [UInt64]) -> String {
    guard let least = values.min(), let most = values.max() else { return "–" }
    return least == most ? Tables.grouped(least) : "\(Tables.grouped(least)) to \(Tables.grouped(most))"
  }
}

private let uncountedPrefix = "Not counted: "

extension [String] {
  /// Of the notes of a comparison, what neither side counted, as words of a sentence.
  var uncounted: String? {
    let reasons = filter { $0.hasPrefix(uncountedPrefix) }
    guard let first = reasons.first else { return nil }
    let others = reasons.count > 1 ? " (and \(reasons.count - 1) more)" : ""
    return "neither side counted \(first.dropFirst(uncountedPrefix.count).dropLast())\(others)"
  }
}

extension ArmPair {
  /// A sentence where neither side could count: that is the machine's or the runtime's nature and no finding about the candidate.
  func reasonUncounted(_ metric: Metric, _ before: ArmValues, _ after: ArmValues) -> String? {
    let sides = [(before, baseline), (after, candidate)].map { $0.measured.counts?.count(of: metric, workload: workload, runtime: $1) }
    guard sides.allSatisfy({ $0?.values.isEmpty ?? true }) else { return nil }
    let reason = sides.compactMap { $0?.unavailable }.first ?? "it was not asked for"
    let runtimes = [baseline, candidate].uniqued.joined(separator: " and ")
    return "\(uncountedPrefix)\(metric.countTitle) in \(runtimes): \(reason)."
  }
}

extension ComparedArms {
  /// A row of counts.
  init(counted metric: Metric, _ pair: ArmPair, _ before: ArmValues, _ after: ArmValues, isPaired: Bool, mayCompare: Bool) {
    self.init(
      workload: pair.workload, quantity: .metric(metric), path: after.path(of: pair.candidate),
      baseline: before.figures(pair.workload, pair.baseline, []), candidate: after.figures(pair.workload, pair.candidate, []),
      isPaired: isPaired, count: 0)
    let left = before.measured.counts?.count(of: metric, workload: pair.workload, runtime: pair.baseline)
    let right = after.measured.counts?.count(of: metric, workload: pair.workload, runtime: pair.candidate)
    baseline.median = left?.value.map { Estimate(counted: $0, repetitions: left?.values.count ?? 0) }
    candidate.median = right?.value.map { Estimate(counted: $0, repetitions: right?.values.count ?? 0) }
    guard mayCompare else {
      problem = "measured on different machines"
      return
    }
    guard let counts = ComparedCounts(left, right) else {
      let reasons = [("baseline", left), ("candidate", right)].compactMap { side, count in
        count.map { $0.values.isEmpty ? $0.unavailable ?? "not counted" : nil } ?? "not asked for in the \(side)"
      }
      problem = reasons.first ?? "not counted"
      return
    }
    self.counts = counts
    count = min(counts.baseline.count, counts.candidate.count)
    ratio = counts.ratio.map { Estimate(value: $0, interval95: nil, interval99: nil, count: count) }
  }
}

extension Estimate {
  fileprivate init(counted value: UInt64, repetitions: Int) {
    self.init(value: Double(value), interval95: nil, interval99: nil, count: repetitions)
  }
}
