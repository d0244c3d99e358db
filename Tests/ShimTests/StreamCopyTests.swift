import Containers
import Foundation
import Glibc
import TestSupport
import Testing

@testable import Shim

@Suite("Streams that are copied between a process and its client")
struct StreamCopyTests {
  /// As in the shim: what is written to somebody who has gone is an error.
  init() { signal(SIGPIPE, SIG_IGN) }

  /// A loop, streams made with it, and a folder for what they are named after.
  private final class Stage {
    let scratch: Scratch
    let loop = EventLoop()
    private let log: Int32

    init() throws {
      scratch = try Scratch()
      for name in ["in", "out", "log"] { try #require(mkfifo(scratch.path(name), 0o600) == 0) }
      log = open(scratch.path("log"), O_RDWR | O_NONBLOCK | O_CLOEXEC)
    }

    deinit { close(log) }

    func streams(_ names: StandardStreams.Names, owner: StandardStreams.Owner? = nil) throws -> StandardStreams {
      try StandardStreams(names, owner: owner, container: "c", namespace: "n", loop, ShimLog(bundle: scratch.folder))
    }

    /// Of a further process, with a client at its output.
    func further() throws -> (streams: StandardStreams, client: Int32) {
      let client = open(scratch.path("out"), O_RDONLY | O_NONBLOCK | O_CLOEXEC)
      return (try streams(.init(input: scratch.path("in"), output: scratch.path("out"), isFurther: true)), client)
    }

    /// Runs the loop until somebody ends it, for so long at most.
    func run(for milliseconds: Int) {
      loop.after(milliseconds: milliseconds) { [unowned self] in loop.end() }
      loop.run()
    }

    /// Does one after the other while the loop runs, each when what came before is copied. A loop runs once.
    func run(_ steps: [() -> Void]) {
      var rest = steps[...]
      func next() {
        guard let step = rest.popFirst() else { return loop.end() }
        step()
        loop.after(milliseconds: 50) { next() }
      }
      next()
      run(for: 20_000)
    }

    var logged: String { String(decoding: got(log) ?? [], as: UTF8.self) }
  }

  /// Empty at the end; nil when there is nothing now.
  private static func got(_ descriptor: Int32) -> [UInt8]? {
    FileDescriptor.setBlocking(descriptor, false)
    var buffer = [UInt8](repeating: 0, count: 100_000)
    let count = read(descriptor, &buffer, buffer.count)
    return count < 0 ? nil : Array(buffer[..<count])
  }

  private func kind(_ descriptor: Int32) -> mode_t {
    var status = stat()
    fstat(descriptor, &status)
    return status.st_mode & S_IFMT
  }

  // MARK: Logs

  @Test func `a process cannot cut off the log that it writes`() throws {
    let stage = try Stage()
    let path = stage.scratch.path("c.log")
    try "others\n".write(toFile: path, atomically: false, encoding: .utf8)
    let streams = try stage.streams(.init(output: "file://" + path, errors: "file://" + path))
    for descriptor in [streams.forProcess.output, streams.forProcess.errors] {
      #expect(kind(descriptor) == S_IFIFO)
      #expect(ftruncate(descriptor, 0) == -1)
      FileDescriptor.write("own\n", to: descriptor)
    }
    streams.processEnded()
    // Before anybody is told of the end, and without the loop.
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "others\nown\nown\n")
    var isDrained = false
    streams.whenDrained { isDrained = true }
    #expect(isDrained)
    streams.close()
  }

