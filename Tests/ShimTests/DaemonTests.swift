import Foundation
import Glibc
import Protobuf
import TTRPC
import TaskAPI
import TestSupport
import Testing

@testable import Shim

/// A running daemon and whatever a client may say to it.
@Suite("The shim's daemon", .enabled(if: TestShim.canServe, StartCommandTests.needsRoot))
struct DaemonTests {
  @Test func `says who it is, whoever is asked for`() throws {
    let shim = try TestShim()
    let connection = try shim.serve()
    let answer = try ConnectResponse(reading: connection.call("Connect", ConnectRequest(id: "nobody").encode()).get())
    #expect(shim.daemons == [pid_t(answer.shimPID)])
    #expect(answer.taskPID == 0)
    // Its other name.
    #expect(try connection.call("Connect", service: TaskAPI.TaskService.version3.name).status == nil)
  }

  @Test func `knows no container that was not made`() throws {
    let served = try TestShim().served()
    let asked: [(String, [UInt8])] = [
      ("State", StateRequest(id: "c").encode()), ("Start", StartRequest(id: "c").encode()), ("Delete", DeleteRequest(id: "c").encode()),
      ("Kill", [0x0A, 1, 0x63]), ("Wait", [0x0A, 1, 0x63]), ("Pids", [0x0A, 1, 0x63]), ("Stats", [0x0A, 1, 0x63]),
      ("Pause", [0x0A, 1, 0x63]),
      ("Resume", [0x0A, 1, 0x63]), ("Exec", [0x0A, 1, 0x63]), ("ResizePty", [0x0A, 1, 0x63]), ("CloseIO", [0x0A, 1, 0x63]),
      ("Update", [0x0A, 1, 0x63]),
    ]
    for (method, payload) in asked {
      let status = try served.connection.call(method, payload).status
      #expect(status?.code == .notFound, "\(method): \(status.map(String.init(describing:)) ?? "no failure")")
      #expect(status?.message == "container c does not exist here", "\(method)")
    }
  }

  @Test func `refuses what it does not serve`() throws {
    let served = try TestShim().served()
    let connection = served.connection
    #expect(try connection.call("Frobnicate").status?.code == .unimplemented)
    #expect(try connection.call("").status?.code == .unimplemented)
    #expect(try connection.call("connect").status?.code == .unimplemented)
    #expect(try connection.call("Checkpoint").status?.code == .unimplemented)
    for service in ["", "containerd.task.v1.Task", "containerd.services.events.ttrpc.v1.Events"] {
      let status = try connection.call("Connect", service: service).status
      #expect(status?.code == .unimplemented && status?.message == "service \(service) is not served here", "\(service)")
    }
    #expect(try connection.shimProcess() > 0)
  }

  @Test func `a request that is no message is a failure of its call`() throws {
    let served = try TestShim().served()
    for payload in [[0x0A, 5, 0x63], [0xFF], [0x0A], [0x0F, 0, 0]] as [[UInt8]] {
      let status = try served.connection.call("State", payload).status
      #expect(status?.code == .invalidArgument, "\(payload): \(status.map(String.init(describing:)) ?? "none")")
      #expect(status?.message.hasPrefix("State: the request cannot be read: ") == true)
    }
    #expect(try served.connection.shimProcess() > 0)
  }

  @Test func `a container that cannot be made has a reason and leaves nothing`() throws {
    let served = try TestShim().served()
    var request = CreateTaskRequest()
    request.id = "c"
    request.bundle = served.shim.scratch.path("nothing")
    for _ in 0..<2 {
      let status = try served.connection.call("Create", request.encode()).status
      #expect(status?.code == .unknown)
      #expect(status?.message.contains("cannot read \(request.bundle)/config.json: No such file or directory") == true, "\(status!)")
    }
    request.bundle = served.shim.bundle
    try served.shim.configure("{ broken")
    #expect(try served.connection.call("Create", request.encode()).status?.message.contains("config.json") == true)
    request.checkpoint = "/a/checkpoint"
    #expect(try served.connection.call("Create", request.encode()).status?.code == .unimplemented)
    #expect(try served.connection.call("State", StateRequest(id: "c").encode()).status?.code == .notFound)
  }

  // MARK: Clients that are broken or hostile

  @Test func `a call that comes byte by byte is a call`() throws {
    let served = try TestShim().served()
    for byte in try served.connection.bytes("Connect", ConnectRequest(id: "x").encode()) {
      served.connection.send([byte])
      usleep(300)
    }
    #expect(try served.connection.reply().result.status == nil)
  }

  @Test func `calls that come together are answered each`() throws {
    let served = try TestShim().served()
    var bytes: [UInt8] = []
    for _ in 0..<200 {
      bytes += try served.connection.bytes("Connect", []) + served.connection.bytes("State", StateRequest(id: "c").encode())
    }
    served.connection.send(bytes)
    var streams: Set<UInt32> = []
    for _ in 0..<400 { streams.insert(try served.connection.reply().streamID) }
    #expect(streams == Set((0..<400).map { 1 + 2 * UInt32($0) }))
  }

