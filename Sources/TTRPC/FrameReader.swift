/// Cuts a connection's bytes, which come in pieces of any size, into frames.
public struct FrameReader: Sendable {
  /// What came.
  public enum Arrival: Equatable, Sendable {
    /// A whole frame.
    case frame(Frame)
    /// The header of a frame larger than `FrameHeader.maximumLength`. Its data are passed over as they come.
    case oversized(FrameHeader)
  }

  /// Room that is kept between frames; more is given back as soon as nothing waits.
  static let keptCapacity = 16 << 10

  private var buffer: [UInt8] = []
  /// Where the next header begins in the buffer.
  private var position = 0
  /// Bytes of an oversized frame that are still to come.
  private var passedOver = 0

  public init() {}

  /// Takes in what was read from the connection.
  public mutating func feed(_ bytes: UnsafeRawBufferPointer) {
    let skipped = min(passedOver, bytes.count)
    passedOver -= skipped
    buffer.append(contentsOf: bytes[skipped...])
  }

  /// Takes in what was read from the connection.
  public mutating func feed(_ bytes: [UInt8]) { bytes.withUnsafeBytes { feed($0) } }

  /// The next whole frame, or the news of an oversized one; nil until more bytes come.
  public mutating func next() -> Arrival? {
    guard buffer.count - position >= FrameHeader.size else {
      compact()
      return nil
    }
    let header = FrameHeader(reading: buffer[position...])
    guard header.length <= FrameHeader.maximumLength else {
      position += FrameHeader.size
      passOver(Int(header.length))
      return .oversized(header)
    }
    let start = position + FrameHeader.size
    let end = start + Int(header.length)
    guard end <= buffer.count else {
      compact()
      return nil
    }
    position = end
    return .frame(Frame(streamID: header.streamID, type: header.type, flags: header.flags, data: Array(buffer[start..<end])))
  }

  /// True between frames: the connection can end here without anything being lost.
  public var isIdle: Bool { position == buffer.count && passedOver == 0 }

  /// Bytes of memory held for what has come.
  var capacity: Int { buffer.capacity }

  private mutating func passOver(_ count: Int) {
    let here = min(count, buffer.count - position)
    position += here
    passedOver = count - here
  }

  /// Forgets what has been taken, and gives back room that only a large frame needed.
  private mutating func compact() {
    guard position > 0 else { return }
    if position == buffer.count {
      if buffer.capacity > Self.keptCapacity { buffer = [] } else { buffer.removeAll(keepingCapacity: true) }
    } else {
      buffer.removeSubrange(..<position)
    }
    position = 0
  }
}
