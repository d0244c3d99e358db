import Observations
import Statistics

/// The latencies of an arm whose trials are loads: medians over the undisturbed ones.
public struct LoadSummary: Codable, Sendable, Equatable {
  /// Beginnings in a second that were asked for; nil where the workload is not known.
  public var rate: Double?
  /// How many tasks could be under way at a time; nil for any number.
  public var parallel: Int?
  /// Ends in a second that there were.
  public var achievedRate: Double
  /// By how many nanoseconds the harness itself was late with the latest beginning of a trial.
  public var lateness: Double
  /// From the moment a task was due to its end.
  public var latency: LatencyMedians
  /// From the moment a task was really begun to its end.
  public var service: LatencyMedians

  /// Nil where no trial was a load.
  init?(_ trials: [Observation], _ asked: Load?) {
    let loads = trials.compactMap(\.latencies)
    guard let achieved = Sample(loads.map { Double($0.achievedRate) / 1000 }), let lateness = Sample(loads.map { Double($0.lateness) }),
      let latency = LatencyMedians(loads.map(\.latency)), let service = LatencyMedians(loads.map(\.service))
    else { return nil }
    rate = asked?.rate
    parallel = asked?.parallel
    achievedRate = achieved.median
    self.lateness = lateness.median
    self.latency = latency
    self.service = service
  }
}

/// The medians over trials of their percentiles, nanoseconds.
public struct LatencyMedians: Codable, Sendable, Equatable {
  /// Half of a trial's tasks took no longer.
  public var p50: Double
  /// Nine tasks of ten took no longer.
  public var p90: Double
  /// 99 tasks of 100 took no longer.
  public var p99: Double
  /// 999 tasks of 1000 took no longer.
  public var p999: Double
  /// The longest.
  public var max: Double

  init?(_ figures: [LatencyFigures]) {
    func median(_ percentile: KeyPath<LatencyFigures, UInt64>) -> Double? {
      Sample(figures.map { Double($0[keyPath: percentile]) })?.median
    }
    guard let p50 = median(\.p50), let p90 = median(\.p90), let p99 = median(\.p99), let p999 = median(\.p999), let max = median(\.max)
    else { return nil }
    (self.p50, self.p90, self.p99, self.p999, self.max) = (p50, p90, p99, p999, max)
  }
}

extension Tables {
  /// What somebody waits who asks at a fixed rate, and beside it what a closed loop would have shown: one group for every workload.
  static func loads(_ summary: Summary) -> Table? {
    let arms = summary.arms.filter { $0.load != nil }
    guard !arms.isEmpty else { return nil }
    let groups = arms.map(\.workload).uniqued.map { workload in
      let rows = arms.filter { $0.workload == workload }
      let load = rows.first?.load
      let limit = load?.parallel.map { ", at most \($0) at a time" } ?? ""
      return Table.Group(
        name: workload, detail: (load?.rate.map { ", \(rateText($0)) tasks/s asked for" } ?? "") + limit,
        rows: rows.compactMap { arm in arm.load.map { row(arm.runtime, $0) } })
    }
    return Table(
      title: "Latency under load",
      note:
        "from the moment a task was due to its end; “service” is from the moment it was begun, all that a client in a closed loop sees; "
        + "medians over trials",
      columns: [
        .init(heading: "runtime"), .init(heading: "tasks/s", alignment: .trailing, dropOrder: 7),
        .init(heading: "p50", alignment: .trailing), .init(heading: "p90", alignment: .trailing, dropOrder: 3),
        .init(heading: "p99", alignment: .trailing), .init(heading: "p99.9", alignment: .trailing, dropOrder: 5),
        .init(heading: "max", alignment: .trailing, dropOrder: 6),
        .init(heading: "service p50", alignment: .trailing, dropOrder: 0),
        .init(heading: "service p99", alignment: .trailing, dropOrder: 1),
        .init(heading: "service max", alignment: .trailing, dropOrder: 4),
      ], groups: groups)
  }

  private static func row(_ runtime: String, _ load: LoadSummary) -> [Table.Cell] {
    // Short of what was asked for by more than a twentieth: the rate at which it breaks.
    let isShort = load.rate.map { load.achievedRate < 0.95 * $0 } ?? false
    func time(_ value: Double, _ tone: Table.Tone = .plain) -> Table.Cell { .init(Quantity.metric(.latencyP50).text(value), tone) }
    return [.init(runtime), .init(rateText(load.achievedRate), isShort ? .bad : .plain)]
      + [load.latency.p50, load.latency.p90, load.latency.p99, load.latency.p999, load.latency.max].map { time($0) }
      + [load.service.p50, load.service.p99, load.service.max].map { time($0, .quiet) }
  }

  /// Three digits, and no places of a rate that is whole.
  private static func rateText(_ rate: Double) -> String {
    Unit.one.number(rate, decimals: rate == rate.rounded() ? 0 : Unit.one.decimals(rate, width: nil))
  }
}
