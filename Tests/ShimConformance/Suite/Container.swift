import Foundation

/// A container that runs beside the suite, with its client in the foreground or gone.
final class Container {
  let id: String
  let bench: Bench
  /// The client, which shows the guest's output, for a container that is not detached.
  let client: Program?

  /// Starts a guest and waits until it says that it is ready.
  /// - Parameters:
  ///   - detached: the client goes and the guest has no streams; then it counts as ready once containerd says that it runs.
  ///   - log: where a detached guest's output goes.
  init(
    _ bench: Bench, _ guest: [String], options: [String] = [], program: String? = nil, image: String = Guests.reference,
    detached: Bool = false,
    readyWord: String? = "ready", runtime: String? = nil, log: String? = nil
  ) throws {
    self.bench = bench
    id = bench.newName(detached ? "detached" : "attached")
    if detached {
      client = nil
      let words = bench.runWords(
        id, guest, options: ["--detach"] + (log.map { ["--log-uri", $0] } ?? ["--null-io"]) + options, program: program, image: image,
        runtime: runtime)
      try Program.run(words, environment: bench.daemon.clientEnvironment).succeeded()
    } else {
      let words = bench.runWords(id, guest, options: options, program: program, image: image, runtime: runtime)
      let client = try Program(words, environment: bench.daemon.clientEnvironment, input: .open)
      self.client = client
      guard let readyWord else { return }
      let isReady = Clock.waits(20) { client.output.contains(readyWord) || !client.isRunning }
      guard isReady, client.output.contains(readyWord) else {
        throw Failed("the guest did not get ready: \(client.errors.isEmpty ? "it said nothing" : String(client.errors.prefix(300)))")
      }
    }
  }

  /// containerd's folder for it.
  var bundle: String { "\(Daemon.bundles)/\(bench.namespace)/\(id)" }

  /// Where its shim listens.
  func shimAddress() throws -> String {
    let address = Files.text(bundle + "/address").trimmed
    try expect(!address.isEmpty, "the bundle has no file `address`")
    return address
  }

  /// A connection to its shim.
  func task() throws -> TaskCalls { TaskCalls(connection: try TaskConnection(shimAddress()), id: id) }

  /// The container's first process and its shim's.
  func processes() throws -> (shim: pid_t, guest: pid_t) {
    let fields = try task().must("Connect")
    return (pid_t(fields.number(1)), pid_t(fields.number(2)))
  }

  /// The row of `ctr tasks ls`: pid and state.
  func listed() throws -> (pid: Int, status: String)? {
    for line in try bench.ctr(["tasks", "ls"]).succeeded().output.split(separator: "\n") {
      let fields = line.split(separator: " ").map(String.init)
      if fields.count == 3, fields[0] == id { return (Int(fields[1]) ?? -1, fields[2]) }
    }
    return nil
  }

  func kill(_ signal: String = "SIGKILL") throws { try bench.ctr(["tasks", "kill", "--signal", signal, id]).succeeded() }

  /// Waits until containerd says that it has stopped.
  func waitUntilStopped(limit: Double = 15) throws {
    let stopped = try Clock.waits(limit) { try listed()?.status == "STOPPED" || listed() == nil }
    guard stopped else { throw Failed("the task is \(try listed()?.status ?? "gone") and not STOPPED after \(Clock.told(limit)) s") }
  }

  /// Removes task, container and snapshot.
  /// - Returns: the task's exit code, as its shim tells it; -1 without a shim.
  @discardableResult
  func delete() throws -> Int32 {
    let code = (try? task().state())?.exitStatus ?? -1
    let deleted = try bench.ctr(["tasks", "delete", id])
    try bench.ctr(["containers", "delete", id]).succeeded()
    guard deleted.errors.isEmpty || !deleted.errors.contains("ctr:") else { throw Failed("`\(deleted.command)`: \(deleted.lastLine)") }
    return Int32(code)
  }

  /// Ends a detached container and removes it.
  /// - Returns: its exit code.
  @discardableResult
  func end(_ signal: String = "SIGKILL") throws -> Int32 {
    try kill(signal)
    try waitUntilStopped()
    return try delete()
  }

  /// Waits for an attached container's client and removes the container.
  /// - Returns: its exit code.
  func finish(limit: Double = 20) throws -> Int32 {
    guard let client else { throw Failed("a detached container has no client") }
    let code = try client.finish(limit: limit).code
    _ = try? bench.ctr(["containers", "delete", id])
    return code
  }
}
