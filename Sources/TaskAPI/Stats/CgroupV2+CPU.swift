import Protobuf

extension CgroupV2 {
  /// Processor time, in microseconds: `cpu.stat`.
  public struct CPU: Message, Equatable {
    /// All of it.
    public var usage: UInt64 = 0
    /// Outside of the kernel.
    public var user: UInt64 = 0
    /// In the kernel.
    public var system: UInt64 = 0
    /// Periods in which the container wanted to run.
    public var periods: UInt64 = 0
    /// Periods in which it was held back.
    public var throttledPeriods: UInt64 = 0
    /// For how long it was held back.
    public var throttledTime: UInt64 = 0

    public init() {}

    /// Every field, at its default where none is given.
    public init(
      usage: UInt64 = 0, user: UInt64 = 0, system: UInt64 = 0, periods: UInt64 = 0, throttledPeriods: UInt64 = 0, throttledTime: UInt64 = 0
    ) {
      self.usage = usage
      self.user = user
      self.system = system
      self.periods = periods
      self.throttledPeriods = throttledPeriods
      self.throttledTime = throttledTime
    }

    public mutating func take(_ field: Field) throws(WireError) {
      switch field.number {
      case 1: usage = try field.uint64()
      case 2: user = try field.uint64()
      case 3: system = try field.uint64()
      case 4: periods = try field.uint64()
      case 5: throttledPeriods = try field.uint64()
      case 6: throttledTime = try field.uint64()
      default: break
      }
    }

    public func write(to writer: inout MessageWriter) {
      writer.field(1, usage)
      writer.field(2, user)
      writer.field(3, system)
      writer.field(4, periods)
      writer.field(5, throttledPeriods)
      writer.field(6, throttledTime)
    }
  }
}
