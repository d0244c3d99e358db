import Protobuf
import Testing

@testable import TTRPC

@Suite struct ClientConnectionTests {
  private func replies(_ frames: [[UInt8]]) -> [ClientConnection.Reply] {
    var connection = ClientConnection()
    connection.feed(Array(frames.joined()))
    var all: [ClientConnection.Reply] = []
    while let next = connection.next() { all.append(next) }
    return all
  }

  @Test func `streams have odd, increasing numbers`() throws {
    var connection = ClientConnection()
    let request = Request(service: "s", method: "m", payload: [])
    var streams: [UInt32] = []
    for _ in 0..<3 { streams.append(try connection.call(request).streamID) }
    #expect(streams == [1, 3, 5])
  }

  @Test func `a call is written as another client wrote it`() throws {
    var server = ServerConnection()
    server.feed(Recorded.forward)
    guard case .call(let call)? = server.next() else {
      Issue.record("no call")
      return
    }
    #expect(call.request.service == "containerd.services.events.ttrpc.v1.Events" && call.request.method == "Forward")
    #expect(call.request.timeout == 4_999_967_328)
    #expect(call.request.metadata == [Metadatum("containerd-namespace-ttrpc", "recording")])
    var client = ClientConnection(nextStreamID: 3)
    #expect(try client.call(call.request).bytes == Recorded.forward)
  }

  @Test func `the replies of a recorded connection come out in order`() {
    let all = replies(Recorded.replies)
    #expect(all.map(\.streamID) == [1, 3, 5, 7, 11, 9, 13, 15, 17])
    #expect(all[0].result == .success([8, 100]))
    #expect(all[8].result == .success([]))
    #expect(
      replies([Recorded.failure])
        == [ClientConnection.Reply(streamID: 119, result: .failure(Status(.notFound, "process already finished: not found")))])
  }

  @Test func `a status that says OK is no failure`() {
    let response = Response(status: Status(.ok, ""), payload: [1])
    #expect(replies([Frame(streamID: 1, type: .response, data: response.encode()).encode()!]).map(\.result) == [.success([1])])
  }

  @Test func `a response that cannot be read or is too large is a failure of its call`() {
    let broken = Frame(streamID: 1, type: .response, data: [0x0A, 9]).encode()!
    let large = FrameHeader(length: 5 << 20, streamID: 3, type: .response).encode() + [UInt8](repeating: 0, count: 5 << 20)
    let all = replies([broken, large, Recorded.replies[0]])
    #expect(all.map(\.streamID) == [1, 3, 1])
    let codes = all.map { reply -> StatusCode in if case .failure(let status) = reply.result { status.code } else { .ok } }
    #expect(codes == [.internal, .resourceExhausted, .ok])
  }

  @Test func `frames that are no responses are ignored`() {
    #expect(replies([Recorded.calls[0], Frame(streamID: 1, type: .data, data: []).encode()!]).isEmpty)
  }

  @Test func `a request that is too large is not sent and takes no number`() throws {
    var connection = ClientConnection()
    #expect(throws: ClientConnection.CallError.tooLarge) {
      try connection.call(Request(service: "s", method: "m", payload: [UInt8](repeating: 0, count: 4 << 20)))
    }
    #expect(try connection.call(Request(service: "s", method: "m", payload: [])).streamID == 1)
  }

  @Test func `when all numbers are used up no call can be made`() throws {
    var connection = ClientConnection(nextStreamID: .max)
    let request = Request(service: "s", method: "m", payload: [])
    #expect(try connection.call(request).streamID == .max)
    #expect(throws: ClientConnection.CallError.noStreamLeft) { try connection.call(request) }
  }
}
