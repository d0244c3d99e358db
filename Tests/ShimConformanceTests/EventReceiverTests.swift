import Foundation
import TestSupport
import Testing

@testable import ShimConformance

@Suite struct EventReceiverTests {
  @Test func anEventIsTakenAnsweredAndReadOut() throws {
    let scratch = try TestSupport.Scratch()
    defer { scratch.remove() }
    let receiver = try EventReceiver(path: scratch.path("socket"))
    defer { receiver.vanish() }
    let connection = try TaskConnection("unix://" + receiver.path)
    var event = WireMessage()
    event.add(1, "containerd.events.TaskOOM")
    event.add(2, [10, 1, 120])
    var envelope = WireMessage()
    envelope.add(2, "namespace")
    envelope.add(3, "/tasks/oom")
    envelope.add(4, event.bytes)
    var request = WireMessage()
    request.add(1, envelope.bytes)
    let stream = try connection.send("Forward", request.bytes, service: "containerd.services.events.ttrpc.v1.Events")
    #expect(receiver.take(5) { $0.count == 1 })
    #expect(receiver.events == [.init(topic: "/tasks/oom", kind: "containerd.events.TaskOOM", content: [10, 1, 120])])
    #expect(try connection.answer(to: stream, limit: 5).code == 0)
  }

  @Test func nobodyCanConnectWhileItIsAway() throws {
    let scratch = try TestSupport.Scratch()
    defer { scratch.remove() }
    let receiver = try EventReceiver(path: scratch.path("socket"))
    receiver.vanish()
    #expect(throws: Failed.self) { try TaskConnection("unix://" + receiver.path) }
    try receiver.appear()
    _ = try TaskConnection("unix://" + receiver.path)
    receiver.vanish()
  }
}
