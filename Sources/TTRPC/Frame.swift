import Protobuf

/// One message on a connection: a header and its data.
public struct Frame: Equatable, Sendable {
  /// Which call it belongs to.
  public var streamID: UInt32
  /// What the data is.
  public var type: FrameType
  /// What the sender does with the stream.
  public var flags: FrameFlags
  /// A message, of at most `FrameHeader.maximumLength` bytes.
  public var data: [UInt8]

  /// - Parameters:
  ///   - streamID: which call it belongs to.
  ///   - data: a message, of at most `FrameHeader.maximumLength` bytes.
  public init(streamID: UInt32, type: FrameType, flags: FrameFlags = [], data: [UInt8]) {
    self.streamID = streamID
    self.type = type
    self.flags = flags
    self.data = data
  }

  /// Header and data.
  /// - Returns: nil where the data are more than `FrameHeader.maximumLength` bytes.
  public func encode() -> [UInt8]? {
    guard data.count <= FrameHeader.maximumLength else { return nil }
    return FrameHeader(length: UInt32(data.count), streamID: streamID, type: type, flags: flags).encode() + data
  }

  /// A frame without flags around a message, which is written into its place at once.
  /// - Returns: nil where the message is larger than `FrameHeader.maximumLength` bytes.
  static func encode(streamID: UInt32, type: FrameType, _ message: some Message) -> [UInt8]? {
    var writer = MessageWriter(after: [UInt8](repeating: 0, count: FrameHeader.size))
    message.write(to: &writer)
    let length = writer.bytes.count - FrameHeader.size
    guard length <= FrameHeader.maximumLength else { return nil }
    writer.overwrite(at: 0, with: FrameHeader(length: UInt32(length), streamID: streamID, type: type).encode())
    return writer.bytes
  }
}
