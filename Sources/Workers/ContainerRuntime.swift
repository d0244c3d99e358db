import FoundationEssentials
import OCI
import Observations

/// A client, containerd, a shim and what that starts: `ctr run --rm` of an image of our own.
final class ContainerRuntime: LaunchedRuntime {
  let runtime: RuntimeDescription
  let launcher: Launcher
  private let engine: () throws -> PrivateContainerd
  private var containerd: PrivateContainerd?
  private var images: [String: GuestImage] = [:]

  /// - Parameter engine: gives the run's containerd, starting it at the first call.
  init(_ runtime: RuntimeDescription, by launcher: Launcher, engine: @escaping () throws -> PrivateContainerd) {
    self.runtime = runtime
    self.launcher = launcher
    self.engine = engine
  }

  func check() throws(RuntimeUnavailable) {
    try ContainerPrograms.check(runtime)
    containerd = try ContainerPrograms.started(engine)
  }

  func prepare(_ workload: Workload) throws { images[workload.name] = try containerd?.image(of: workload, runtime.program) }

  func group() -> TrialGroup? {
    containerd?.settle()
    return containerd?.group
  }

  func request(_ trial: TrialPlace) throws -> LaunchRequest {
    guard let containerd, let image = images[trial.workload.name] else {
      throw LaunchRefused(reason: "no image for \(trial.workload.name)")
    }
    // ctr 1.6 loses the end of its input when it comes before the task is made, and tells by this file that it is made.
    let made = "\(PrivateContainerd.stateFolder)/made/\(trial.identifier)"
    var words = containerd.clientWords + ["run", "--rm", "--snapshotter", containerd.snapshotter, "--pid-file", made]
    if let shim = runtime.shim { words += ["--runtime", shim] }
    if let program = runtime.ociRuntime { words += ["--runc-binary", program] }
    for (name, value) in (runtime.annotations ?? [:]).sorted(by: { $0.key < $1.key }) { words += ["--annotation", "\(name)=\(value)"] }
    if let group = trial.group { words += ["--cgroup", group.guestPath(trial.identifier)] }
    for (name, value) in trial.workload.environment.sorted(by: { $0.key < $1.key }) { words += ["--env", "\(name)=\(value)"] }
    for mount in GuestRoot.mounts(trial) {
      words += ["--mount", "type=bind,src=\(mount.host),dst=\(mount.inside),options=rbind:\(mount.access)"]
    }
    return LaunchRequest(
      command: words + [image.reference, trial.identifier, image.entry] + trial.workload.arguments,
      environment: PrivateContainerd.environment, folder: trial.folder, inputEndsAfter: made, groups: trial.group?.folders(.client) ?? [])
  }

  func revive() throws -> Bool { try containerd?.revive() ?? false }

  func cleanUp(_ trial: TrialPlace, ended: Bool) {
    if !ended { containerd?.remove(container: trial.identifier) }
  }

  /// The client's own messages begin with its name, the runtime's about a program it cannot execute with `exec`.
  func startFailure(exitCode: Int32, errors: String) -> String? {
    guard exitCode == 1 else { return nil }
    return errors.split(separator: "\n").last { $0.hasPrefix("ctr: ") || $0.hasPrefix("exec /") }.map(String.init)
  }

  func files(_ workload: Workload) -> [String] {
    guard let containerd, let image = images[workload.name] else { return [] }
    return [containerd.client] + ContainerPrograms.files(runtime, containerd) + containerd.files(of: image)
  }
}