  @Test func `a plain file in place of a pipe is not the process's either`() throws {
    let stage = try Stage()
    let path = stage.scratch.path("plain")
    try "".write(toFile: path, atomically: false, encoding: .utf8)
    let streams = try stage.streams(.init(output: path))
    #expect(kind(streams.forProcess.output) == S_IFIFO)
    FileDescriptor.write("words", to: streams.forProcess.output)
    streams.close()
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "words")
  }

  @Test func `a full disk is told once and does not hold up the process`() throws {
    let stage = try Stage()
    let streams = try stage.streams(.init(output: "file:///dev/full"))
    FileDescriptor.setBlocking(streams.forProcess.output, false)
    let portion = [UInt8](repeating: 0x78, count: 4096)
    var sent = 0
    func pump() {
      let count = write(streams.forProcess.output, portion, portion.count)
      if count > 0 { sent += count }
      if sent > 1_000_000 { stage.loop.end() } else { stage.loop.after(milliseconds: 0) { pump() } }
    }
    pump()
    stage.run(for: 20_000)
    #expect(sent > 1_000_000)
    streams.close()
    let lines = stage.logged.split(separator: "\n")
    #expect(lines.count == 1)
    #expect(lines.first?.contains("level=warning msg=\"output is lost: cannot write /dev/full: No space left on device\"") == true)
  }

  // MARK: Further processes

  @Test func `a further process has none of its client's pipes, and its streams are its user's`() throws {
    let stage = try Stage()
    let client = open(stage.scratch.path("out"), O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    let streams = try stage.streams(
      .init(input: stage.scratch.path("in"), output: stage.scratch.path("out"), isFurther: true), owner: (getuid(), getgid()))
    for (descriptor, name) in [(streams.forProcess.input, "in"), (streams.forProcess.output, "out")] {
      var (ours, theirs) = (stat(), stat())
      fstat(descriptor, &ours)
      stat(stage.scratch.path(name), &theirs)
      #expect(ours.st_ino != theirs.st_ino || ours.st_dev != theirs.st_dev)
      #expect(ours.st_uid == getuid() && ours.st_gid == getgid())
    }
    streams.close()
    close(client)
    guard getuid() == 0 else { return }
    let strangers = try stage.streams(.init(input: stage.scratch.path("in"), isFurther: true), owner: (1000, 1001))
    var status = stat()
    fstat(strangers.forProcess.input, &status)
    #expect(status.st_uid == 1000 && status.st_gid == 1001)
    strangers.close()
  }

  @Test func `what it reads and writes is copied, and its input ends when containerd says so`() throws {
    let stage = try Stage()
    let (streams, client) = try stage.further()
    let typist = open(stage.scratch.path("in"), O_WRONLY | O_NONBLOCK | O_CLOEXEC)
    let process = streams.forProcess
    stage.run([
      {
        FileDescriptor.write("typed", to: typist)
        FileDescriptor.write("said", to: process.output)
      },
      {
        #expect(Self.got(process.input) == Array("typed".utf8))
        #expect(Self.got(client) == Array("said".utf8))
        FileDescriptor.write("more", to: typist)
        close(typist)
      },
      {
        #expect(Self.got(process.input) == Array("more".utf8))
        #expect(Self.got(process.input) == nil, "another client may come")
        streams.closeInput()
      },
      { #expect(Self.got(process.input) == []) },
    ])
    streams.close()
    #expect(Self.got(client) == [])
    close(client)
  }

  @Test func `somebody left behind with the pipe keeps the client waiting for two seconds at most`() throws {
    let stage = try Stage()
    let (streams, client) = try stage.further()
    let leftBehind = fcntl(streams.forProcess.output, F_DUPFD_CLOEXEC, 0)
    FileDescriptor.setBlocking(leftBehind, false)
    FileDescriptor.write("last words", to: streams.forProcess.output)
    streams.processEnded()
    #expect(Self.got(client) == Array("last words".utf8), "before anybody is told of the end")
    var isDrained = false
    streams.whenDrained {
      isDrained = true
      stage.loop.end()
    }
    // It goes on and on about something.
    func pump() {
      FileDescriptor.write("x", to: leftBehind)
      if !isDrained { stage.loop.after(milliseconds: 20) { pump() } }
    }
    pump()
    let begun = EventLoop.now
    stage.run(for: 10_000)
    #expect(isDrained)
    #expect(EventLoop.now - begun < 5_000_000_000)
    // A process that another test forks meanwhile holds what this one has open, for a moment.
    var last = Self.got(client)
    for _ in 0..<1000 where last != [] {
      usleep(5000)
      last = Self.got(client)
    }
    #expect(last == [], "the client meets the end")
    streams.close()
    close(leftBehind)
    close(client)
  }

  @Test func `a slow client gets everything that an ended process wrote`() throws {
    let stage = try Stage()
    let (streams, client) = try stage.further()
    let (output, leftBehind) = (streams.forProcess.output, fcntl(streams.forProcess.output, F_DUPFD_CLOEXEC, 0))
    FileDescriptor.setBlocking(output, false)
    // As much as fits into both pipes and what is between them.
    let portion = [UInt8](repeating: 0x78, count: 4096)
    var (sent, got) = (0, 0)
    func fill() { while case let count = write(output, portion, portion.count), count > 0 { sent += count } }
    func pump() {
      var buffer = [UInt8](repeating: 0, count: 5000)
      let count = read(client, &buffer, buffer.count)
      if count > 0 { got += count }
      if count == 0 { stage.loop.end() } else { stage.loop.after(milliseconds: 1) { pump() } }
    }
    stage.loop.after(milliseconds: 200) {
      streams.processEnded()
      // It begins to read when the time of those left behind is over.
      stage.loop.after(milliseconds: 2500) { pump() }
    }
    for moment in 0..<10 { stage.loop.after(milliseconds: moment * 10) { fill() } }
    stage.run(for: 20_000)
    #expect(sent > 150_000)
    #expect(got == sent)
    streams.close()
    close(leftBehind)
    close(client)
  }
}
