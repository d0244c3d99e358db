import Foundation
import Glibc
import TTRPC
import TaskAPI
import TestSupport

@testable import Shim

/// The built executable in a bundle of its own, as containerd would start it. Daemons it leaves are gone with it.
final class TestShim {
  /// Sockets of shims lie where root alone may write.
  static let canServe = getuid() == 0 && (access(ShimSocket.folder, W_OK) == 0 || access("/run", W_OK) == 0)
  static let program = Product.path("containerd-shim-wvm-v1")

  let scratch: Scratch
  let namespace = Leftovers.newName()
  private var sockets: Set<String> = []

  init(config: String = #"{"ociVersion":"1.0.2"}"#) throws {
    scratch = try Scratch()
    try configure(config)
  }

  deinit { end() }

  var bundle: String { scratch.folder }
  /// containerd's, where nobody listens.
  var containerd: String { scratch.path("containerd.sock") }

  func configure(_ config: String) throws { try Data(config.utf8).write(to: URL(fileURLWithPath: scratch.path("config.json"))) }

  /// The words in front of the verb.
  func words(id: String) -> [String] {
    ["-namespace", namespace, "-address", containerd, "-publish-binary", "/bin/false", "-id", id]
  }

  func start(id: String = "one") throws -> Command.Outcome {
    let outcome = try Command(Self.program, words(id: id) + ["start"], in: bundle).run()
    if outcome.output.hasPrefix("unix://") { sockets.insert(String(outcome.output.dropFirst(7))) }
    return outcome
  }

  /// A connection to the daemon that `start` names.
  func connect(_ address: String) throws -> TestConnection { try TestConnection(path: String(address.dropFirst("unix://".utf8.count))) }

  /// Starts a daemon and connects to it.
  func serve() throws -> TestConnection { try connect(try start().output) }

  /// The numbers of processes that were started with this bundle's words: a daemon keeps those of the program that forked it.
  var daemons: [pid_t] {
    ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { pid_t($0) }.filter { process in
      guard process != getpid(), let words = FileDescriptor.readFile("/proc/\(process)/cmdline") else { return false }
      // One that has ended has no words any more.
      return String(decoding: words, as: UTF8.self).split(separator: "\0").contains { $0 == namespace }
    }
  }

  func end() {
    for process in daemons { kill(process, SIGKILL) }
    for socket in sockets { unlink(socket) }
    scratch.remove()
  }
}

/// A client that says what it is told to, also nonsense.
final class TestConnection {
  struct Failure: Error, CustomStringConvertible { let description: String }

  let descriptor: Int32
  private var state = ClientConnection()

  init(path: String) throws {
    descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
    guard ShimSocket.connect(descriptor, path) else { throw Failure(description: "connect: errno \(errno)") }
    // A reply that never comes is a failure of the test, not its end.
    var limit = timeval(tv_sec: 20, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
  }

  deinit { close(descriptor) }

  /// The daemon may have hung up; that is no signal for the process that all tests share.
  func send(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress!, $0.count, Int32(MSG_NOSIGNAL)) }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  /// The bytes of a call, which get the next stream's number.
  func bytes(_ method: String, _ payload: [UInt8], service: String = TaskAPI.TaskService.version2.name) throws -> [UInt8] {
    try state.call(Request(service: service, method: method, payload: payload)).bytes
  }

  func call(_ method: String, _ payload: [UInt8] = [], service: String = TaskAPI.TaskService.version2.name) throws -> Result<
    [UInt8], Status
  > {
    send(try bytes(method, payload, service: service))
    return try reply().result
  }

  func reply() throws -> ClientConnection.Reply {
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      if let reply = state.next() { return reply }
      let count = read(descriptor, &buffer, buffer.count)
      guard count > 0 else { throw Failure(description: count == 0 ? "the connection was closed" : "no reply: errno \(errno)") }
      state.feed(Array(buffer[..<count]))
    }
  }

  /// What the daemon calls itself; proves that it serves.
  func shimProcess() throws -> pid_t {
    pid_t(try ConnectResponse(reading: call("Connect", ConnectRequest(id: "?").encode()).get()).shimPID)
  }
}

extension Result where Failure == Status {
  var status: Status? { if case .failure(let status) = self { status } else { nil } }
}
