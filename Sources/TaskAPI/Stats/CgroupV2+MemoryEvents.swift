import Protobuf

extension CgroupV2 {
  /// How often limits of memory were met: `memory.events`.
  public struct MemoryEvents: Message, Equatable {
    /// Reclaimed although below the low boundary.
    public var low: UInt64 = 0
    /// Held back above the high boundary.
    public var high: UInt64 = 0
    /// Met the limit.
    public var max: UInt64 = 0
    /// Had no memory left at the limit.
    public var oom: UInt64 = 0
    /// Processes killed for that.
    public var oomKill: UInt64 = 0

    public init() {}

    /// Every field, at its default where none is given.
    public init(low: UInt64 = 0, high: UInt64 = 0, max: UInt64 = 0, oom: UInt64 = 0, oomKill: UInt64 = 0) {
      self.low = low
      self.high = high
      self.max = max
      self.oom = oom
      self.oomKill = oomKill
    }

    public mutating func take(_ field: Field) throws(WireError) {
      switch field.number {
      case 1: low = try field.uint64()
      case 2: high = try field.uint64()
      case 3: max = try field.uint64()
      case 4: oom = try field.uint64()
      case 5: oomKill = try field.uint64()
      default: break
      }
    }

    public func write(to writer: inout MessageWriter) {
      writer.field(1, low)
      writer.field(2, high)
      writer.field(3, max)
      writer.field(4, oom)
      writer.field(5, oomKill)
    }
  }
}
