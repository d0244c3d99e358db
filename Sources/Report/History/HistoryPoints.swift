import Observations
import Statistics

extension RunResults {
  /// What the run says, one point for every quantity of every arm that was measured undisturbed, and for everything counted.
  public var historyPoints: [HistoryPoint] {
    let summary = Summary(self)
    let measured = summary.arms.filter { !$0.isNoisy }.flatMap { arm in
      arm.medians.map { median in
        HistoryPoint(
          workload: arm.workload, runtime: arm.runtime, metric: median.quantity.identifier, unit: HistoryUnit(median.quantity.dimension),
          value: median.estimate.value, lower: median.estimate.interval95?.lower, upper: median.estimate.interval95?.upper,
          samples: max(1, arm.passed - arm.invalid))
      }
    }
    let counted = summary.counts.compactMap { row in
      row.values.min().map { least in
        HistoryPoint(
          workload: row.workload, runtime: row.runtime, metric: row.metric.rawValue,
          unit: HistoryUnit(Quantity.metric(row.metric).dimension),
          value: Double(least), samples: row.values.count)
      }
    }
    return measured + counted
  }
}

extension HistoryUnit {
  init(_ dimension: Quantity.Dimension) {
    switch dimension {
    case .time: self = .nanoseconds
    case .memory: self = .bytes
    case .count: self = .count
    }
  }

  var dimension: Quantity.Dimension {
    switch self {
    case .nanoseconds: .time
    case .bytes: .memory
    case .count: .count
    }
  }
}
