/// Many short tasks, begun at a fixed rate: whether or not those before them have ended, or by a few clients that wait for answers.
public struct Load: Codable, Sendable, Equatable {
  /// Beginnings in a second that a trial may ask for.
  public static let rateRange = 0.01...10_000.0
  /// Clients that a trial may ask for.
  public static let laneRange = 1...64
  /// Tasks that a trial may ask for.
  public static let taskRange = 1...5000

  /// Beginnings in a second.
  public var rate: Double
  /// Tasks of a trial.
  public var tasks: Int
  /// How many may be under way at a time, as if so many clients asked; nil for any number: an open loop.
  public var parallel: Int?
  /// - Parameters: as the properties of the same names.
  public init(rate: Double, tasks: Int, parallel: Int? = nil) {
    self.rate = rate
    self.tasks = tasks
    self.parallel = parallel
  }

  /// Seconds from the first beginning to the last.
  public var duration: Double { Double(tasks - 1) / rate }
}
