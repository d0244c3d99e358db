import Glibc
import Protobuf
import TTRPC
import TaskAPI
import TestSupport
import Testing

@testable import Shim

@Suite("Events on their way to containerd")
struct EventPublisherTests {
  /// A loop with a publisher and a containerd that may not be there.
  private final class Stage {
    let scratch: Scratch
    let loop = EventLoop()
    let publisher: EventPublisher
    let containerd: FakeContainerd
    private(set) var isFlushed = false

    init(_ behaviour: @escaping (Int) -> FakeContainerd.Behaviour = { _ in .answer }) throws {
      scratch = try Scratch()
      let address = scratch.path("events")
      publisher = EventPublisher(loop, address: address, namespace: "space", log: ShimLog(bundle: scratch.folder))
      containerd = FakeContainerd(loop, path: address, behaviour)
    }

    deinit { containerd.stop() }

    func publish(_ names: [String]) { for name in names { publisher.publish(TaskStart(containerID: name, pid: 7)) } }

    /// Runs until all is told, for thirty seconds at most.
    func run() {
      publisher.flush { [unowned self] in
        isFlushed = true
        loop.end()
      }
      loop.after(milliseconds: 30_000) { [unowned self] in loop.end() }
      if !isFlushed { loop.run() }
    }
  }

  private let names = (0..<20).map { "c\($0)" }

  @Test func `events arrive in order, each once`() throws {
    let stage = try Stage()
    #expect(stage.containerd.listen())
    stage.publish(names)
    stage.run()
    #expect(stage.isFlushed)
    #expect(stage.containerd.arrived == names)
    #expect(stage.containerd.connections == 1)
  }

  @Test func `an event says what happened, when and where`() throws {
    let stage = try Stage()
    #expect(stage.containerd.listen())
    let before = Moment.now
    stage.publish(["c"])
    stage.run()
    let request = try #require(stage.containerd.requests.first)
    #expect(request.service == "containerd.services.events.ttrpc.v1.Events" && request.method == "Forward")
    #expect(request.metadata == [Metadatum("containerd-namespace-ttrpc", "space")])
    let envelope = try #require(stage.containerd.envelopes.first)
    #expect(envelope.topic == "/tasks/start" && envelope.namespace == "space")
    #expect(envelope.event?.typeURL == "containerd.events.TaskStart")
    #expect((envelope.timestamp?.seconds ?? 0) >= before.seconds)
    #expect(try TaskStart(reading: envelope.event?.value ?? []) == TaskStart(containerID: "c", pid: 7))
  }

  @Test func `no event is sent before the one in front of it is answered`() throws {
    let stage = try Stage { $0.isMultiple(of: 2) ? .answerLate(20) : .answer }
    #expect(stage.containerd.listen())
    stage.publish(names)
    stage.run()
    #expect(stage.containerd.arrived == names)
    #expect(stage.containerd.mostUnanswered == 1)
  }

  @Test func `an event that was not answered is sent again`() throws {
    let stage = try Stage { $0 == 3 || $0 == 4 ? .drop : .answer }
    #expect(stage.containerd.listen())
    stage.publish(names)
    stage.run()
    #expect(stage.isFlushed)
    // The fourth came three times; the order is kept.
    #expect(stage.containerd.arrived == Array(names[...3]) + ["c3", "c3"] + Array(names[4...]))
    #expect(stage.containerd.connections == 3)
  }

  @Test func `an event that containerd refuses does not hold up the others`() throws {
    let stage = try Stage { $0 == 1 ? .refuse : .answer }
    #expect(stage.containerd.listen())
    stage.publish(names)
    stage.run()
    #expect(stage.containerd.arrived == names)
  }

  @Test func `events are kept while containerd is away`() throws {
    let stage = try Stage()
    stage.publish(names)
    stage.loop.after(milliseconds: 350) { #expect(stage.containerd.listen()) }
    stage.run()
    #expect(stage.isFlushed)
    #expect(stage.containerd.arrived == names)
  }

  @Test func `a containerd that comes back gets what happened meanwhile`() throws {
    let stage = try Stage()
    #expect(stage.containerd.listen())
    stage.publish(["before"])
    stage.loop.after(milliseconds: 100) {
      stage.containerd.stop()
      stage.publish(["meanwhile 1", "meanwhile 2"])
    }
    stage.loop.after(milliseconds: 400) { #expect(stage.containerd.listen()) }
    stage.loop.after(milliseconds: 700) {
      stage.publish(["after"])
      stage.publisher.flush { stage.loop.end() }
    }
    stage.loop.after(milliseconds: 30_000) { stage.loop.end() }
    stage.loop.run()
    #expect(stage.containerd.arrived == ["before", "meanwhile 1", "meanwhile 2", "after"])
    #expect(stage.containerd.connections == 2)
  }

  @Test func `without events there is nothing to wait for`() throws {
    let stage = try Stage()
    var isFlushed = false
    stage.publisher.flush { isFlushed = true }
    #expect(isFlushed)
  }
}
