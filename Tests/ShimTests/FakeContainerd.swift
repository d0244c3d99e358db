import Glibc
import Protobuf
import TTRPC
import TaskAPI

@testable import Shim

/// containerd's socket for events, served by the loop that the publisher runs in.
final class FakeContainerd {
  /// What becomes of an event that has come.
  enum Behaviour {
    case answer
    /// After so many milliseconds.
    case answerLate(Int)
    case refuse
    /// The connection is closed without an answer.
    case drop
  }

  private let loop: EventLoop
  private let path: String
  private var listener: Int32 = -1
  private var open: [Int32] = []
  private(set) var connections = 0
  /// Every event that came, by the name of its container; one that came again is here again.
  private(set) var arrived: [String] = []
  private(set) var requests: [Request] = []
  private(set) var envelopes: [Envelope] = []
  /// Of events for which the answer is on its way, the most at any time.
  private(set) var mostUnanswered = 0
  private var unanswered = 0
  /// Given the number of events that came before.
  private let behaviour: (Int) -> Behaviour

  init(_ loop: EventLoop, path: String, _ behaviour: @escaping (Int) -> Behaviour = { _ in .answer }) {
    // As in the shim: what is written to somebody who has gone is an error.
    signal(SIGPIPE, SIG_IGN)
    self.loop = loop
    self.path = path
    self.behaviour = behaviour
  }

  func listen() -> Bool {
    guard case .listening(let socket) = ShimSocket.listen(at: path) else { return false }
    listener = socket
    FileDescriptor.setBlocking(socket, false)
    loop.watch(socket, .readable) { [unowned self] _ in accept() }
    return true
  }

  /// As when containerd is stopped: everything is closed and the socket is gone.
  func stop() {
    for descriptor in open + [listener] {
      loop.ignore(descriptor)
      close(descriptor)
    }
    open = []
    unlink(path)
  }

  private func accept() {
    let descriptor = Glibc.accept(listener, nil, nil)
    guard descriptor >= 0 else { return }
    connections += 1
    open.append(descriptor)
    var state = ServerConnection()
    loop.watch(descriptor, .readable) { [unowned self] _ in
      var buffer = [UInt8](repeating: 0, count: 1000)
      let count = read(descriptor, &buffer, buffer.count)
      guard count > 0 else { return end(descriptor) }
      state.feed(Array(buffer[..<count]))
      while open.contains(descriptor), case .call(let call) = state.next() { take(call, descriptor) }
    }
  }

  private func end(_ descriptor: Int32) {
    loop.ignore(descriptor)
    close(descriptor)
    open.removeAll { $0 == descriptor }
  }

  private func take(_ call: Call, _ descriptor: Int32) {
    let number = arrived.count
    let envelope = try? ForwardRequest(reading: call.request.payload).envelope
    requests.append(call.request)
    if let envelope { envelopes.append(envelope) }
    arrived.append((try? TaskStart(reading: envelope?.event?.value ?? []))?.containerID ?? "?")
    unanswered += 1
    mostUnanswered = max(mostUnanswered, unanswered)
    let reply = { [self] (result: Result<[UInt8], Status>) in
      unanswered -= 1
      if open.contains(descriptor) { FileDescriptor.write(ServerConnection.reply(to: call.streamID, result), to: descriptor) }
    }
    switch behaviour(number) {
    case .answer: reply(.success([]))
    case .refuse: reply(.failure(Status(.invalidArgument, "not this one")))
    case .answerLate(let milliseconds): loop.after(milliseconds: milliseconds) { reply(.success([])) }
    case .drop:
      unanswered -= 1
      end(descriptor)
    }
  }
}
