import FoundationEssentials
import Observations

/// A road that begins with a process which the launcher starts.
protocol LaunchedRuntime: RuntimeAdapter {
  /// The command of one trial.
  func request(_ trial: TrialPlace) throws -> LaunchRequest
  var launcher: Launcher { get }
}

extension LaunchedRuntime {
  func measure(_ trial: TrialPlace, _ conditions: TrialConditions) throws -> Measurement { try launch(trial, conditions) }

  /// One program from its start to its end.
  func launch(_ trial: TrialPlace, _ conditions: TrialConditions) throws -> Measurement {
    var request = try request(trial)
    request.environment[EnvironmentPadding.variable] = String(repeating: "x", count: conditions.padding)
    request.spin = runtime.spin
    conditions.counting?.prepare(&request)
    request.output = trial.outputFile
    request.errors = trial.errorsFile
    request.outputLimit = conditions.outputLimit
    request.timeLimit = conditions.timeLimit
    if let input = trial.workload.input {
      request.input = trial.folder + "/input"
      try Data(input.utf8).write(to: URL(filePath: trial.folder + "/input"))
    }
    conditions.begin()
    let report = try launcher.run(request)
    conditions.counting?.take(report, trial)
    let phases = runtime.reportsPhases ? SystemFile.text(trial.folder + "/phases").flatMap(PhaseLine.parse) ?? [] : []
    return Measurement(report: report, padding: conditions.padding, phases: phases)
  }
}
