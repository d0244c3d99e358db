import Containers
import Glibc
import Protobuf
import TTRPC

/// Accepts containerd's connections, one for each container of the pod and one after every restart, and hands calls to the service.
final class TaskServer {
  private let loop: EventLoop
  private let socket: Int32
  private let service: TaskService

  init(_ loop: EventLoop, socket: Int32, service: TaskService) {
    self.loop = loop
    self.socket = socket
    self.service = service
    FileDescriptor.setBlocking(socket, false)
    loop.watch(socket, .readable) { [unowned self] _ in accept() }
  }

  private func accept() {
    while true {
      let descriptor = Linux.accept(socket)
      guard descriptor >= 0 else {
        if errno == EINTR || errno == ECONNABORTED { continue }
        return
      }
      Connection(loop, descriptor, service).open()
    }
  }
}

/// One of containerd's connections. It lives as long as its descriptor is watched, or somebody has yet to reply through it.
final class Connection {
  private let loop: EventLoop
  private let descriptor: Int32
  private let service: TaskService
  private var state = ServerConnection()
  private var output = OutputQueue()
  private var isOpen = true

  init(_ loop: EventLoop, _ descriptor: Int32, _ service: TaskService) {
    self.loop = loop
    self.descriptor = descriptor
    self.service = service
  }

  func open() { loop.watch(descriptor, .readable) { self.handle($0) } }

  private func handle(_ events: EventLoop.Events) {
    if events.contains(.writable), !output.flush(to: descriptor) { return close() }
    if output.isEmpty { loop.change(descriptor, .readable) }
    guard !events.isDisjoint(with: [.readable, .hungUp, .failed]) else { return }
    let count = withUnsafeTemporaryAllocation(byteCount: 16 << 10, alignment: 16) { buffer in
      let count = read(descriptor, buffer.baseAddress!, buffer.count)
      if count > 0 { state.feed(UnsafeRawBufferPointer(rebasing: buffer[..<count])) }
      return count
    }
    guard count > 0 else {
      if count < 0, errno == EAGAIN || errno == EINTR { return }
      return close()
    }
    while let incoming = state.next() {
      switch incoming {
      case .call(let call): service.perform(call.request, Reply(self, call.streamID))
      case .refused(let stream, let status): send(ServerConnection.reply(to: stream, failure: status))
      }
    }
  }

  fileprivate func send(_ bytes: [UInt8]) {
    guard isOpen else { return }
    guard output.write(bytes, to: descriptor) else { return close() }
    if !output.isEmpty { loop.change(descriptor, [.readable, .writable]) }
  }

  private func close() {
    guard isOpen else { return }
    isOpen = false
    loop.ignore(descriptor)
    Glibc.close(descriptor)
  }
}

/// Where the answer to one call goes, at once or later.
struct Reply {
  private let connection: Connection
  private let stream: UInt32

  init(_ connection: Connection, _ stream: UInt32) {
    self.connection = connection
    self.stream = stream
  }

  func send(_ message: some Message) { connection.send(ServerConnection.reply(to: stream, message)) }
  func fail(_ code: StatusCode, _ message: String) { connection.send(ServerConnection.reply(to: stream, failure: Status(code, message))) }
  func fail(_ status: Status) { connection.send(ServerConnection.reply(to: stream, failure: status)) }
}
