import Observations
import Statistics

/// One metric of one arm on one machine, run after run, and what is to be seen in it.
public struct HistorySeries: Codable, Sendable, Equatable {
  /// What all points have in common.
  public struct Key: Codable, Sendable, Hashable {
    /// The scenario's name, or what an imported file is of.
    public var scenario: String
    public var workload: String
    public var runtime: String
    public var metric: String
    public var unit: HistoryUnit
    /// Host name and processor, or empty.
    public var machine: String
  }

  /// What one run says.
  public struct Point: Codable, Sendable, Equatable {
    /// Identifier of the run.
    public var run: String
    /// ISO 8601 in UTC.
    public var startedAt: String
    /// As `HistoryRun.commit`.
    public var commit: String
    public var branch: String?
    /// In the series' unit.
    public var value: Double
    /// 95 % bounds, where they are known.
    public var lower: Double?
    public var upper: Double?
  }

  /// Where the series moved to another level.
  public struct Step: Codable, Sendable, Equatable {
    /// The first point of the new level.
    public var index: Int
    /// Means of the levels.
    public var before: Double
    public var after: Double
    /// Of Student's test of both levels.
    public var probability: Double
    /// The change as a fraction of the level before; positive is worse.
    public var change: Double { before != 0 ? after / before - 1 : 0 }
  }

  public var key: Key
  /// Oldest first.
  public var points: [Point]
  /// Ascending; those that the permutation test confirms.
  public var steps: [Step]
  /// Those that it does not: spikes, or steps of which there is too little to see yet.
  public var unconfirmed: [Step]
  /// Of neighbours within the levels, -1...1: what noise alone does not have.
  public var autocorrelation: Double
  /// Whether neighbours are so alike that steps are to be doubted.
  public var isDrifting: Bool
  /// Smaller changes are not called steps.
  public var threshold: Double
}

/// What is to be seen in which histories.
public struct HistoryRequest: Sendable {
  /// Only these; nil for all.
  public var workloads: [String]?
  public var runtimes: [String]?
  /// The least change, as a fraction, that is called a step; nil for what gates alarm at.
  public var threshold: Double?

  /// - Parameters: as the properties of the same names.
  public init(workloads: [String]? = nil, runtimes: [String]? = nil, threshold: Double? = nil) {
    self.workloads = workloads
    self.runtimes = runtimes
    self.threshold = threshold
  }
}

extension HistorySeries {
  /// The histories that runs make, in the order in which their arms first appear.
  public static func all(_ runs: [RecordedRun], _ request: HistoryRequest = HistoryRequest()) -> [HistorySeries] {
    var order: [Key] = []
    var points: [Key: [Point]] = [:]
    for recorded in runs {
      let run = recorded.run
      for point in recorded.points {
        if let workloads = request.workloads, !workloads.contains(point.workload) { continue }
        if let runtimes = request.runtimes, !runtimes.contains(point.runtime) { continue }
        let key = Key(
          scenario: run.scenario, workload: point.workload, runtime: point.runtime, metric: point.metric, unit: point.unit,
          machine: run.machine)
        if points[key] == nil { order.append(key) }
        points[key, default: []].append(
          Point(
            run: run.id, startedAt: run.startedAt, commit: run.commit, branch: run.branch, value: point.value, lower: point.lower,
            upper: point.upper))
      }
    }
    return order.map { HistorySeries($0, points[$0] ?? [], threshold: request.threshold) }
  }

  init(_ key: Key, _ points: [Point], threshold: Double?) {
    self.key = key
    self.points = points
    self.threshold = threshold ?? Metric(rawValue: key.metric)?.defaultThreshold ?? 0.03
    let values = points.map(\.value)
    let detection = ChangePointDetection(minimumMagnitude: self.threshold)
    let found = detection.points(in: values) ?? []
    let judged = zip(found, detection.confirmations(of: found, in: values)).map { point, isConfirmed in
      (Step(index: point.index, before: point.before, after: point.after, probability: point.probability), isConfirmed)
    }
    steps = judged.filter(\.1).map(\.0)
    unconfirmed = judged.filter { !$0.1 }.map(\.0)
    autocorrelation = Self.autocorrelationWithinLevels(values, steps.map(\.index))
    // A handful of points resemble each other by chance.
    isDrifting = values.count >= Self.fewestForDrift && autocorrelation > driftingAutocorrelation
  }

  private static let fewestForDrift = 20

  /// A step makes neighbours alike too; what it leaves is the distance of every point from its level.
  private static func autocorrelationWithinLevels(_ values: [Double], _ steps: [Int]) -> Double {
    let bounds = [0] + steps + [values.count]
    var rest: [Double] = []
    for (start, end) in zip(bounds, bounds.dropFirst()) where start < end {
      let level = values[start..<end]
      let mean = level.reduce(0, +) / Double(level.count)
      rest += level.map { $0 - mean }
    }
    return Statistics.autocorrelation(rest)
  }

  /// "crunch in jit".
  var name: String { key.runtime.isEmpty ? key.workload : "\(key.workload) in \(key.runtime)" }

  /// A value with its unit.
  func text(_ value: Double) -> String {
    if key.unit == .count { return value == value.rounded() ? Tables.grouped(UInt64(max(0, min(value, 1e18)))) : fixed(value, 3) }
    let unit = Unit.fitting(value, key.unit.dimension)
    return unit.number(value, decimals: unit.decimals(value, width: nil)) + " " + unit.symbol
  }

  /// "42.5 → 45.7 ms".
  func text(_ step: Step) -> String {
    guard key.unit != .count else { return "\(text(step.before)) → \(text(step.after))" }
    // In one unit, and as exact as the smaller needs.
    let unit = Unit.fitting(min(step.before, step.after), key.unit.dimension)
    let decimals = unit.decimals(max(step.before, step.after), width: nil)
    return "\(unit.number(step.before, decimals: decimals)) → \(unit.number(step.after, decimals: decimals)) \(unit.symbol)"
  }

  /// "+7.2 %".
  static func percent(_ change: Double) -> String { (change < 0 ? "−" : "+") + fixed(abs(change) * 100, 1) + " %" }

  /// What is to be said of it in one sentence, or nil.
  var remark: String? {
    guard isDrifting else { return nil }
    return "drifts: neighbouring runs resemble each other (r = \(fixed(autocorrelation, 2))), so its steps are to be doubted"
  }
}
