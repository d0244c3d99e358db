import FoundationEssentials
import OCI
import Observations

/// An OCI runtime called on a bundle: `runc run`.
final class BundleRuntime: LaunchedRuntime {
  let runtime: RuntimeDescription
  let launcher: Launcher
  private let cgroups: RunCgroups?
  private let scratch: String
  private var program = ""
  /// Workload → what was made for it.
  private var roots: [String: (root: GuestRoot, folder: String)] = [:]

  init(_ runtime: RuntimeDescription, by launcher: Launcher, cgroups: RunCgroups?, scratch: String) {
    self.runtime = runtime
    self.launcher = launcher
    self.cgroups = cgroups
    self.scratch = scratch
  }

  func check() throws(RuntimeUnavailable) {
    try HostTools.requireRoot()
    guard runtime.program == .native else {
      throw RuntimeUnavailable(reason: "an OCI bundle runs native programs only", remedy: "give \(runtime.name) `program: native`")
    }
    guard launcher.isEnclosed else {
      throw RuntimeUnavailable(reason: "this machine refuses new pid and mount namespaces", remedy: "run with CAP_SYS_ADMIN")
    }
    if let first = runtime.command.first { program = first } else { program = try HostTools.require("runc", package: "runc") }
    guard isExecutable(program) else {
      throw RuntimeUnavailable(reason: "\(program) is not an executable file", remedy: "apt install runc, or mend the command")
    }
  }

  func prepare(_ workload: Workload) throws {
    let root = try GuestRoot(workload)
    let folder = "\(scratch)/bundles/\(roots.count)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    // The root file system is made once; each trial has a configuration of its own beside it.
    try Bundle.write(to: folder, files: root.files, specification: .minimal(arguments: [root.entry]))
    roots[workload.name] = (root, folder + "/rootfs")
  }

  func group() -> TrialGroup? { cgroups?.makeTrialGroup() }

  func request(_ trial: TrialPlace) throws -> LaunchRequest {
    guard let (root, rootFolder) = roots[trial.workload.name] else { throw LaunchRefused(reason: "no bundle for \(trial.workload.name)") }
    let bundle = trial.folder + "/bundle"
    try FileManager.default.createDirectory(atPath: bundle, withIntermediateDirectories: true)
    let specification = RuntimeSpec.minimal(
      arguments: [root.entry] + trial.workload.arguments, environment: trial.workload.environment.map { "\($0.key)=\($0.value)" }.sorted(),
      rootPath: rootFolder, workingFolder: GuestRoot.workFolder, cgroupsPath: trial.group?.guestPath("guest"),
      mounts: GuestRoot.mounts(trial).map { .bind($0.host, to: $0.inside, options: ["rbind", $0.access]) })
    try Data(specification.json.utf8).write(to: URL(filePath: bundle + "/config.json"))
    return LaunchRequest(
      command: [program, "--root", trial.folder + "/state", "run", "--bundle", bundle, trial.identifier],
      environment: ["PATH": HostTools.searchPath.joined(separator: ":")], folder: bundle, groups: trial.group?.folders(.client) ?? [])
  }

  /// A killed runtime leaves cgroups in other hierarchies behind; they go with the run's own at the end.
  func cleanUp(_ trial: TrialPlace, ended: Bool) { trial.group?.remove() }

  /// runc's own messages are log lines; the guest's exit code is its own otherwise.
  func startFailure(exitCode: Int32, errors: String) -> String? {
    guard exitCode == 1 else { return nil }
    return errors.split(separator: "\n").last { $0.contains("level=error") || $0.hasPrefix("runc run failed") || $0.hasPrefix("exec /") }
      .map(String.init)
  }

  func files(_ workload: Workload) -> [String] {
    guard let (root, folder) = roots[workload.name] else { return [program] }
    return [program, folder + root.entry]
  }
}
