import Foundation

/// A task without containerd's task service in between: the bundle is made here, the shim started as containerd starts it, and spoken to over
/// its socket. What clients of containerd cannot ask for, such as a task that is created and not started, is asked this way.
final class HandMadeTask {
  let id: String
  let bundle: String
  private(set) var address = ""
  private let bench: Bench
  var namespace: String { bench.namespace }
  private let shim: String
  private var log: CInt = -1
  private var held: [CInt] = []
  private var calls: TaskCalls?
  /// The environment shims are started with.
  private let environment: [String: String]

  /// Paths of the FIFOs for standard streams.
  var input: String { bundle + "-input" }
  var output: String { bundle + "-output" }
  var errors: String { bundle + "-errors" }

  /// Makes the bundle and starts a shim for it.
  /// - Parameters:
  ///   - events: who takes its events instead of containerd.
  ///   - change: changes the configuration's members before it is written.
  init(
    _ bench: Bench, _ words: [String], program: String? = nil, events: EventReceiver? = nil,
    change: (inout [String: Any]) -> Void = { _ in }
  ) throws {
    self.bench = bench
    environment = bench.daemon.clientEnvironment.merging(events.map { ["TTRPC_ADDRESS": $0.path] } ?? [:]) { $1 }
    id = bench.newName("made")
    // The folder is called as the container, as containerd's are.
    bundle = "/run/made/\(id)/\(id)"
    shim = try bench.runtime.executable()
    try Files.makeFolder(bundle + "/rootfs")
    try Data(
      JSONSerialization.data(
        withJSONObject: try Self.configuration(bench, id: id, [program ?? bench.runtime.kind.program] + words, change), options: .sortedKeys
      )
    ).write(to: URL(fileURLWithPath: bundle + "/config.json"))
    mkfifo(bundle + "/log", 0o700)
    log = open(bundle + "/log", O_RDWR | O_NONBLOCK | O_CLOEXEC)
    address = try start().output.trimmed
  }

  deinit { (held + [log]).forEach { if $0 >= 0 { close($0) } } }

  /// The configuration `ctr` would write, for our bundle.
  private static func configuration(_ bench: Bench, id: String, _ words: [String], _ change: (inout [String: Any]) -> Void) throws
    -> [String: Any]
  {
    let text = try bench.ctr(["oci", "spec"]).succeeded().output
    guard var document = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any],
      var process = document["process"] as? [String: Any], var linux = document["linux"] as? [String: Any]
    else { throw Failed("`ctr oci spec` prints no configuration") }
    process["args"] = words
    process["cwd"] = "/"
    document["process"] = process
    linux["cgroupsPath"] = "/\(bench.namespace)/\(id)"
    document["linux"] = linux
    document["root"] = ["path": "rootfs"]
    change(&document)
    return document
  }

  private func words(_ more: [String]) -> [String] {
    [
      shim, "-namespace", bench.namespace, "-address", Daemon.address, "-publish-binary", Program.find("containerd") ?? "containerd", "-id",
      id,
    ] + more
  }

  /// Calls the shim's `start`.
  func start() throws -> Finished {
    try Program.run(words(["start"]), environment: environment, folder: bundle).succeeded()
  }

  /// A connection to it; the same every time.
  func task() throws -> TaskCalls {
    if let calls { return calls }
    let made = TaskCalls(connection: try TaskConnection(address), id: id)
    calls = made
    return made
  }

  /// A second connection.
  func another() throws -> TaskCalls { TaskCalls(connection: try TaskConnection(address), id: id) }

  /// Makes FIFOs and opens our ends of them.
  /// - Returns: the descriptors we write to and read from.
  func openStreams() throws -> (input: CInt, output: CInt, errors: CInt) {
    for path in [input, output, errors] as [String] { mkfifo(path, 0o700) }
    let ends = ([output, errors] as [String]).map { open($0, O_RDONLY | O_NONBLOCK | O_CLOEXEC) }
    // Opened for both so that it does not wait for the shim; given up before the end of input matters.
    let writing = open(input, O_RDWR | O_NONBLOCK | O_CLOEXEC)
    held += ends + [writing]
    return (writing, ends[0], ends[1])
  }

  func closeStream(_ descriptor: CInt) {
    close(descriptor)
    held.removeAll { $0 == descriptor }
  }

  /// Calls Create.
  /// - Parameter streams: whether the FIFOs are named in it.
  func create(streams: Bool = false, terminal: Bool = false) throws -> TaskConnection.Answer {
    var mount = WireMessage()
    mount.add(1, "bind")
    mount.add(2, bench.guests.root)
    mount.add(4, "rbind")
    mount.add(4, "ro")
    return try task().call("Create", limit: 20) { message in
      message.add(2, bundle)
      message.add(3, mount.bytes)
      message.add(4, terminal)
      guard streams else { return }
      message.add(5, input)
      message.add(6, output)
      if !terminal { message.add(7, errors) }
    }
  }

  /// - Throws: `Failed` unless Create succeeds.
  func mustCreate(streams: Bool = false, terminal: Bool = false) throws -> Int {
    let answer = try create(streams: streams, terminal: terminal)
    guard answer.code == 0 else { throw Failed("Create failed with code \(answer.code): \(answer.message)") }
    return try WireFields(answer.payload).number(1)
  }

  /// Reads what has come, until a text has.
  /// - Returns: all of it.
  @discardableResult
  func read(_ descriptor: CInt, until wanted: String, limit: Double = 10) throws -> String {
    var seen = ""
    let appeared = Clock.waits(limit) {
      var buffer = [UInt8](repeating: 0, count: 65536)
      while case let count = Foundation.read(descriptor, &buffer, buffer.count), count > 0 {
        seen += String(decoding: buffer[..<count], as: UTF8.self)
        if seen.contains(wanted) { return true }
      }
      return seen.contains(wanted)
    }
    guard appeared else { throw Failed("the guest did not say \"\(wanted.visible)\" but \"\(seen.suffix(200).visible)\"") }
    return seen
  }

  /// Ends the task however it is, as containerd does when it gives up on one, and removes what was made here.
  func remove() {
    if let task = try? task() {
      _ = try? task.kill(SIGKILL, all: true)
      _ = try? task.call("Wait", limit: 3)
      _ = try? task.call("Delete", limit: 5)
      _ = try? task.call("Shutdown", limit: 3)
    }
    calls = nil
    _ = try? delete()
    for path in [input, output, errors] { unlink(path) }
    (held + [log]).forEach { if $0 >= 0 { close($0) } }
    held = []
    log = -1
    try? FileManager.default.removeItem(atPath: "/run/made/\(id)")
  }

  /// Calls the shim's `delete`, as containerd does after every task.
  func delete() throws -> Finished {
    try Program.run(words(["-bundle", bundle, "delete"]), environment: environment, folder: bundle, limit: 10)
  }
}
