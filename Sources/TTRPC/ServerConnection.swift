import Protobuf

/// The server's side of one connection, without the socket: bytes in, calls out; replies in, bytes out.
///
/// Calls may be replied to in any order. A reply is made without the connection's state, so that it can be made where the connection is not
/// at hand; replies of one connection must be written one after the other.
public struct ServerConnection: Sendable {
  /// What a client sent.
  public enum Incoming: Equatable, Sendable {
    /// To be carried out and replied to.
    case call(Call)
    /// Nothing that can be carried out; to be replied to with the failure.
    case refused(streamID: UInt32, Status)
  }

  private var frames = FrameReader()
  private var lastStreamID: UInt32 = 0

  public init() {}

  /// Takes in what was read from the socket.
  public mutating func feed(_ bytes: UnsafeRawBufferPointer) { frames.feed(bytes) }

  /// Takes in what was read from the socket.
  public mutating func feed(_ bytes: [UInt8]) { frames.feed(bytes) }

  /// The next thing to reply to, or nil until more bytes come. Frames that are no requests are ignored, as the protocol says.
  public mutating func next() -> Incoming? {
    while let arrival = frames.next() {
      switch arrival {
      case .oversized(let header):
        guard header.type == .request else { continue }
        return .refused(
          streamID: header.streamID,
          Status(.resourceExhausted, "message length \(header.length) exceeds the maximum of \(FrameHeader.maximumLength) bytes"))
      case .frame(let frame):
        guard frame.type == .request else { continue }
        return incoming(frame)
      }
    }
    return nil
  }

  /// True between frames: the client can go here without anything being lost.
  public var isIdle: Bool { frames.isIdle }

  private mutating func incoming(_ frame: Frame) -> Incoming {
    func refused(_ code: StatusCode, _ message: String) -> Incoming { .refused(streamID: frame.streamID, Status(code, message)) }

    guard !frame.streamID.isMultiple(of: 2) else { return refused(.invalidArgument, "a client's stream must have an odd number") }
    guard frame.streamID > lastStreamID else { return refused(.invalidArgument, "streams must have increasing numbers") }
    lastStreamID = frame.streamID
    guard !frame.flags.contains(.remoteOpen) else { return refused(.unimplemented, "streams of requests are not served") }
    do throws(WireError) {
      return .call(Call(streamID: frame.streamID, request: try Request(reading: frame.data)))
    } catch {
      return refused(.invalidArgument, "the request cannot be read: \(error)")
    }
  }

  /// The bytes of a reply. A message that is too large for a frame turns into `resourceExhausted`.
  public static func reply(to streamID: UInt32, _ result: Result<[UInt8], Status>) -> [UInt8] {
    let response =
      switch result {
      case .success(let payload): Response(payload: payload)
      case .failure(let status): Response(status: status)
      }
    let message = "the reply exceeds the maximum of \(FrameHeader.maximumLength) bytes"
    return Frame.encode(streamID: streamID, type: .response, response)
      ?? Frame.encode(streamID: streamID, type: .response, Response(status: Status(.resourceExhausted, message)))!
  }

  /// The bytes of a successful reply.
  public static func reply(to streamID: UInt32, _ message: some Message) -> [UInt8] { reply(to: streamID, .success(message.encode())) }

  /// The bytes of a failure.
  public static func reply(to streamID: UInt32, failure: Status) -> [UInt8] { reply(to: streamID, .failure(failure)) }
}
