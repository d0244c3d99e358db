import GRPCCore
import NIOCore
import NIOHPACK
import NIOHTTP2
import Synchronization

/// Puts one call's request on its stream.
///
/// All of it goes out at once when it is complete, in one write: a call of ours has one message.
final class RequestWriter: ClosableRPCWriterProtocol {
  typealias Element = RPCRequestPart<[UInt8]>

  private let method: MethodDescriptor
  private let stream: NIOAsyncChannelOutboundWriter<HTTP2Frame.FramePayload>
  private let parts = Mutex<[Element]>([])

  init(_ method: MethodDescriptor, _ stream: NIOAsyncChannelOutboundWriter<HTTP2Frame.FramePayload>) {
    self.method = method
    self.stream = stream
  }

  func write(_ element: Element) { parts.withLock { $0.append(element) } }

  func write(contentsOf elements: some Sequence<Element>) { parts.withLock { $0.append(contentsOf: elements) } }

  func finish() async {
    let parts = parts.withLock { $0 }
    var metadata = Metadata()
    var body = ByteBuffer()
    for part in parts {
      switch part {
      case .metadata(let values): metadata.add(contentsOf: values)
      case .message(let message):
        // Length-prefixed message: not compressed, four bytes of length, the message.
        body.writeInteger(UInt8(0))
        body.writeInteger(UInt32(message.count))
        body.writeBytes(message)
      }
    }
    // Where the stream is gone, its inbound side says so.
    try? await stream.write(contentsOf: [
      .headers(.init(headers: headers(metadata))), .data(.init(data: .byteBuffer(body), endStream: true)),
    ])
  }

  func finish(throwing error: any Error) async { try? await stream.write(.rstStream(.cancel)) }

  private func headers(_ metadata: Metadata) -> HPACKHeaders {
    var headers: HPACKHeaders = [
      ":method": "POST", ":scheme": "http", ":path": "/\(method.fullyQualifiedMethod)", ":authority": "localhost",
      "content-type": "application/grpc", "te": "trailers", "user-agent": "harness",
    ]
    for (key, value) in metadata {
      if case .string(let text) = value { headers.add(name: key, value: text) }
    }
    return headers
  }
}
