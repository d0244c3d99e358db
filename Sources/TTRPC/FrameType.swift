/// What a frame's data is. Types that are not listed are to be ignored.
public struct FrameType: RawRepresentable, Equatable, Sendable {
  public var rawValue: UInt8

  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// A `Request`.
  public static let request = FrameType(rawValue: 1)
  /// A `Response`.
  public static let response = FrameType(rawValue: 2)
  /// A message of a stream.
  public static let data = FrameType(rawValue: 3)
}
