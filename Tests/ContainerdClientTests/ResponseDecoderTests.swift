import GRPCCore
import NIOCore
import NIOHPACK
import NIOHTTP2
import Testing

@testable import ContainerdClient

@Suite struct ResponseDecoderTests {
  private func headers(_ fields: [(String, String)], end: Bool = false) -> HTTP2Frame.FramePayload {
    .headers(.init(headers: HPACKHeaders(fields), endStream: end))
  }

  private func data(_ bytes: [UInt8]) -> HTTP2Frame.FramePayload { .data(.init(data: .byteBuffer(ByteBuffer(bytes: bytes)))) }

  /// Every part that the frames make.
  private func parts(_ frames: [HTTP2Frame.FramePayload]) throws -> [RPCResponsePart<[UInt8]>] {
    var decoder = ResponseDecoder()
    var parts: [RPCResponsePart<[UInt8]>] = []
    for frame in frames {
      decoder.take(frame)
      while let part = try decoder.next() { parts.append(part) }
    }
    return parts
  }

  private let opening: [(String, String)] = [(":status", "200"), ("content-type", "application/grpc")]

  @Test func `an answer is its metadata, its messages and its status, however its bytes are cut into frames`() throws {
    let body: [UInt8] = [0, 0, 0, 0, 3, 1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 9]
    let whole = try parts([headers(opening), data(body), headers([("grpc-status", "0")], end: true)])
    #expect(
      whole == [
        .metadata(["content-type": "application/grpc"]), .message([1, 2, 3]), .message([]), .message([9]),
        .status(Status(code: .ok, message: ""), ["grpc-status": "0"]),
      ])
    for cut in 1..<body.count {
      let frames = [headers(opening), data(Array(body[..<cut])), data(Array(body[cut...])), headers([("grpc-status", "0")], end: true)]
      #expect(try parts(frames) == whole, "cut at \(cut)")
    }
  }

  @Test func `a refusal without a message is its status, and its words are decoded`() throws {
    let refused = try parts([
      headers(opening + [("grpc-status", "5"), ("grpc-message", "task%20x: not%20found %e2%9c%93 100%")], end: true)
    ])
    guard case .status(let status, _) = try #require(refused.first), refused.count == 1 else {
      Issue.record("\(refused)")
      return
    }
    #expect(status.code == .notFound && status.message == "task x: not found ✓ 100%")
  }

  @Test func `what is no answer of gRPC ends as an error and never as a success`() throws {
    for frames in [
      [headers([(":status", "404")], end: true)], [headers(opening, end: true)], [headers(opening), .rstStream(.cancel)],
      [headers(opening + [("grpc-status", "seven")], end: true)],
    ] {
      guard case .status(let status, _) = try #require(try parts(frames).last) else {
        Issue.record("no status for \(frames)")
        continue
      }
      #expect(status.code != .ok)
    }
  }

  @Test func `a compressed, a huge and a cut message are refused`() {
    for body: [UInt8] in [[1, 0, 0, 0, 1, 1], [0, 255, 255, 255, 255], [0, 0, 0, 0, 9, 1]] {
      #expect(throws: RPCError.self) {
        _ = try parts([headers(opening), data(body), headers([("grpc-status", "0")], end: true)])
      }
    }
  }

  @Test func `no sequence of bytes crashes the decoder`() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      let body = (0..<Int.random(in: 0...40, using: &random)).map { _ in UInt8.random(in: 0...3, using: &random) }
      _ = try? parts([headers(opening), data(body), headers([("grpc-status", "0")], end: true)])
    }
  }
}
