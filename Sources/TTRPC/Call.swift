/// A request a client waits for: what is to be done, and the stream its reply belongs to.
public struct Call: Equatable, Sendable {
  /// Names the call in its connection.
  public var streamID: UInt32
  /// What is asked for.
  public var request: Request

  /// - Parameter streamID: names the call in its connection.
  public init(streamID: UInt32, request: Request) {
    self.streamID = streamID
    self.request = request
  }
}
