/// The ten bytes in front of every frame's data (ttrpc protocol, "Message Frame"): length and stream as 32-bit numbers, most
/// significant byte first, then type and flags.
public struct FrameHeader: Equatable, Sendable {
  /// Bytes of a header.
  public static let size = 10
  /// The largest data of a frame, in bytes; both sides refuse more.
  public static let maximumLength = 4 << 20

  /// Bytes of data that follow.
  public var length: UInt32
  /// Which call a frame belongs to.
  public var streamID: UInt32
  /// What the data is.
  public var type: FrameType
  /// What the sender does with the stream.
  public var flags: FrameFlags

  /// - Parameters:
  ///   - length: bytes of data that follow.
  ///   - streamID: which call the frame belongs to.
  public init(length: UInt32, streamID: UInt32, type: FrameType, flags: FrameFlags = []) {
    self.length = length
    self.streamID = streamID
    self.type = type
    self.flags = flags
  }

  /// - Precondition: there are at least `size` bytes.
  init(reading bytes: ArraySlice<UInt8>) {
    func number(_ offset: Int) -> UInt32 {
      bytes[bytes.startIndex + offset..<bytes.startIndex + offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
    length = number(0)
    streamID = number(4)
    type = FrameType(rawValue: bytes[bytes.startIndex + 8])
    flags = FrameFlags(rawValue: bytes[bytes.startIndex + 9])
  }

  /// The header's bytes.
  public func encode() -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.size)
    for number in [length, streamID] {
      for shift in stride(from: 24 as UInt32, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
    }
    bytes.append(type.rawValue)
    bytes.append(flags.rawValue)
    return bytes
  }
}
