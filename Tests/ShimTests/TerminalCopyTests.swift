import Containers
import Glibc
import TestSupport
import Testing

@testable import Shim

@Suite("Copies between a terminal and its client")
struct TerminalCopyTests {
  /// As in the shim: what is written to somebody who has gone is an error.
  init() { signal(SIGPIPE, SIG_IGN) }

  /// A terminal, a loop that copies, and the client's ends of two pipes.
  private final class Stage {
    let loop = EventLoop()
    let slave: Int32
    /// -1 once closed.
    var input: Int32
    let output: Int32
    let copy: TerminalCopy

    init() throws {
      var (master, slave): (Int32, Int32) = (-1, -1)
      try #require(openpty(&master, &slave, nil, nil, nil) == 0)
      var settings = termios()
      tcgetattr(slave, &settings)
      cfmakeraw(&settings)
      tcsetattr(slave, TCSANOW, &settings)
      for descriptor in [master, slave] { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
      self.slave = slave
      let input = try #require(Linux.makePipe())
      let output = try #require(Linux.makePipe())
      for descriptor in [input.read, output.write, output.read] { FileDescriptor.setBlocking(descriptor, false) }
      (self.input, self.output) = (input.write, output.read)
      copy = TerminalCopy(loop, master: master, input: input.read, output: output.write)
      // No test waits for ever.
      loop.after(milliseconds: 20_000) { [unowned self] in loop.end() }
    }

    func run(for milliseconds: Int) {
      loop.after(milliseconds: milliseconds) { [unowned self] in loop.end() }
      loop.run()
    }

    /// What the client can read now.
    func read(atMost count: Int = 100_000) -> [UInt8]? {
      var buffer = [UInt8](repeating: 0, count: count)
      let got = Glibc.read(output, &buffer, count)
      return got < 0 ? nil : Array(buffer[..<got])
    }
  }

  @Test func `output larger than any pipe arrives whole at a slow reader`() throws {
    let stage = try Stage()
    let size = 400_000
    FileDescriptor.setBlocking(stage.slave, false)
    var (sent, got): (Int, [UInt8]) = (0, [])
    func pump() {
      // The process writes as much as the terminal takes, the client reads a little.
      while sent < size {
        let portion = (sent..<min(size, sent + 1000)).map { UInt8(truncatingIfNeeded: $0 % 251) }
        let count = write(stage.slave, portion, portion.count)
        if count <= 0 { break }
        sent += count
      }
      if sent == size, fcntl(stage.slave, F_GETFD) >= 0, got.count < size / 2 { close(stage.slave) }
      if let bytes = stage.read(atMost: 5000) {
        got += bytes
        if bytes.isEmpty { return stage.loop.end() }
      }
      stage.loop.after(milliseconds: 1) { pump() }
    }
    var isDrained = false
    stage.copy.output.whenDone { isDrained = true }
    pump()
    // Closed here where the pump did not come to it.
    stage.loop.after(milliseconds: 5000) { if sent == size { stage.copy.processEnded() } }
    stage.loop.run()
    #expect(sent == size)
    #expect(got.count == size)
    #expect(got.enumerated().allSatisfy { $0.element == UInt8(truncatingIfNeeded: $0.offset % 251) })
    #expect(isDrained)
    close(stage.input)
    close(stage.output)
  }

  @Test func `input reaches the terminal, and its end does not end the terminal`() throws {
    let stage = try Stage()
    FileDescriptor.write("typed\n", to: stage.input)
    stage.run(for: 200)
    var buffer = [UInt8](repeating: 0, count: 100)
    FileDescriptor.setBlocking(stage.slave, false)
    #expect(read(stage.slave, &buffer, 100) == 6)
    close(stage.input)
    FileDescriptor.write("still", to: stage.slave)
    let next = EventLoop()
    withExtendedLifetime(next) {}
    #expect(stage.read() == nil, "nothing is copied while the loop stands")
    close(stage.slave)
    close(stage.output)
    stage.copy.close()
  }

