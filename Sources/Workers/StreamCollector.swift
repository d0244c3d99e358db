import Glibc
import Synchronization

/// What came out of one stream.
struct CollectedStream: Sendable, Equatable {
  /// What is kept of it, from its beginning.
  var bytes: [UInt8] = []
  /// Bytes in all, kept or not.
  var length = 0
  /// When the first byte could be read: CLOCK_MONOTONIC, nanoseconds.
  var firstByte: UInt64?
}

/// Reads the output of containers through FIFOs, on a thread of its own that waits for all of them at once.
///
/// A client opens its ends before a task is made, or the shim has nobody to write to.
final class StreamCollector: Sendable {
  private struct State {
    var streams: [CollectedStream]
    /// Whether a stream's writers have all gone.
    var hasEnded: [Bool]
    var isStopping = false
  }

  private let descriptors: [Int32]
  /// A pipe that is written to when the thread is to stop.
  private let wake: (read: Int32, write: Int32)
  private let limit: Int
  private let state: Mutex<State>
  private let thread = Mutex<pthread_t?>(nil)

  /// Makes the FIFOs and begins to read from them.
  /// - Parameters:
  ///   - paths: where the FIFOs are made.
  ///   - limit: bytes that are kept of each.
  /// - Throws: `LaunchRefused` where one cannot be made.
  init(_ paths: [String], limit: Int) throws {
    var descriptors: [Int32] = []
    do {
      for path in paths {
        guard mkfifo(path, 0o600) == 0 else { throw LaunchRefused(reason: "\(path): \(String(cString: strerror(errno)))") }
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw LaunchRefused(reason: "\(path): \(String(cString: strerror(errno)))") }
        descriptors.append(descriptor)
      }
      var ends: [Int32] = [0, 0]
      guard pipe(&ends) == 0 else { throw LaunchRefused(reason: "pipe: \(String(cString: strerror(errno)))") }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      wake = (ends[0], ends[1])
    } catch {
      for descriptor in descriptors { close(descriptor) }
      throw error
    }
    self.descriptors = descriptors
    self.limit = limit
    state = Mutex(
      State(
        streams: paths.map { _ in CollectedStream() }, hasEnded: paths.map { _ in false }))
    start()
  }

  deinit {
    stop()
    for descriptor in descriptors + [wake.read, wake.write] { close(descriptor) }
  }

  /// What has been read of every stream so far, in the order of the paths.
  var streams: [CollectedStream] { state.withLock { $0.streams } }

  /// Bytes read of one stream so far.
  func length(_ stream: Int) -> Int { state.withLock { $0.streams[stream].length } }

  /// Whether somebody has written to a stream, or could have, and has gone.
  func hasEnded(_ stream: Int) -> Bool { state.withLock { $0.hasEnded[stream] } }

  /// Waits until every stream that somebody has opened for writing was closed again, reads what is left, and stops reading.
  /// - Parameter patience: seconds.
  /// - Returns: false where a writer kept its end open for longer.
  @discardableResult
  func finish(patience: Double = 2) -> Bool {
    var isQuiet = false
    for _ in 0..<max(1, Int(patience / 0.002)) {
      isQuiet = descriptors.indices.allSatisfy { hasNoWriter($0) }
      if isQuiet { break }
      usleep(2000)
    }
    stop()
    return isQuiet
  }

  /// A FIFO without a writer gives the end of input; one that has some, or bytes left, does not.
  private func hasNoWriter(_ stream: Int) -> Bool {
    if state.withLock({ $0.hasEnded[stream] }) { return true }
    var watched = pollfd(fd: descriptors[stream], events: Int16(POLLIN), revents: 0)
    guard poll(&watched, 1, 0) == 0 else { return false }
    // Nothing to read, and nobody has hung up: there are writers, or there never were any. Reading tells them apart.
    var byte: UInt8 = 0
    return state.withLock { state in
      let count = read(descriptors[stream], &byte, 1)
      if count == 1 { Self.append([byte], to: &state.streams[stream], limit) }
      return count == 0
    }
  }

  private func start() {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    var created = pthread_t()
    let collector = Unmanaged.passUnretained(self)
    let failed = pthread_create(
      &created, &attributes,
      { argument in
        Unmanaged<StreamCollector>.fromOpaque(argument!).takeUnretainedValue().run()
        return nil
      }, collector.toOpaque())
    pthread_attr_destroy(&attributes)
    if failed == 0 { thread.withLock { $0 = created } }
  }

  private func stop() {
    guard
      let running = thread.withLock({ thread in
        defer { thread = nil }
        return thread
      })
    else { return }
    state.withLock { $0.isStopping = true }
    _ = write(wake.write, "!", 1)
    pthread_join(running, nil)
  }

  private func run() {
    var chunk = [UInt8](repeating: 0, count: 65_536)
    var watched =
      descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) } + [pollfd(fd: wake.read, events: Int16(POLLIN), revents: 0)]
    while true {
      guard poll(&watched, nfds_t(watched.count), -1) >= 0 || errno == EINTR else { return }
      var time = timespec()
      clock_gettime(CLOCK_MONOTONIC, &time)
      let moment = UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
      for stream in descriptors.indices where watched[stream].revents != 0 {
        if drain(stream, &chunk, moment) {
          // Asking on would be told of the hang-up for ever.
          watched[stream].fd = -1
        }
      }
      if state.withLock({ $0.isStopping }) { return }
    }
  }

  /// - Returns: whether the last writer has gone.
  private func drain(_ stream: Int, _ chunk: inout [UInt8], _ moment: UInt64) -> Bool {
    while true {
      // Read and recorded in one piece, so that whoever else reads a byte keeps the order.
      let count = state.withLock { state in
        let count = read(descriptors[stream], &chunk, chunk.count)
        if count > 0 {
          state.streams[stream].firstByte = state.streams[stream].firstByte ?? moment
          Self.append(chunk[..<count], to: &state.streams[stream], limit)
        } else if count == 0 {
          state.hasEnded[stream] = true
        }
        return count
      }
      if count == 0 { return true }
      if count < 0 { return false }
    }
  }

  private static func append(_ bytes: some Collection<UInt8>, to stream: inout CollectedStream, _ limit: Int) {
    stream.length += bytes.count
    stream.bytes += bytes.prefix(max(0, limit - stream.bytes.count))
  }
}
