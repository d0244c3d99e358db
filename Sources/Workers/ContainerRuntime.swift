import FoundationEssentials
import OCI
import Observations

/// A client, containerd, a shim and runc: `ctr run --rm` of an image of our own.
final class ContainerRuntime: RuntimeAdapter {
  let runtime: RuntimeDescription
  private let engine: () throws -> PrivateContainerd
  private var containerd: PrivateContainerd?
  private let run: String
  private let scratch: String
  /// Workload → image reference and the program inside.
  private var images: [String: (reference: String, entry: String)] = [:]

  /// - Parameter engine: gives the run's containerd, starting it at the first call.
  init(_ runtime: RuntimeDescription, run: String, scratch: String, engine: @escaping () throws -> PrivateContainerd) {
    self.runtime = runtime
    self.engine = engine
    self.run = run
    self.scratch = scratch
  }

  func check() throws(RuntimeUnavailable) {
    guard runtime.program == .native else {
      throw RuntimeUnavailable(reason: "images of modules are not supported yet", remedy: "give \(runtime.name) `program: native`")
    }
    do { containerd = try engine() } catch let error as RuntimeUnavailable {
      throw error
    } catch {
      throw RuntimeUnavailable(
        reason: "containerd could not be started: \(error)", remedy: "see whether `containerd` starts by hand as root")
    }
  }

  func prepare(_ workload: Workload) throws {
    guard let containerd else { return }
    let root = try GuestRoot(workload)
    let reference = "harness.local/guest-\(images.count):1"
    let archive = "\(scratch)/image.tar"
    defer { try? FileManager.default.removeItem(atPath: archive) }
    try OCIImage.write(
      to: archive, files: root.files, entrypoint: [root.entry], workingFolder: GuestRoot.workFolder, reference: reference)
    try containerd.importImage(archive)
    images[workload.name] = (reference, root.entry)
  }

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
    ["ctr", "containerd-shim-runc-v2", "runc"].compactMap(HostTools.find) + snapshotFiles(workload)
  }

  /// The guest's program as containerd unpacked it, wherever the snapshotter keeps it.
  private func snapshotFiles(_ workload: Workload) -> [String] {
    guard let containerd, let image = images[workload.name] else { return [] }
    let snapshots = "\(scratch)/containerd/root/io.containerd.snapshotter.v1.\(containerd.snapshotter)/snapshots"
    return SystemFile.entries(snapshots).flatMap { ["\(snapshots)/\($0)/fs\(image.entry)", "\(snapshots)/\($0)\(image.entry)"] }
      .filter(SystemFile.exists)
  }
}
