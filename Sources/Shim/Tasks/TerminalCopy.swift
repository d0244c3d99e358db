import Glibc

/// Copies between a terminal and the pipes of its client, in both directions, without waiting for either.
final class TerminalCopy {
  let master: Int32
  private let loop: EventLoop
  private var input: Int32
  private var output: Int32
  private var toTerminal: [UInt8] = []
  private var toClient: [UInt8] = []
  private var isDrained = false
  private var drained: [() -> Void] = []

  /// Bytes read at once; the next are read when these are written.
  private static let portion = 16 << 10

  /// Owns the descriptors from now on; -1 is nobody.
  init(_ loop: EventLoop, master: Int32, input: Int32, output: Int32) {
    self.loop = loop
    self.master = master
    self.input = input
    self.output = output
    FileDescriptor.setBlocking(master, false)
    // Also where it is a logging program's pipe: nobody waits for it to be read.
    if output >= 0 { FileDescriptor.setBlocking(output, false) }
    loop.watch(master, .readable) { [unowned self] in handleTerminal($0) }
    if input >= 0 { loop.watch(input, .readable) { [unowned self] _ in readInput() } }
    if output >= 0 { loop.watch(output, []) { [unowned self] in if $0.contains(.writable) { writeOutput() } } }
  }

  // MARK: From the client to the terminal

  private func readInput() {
    guard toTerminal.isEmpty else { return }
    guard let bytes = Self.read(input) else { return }
    guard !bytes.isEmpty else {
      // The client has closed its side; the terminal stays.
      loop.ignore(input)
      close(input)
      input = -1
      return
    }
    toTerminal = bytes
    writeTerminal()
  }

  private func writeTerminal() {
    let isDone = Self.write(&toTerminal, to: master)
    if input >= 0 { loop.change(input, isDone ? .readable : []) }
    watchTerminal()
  }

  // MARK: From the terminal to the client

  private func handleTerminal(_ events: EventLoop.Events) {
    if events.contains(.writable), !toTerminal.isEmpty { writeTerminal() }
    guard !events.isDisjoint(with: [.readable, .hungUp, .failed]), toClient.isEmpty else { return }
    guard let bytes = Self.read(master) else { return }
    guard !bytes.isEmpty else { return finish() }
    guard output >= 0 else { return }
    toClient = bytes
    writeOutput()
  }

  private func writeOutput() {
    let isDone = Self.write(&toClient, to: output)
    loop.change(output, isDone ? [] : .writable)
    watchTerminal()
  }

  private func watchTerminal() {
    guard !isDrained else { return }
    var events: EventLoop.Events = []
    if toClient.isEmpty { events.insert(.readable) }
    if !toTerminal.isEmpty { events.insert(.writable) }
    // A terminal that hung up reports it however it is watched, and would be reported on and on while the client does not read.
    if events.isEmpty { loop.ignore(master) } else { loop.watch(master, events) { [unowned self] in handleTerminal($0) } }
  }

  // MARK: The end

  /// Nobody has the terminal open any more, or soon nobody will: the rest of its output is passed on.
  func processEnded() {
    // A process that is left behind may keep the terminal open; what the ended one wrote is there already.
    guard !isDrained else { return }
    loop.after(milliseconds: 500) { [self] in if toClient.isEmpty { finish() } else { processEnded() } }
  }

  func whenDrained(_ body: @escaping () -> Void) {
    if isDrained { body() } else { drained.append(body) }
  }

  private func finish() {
    guard !isDrained else { return }
    isDrained = true
    closeAll()
    for body in drained { body() }
    drained = []
  }

  func close() { finish() }

  private func closeAll() {
    for descriptor in [master, input, output] where descriptor >= 0 {
      loop.ignore(descriptor)
      Glibc.close(descriptor)
    }
    (input, output) = (-1, -1)
  }

  private func close(_ descriptor: Int32) { Glibc.close(descriptor) }

  /// Empty at the end; nil when there is nothing now.
  private static func read(_ descriptor: Int32) -> [UInt8]? {
    withUnsafeTemporaryAllocation(byteCount: portion, alignment: 16) { buffer in
      let count = Glibc.read(descriptor, buffer.baseAddress!, buffer.count)
      if count < 0 { return errno == EAGAIN || errno == EINTR ? nil : [] }
      return Array(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }

  /// Whether everything is written, or can never be.
  private static func write(_ bytes: inout [UInt8], to descriptor: Int32) -> Bool {
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress!, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        if errno == EAGAIN { return false }
        bytes = []
        return true
      }
      bytes.removeFirst(count)
    }
    return true
  }
}
