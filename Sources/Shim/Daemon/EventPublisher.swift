import Containers
import Glibc
import Protobuf
import TTRPC
import TaskAPI

/// Tells containerd what happens to tasks: in order, each event once, kept while containerd is away.
///
/// containerd serves requests of one connection at the same time, so the order is kept by sending an event only when the one before it has
/// been answered. One that was sent but not answered when the connection broke is sent again: who did not answer has not told anybody.
final class EventPublisher {
  private let loop: EventLoop
  private let address: String
  private let namespace: String
  private let log: ShimLog
  private var queue: [Envelope] = []
  private var descriptor: Int32 = -1
  private var connection = ClientConnection()
  private var output = OutputQueue()
  private var isWaiting = false
  private var retry: EventLoop.Timer?
  private var limit: EventLoop.Timer?
  private var whenFlushed: (() -> Void)?

  /// An event that nobody answers for so long, in milliseconds, is sent again through a new connection. Long, since a containerd that only
  /// stood still would tell it twice.
  private static let patience = 60_000
  /// While containerd is away it is looked for so often, in milliseconds.
  private static let pause = 100
  /// How long, in milliseconds, a shim that is to end waits for containerd to take its last events.
  private static let lastWait = 10_000

  init(_ loop: EventLoop, address: String, namespace: String, log: ShimLog) {
    self.loop = loop
    self.address = address
    self.namespace = namespace
    self.log = log
  }

  func publish(_ event: some TaskEvent) {
    let now = Moment.now
    queue.append(
      Envelope(event, namespace: namespace, timestamp: Timestamp(seconds: now.seconds, nanoseconds: now.nanoseconds)))
    sendNext()
  }

  /// Calls `body` when nothing is left to tell, or nobody has listened for long.
  func flush(_ body: @escaping () -> Void) {
    guard !queue.isEmpty else { return body() }
    whenFlushed = body
    loop.after(milliseconds: Self.lastWait) { [unowned self] in
      log.warn("\(queue.count) events could not be told to containerd")
      body()
    }
  }

  private func sendNext() {
    guard !isWaiting, retry == nil, let envelope = queue.first else { return }
    guard descriptor >= 0 || connect() else { return tryLater() }
    let request = Request(
      service: EventsService.name, method: EventsService.method, payload: ForwardRequest(envelope: envelope).encode(),
      timeout: Int64(Self.patience) * 1_000_000, metadata: [Metadatum("containerd-namespace-ttrpc", namespace)])
    guard let call = try? connection.call(request) else { return drop() }
    isWaiting = true
    guard output.write(call.bytes, to: descriptor) else { return disconnect() }
    if !output.isEmpty { loop.change(descriptor, [.readable, .writable]) }
    limit = loop.after(milliseconds: Self.patience) { [unowned self] in disconnect() }
  }

  private func connect() -> Bool {
    let socket = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC | O_NONBLOCK, 0)
    guard socket >= 0 else { return false }
    guard ShimSocket.connect(socket, address) else {
      close(socket)
      return false
    }
    descriptor = socket
    connection = ClientConnection()
    output = OutputQueue()
    loop.watch(socket, .readable) { [unowned self] in handle($0) }
    return true
  }

  private func handle(_ events: EventLoop.Events) {
    if events.contains(.writable) {
      guard output.flush(to: descriptor) else { return disconnect() }
      if output.isEmpty { loop.change(descriptor, .readable) }
    }
    guard !events.isDisjoint(with: [.readable, .hungUp, .failed]) else { return }
    let count = withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 16) { buffer in
      let count = read(descriptor, buffer.baseAddress!, buffer.count)
      if count > 0 { connection.feed(UnsafeRawBufferPointer(rebasing: buffer[..<count])) }
      return count
    }
    guard count > 0 else {
      if count < 0, errno == EAGAIN || errno == EINTR { return }
      return disconnect()
    }
    while let reply = connection.next() {
      if case .failure(let status) = reply.result { log.warn("containerd refused the event \(queue.first?.topic ?? ""): \(status)") }
      limit?.cancel()
      isWaiting = false
      drop()
    }
  }

  /// The first event is told; the next one's turn.
  private func drop() {
    if !queue.isEmpty { queue.removeFirst() }
    if queue.isEmpty, let whenFlushed {
      self.whenFlushed = nil
      return whenFlushed()
    }
    sendNext()
  }

  private func disconnect() {
    limit?.cancel()
    if descriptor >= 0 {
      loop.ignore(descriptor)
      close(descriptor)
      descriptor = -1
    }
    isWaiting = false
    if !queue.isEmpty { tryLater() }
  }

  private func tryLater() {
    guard retry == nil else { return }
    retry = loop.after(milliseconds: Self.pause) { [unowned self] in
      retry = nil
      sendNext()
    }
  }
}
