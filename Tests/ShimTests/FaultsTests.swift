import Containers
import Glibc
import OCI
import TestSupport
import Testing

@testable import Shim

/// What goes wrong around the shim's one thread; each is tried in a child, since the shim reaps and waits for all there is.
@Suite("Faults around the shim's loop")
struct FaultsTests {
  /// As in the shim: what is written to somebody who has gone is an error.
  init() { signal(SIGPIPE, SIG_IGN) }

  /// Runs the loop for a while.
  private static func run(_ loop: EventLoop, milliseconds: Int) {
    loop.after(milliseconds: milliseconds) { loop.end() }
    loop.run()
  }

  private static func process(endingWith status: Int32) -> pid_t {
    let process = Linux.fork(flags: 0)
    if process == 0 { _exit(status) }
    return process
  }

  // MARK: Children

  @Test func `the number of an orphan that nobody asked for is forgotten`() {
    let code = Child.run {
      let loop = EventLoop()
      let children = Children(loop)
      let orphan = Self.process(endingWith: 3)
      Self.run(loop, milliseconds: 100)
      var heard = false
      // The kernel may give the number to a process of ours.
      children.expectAdopted(orphan) { _ in heard = true }
      children.expect(orphan) { _ in heard = true }
      return heard ? 1 : 0
    }
    #expect(code == 0)
  }

  @Test func `a process that ends before its number is told has ended`() {
    let code = Child.run {
      let loop = EventLoop()
      let children = Children(loop)
      children.beginAdoption()
      let orphan = Self.process(endingWith: 3)
      Self.run(loop, milliseconds: 100)
      var status: UInt32?
      children.expectAdopted(orphan) { status = $0.status }
      children.endAdoption()
      return status == 3 ? 0 : 1
    }
    #expect(code == 0)
  }

  @Test func `ends are told with a shell's numbers`() {
    let code = Child.run {
      let loop = EventLoop()
      let children = Children(loop)
      var statuses: [UInt32] = []
      children.expect(Self.process(endingWith: 7)) { statuses.append($0.status) }
      let killed = Linux.fork(flags: 0)
      if killed == 0 { while true { pause() } }
      children.expect(killed) { statuses.append($0.status) }
      kill(killed, SIGKILL)
      Self.run(loop, milliseconds: 200)
      return statuses.sorted() == [7, 137] ? 0 : 1
    }
    #expect(code == 0)
  }

  // MARK: Descriptors

  @Test func `news of a closed descriptor is not for whoever gets its number next`() {
    let code = Child.run {
      guard let one = Linux.makePipe(), let two = Linux.makePipe(), let silent = Linux.makePipe() else { return 9 }
      let loop = EventLoop()
      var isReplaced = false
      var isMisled = false
      // Both have something to read; whoever is called first puts something silent in the other's place.
      func watch(_ descriptor: Int32, other: Int32) {
        loop.watch(descriptor, .readable) { _ in
          loop.ignore(descriptor)
          guard !isReplaced else { return }
          isReplaced = true
          loop.ignore(other)
          dup2(silent.read, other)
          loop.watch(other, .readable) { _ in isMisled = true }
        }
      }
      watch(one.read, other: two.read)
      watch(two.read, other: one.read)
      for pipe in [one, two] { FileDescriptor.write("x", to: pipe.write) }
      Self.run(loop, milliseconds: 100)
      return !isReplaced ? 2 : isMisled ? 1 : 0
    }
    #expect(code == 0)
  }

  @Test func `a client that does not read holds nobody up`() {
    let code = Child.run {
      var ends: [Int32] = [0, 0]
      guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0, let output = Linux.makePipe() else { return 9 }
      FileDescriptor.setBlocking(ends[1], false)
      let page = [UInt8](repeating: 65, count: 4096)
      let loop = EventLoop()
      let copy = TerminalCopy(loop, master: ends[0], input: -1, output: output.write)
      // More than the pipe holds, as it comes.
      var timer: (() -> Void)?
      timer = {
        while write(ends[1], page, page.count) > 0 {}
        loop.after(milliseconds: 5) { timer?() }
      }
      timer?()
      Self.run(loop, milliseconds: 200)
      copy.close()
      timer = nil
      return 0
    }
    #expect(code == 0)
  }

  // MARK: Processes

  @Test func `who deletes second hears when the first is done`() {
    let process = TaskProcess(execID: "e", spec: .init(args: ["/x"], env: [], capabilities: .init([])), names: .init())
    var heard: [Int] = []
    #expect(process.beginDeletion { heard.append(1) })
    #expect(!process.beginDeletion { heard.append(2) })
    #expect(!process.beginDeletion { heard.append(3) })
    #expect(heard == [])
    process.endDeletion()
    #expect(heard == [2, 3])
    process.endDeletion()
    #expect(heard == [2, 3])
  }

  @Test func `whoever waits for a process hears of its end once`() {
    let process = TaskProcess(execID: "", spec: .init(args: ["/x"], env: [], capabilities: .init([])), names: .init())
    var heard: [UInt32] = []
    process.whenEnded { heard.append($0.status) }
    process.ended(Children.Ending(status: 4, moment: .now))
    #expect(heard == [4])
    process.whenEnded { heard.append($0.status) }
    #expect(heard == [4, 4])
    #expect(process.state == .stopped)
  }
}