  @Test func `input that the terminal does not take yet is kept`() throws {
    let stage = try Stage()
    // More than a terminal's own buffer.
    let size = 50_000
    let text = (0..<size).map { UInt8(truncatingIfNeeded: 33 + $0 % 90) }
    FileDescriptor.setBlocking(stage.input, false)
    FileDescriptor.setBlocking(stage.slave, false)
    var (sent, got): (Int, [UInt8]) = (0, [])
    func pump() {
      if sent < size {
        let count = text[sent...].withUnsafeBytes { write(stage.input, $0.baseAddress!, min($0.count, 10_000)) }
        if count > 0 { sent += count }
      }
      var buffer = [UInt8](repeating: 0, count: 3000)
      let count = read(stage.slave, &buffer, buffer.count)
      if count > 0 { got += buffer[..<count] }
      if got.count == size { return stage.loop.end() }
      stage.loop.after(milliseconds: 1) { pump() }
    }
    pump()
    stage.loop.run()
    #expect(got == text)
    for descriptor in [stage.input, stage.slave, stage.output] { close(descriptor) }
    stage.copy.close()
  }

  @Test func `a hang-up is the end, after all that was written`() throws {
    let stage = try Stage()
    FileDescriptor.write("last words", to: stage.slave)
    close(stage.slave)
    var isDrained = false
    stage.copy.output.whenDone {
      isDrained = true
      stage.loop.end()
    }
    stage.loop.run()
    #expect(isDrained)
    #expect(stage.read() == Array("last words".utf8))
    #expect(stage.read() == [], "the client meets the end")
    close(stage.input)
    close(stage.output)
  }

  @Test func `a process that is left behind does not keep the client waiting`() throws {
    let stage = try Stage()
    FileDescriptor.write("done", to: stage.slave)
    stage.copy.processEnded()
    stage.copy.output.whenDone { stage.loop.end() }
    stage.loop.run()
    #expect(stage.read() == Array("done".utf8))
    #expect(stage.read() == [])
    for descriptor in [stage.input, stage.slave, stage.output] { close(descriptor) }
  }

  @Test func `a client that is gone does not hold up the process`() throws {
    let stage = try Stage()
    close(stage.output)
    FileDescriptor.setBlocking(stage.slave, false)
    var sent = 0
    func pump() {
      let portion = [UInt8](repeating: 0x78, count: 4096)
      let count = write(stage.slave, portion, portion.count)
      if count > 0 { sent += count }
      if sent > 200_000 { return stage.loop.end() }
      stage.loop.after(milliseconds: 1) { pump() }
    }
    pump()
    stage.loop.run()
    #expect(sent > 200_000)
    for descriptor in [stage.input, stage.slave] { close(descriptor) }
    stage.copy.close()
  }

  // MARK: Queues

  @Test func `a queue keeps what a socket does not take, in order`() throws {
    var ends: [Int32] = [-1, -1]
    try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
    FileDescriptor.setBlocking(ends[0], false)
    FileDescriptor.setBlocking(ends[1], false)
    var queue = OutputQueue()
    #expect(queue.isEmpty)
    let portions = (0..<100).map { number in [UInt8](repeating: UInt8(number), count: 10_000) }
    for portion in portions {
      let isTaken = queue.write(portion, to: ends[0])
      #expect(isTaken)
    }
    #expect(!queue.isEmpty)
    var got: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 7000)
    for _ in 0..<1000 {
      let count = read(ends[1], &buffer, buffer.count)
      if count > 0 { got += buffer[..<count] }
      let isThere = queue.flush(to: ends[0])
      #expect(isThere)
      if queue.isEmpty, count <= 0 { break }
    }
    #expect(queue.isEmpty)
    #expect(got == Array(portions.joined()))
    for end in ends { close(end) }
  }

  @Test func `a queue says when the other side is gone`() throws {
    var ends: [Int32] = [-1, -1]
    try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
    close(ends[1])
    var queue = OutputQueue()
    let isTaken = queue.write([1], to: ends[0])
    #expect(!isTaken)
    close(ends[0])
  }
}
