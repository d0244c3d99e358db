import FoundationEssentials
import Observations

/// A bare process: the runtime's command, or the native program itself.
final class ProcessRuntime: LaunchedRuntime {
  let runtime: RuntimeDescription
  let launcher: Launcher
  private let template: CommandTemplate
  private let cgroups: RunCgroups?
  /// The worker's own folder: the home folder of runtimes lies in it, so that nothing of the user's is read or written.
  private let scratch: String
  private var home: String { scratch + "/home" }
  /// What was made for each workload.
  private var prepared: [String: String] = [:]
  /// The descriptor a runtime reports its phases on.
  static let phasesDescriptor: Int32 = 3
  /// The descriptor a runtime reports its counts on.
  static let countsDescriptor: Int32 = 4
  /// The descriptor a runtime tells of a script's assertions on.
  static let assertionsDescriptor: Int32 = 5

  init(_ runtime: RuntimeDescription, by launcher: Launcher, cgroups: RunCgroups?, scratch: String) {
    self.runtime = runtime
    self.launcher = launcher
    self.cgroups = cgroups
    self.scratch = scratch
    template = CommandTemplate(words: runtime.command)
  }

  /// The same runtime with what was made for it, in processes of another launcher.
  func started(by launcher: Launcher) -> ProcessRuntime {
    let other = ProcessRuntime(runtime, by: launcher, cgroups: nil, scratch: scratch)
    other.prepared = prepared
    return other
  }

  func check() throws(RuntimeUnavailable) {
    guard let program = runtime.command.first, program.hasPrefix("/") else { return }
    guard isExecutable(program) else {
      throw RuntimeUnavailable(reason: "\(program) is not an executable file", remedy: "install \(runtime.name), or mend its command")
    }
  }

  func prepare(_ workload: Workload) throws {
    let template = template(for: workload)
    if let missing = template.missing(in: workload) {
      throw RuntimeUnavailable(reason: "workload \(workload.name) has no \(missing)", remedy: "give it one")
    }
    // The engine's own environment is not its guest's: a variable put there would be lost.
    if runtime.program == .module, !workload.environment.isEmpty, !template.passesEnvironment {
      throw RuntimeUnavailable(
        reason: "the command of \(runtime.name) has no {environment:…} to hand the variables of \(workload.name) over",
        remedy: "give it one, or leave \(runtime.name) out")
    }
    guard let words = runtime.prepareCommand, workload.test?.script == nil else { return }
    let path = "\(scratch)/prepared/\(runtime.name)/\(prepared.count + 1)"
    try Preparation(words, of: workload, in: runtime, at: path, environment: environment(of: workload)).run(by: launcher, scratch: scratch)
    prepared[workload.name] = path
  }

  /// A guest's environment is its own; an engine gets one in which nothing is the user's.
  private func environment(of workload: Workload) -> [String: String] {
    runtime.program == .native ? workload.environment : ["PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": home]
  }

  /// A script has a command of its own.
  private func template(for workload: Workload) -> CommandTemplate {
    guard workload.test?.script != nil, let words = runtime.scriptCommand else { return template }
    return CommandTemplate(words: words)
  }

  func measure(_ trial: TrialPlace, _ conditions: TrialConditions) throws -> Measurement {
    guard let count = trial.workload.density else { return try launch(trial, conditions) }
    if trial.group == nil, launcher.isEnclosed {
      throw LaunchRefused(reason: "no cgroup tells which processes belong to the trial")
    }
    let crowd = HeldProcesses(
      count, by: launcher, in: trial.group, folder: trial.folder, isOneProcess: template(for: trial.workload).holdsInstances,
      trial.workload.expected, conditions
    ) { [self] instances in
      var request = try request(trial, instances: instances)
      request.environment[EnvironmentPadding.variable] = String(repeating: "x", count: conditions.padding)
      request.spin = runtime.spin
      return request
    }
    defer { crowd.abandon() }
    var (measurement, streams) = try DensityTrial(crowd, trial.group, trial.workload.expected, conditions).run()
    measurement.padding = conditions.padding
    try Data(streams[0].bytes).write(to: URL(filePath: trial.outputFile))
    try Data(streams[1].bytes).write(to: URL(filePath: trial.errorsFile))
    return measurement
  }

  func group() -> TrialGroup? { cgroups?.makeTrialGroup() }

  func request(_ trial: TrialPlace) throws -> LaunchRequest { try request(trial, instances: 1) }

  private func request(_ trial: TrialPlace, instances: Int) throws -> LaunchRequest {
    let workload = trial.workload
    var arguments = workload.arguments
    if runtime.program == .native {
      // A bare process sees the host's paths: what a sandbox would call `/data` is a folder of the trial.
      arguments = arguments.map { argument in
        for folder in trial.folders where folder.guest.hasPrefix("/") {
          if argument == folder.guest { return folder.host }
          if argument.hasPrefix(folder.guest + "/") { return folder.host + argument.dropFirst(folder.guest.count) }
        }
        return argument
      }
    }
    var options: [String] = []
    var descriptors: [(number: Int32, path: String)] = []
    let isScript = workload.test?.script != nil
    if isScript, runtime.reportsAssertions == true {
      options += ["--assertions-fd", "\(Self.assertionsDescriptor)"]
      descriptors.append((Self.assertionsDescriptor, trial.assertionsFile))
    }
    if runtime.reportsPhases, !isScript, workload.density == nil {
      options += ["--phases-fd", "\(Self.phasesDescriptor)"]
      descriptors.append((Self.phasesDescriptor, trial.folder + "/phases"))
    }
    if trial.countsInRuntime {
      options += ["--counts-fd", "\(Self.countsDescriptor)"]
      descriptors.append((Self.countsDescriptor, trial.countsFile))
    }
    return LaunchRequest(
      command: template(for: workload).expand(
        workload, arguments: arguments, folders: trial.folders, options: options, prepared: prepared[workload.name] ?? "",
        instances: instances),
      environment: environment(of: workload), folder: trial.startFolder, groups: trial.group?.folders(.client) ?? [],
      descriptors: descriptors)
  }

  func cleanUp(_ trial: TrialPlace, ended: Bool) { trial.group?.remove() }

  func startFailure(exitCode: Int32, errors: String) -> String? { nil }

  func files(_ workload: Workload) -> [String] {
    [runtime.command.first { $0.hasPrefix("/") }, runtime.program == .module ? workload.module : workload.native].compactMap { $0 }
      + (preparedFiles(workload) ?? [])
  }

  func preparedFiles(_ workload: Workload) -> [String]? { prepared[workload.name].map(Preparation.files) }
}
