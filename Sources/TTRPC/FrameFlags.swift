/// What a frame's sender does with the stream. A call with one request and one response has none of them.
public struct FrameFlags: OptionSet, Sendable {
  public var rawValue: UInt8

  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// No more data comes from the sender.
  public static let remoteClosed = FrameFlags(rawValue: 1)
  /// More data comes from the sender.
  public static let remoteOpen = FrameFlags(rawValue: 2)
  /// The frame's data is no message.
  public static let noData = FrameFlags(rawValue: 4)
}
