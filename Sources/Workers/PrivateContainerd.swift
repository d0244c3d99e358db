import FoundationEssentials
import Glibc
import Observations

/// A containerd of the run's own: its data in the scratch folder, its state and every socket below `/run/containerd`, which is an empty
/// private folder inside the launcher's enclosure. It, its shims and its containers end with the enclosure; nothing shows outside.
final class PrivateContainerd {
  /// Covered by an empty file system in the enclosure: shims have their sockets here whatever containerd's own state folder is.
  static let stateFolder = "/run/containerd"
  static let address = stateFolder + "/containerd.sock"

  let client: String
  let namespace: String
  private(set) var snapshotter = ""
  /// Counts the daemon, its shims, clients and guests.
  let group: TrialGroup?
  let launcher: Launcher
  let folder: String
  /// Where our shim keeps machine code: what earlier runs and other containers of the machine left is no part of a run.
  var shimCache: String { folder + "/shim-cache" }
  /// The words the daemon is started with.
  let command: [String]
  /// Whether it has been started a second time.
  var wasRevived = false
  /// What was made of workloads' programs so far.
  var images: [String: GuestImage] = [:]
  /// To the daemon that runs now.
  var connection: ContainerdConnection?
  /// Processes of the daemon's group when no container exists.
  private var idle: Set<pid_t> = []

  /// Starts containerd and waits until it answers.
  /// - Throws: `RuntimeUnavailable` where something is missing or it does not start.
  init(run: String, launcher: Launcher, cgroups: RunCgroups?, scratch: String) throws {
    try HostTools.requireRoot()
    guard launcher.isEnclosed else {
      throw RuntimeUnavailable(
        reason: "this machine refuses new pid and mount namespaces (\(launcher.reasonNotEnclosed))", remedy: "run with CAP_SYS_ADMIN")
    }
    let daemon = try HostTools.require("containerd", package: "containerd")
    client = try HostTools.require("ctr", package: "containerd")
    namespace = run
    self.launcher = launcher
    folder = scratch + "/containerd"
    group = cgroups?.makeEngineGroup()
    let configuration = folder + "/config.toml"
    command = [daemon, "--config", configuration]

    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(Self.configuration(root: folder + "/root").utf8).write(to: URL(filePath: configuration))
    try start()
    settleAnew()
  }

  /// Starts the daemon and waits until it answers.
  /// - Throws: `RuntimeUnavailable` where it does not.
  func start() throws {
    disconnect()
    try launcher.start(
      LaunchRequest(
        command: command, environment: Self.environment.merging(["WVM_CACHE": shimCache]) { $1 }, folder: folder, output: folder + "/log",
        errors: folder + "/log",
        groups: group?.folders(.daemon) ?? []))
    snapshotter = try Self.waitUntilReady(client: client, launcher: launcher, folder: folder)
  }

  /// Takes what runs now, when there is no container, for what always runs.
  func settleAnew() { idle = Set(group?.processes(.daemon) ?? []) }

  static let environment = ["PATH": HostTools.searchPath.joined(separator: ":"), "HOME": "/root"]

  /// Only what `ctr run` with runc needs: no CRI, no restart monitor, no network listener.
  private static func configuration(root: String) -> String {
    """
    version = 2
    root = "\(root)"
    state = "\(stateFolder)/state"
    disabled_plugins = [
      "io.containerd.grpc.v1.cri", "io.containerd.internal.v1.opt", "io.containerd.internal.v1.restart",
      "io.containerd.internal.v1.tracing", "io.containerd.tracing.processor.v1.otlp", "io.containerd.snapshotter.v1.aufs",
      "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.zfs",
    ]
    [grpc]
    address = "\(address)"
    [ttrpc]
    address = "\(address).ttrpc"

    """
  }

  /// The words in front of every client command.
  var clientWords: [String] { [client, "--address", Self.address, "--namespace", namespace] }

  /// Asks until the daemon answers, then chooses overlayfs where it works on this disk, else plain copies.
  private static func waitUntilReady(client: String, launcher: Launcher, folder: String) throws -> String {
    var message = ""
    for _ in 0..<100 {
      let (report, output, errors) = try launcher.output(
        of: [client, "--address", address, "--connect-timeout", "1s", "plugins", "ls"], environment: environment, in: folder)
      if report.exitCode == 0 {
        let works = output.split(separator: "\n").contains { line in
          let fields = line.split(separator: " ")
          return fields.contains("overlayfs") && fields.last == "ok"
        }
        return works ? "overlayfs" : "native"
      }
      message = errors.split(separator: "\n").last.map(String.init) ?? ""
      usleep(100_000)
    }
    let log = (SystemFile.text(folder + "/log") ?? "").split(separator: "\n").last.map(String.init) ?? message
    throw RuntimeUnavailable(reason: "containerd did not start: \(log)", remedy: "see whether `containerd` starts by hand as root")
  }

  /// Imports an image archive and unpacks it.
  func importImage(_ archive: String) throws {
    let (report, _, errors) = try launcher.output(
      of: clientWords + ["images", "import", "--snapshotter", snapshotter, archive], environment: Self.environment, in: folder,
      timeLimit: 120)
    guard report.exitCode == 0 else {
      throw RuntimeUnavailable(
        reason: "the image was not imported: \(errors.split(separator: "\n").last.map(String.init) ?? "ctr failed")",
        remedy: "see \(folder)/log")
    }
  }

  /// Processes of containers alone: shims and what they started, without the daemon itself.
  func containerProcesses() -> [pid_t] {
    guard let group else { return [] }
    return group.processes(.daemon).filter { !idle.contains($0) } + group.allProcesses(.guest)
  }

  /// Waits until the shims of earlier trials are gone: they end a moment after their client, and would count in the next trial.
  func settle() {
    guard let group else { return }
    for _ in 0..<400 where group.processes(.daemon).count > idle.count { usleep(5000) }
  }

  /// Clears away a container whose client was killed.
  func remove(container: String) {
    for words in [
      ["tasks", "kill", "--signal", "SIGKILL", "--all", container], ["tasks", "delete", "--force", container],
      ["containers", "delete", container], ["snapshots", "--snapshotter", snapshotter, "delete", container],
    ] {
      _ = try? launcher.output(of: clientWords + words, environment: Self.environment, in: folder)
    }
  }
}
