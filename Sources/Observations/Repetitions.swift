/// The same work done again and again in one process, as the program itself timed it: a closed loop.
public struct Repetitions: Codable, Sendable, Equatable {
  /// Repetitions that are kept of a process; a program that tells of more has told of too many.
  public static let most = 100_000

  /// Nanoseconds of each, in the order in which they were done.
  public var times: [UInt64]
  /// How they develop; nil where nobody has judged that, or where there are too few to.
  public var steady: SteadyFigures?

  /// - Parameters: as the properties of the same names.
  public init(times: [UInt64], steady: SteadyFigures? = nil) {
    self.times = times
    self.steady = steady
  }
}

/// How the repetitions of one process develop.
public struct SteadyFigures: Codable, Sendable, Equatable {
  /// `flat`, `warm-up`, `slowdown` or `no-steady-state` (`SteadyState` of the statistics).
  public var state: String
  /// Repetitions before the steady ones.
  public var warmUp: Int
  /// What those took in all, nanoseconds.
  public var warmUpTime: UInt64
  /// Median of the steady repetitions, nanoseconds; nil where there are none.
  public var time: UInt64?

  /// - Parameters: as the properties of the same names.
  public init(state: String, warmUp: Int, warmUpTime: UInt64, time: UInt64?) {
    self.state = state
    self.warmUp = warmUp
    self.warmUpTime = warmUpTime
    self.time = time
  }
}
