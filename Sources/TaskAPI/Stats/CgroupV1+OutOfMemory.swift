import Protobuf

extension CgroupV1 {
  /// What happens when there is no memory left: `memory.oom_control`.
  public struct OutOfMemory: Message, Equatable {
    /// 1 where processes wait instead of being killed.
    public var killDisabled: UInt64 = 0
    /// 1 while they wait.
    public var underOOM: UInt64 = 0
    /// How many were killed.
    public var kills: UInt64 = 0

    public init() {}

    /// Every field, at its default where none is given.
    public init(killDisabled: UInt64 = 0, underOOM: UInt64 = 0, kills: UInt64 = 0) {
      self.killDisabled = killDisabled
      self.underOOM = underOOM
      self.kills = kills
    }

    public mutating func take(_ field: Field) throws(WireError) {
      switch field.number {
      case 1: killDisabled = try field.uint64()
      case 2: underOOM = try field.uint64()
      case 3: kills = try field.uint64()
      default: break
      }
    }

    public func write(to writer: inout MessageWriter) {
      writer.field(1, killDisabled)
      writer.field(2, underOOM)
      writer.field(3, kills)
    }
  }
}
