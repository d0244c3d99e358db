import Containers
import Glibc
import Testing

@testable import Shim

@Suite("The channel between a shim and a new process")
struct InitChannelTests {
  private func pair() throws -> (ours: InitChannel, theirs: InitChannel) {
    let pair = try #require(Linux.makeSocketPair())
    return (InitChannel(descriptor: pair.ours), InitChannel(descriptor: pair.theirs))
  }

  private func name(_ arrival: InitChannel.Arrival) -> String {
    switch arrival {
    case .nothing: "nothing"
    case .end: "end"
    case .message(let message):
      switch message {
      case .needsHost: "needs host"
      case .layers(let descriptor): descriptor >= 0 ? "layers" : "no layers"
      case .mounted: "mounted"
      case .born(let process): "born \(process)"
      case .terminal(let descriptor): descriptor >= 0 ? "terminal" : "no terminal"
      case .ready: "ready"
      case .native: "native"
      case .failed(let text): "failed \(text)"
      case .goOn: "go on"
      }
    }
  }

  @Test func `messages come one by one, in order`() throws {
    let (ours, theirs) = try pair()
    for message in [.needsHost, .born(4711), .mounted, .ready, .native, .failed("größer\nals"), .failed(""), .goOn] as [InitMessage] {
      theirs.send(message)
    }
    close(theirs.descriptor)
    var names: [String] = []
    repeat { names.append(name(ours.receive())) } while names.last != "end" && names.count < 10
    #expect(names == ["needs host", "born 4711", "mounted", "ready", "native", "failed größer\nals", "failed ", "go on", "end"])
    close(ours.descriptor)
  }

  @Test func `nothing is there where nobody has spoken, and the end where the other side is gone`() throws {
    let (ours, theirs) = try pair()
    FileDescriptor.setBlocking(ours.descriptor, false)
    #expect(name(ours.receive()) == "nothing")
    close(theirs.descriptor)
    #expect(name(ours.receive()) == "end")
    #expect(!ours.awaitLeave())
    // Nobody hears it, and it is no signal either.
    ours.send(.goOn)
    close(ours.descriptor)
  }

  @Test func `a terminal is passed as a descriptor of the receiver's own`() throws {
    let (ours, theirs) = try pair()
    let pipe = try #require(Linux.makePipe())
    theirs.send(.terminal(pipe.write))
    close(pipe.write)
    guard case .message(.terminal(let passed)) = ours.receive() else {
      Issue.record("no terminal came")
      return
    }
    #expect(fcntl(passed, F_GETFD) == FD_CLOEXEC)
    FileDescriptor.write("x", to: passed)
    close(passed)
    #expect(FileDescriptor.readAll(pipe.read) == [0x78])
    for descriptor in [pipe.read, ours.descriptor, theirs.descriptor] { close(descriptor) }
  }

  @Test func `only leave is leave`() throws {
    let (ours, theirs) = try pair()
    theirs.send(.goOn)
    #expect(ours.awaitLeave())
    theirs.send(.ready)
    #expect(!ours.awaitLeave())
    for descriptor in [ours.descriptor, theirs.descriptor] { close(descriptor) }
  }

  @Test func `a reason that is too long is cut, and nonsense is nothing`() throws {
    let (ours, theirs) = try pair()
    theirs.send(.failed(String(repeating: "x", count: 100_000)))
    guard case .message(.failed(let text)) = ours.receive() else {
      Issue.record("no failure came")
      return
    }
    #expect(text.count >= 1000 && text.count < 100_000 && !text.contains { $0 != "x" })
    theirs.send(.terminal(-1))
    #expect(name(ours.receive()) == "no terminal")
    for descriptor in [ours.descriptor, theirs.descriptor] { close(descriptor) }
  }
}