  @Test func `half a frame keeps nobody else waiting`() throws {
    let served = try TestShim().served()
    let whole = try served.connection.bytes("Connect", ConnectRequest(id: "x").encode())
    for count in [1, 9, 10, whole.count - 1] {
      let half = try served.shim.connect(served.address)
      half.send(Array(whole[..<count]))
      #expect(try served.shim.connect(served.address).shimProcess() > 0)
    }
  }

  @Test func `nonsense harms no other connection`() throws {
    let served = try TestShim().served()
    var random = SystemRandomNumberGenerator()
    for _ in 0..<50 {
      let broken = try served.shim.connect(served.address)
      broken.send((0..<Int.random(in: 1...300, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) })
    }
    for type in UInt8(0)...5 {
      let broken = try served.shim.connect(served.address)
      // A frame of any type, on an even stream, with data that is no request.
      broken.send([0, 0, 0, 3, 0, 0, 0, 2, type, 0xFF, 1, 2, 3])
    }
    #expect(try served.connection.shimProcess() > 0)
  }

  @Test func `a frame that is too large is refused and passed over`() throws {
    let served = try TestShim().served()
    let size = FrameHeader.maximumLength + 1
    served.connection.send(FrameHeader(length: UInt32(size), streamID: 1, type: .request).encode())
    let refusal = try served.connection.reply()
    #expect(refusal.streamID == 1)
    #expect(refusal.result.status?.code == .resourceExhausted)
    let portion = [UInt8](repeating: 0xAA, count: 1 << 16)
    var left = size
    while left > 0 {
      served.connection.send(Array(portion[..<min(left, portion.count)]))
      left -= portion.count
    }
    _ = try served.connection.bytes("Connect", [])
    #expect(try served.connection.shimProcess() > 0, "what follows is understood")
  }

  @Test func `many clients at once, some gone without a word`() throws {
    let served = try TestShim().served()
    let connections = try (0..<100).map { _ in try served.shim.connect(served.address) }
    for connection in connections { connection.send(try connection.bytes("Connect", [])) }
    for (index, connection) in connections.enumerated() where index.isMultiple(of: 2) {
      #expect(try connection.reply().result.status == nil)
    }
    // Clients that go before their answers.
    for _ in 0..<50 {
      let gone = try served.shim.connect(served.address)
      gone.send(try gone.bytes("Connect", []))
    }
    #expect(try served.connection.shimProcess() > 0)
    withExtendedLifetime(connections) {}
  }

  @Test func `a client that does not read its answers blocks nobody`() throws {
    let served = try TestShim().served()
    let deaf = try served.shim.connect(served.address)
    FileDescriptor.setBlocking(deaf.descriptor, false)
    let calls = try (0..<2000).flatMap { _ in try deaf.bytes("Nothing\(String(repeating: "x", count: 200))", []) }
    // As much as the socket takes.
    _ = calls.withUnsafeBytes { write(deaf.descriptor, $0.baseAddress!, $0.count) }
    #expect(try served.connection.shimProcess() > 0)
    FileDescriptor.setBlocking(deaf.descriptor, true)
    #expect(try deaf.reply().result.status?.code == .unimplemented)
  }

  @Test func `descriptors of clients that went are given back`() throws {
    let served = try TestShim().served()
    func count() throws -> Int { try FileManager.default.contentsOfDirectory(atPath: "/proc/\(served.shim.daemons[0])/fd").count }
    // It has taken this test's own connection by the time it answers.
    _ = try served.connection.shimProcess()
    let before = try count()
    for _ in 0..<50 { _ = try served.shim.connect(served.address).shimProcess() }
    var after = 0
    for _ in 0..<1000 {
      // It may still be reading the last ends.
      _ = try served.connection.shimProcess()
      after = try count()
      if after <= before { break }
      usleep(1000)
    }
    #expect(after <= before)
  }

  // MARK: The end

  @Test func `ends when it is asked to, and takes its socket with it`() throws {
    let served = try TestShim().served()
    let socket = String(served.address.dropFirst(7))
    #expect(access(socket, F_OK) == 0)
    let answer = try served.connection.call("Shutdown", ShutdownRequest(id: "one").encode())
    #expect(answer.status == nil)
    for _ in 0..<5000 where !served.shim.daemons.isEmpty { usleep(1000) }
    #expect(served.shim.daemons.isEmpty)
    #expect(access(socket, F_OK) != 0)
  }

  @Test func `signals that containerd may send do not end it`() throws {
    let served = try TestShim().served()
    let daemon = try served.connection.shimProcess()
    for signal in [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGPIPE] { kill(daemon, signal) }
    #expect(try served.connection.shimProcess() == daemon)
  }
}

extension TestShim {
  /// A daemon with a connection to it. Whoever holds this holds the daemon.
  struct Served {
    let shim: TestShim
    let address: String
    let connection: TestConnection
  }

  func served() throws -> Served {
    let address = try start().output
    return Served(shim: self, address: address, connection: try connect(address))
  }
}
