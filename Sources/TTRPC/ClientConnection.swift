import Protobuf

/// The client's side of one connection, without the socket: calls in, bytes out; bytes in, replies out.
public struct ClientConnection: Sendable {
  /// Why a call cannot be made.
  public enum CallError: Error, Equatable, Sendable {
    /// The request is larger than `FrameHeader.maximumLength` bytes.
    case tooLarge
    /// All numbers for streams are used up; a new connection is needed.
    case noStreamLeft
  }

  /// The server's answer to a call.
  public struct Reply: Equatable, Sendable {
    /// The call's.
    public var streamID: UInt32
    /// The method's response message, or why there is none.
    public var result: Result<[UInt8], Status>

    /// - Parameter streamID: the call's.
    public init(streamID: UInt32, result: Result<[UInt8], Status>) {
      self.streamID = streamID
      self.result = result
    }
  }

  private var frames = FrameReader()
  /// Nil once all numbers are used up.
  private var nextStreamID: UInt32? = 1

  public init() {}

  /// A connection whose next call gets the given number.
  init(nextStreamID: UInt32) { self.nextStreamID = nextStreamID }

  /// The bytes of a call.
  /// - Returns: the number of its stream, which its reply will bear, and what is to be written.
  public mutating func call(_ request: Request) throws(CallError) -> (streamID: UInt32, bytes: [UInt8]) {
    guard let streamID = nextStreamID else { throw .noStreamLeft }
    guard let bytes = Frame.encode(streamID: streamID, type: .request, request) else { throw .tooLarge }
    nextStreamID = streamID < UInt32.max - 1 ? streamID + 2 : nil
    return (streamID, bytes)
  }

  /// Takes in what was read from the socket.
  public mutating func feed(_ bytes: UnsafeRawBufferPointer) { frames.feed(bytes) }

  /// Takes in what was read from the socket.
  public mutating func feed(_ bytes: [UInt8]) { frames.feed(bytes) }

  /// The next reply, or nil until more bytes come. Frames that are no responses are ignored, as the protocol says. A response that is too
  /// large or cannot be read is a failure of its call.
  public mutating func next() -> Reply? {
    while let arrival = frames.next() {
      switch arrival {
      case .oversized(let header):
        guard header.type == .response else { continue }
        let status = Status(.resourceExhausted, "a response of \(header.length) bytes exceeds the maximum of \(FrameHeader.maximumLength)")
        return Reply(streamID: header.streamID, result: .failure(status))
      case .frame(let frame):
        guard frame.type == .response else { continue }
        return Reply(streamID: frame.streamID, result: Self.result(of: frame.data))
      }
    }
    return nil
  }

  /// True between frames: the server can go here without anything being lost.
  public var isIdle: Bool { frames.isIdle }

  private static func result(of data: [UInt8]) -> Result<[UInt8], Status> {
    do throws(WireError) {
      return try Response(reading: data).result
    } catch {
      return .failure(Status(.internal, "the response cannot be read: \(error)"))
    }
  }
}
