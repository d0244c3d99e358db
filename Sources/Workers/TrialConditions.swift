import Observations

/// What holds for a trial whatever its runtime.
struct TrialConditions {
  /// Bytes by which the environment of a started process is made longer.
  var padding = 0
  /// Bytes kept of each stream: never less than the right answer, so that what is kept decides together with the length.
  var outputLimit = 4 << 20
  /// Seconds.
  var timeLimit: Double
  /// Counts the trial instead of timing it.
  var counting: CountedTrial?
  /// Called just before the first thing that is measured.
  var begin: () -> Void = {}
}

/// What was measured in a trial.
struct Measurement {
  var report: LaunchReport
  /// Bytes by which the environment was made longer; nil where no process of ours was started.
  var padding: Int?
  var phases: [Phase] = []
  /// Tasks of a churn or a load.
  var tasks: Int?
  /// How long the tasks of a load took.
  var latencies: Latencies?
  /// What instances weigh that were held.
  var held: HeldMemory?
}
