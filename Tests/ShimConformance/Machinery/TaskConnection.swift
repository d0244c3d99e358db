import Foundation

/// A ttrpc connection to a shim: unary calls, any number under way at once.
final class TaskConnection {
  /// An answer of the shim: code 0 and a payload, or why not.
  struct Answer {
    var code: Int
    var message: String
    var payload: [UInt8]
  }

  /// gRPC's codes, as far as the contract names them.
  enum Code {
    static let notFound = 5
    static let alreadyExists = 6
    static let resourceExhausted = 8
    static let failedPrecondition = 9
    static let unimplemented = 12
  }

  private let descriptor: CInt
  private var nextStream: UInt32 = 1
  private var answers: [UInt32: Answer] = [:]
  private var unread: [UInt8] = []

  /// - Parameter address: as a shim prints it; `unix://` and a path, otherwise the name of an abstract socket.
  init(_ address: String) throws {
    let prefix = "unix://"
    let isPath = address.hasPrefix(prefix)
    let path = isPath ? String(address.dropFirst(prefix.count)) : address
    descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var name = sockaddr_un()
    name.sun_family = sa_family_t(AF_UNIX)
    let bytes = (isPath ? [] : [0]) + Array(path.utf8)
    guard bytes.count < MemoryLayout.size(ofValue: name.sun_path) else { throw Failed("the shim's address is too long: \(address)") }
    withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: bytes) }
    let length = MemoryLayout<sockaddr_un>.size - MemoryLayout.size(ofValue: name.sun_path) + bytes.count + (isPath ? 1 : 0)
    let status = withUnsafePointer(to: &name) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, socklen_t(length)) }
    }
    guard status == 0 else {
      let reason = String(cString: strerror(errno))
      close(descriptor)
      throw Failed("the shim's socket \(address) refuses: \(reason)")
    }
  }

  deinit { close(descriptor) }

  /// Sends a request and does not wait.
  /// - Returns: what to ask `answer(to:)` for.
  func send(_ method: String, _ payload: [UInt8], service: String = "containerd.task.v2.Task") throws -> UInt32 {
    var request = WireMessage()
    request.add(1, service)
    request.add(2, method)
    request.add(3, payload)
    let stream = nextStream
    nextStream += 2
    try sendFrame(stream: stream, type: 1, request.bytes)
    return stream
  }

  /// A frame as it is, right or wrong.
  func sendFrame(stream: UInt32, type: UInt8, _ content: [UInt8]) throws {
    func big(_ number: UInt32) -> [UInt8] { [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) } }
    try sendBytes(big(UInt32(content.count)) + big(stream) + [type, 0] + content)
  }

  func sendBytes(_ bytes: [UInt8]) throws {
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes { Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard count > 0 else { throw Failed("the shim closed its connection: \(String(cString: strerror(errno)))") }
      done += count
    }
  }

  /// Whether the answer is there already.
  func hasAnswer(to stream: UInt32) throws -> Bool {
    try readFrames(wait: 0)
    return answers[stream] != nil
  }

  /// - Throws: `Failed` where none comes in time.
  func answer(to stream: UInt32, limit: Double = 15) throws -> Answer {
    let deadline = Clock.deadline(limit)
    while answers[stream] == nil {
      let left = deadline - Clock.now
      guard left > 0 else { throw Failed("the shim did not answer within \(Clock.told(limit)) s") }
      try readFrames(wait: min(left, 0.2))
    }
    return answers.removeValue(forKey: stream)!
  }

  private func readFrames(wait: Double) throws {
    var event = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    if poll(&event, 1, Int32(wait * 1000)) > 0 {
      var buffer = [UInt8](repeating: 0, count: 65536)
      let count = read(descriptor, &buffer, buffer.count)
      guard count > 0 else { throw Failed("the shim closed its connection") }
      unread += buffer[..<count]
    }
    func big(_ offset: Int) -> UInt32 { unread[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) } }
    while unread.count >= 10, unread.count >= 10 + Int(big(0)) {
      let (length, stream) = (Int(big(0)), big(4))
      let fields = try WireFields(Array(unread[10..<10 + length]))
      unread.removeFirst(10 + length)
      let status = try WireFields(fields.content(1))
      answers[stream] = Answer(code: status.number(1), message: status.text(2), payload: fields.content(2))
    }
  }
}
