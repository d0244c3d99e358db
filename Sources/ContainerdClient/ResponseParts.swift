import GRPCCore
import NIOCore
import NIOHPACK
import NIOHTTP2

/// What a stream answers, read from its frames: metadata, messages, and a status at the end.
struct ResponseParts: AsyncSequence, Sendable {
  typealias Element = RPCResponsePart<[UInt8]>
  typealias Failure = any Error

  let frames: NIOAsyncChannelInboundStream<HTTP2Frame.FramePayload>

  func makeAsyncIterator() -> Iterator { Iterator(frames: frames.makeAsyncIterator()) }

  struct Iterator: AsyncIteratorProtocol {
    var frames: NIOAsyncChannelInboundStream<HTTP2Frame.FramePayload>.AsyncIterator
    private var decoder = ResponseDecoder()

    init(frames: NIOAsyncChannelInboundStream<HTTP2Frame.FramePayload>.AsyncIterator) { self.frames = frames }

    mutating func next() async throws -> Element? { try await next(isolation: nil) }

    mutating func next(isolation actor: isolated (any Actor)?) async throws -> Element? {
      while true {
        if let part = try decoder.next() { return part }
        if decoder.hasEnded { return nil }
        do {
          guard let frame = try await frames.next(isolation: actor) else {
            throw RPCError(code: .unavailable, message: "the stream ended without a status")
          }
          decoder.take(frame)
        } catch let error as RPCError {
          throw error
        } catch is CancellationError {
          throw RPCError(code: .cancelled, message: "cancelled")
        } catch {
          throw RPCError(code: .unavailable, message: "the connection is lost", cause: error)
        }
      }
    }
  }
}

/// Makes parts of a response of frames; pure, so that it can be tried with any frames there are.
struct ResponseDecoder {
  /// The longest message taken: more than containerd lets a client send or receive.
  static let longestMessage: UInt32 = 16 << 20

  /// True once the status has been handed out.
  private(set) var hasEnded = false
  private var hasHeaders = false
  private var data = ByteBuffer()
  private var waiting: [RPCResponsePart<[UInt8]>] = []
  private var status: RPCResponsePart<[UInt8]>?

  /// Takes the next frame; frames of other kinds say nothing to a call.
  mutating func take(_ frame: HTTP2Frame.FramePayload) {
    switch frame {
    case .headers(let headers):
      let fields = headers.headers
      if let code = fields.first(name: "grpc-status") {
        status = .status(Self.status(code, fields), Self.metadata(fields))
      } else if !hasHeaders, let http = fields.first(name: ":status"), http != "200" {
        status = .status(Status(code: .unavailable, message: "HTTP status \(http)"), [:])
      } else if !hasHeaders {
        hasHeaders = true
        waiting.append(.metadata(Self.metadata(fields)))
        if headers.endStream { status = .status(Status(code: .internalError, message: "an answer without a status"), [:]) }
      }
    case .data(let payload):
      if case .byteBuffer(var bytes) = payload.data { data.writeBuffer(&bytes) }
    case .rstStream(let code):
      status = .status(Status(code: .unavailable, message: "the stream was reset (\(code.networkCode))"), [:])
    default: break
    }
  }

  /// The next part that is whole, or nil where more frames are needed or all is said.
  /// - Throws: `RPCError` for a message that is compressed or too long.
  mutating func next() throws -> RPCResponsePart<[UInt8]>? {
    if !waiting.isEmpty { return waiting.removeFirst() }
    if let message = try message() { return .message(message) }
    guard let last = status, !hasEnded else { return nil }
    guard data.readableBytes == 0 else { throw RPCError(code: .internalError, message: "an answer that was cut off") }
    hasEnded = true
    return last
  }

  private mutating func message() throws -> [UInt8]? {
    guard let kind = data.getInteger(at: data.readerIndex, as: UInt8.self),
      let length = data.getInteger(at: data.readerIndex + 1, as: UInt32.self)
    else { return nil }
    guard kind == 0 else { throw RPCError(code: .internalError, message: "a compressed message, which was not asked for") }
    guard length <= Self.longestMessage else { throw RPCError(code: .resourceExhausted, message: "a message of \(length) bytes") }
    guard data.readableBytes >= 5 + Int(length) else { return nil }
    data.moveReaderIndex(forwardBy: 5)
    defer { data.discardReadBytes() }
    return data.readBytes(length: Int(length))
  }

  private static func status(_ code: String, _ fields: HPACKHeaders) -> Status {
    let known = Int(code).flatMap { Status.Code(rawValue: $0) } ?? .unknown
    return Status(code: known, message: fields.first(name: "grpc-message").map(plain) ?? "")
  }

  private static func metadata(_ fields: HPACKHeaders) -> Metadata {
    var metadata = Metadata()
    for (name, value, _) in fields where !name.hasPrefix(":") && !name.hasSuffix("-bin") { metadata.addString(value, forKey: name) }
    return metadata
  }

  /// A status message without its percent-encoding; what is encoded wrong stays as it is.
  static func plain(_ text: String) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
