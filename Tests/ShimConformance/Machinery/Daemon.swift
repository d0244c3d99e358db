import Foundation

/// A containerd of the suite's own: its data in the scratch folder, its state and every socket below `/run`, which is an empty file system
/// of the suite's own namespace.
final class Daemon {
  static let stateFolder = "/run/containerd"
  static let address = stateFolder + "/containerd.sock"
  /// Where bundles are, by namespace and container.
  static let bundles = stateFolder + "/state/io.containerd.runtime.v2.task"

  let root: String
  private let configuration: String
  private let log: String
  private let environment: [String: String]
  private(set) var process: pid_t?
  private(set) var snapshotter = "overlayfs"

  /// - Parameter shimFolders: where shims under test are; they come first on the daemon's path.
  init(root: String, shimFolders: [String]) throws {
    self.root = root
    configuration = root + "/config.toml"
    log = root + "/log"
    var variables = Program.environment
    variables["PATH"] = (shimFolders + Program.searchPath).joined(separator: ":")
    environment = variables
    try Files.makeFolder(root)
    try Files.write(
      """
      version = 2
      root = "\(root)/root"
      state = "\(Self.stateFolder)/state"
      disabled_plugins = [
        "io.containerd.grpc.v1.cri", "io.containerd.internal.v1.opt", "io.containerd.internal.v1.restart",
        "io.containerd.internal.v1.tracing", "io.containerd.tracing.processor.v1.otlp", "io.containerd.snapshotter.v1.aufs",
        "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.zfs",
      ]
      [grpc]
      address = "\(Self.address)"
      [ttrpc]
      address = "\(Self.address).ttrpc"
      # containerd's own deadlines are as long here as ours.
      [timeouts]
      "io.containerd.timeout.shim.cleanup" = "\(Clock.told(5))s"
      "io.containerd.timeout.shim.load" = "\(Clock.told(5))s"
      "io.containerd.timeout.shim.shutdown" = "\(Clock.told(3))s"
      "io.containerd.timeout.task.state" = "\(Clock.told(2))s"

      """, to: configuration)
  }

  /// Starts the daemon and waits until it answers.
  func start() throws {
    guard process == nil else { return }
    guard let program = Program.find("containerd") else { throw Skipped("no containerd here") }
    let output = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    defer { close(output) }
    process = try Children.start(
      [program, "--config", configuration], environment: environment, folder: root, streams: .init(output: output, errors: output))
    var plugins: Finished?
    let answers = try Clock.waits(30) {
      guard let process, Children.wait(process, limit: 0) == nil else {
        self.process = nil
        throw Failed("containerd ended: \(lastLogLine)")
      }
      let answer = try Program.run(
        ["ctr", "--address", Self.address, "--connect-timeout", "\(Clock.told(1))s", "plugins", "ls"], environment: environment)
      plugins = answer
      return answer.code == 0
    }
    guard answers, let plugins else { throw Failed("containerd did not answer: \(lastLogLine)") }
    let works = plugins.output.split(separator: "\n").contains { line in
      let fields = line.split(separator: " ")
      return fields.contains("overlayfs") && fields.last == "ok"
    }
    snapshotter = works ? "overlayfs" : "native"
  }

  var lastLogLine: String { Files.text(log).split(separator: "\n").last.map { String($0.prefix(200)) } ?? "it said nothing" }

  /// Ends it as a power cut would.
  func kill() {
    guard let process else { return }
    Foundation.kill(process, SIGKILL)
    _ = Children.wait(process, limit: 10)
    self.process = nil
  }

  func stop() {
    guard let process else { return }
    Foundation.kill(process, SIGTERM)
    if Children.wait(process, limit: 10) == nil { kill() }
    self.process = nil
  }

  /// Environment of clients and of shims that are started by hand.
  var clientEnvironment: [String: String] { environment.merging(["TTRPC_ADDRESS": Self.address + ".ttrpc"]) { $1 } }
}
