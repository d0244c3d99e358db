import Protobuf

extension CgroupV1 {
  /// One kind of memory, in bytes.
  public struct MemoryEntry: Message, Equatable {
    /// How much may be used.
    public var limit: UInt64 = 0
    /// How much is used.
    public var usage: UInt64 = 0
    /// The most that was used.
    public var max: UInt64 = 0
    /// How often the limit was met.
    public var failcnt: UInt64 = 0

    public init() {}

    /// Every field, at its default where none is given.
    public init(limit: UInt64 = 0, usage: UInt64 = 0, max: UInt64 = 0, failcnt: UInt64 = 0) {
      self.limit = limit
      self.usage = usage
      self.max = max
      self.failcnt = failcnt
    }

    public mutating func take(_ field: Field) throws(WireError) {
      switch field.number {
      case 1: limit = try field.uint64()
      case 2: usage = try field.uint64()
      case 3: max = try field.uint64()
      case 4: failcnt = try field.uint64()
      default: break
      }
    }

    public func write(to writer: inout MessageWriter) {
      writer.field(1, limit)
      writer.field(2, usage)
      writer.field(3, max)
      writer.field(4, failcnt)
    }
  }
}
