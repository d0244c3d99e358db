import Protobuf
import Testing

@testable import TTRPC

@Suite struct ServerConnectionTests {
  private func incoming(_ frames: [[UInt8]]) -> [ServerConnection.Incoming] {
    var connection = ServerConnection()
    connection.feed(Array(frames.joined()))
    var all: [ServerConnection.Incoming] = []
    while let next = connection.next() { all.append(next) }
    return all
  }

  private func request(_ stream: UInt32, flags: FrameFlags = []) -> [UInt8] {
    Frame(streamID: stream, type: .request, flags: flags, data: Request(service: "s", method: "m", payload: [1]).encode()).encode()!
  }

  private func code(_ incoming: ServerConnection.Incoming) -> (stream: UInt32, code: StatusCode) {
    switch incoming {
    case .call(let call): (call.streamID, .ok)
    case .refused(let stream, let status): (stream, status.code)
    }
  }

  @Test func `the calls of a recorded connection come out in order`() {
    let calls = incoming(Recorded.calls).map { incoming -> Call? in if case .call(let call) = incoming { call } else { nil } }
    #expect(calls.map(\.?.streamID) == [1, 3, 5, 7, 9, 11, 13, 15, 17])
    #expect(
      calls.map(\.?.request.method) == ["Create", "Connect", "Connect", "Start", "Wait", "State", "State", "Delete", "Shutdown"])
    #expect(calls.allSatisfy { $0?.request.service == "containerd.task.v2.Task" })
    #expect(calls.map(\.?.request.timeout) == [0, 0, 0, 0, 0, 0, 1_999_985_764, 0, 2_999_980_283])
    #expect(calls[3]?.request.payload == [0x0A, 5] + Array("hello".utf8))
  }

  @Test func `replies are written as another server wrote them`() {
    #expect(ServerConnection.reply(to: 1, .success([8, 100])) == Recorded.replies[0])
    // Two bytes fewer than a response with an empty payload.
    #expect(ServerConnection.reply(to: 17, EmptyMessage()) == Recorded.replies[8])
    #expect(
      ServerConnection.reply(to: 119, failure: Status(.notFound, "process already finished: not found")) == Recorded.failure)
  }

  @Test func `an even number of a stream is refused`() {
    let all = incoming([request(2), request(0), request(1)]).map(code)
    #expect(all.map(\.stream) == [2, 0, 1])
    #expect(all.map(\.code) == [.invalidArgument, .invalidArgument, .ok])
  }

  @Test func `a number that does not increase is refused`() {
    let all = incoming([request(5), request(5), request(3), request(7), request(.max)]).map(code)
    #expect(all.map(\.stream) == [5, 5, 3, 7, .max])
    #expect(all.map(\.code) == [.ok, .invalidArgument, .invalidArgument, .ok, .ok])
  }

  @Test func `a request that cannot be read is refused and does not end the connection`() {
    let broken = Frame(streamID: 1, type: .request, data: [0x0A, 9, 1]).encode()!
    #expect(incoming([broken, request(3)]).map(code).map(\.code) == [.invalidArgument, .ok])
  }

  @Test func `an oversized request is refused and does not end the connection`() {
    let large = FrameHeader(length: 5 << 20, streamID: 1, type: .request).encode() + [UInt8](repeating: 0, count: 5 << 20)
    let all = incoming([large, request(3)]).map(code)
    #expect(all.map(\.stream) == [1, 3])
    #expect(all.map(\.code) == [.resourceExhausted, .ok])
  }

  @Test func `a stream of requests is refused`() {
    #expect(incoming([request(1, flags: .remoteOpen)]).map(code).map(\.code) == [.unimplemented])
  }

  @Test func `frames that are no requests are ignored`() {
    let others = [FrameType.response, .data, FrameType(rawValue: 0), FrameType(rawValue: 255)].map {
      Frame(streamID: 1, type: $0, data: [0xFF]).encode()!
    }
    let large = FrameHeader(length: 5 << 20, streamID: 1, type: .data).encode() + [UInt8](repeating: 0, count: 5 << 20)
    #expect(incoming(others + [large, request(1)]).map(code).map(\.code) == [.ok])
  }

  @Test func `a reply that is too large turns into a failure`() {
    var client = ClientConnection()
    client.feed(ServerConnection.reply(to: 1, .success([UInt8](repeating: 0, count: 4 << 20))))
    guard case .failure(let status)? = client.next()?.result else {
      Issue.record("the reply is no failure")
      return
    }
    #expect(status.code == .resourceExhausted)
  }
}
