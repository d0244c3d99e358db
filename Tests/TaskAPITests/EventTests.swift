import Protobuf
import TaskAPI
import Testing

@Suite struct EventTests {
  /// The event in a recorded envelope, which must also be what we would have sent.
  private func event<Event: TaskEvent>(_ type: Event.Type, in bytes: [UInt8]) throws -> Event {
    let request = try ForwardRequest(reading: bytes)
    let envelope = try #require(request.envelope)
    #expect(envelope.namespace == "recording")
    #expect(envelope.topic == Event.topic)
    #expect(envelope.event?.typeURL == Event.typeURL)
    let event = try #require(try envelope.event?.unpack(Event.self))
    let moment = try #require(envelope.timestamp)
    #expect(ForwardRequest(envelope: Envelope(event, namespace: "recording", timestamp: moment)).encode() == bytes)
    return event
  }

  @Test func `what was made has its mounts and its input and output`() throws {
    let event = try event(TaskCreate.self, in: Recorded.forwardCreate)
    #expect(event.containerID == "hello" && event.pid == 100 && event.rootfs.map(\.type) == ["overlay"])
    #expect(event.io?.stdout == "/run/containerd/fifo/2015698986/hello-stdout" && event.io?.terminal == false)
  }

  @Test func `start, end and clearing away have their numbers`() throws {
    #expect(try event(TaskStart.self, in: Recorded.forwardStart) == TaskStart(containerID: "hello", pid: 100))
    let end = Timestamp(seconds: 1_795_646_979, nanoseconds: 267_072_360)
    #expect(
      try event(TaskExit.self, in: Recorded.forwardExit) == TaskExit(containerID: "hello", id: "hello", pid: 100, exitedAt: end))
    #expect(try event(TaskDelete.self, in: Recorded.forwardDelete) == TaskDelete(containerID: "hello", pid: 100, exitedAt: end))
  }

  @Test func `the other events name the container and the process`() throws {
    #expect(try event(TaskExecAdded.self, in: Recorded.forwardExecAdded) == TaskExecAdded(containerID: "long", execID: "extra"))
    #expect(
      try event(TaskExecStarted.self, in: Recorded.forwardExecStarted)
        == TaskExecStarted(containerID: "long", execID: "extra", pid: 396))
    #expect(try event(TaskPaused.self, in: Recorded.forwardPaused) == TaskPaused(containerID: "long"))
    #expect(try event(TaskResumed.self, in: Recorded.forwardResumed) == TaskResumed(containerID: "long"))
    #expect(try event(TaskOOM.self, in: Recorded.forwardOOM) == TaskOOM(containerID: "oom"))
  }
}
