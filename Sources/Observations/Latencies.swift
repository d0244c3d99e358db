/// How long tasks took that were begun at a fixed rate, whatever became of those before them.
public struct Latencies: Codable, Sendable, Equatable {
  /// From the moment a task was due to its end: what somebody sees who asks at this rate. A task that was begun late, whoever made it wait,
  /// is late here.
  public var latency: LatencyFigures
  /// From the moment a task was really begun to its end: all that a client sees which asks only when it gets round to it.
  public var service: LatencyFigures
  /// Tasks that ended in 1000 seconds, from the first end to the last; 0 where they cannot tell.
  public var achievedRate: UInt64
  /// By how many nanoseconds the harness itself was late with the latest of its beginnings.
  public var lateness: UInt64

  /// - Parameters: as the properties of the same names.
  public init(latency: LatencyFigures, service: LatencyFigures, achievedRate: UInt64, lateness: UInt64) {
    self.latency = latency
    self.service = service
    self.achievedRate = achievedRate
    self.lateness = lateness
  }
}

/// Percentiles of times, nanoseconds, to three significant digits; of fewer than 1000 tasks the highest two are the same.
public struct LatencyFigures: Codable, Sendable, Equatable {
  /// Half of the tasks took no longer.
  public var p50: UInt64
  /// Nine tasks of ten took no longer.
  public var p90: UInt64
  /// 99 tasks of 100 took no longer.
  public var p99: UInt64
  /// 999 tasks of 1000 took no longer.
  public var p999: UInt64
  /// The longest, exactly.
  public var max: UInt64

  /// - Parameters: as the properties of the same names.
  public init(p50: UInt64, p90: UInt64, p99: UInt64, p999: UInt64, max: UInt64) {
    self.p50 = p50
    self.p90 = p90
    self.p99 = p99
    self.p999 = p999
    self.max = max
  }
}
