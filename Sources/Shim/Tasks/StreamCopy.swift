import Glibc

/// Copies a stream in order without waiting for either side. It holds one portion at most: what the other side does not take yet is not read.
final class StreamCopy {
  private let loop: EventLoop
  private var source: Int32
  private var target: Int32
  private var pending = OutputQueue()
  /// Told once, with the system's number, that output is being lost.
  private let whenLosing: (Int32) -> Void
  private var isLosing = false
  private(set) var isDone = false
  private var waiting: [() -> Void] = []
  /// Bytes that the ended process wrote and that are still to be read; what comes behind them is somebody else's.
  private var owed = 0
  private var isOverdue = false
  /// Bytes read so far.
  private var copied = 0

  /// Bytes read at once; the next are read when these are written.
  private static let portion = 64 << 10

  /// Owns the descriptors from now on.
  /// - Parameters:
  ///   - source: a pipe or a terminal.
  ///   - target: anything that can be written; -1 is nobody.
  init(_ loop: EventLoop, from source: Int32, to target: Int32, whenLosing: @escaping (Int32) -> Void = { _ in }) {
    self.loop = loop
    self.source = source
    self.target = target
    self.whenLosing = whenLosing
    for descriptor in [source, target] where descriptor >= 0 { FileDescriptor.setBlocking(descriptor, false) }
    watchSource()
  }

  private func watchSource() { loop.watch(source, .readable) { [self] _ in copyPortion() } }

  /// - Returns: whether there was anything.
  @discardableResult
  private func copyPortion() -> Bool {
    guard let bytes = readPortion() else { return false }
    guard !bytes.isEmpty else {
      finish()
      return false
    }
    owed -= bytes.count
    copied += bytes.count
    if !pending.write(bytes, to: target) { drop() }
    if !pending.isEmpty { awaitTarget() } else { finishIfOverdue() }
    return true
  }

  /// A source that hung up says so however it is watched, on and on while the target takes nothing.
  private func awaitTarget() {
    loop.ignore(source)
    loop.watch(target, .writable) { [self] _ in flush() }
  }

  private func flush() {
    if !pending.flush(to: target) { drop() }
    guard pending.isEmpty else { return }
    loop.ignore(target)
    watchSource()
    finishIfOverdue()
  }

  /// A reader that is gone or a disk that is full does not hold up the process: what it goes on to say is tried again.
  private func drop() {
    let code = errno
    pending = OutputQueue()
    if !isLosing { whenLosing(code) }
    isLosing = true
  }

  /// Empty at the end; nil when there is nothing now.
  private func readPortion() -> [UInt8]? {
    var code: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: Self.portion) { [source] buffer, count in
      let got = Glibc.read(source, buffer.baseAddress!, Self.portion)
      if got < 0 { code = errno }
      count = max(0, got)
    }
    return code == EAGAIN || code == EINTR ? nil : bytes
  }

  // MARK: The end

  /// Passes on what the ended process wrote, at once where the other side takes it. Who was left behind may hold the stream and is listened to
  /// a while longer.
  ///
  /// - Parameter whileMoving: whether patience begins anew as long as anything comes: a terminal holds more than it tells.
  func processEnded(patience milliseconds: Int, whileMoving: Bool = false) {
    copyWhatIsThere()
    guard !isDone else { return }
    let before = copied
    loop.after(milliseconds: milliseconds) { [self] in
      if whileMoving, copied != before || !pending.isEmpty { return processEnded(patience: milliseconds, whileMoving: true) }
      isOverdue = true
      finishIfOverdue()
    }
  }

  private func copyWhatIsThere() {
    guard !isDone else { return }
    var count: Int32 = 0
    if ioctl(source, UInt(FIONREAD), &count) == 0 { owed = Int(count) }
    while !isDone, pending.isEmpty {
      // One more time than there is something, for the end.
      let isLast = owed <= 0
      guard copyPortion(), !isLast else { return }
    }
  }

  private func finishIfOverdue() {
    if isOverdue, owed <= 0, pending.isEmpty { finish() }
  }

  /// Calls `body` when everything has been passed on, or never will be.
  func whenDone(_ body: @escaping () -> Void) {
    if isDone { body() } else { waiting.append(body) }
  }

  /// Ends it now, with what can be written now.
  func close() {
    copyWhatIsThere()
    finish()
  }

  private func finish() {
    guard !isDone else { return }
    isDone = true
    for descriptor in [source, target] where descriptor >= 0 {
      loop.ignore(descriptor)
      Glibc.close(descriptor)
    }
    let waiting = self.waiting
    self.waiting = []
    for body in waiting { body() }
  }
}
