import Foundation

/// Stands where containerd takes events from shims, so that it can be away and come back at moments of our choice.
final class EventReceiver {
  struct Event: Equatable {
    var topic: String
    /// The message's name and bytes.
    var kind: String
    var content: [UInt8]
  }

  let path: String
  /// In the order of arrival.
  private(set) var events: [Event] = []
  private var listener: CInt = -1
  private var connections: [CInt: [UInt8]] = [:]

  init(path: String) throws {
    self.path = path
    try appear()
  }

  deinit { vanish() }

  /// Begins to listen.
  func appear() throws {
    unlink(path)
    listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
    var name = sockaddr_un()
    name.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: path.utf8) }
    let status = withUnsafePointer(to: &name) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
    }
    guard status == 0, listen(listener, 64) == 0 else { throw Failed("no socket at \(path): \(String(cString: strerror(errno)))") }
  }

  /// Closes everything, as a process that dies does.
  func vanish() {
    for descriptor in [listener] + connections.keys where descriptor >= 0 { close(descriptor) }
    listener = -1
    connections = [:]
    unlink(path)
  }

  /// Takes what comes until the condition holds.
  /// - Returns: whether it came to hold within so many seconds.
  func take(_ limit: Double, until condition: ([Event]) -> Bool) -> Bool {
    let deadline = Clock.deadline(limit)
    while !condition(events) {
      guard Clock.now < deadline else { return false }
      while case let connection = accept(listener, nil, nil), connection >= 0 {
        _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
        _ = fcntl(connection, F_SETFL, O_NONBLOCK)
        connections[connection] = []
      }
      for connection in connections.keys { read(connection) }
      usleep(1000)
    }
    return true
  }

  private func read(_ connection: CInt) {
    var buffer = [UInt8](repeating: 0, count: 65536)
    let count = Foundation.read(connection, &buffer, buffer.count)
    if count == 0 {
      close(connection)
      connections[connection] = nil
    }
    guard count > 0, var unread = connections[connection] else { return }
    unread += buffer[..<count]
    while unread.count >= 10 {
      let length = unread[0..<4].reduce(0) { $0 << 8 | Int($1) }
      guard unread.count >= 10 + length else { break }
      note(Array(unread[10..<10 + length]))
      // An answer of no bytes on the request's stream.
      let answer = [0, 0, 0, 0] + unread[4..<8] + [2, 0]
      _ = answer.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      unread.removeFirst(10 + length)
    }
    connections[connection] = unread
  }

  /// Request → payload → ForwardRequest → envelope → event.
  private func note(_ request: [UInt8]) {
    guard let call = try? WireFields(request), call.text(2) == "Forward", let forward = try? WireFields(call.content(3)),
      let envelope = try? WireFields(forward.content(1)), let event = try? WireFields(envelope.content(4))
    else { return }
    events.append(Event(topic: envelope.text(3), kind: event.text(1), content: event.content(2)))
  }
}
