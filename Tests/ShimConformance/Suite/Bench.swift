import Foundation

/// One shim under a containerd of its own: what a behaviour is tried on.
final class Bench: TestSubject {
  let runtime: Runtime
  let settings: Settings
  let guests: Guests
  let daemon: Daemon
  /// containerd's namespace, and with it the folder of control groups.
  let namespace: String
  private var baseline: Inventory?
  private var names = 0

  init(runtime: Runtime, settings: Settings, guests: Guests, daemon: Daemon, namespace: String) {
    self.runtime = runtime
    self.settings = settings
    self.guests = guests
    self.daemon = daemon
    self.namespace = namespace
  }

  /// Starts containerd, brings the images in and takes note of what is there.
  func setUp() throws {
    _ = try runtime.executable()
    if runtime.kind == .wasm, let reason = guests.reasonWithoutModules { throw Skipped(reason) }
    try daemon.start()
    for image in [guests.image, guests.wasmImage] where Files.exists(image) {
      try ctr(["images", "import", "--all-platforms", "--snapshotter", daemon.snapshotter, image], limit: 120).succeeded()
    }
    baseline = now
  }

  private var now: Inventory { .now(namespace: namespace, daemon: daemon) }

  /// What containers have left, after a moment for the last of it to go.
  func leftovers(limit: Double) -> [String] {
    guard let baseline else { return [] }
    _ = Clock.waits(limit) { now.surplus(over: baseline).isEmpty }
    return now.surplus(over: baseline)
  }

  /// Takes everything away by force, so that the next behaviour starts from nothing.
  func clear() {
    ControlGroups.remove(namespace)
    for process in Inventory.processes where process != getpid() && process != daemon.process { kill(process, SIGKILL) }
    _ = Clock.waits(3) {
      Children.collect()
      return Inventory.processes.allSatisfy { $0 == getpid() || $0 == daemon.process || Children.awaited.contains($0) }
    }
    daemon.kill()
    guard let baseline else { return }
    for item in now.surplus(over: baseline).reversed() where item.hasPrefix("mount ") {
      umount2(String(item.dropFirst(6)), CInt(MNT_DETACH))
    }
    for item in now.surplus(over: baseline) where !item.hasPrefix("process ") && !item.hasPrefix("mount ") {
      if let slash = item.firstIndex(of: "/"), !item.hasPrefix("control group ") {
        try? FileManager.default.removeItem(atPath: String(item[slash...]))
      }
    }
    try? daemon.start()
    removeContainers()
    self.baseline = now
  }

  func tearDown() {
    daemon.stop()
    ControlGroups.remove(namespace)
    try? FileManager.default.removeItem(atPath: Daemon.stateFolder)
  }

  /// Containers and snapshots in containerd's own books.
  func removeContainers() {
    for name in ((try? ctr(["containers", "ls", "-q"]))?.output ?? "").split(separator: "\n").map(String.init) {
      _ = try? ctr(["tasks", "delete", "--force", name])
      _ = try? ctr(["containers", "delete", name])
    }
  }

  func newName(_ word: String) -> String {
    names += 1
    return "\(word)-\(names)"
  }

  // MARK: The client

  var clientWords: [String] { ["ctr", "--address", Daemon.address, "--namespace", namespace] }

  @discardableResult
  func ctr(_ words: [String], input: Program.Input = .none, limit: Double = 30) throws -> Finished {
    try Program.run(clientWords + words, environment: daemon.clientEnvironment, input: input, limit: limit)
  }

  /// The words that run a guest with `ctr`.
  func runWords(
    _ name: String, _ guest: [String], options: [String] = [], program: String? = nil, image: String = Guests.reference,
    runtime other: String? = nil
  ) -> [String] {
    clientWords + ["run", "--runtime", other ?? runtime.name, "--snapshotter", daemon.snapshotter] + options
      + [image, name, program ?? runtime.kind.program] + guest
  }

  /// Runs a guest to its end and removes it.
  func run(
    _ guest: [String], options: [String] = [], program: String? = nil, image: String = Guests.reference, runtime other: String? = nil,
    input: Program.Input = .none, limit: Double = 30
  ) throws -> Finished {
    let words = runWords(newName("run"), guest, options: ["--rm"] + options, program: program, image: image, runtime: other)
    return try Program.run(words, environment: daemon.clientEnvironment, input: input, limit: limit)
  }
}
