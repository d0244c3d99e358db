import Protobuf

extension CgroupV1 {
  /// Processes and threads.
  public struct Pids: Message, Equatable {
    /// How many there are.
    public var current: UInt64 = 0
    /// How many there may be; 0 for any number.
    public var limit: UInt64 = 0

    public init() {}

    /// Every field, at its default where none is given.
    public init(current: UInt64 = 0, limit: UInt64 = 0) {
      self.current = current
      self.limit = limit
    }

    public mutating func take(_ field: Field) throws(WireError) {
      switch field.number {
      case 1: current = try field.uint64()
      case 2: limit = try field.uint64()
      default: break
      }
    }

    public func write(to writer: inout MessageWriter) {
      writer.field(1, current)
      writer.field(2, limit)
    }
  }
}
