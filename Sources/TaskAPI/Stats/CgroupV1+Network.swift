import Protobuf

extension CgroupV1 {
  /// One network interface.
  public struct Network: Message, Equatable {
    /// Its name.
    public var name = ""
    /// Bytes received.
    public var receivedBytes: UInt64 = 0
    /// Packets received.
    public var receivedPackets: UInt64 = 0
    /// Packets that could not be received.
    public var receiveErrors: UInt64 = 0
    /// Packets received and dropped.
    public var receiveDropped: UInt64 = 0
    /// Bytes sent.
    public var sentBytes: UInt64 = 0
    /// Packets sent.
    public var sentPackets: UInt64 = 0
    /// Packets that could not be sent.
    public var sendErrors: UInt64 = 0
    /// Packets dropped instead of sent.
    public var sendDropped: UInt64 = 0

    public init() {}

    public mutating func take(_ field: Field) throws(WireError) {
      switch field.number {
      case 1: name = try field.string()
      case 2: receivedBytes = try field.uint64()
      case 3: receivedPackets = try field.uint64()
      case 4: receiveErrors = try field.uint64()
      case 5: receiveDropped = try field.uint64()
      case 6: sentBytes = try field.uint64()
      case 7: sentPackets = try field.uint64()
      case 8: sendErrors = try field.uint64()
      case 9: sendDropped = try field.uint64()
      default: break
      }
    }

    public func write(to writer: inout MessageWriter) {
      writer.field(1, name)
      writer.field(2, receivedBytes)
      writer.field(3, receivedPackets)
      writer.field(4, receiveErrors)
      writer.field(5, receiveDropped)
      writer.field(6, sentBytes)
      writer.field(7, sentPackets)
      writer.field(8, sendErrors)
      writer.field(9, sendDropped)
    }
  }
}
