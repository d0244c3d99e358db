import Protobuf

extension CgroupV1 {
  /// Processor time.
  public struct CPU: Message, Equatable {
    /// What was used.
    public var usage: CPUUsage?
    /// When it was held back.
    public var throttling: Throttling?

    public init() {}

    /// Every field, at its default where none is given.
    public init(usage: CPUUsage? = nil, throttling: Throttling? = nil) {
      self.usage = usage
      self.throttling = throttling
    }

    public mutating func take(_ field: Field) throws(WireError) {
      switch field.number {
      case 1: try field.merge(into: &usage)
      case 2: try field.merge(into: &throttling)
      default: break
      }
    }

    public func write(to writer: inout MessageWriter) {
      writer.field(1, usage)
      writer.field(2, throttling)
    }
  }

  /// Processor time that was used, in nanoseconds.
  public struct CPUUsage: Message, Equatable {
    /// All of it.
    public var total: UInt64 = 0
    /// In the kernel.
    public var kernel: UInt64 = 0
    /// Outside of it.
    public var user: UInt64 = 0
    /// By processor.
    public var perCPU: [UInt64] = []

    public init() {}

    /// Every field, at its default where none is given.
    public init(total: UInt64 = 0, kernel: UInt64 = 0, user: UInt64 = 0, perCPU: [UInt64] = []) {
      self.total = total
      self.kernel = kernel
      self.user = user
      self.perCPU = perCPU
    }

    public mutating func take(_ field: Field) throws(WireError) {
      switch field.number {
      case 1: total = try field.uint64()
      case 2: kernel = try field.uint64()
      case 3: user = try field.uint64()
      case 4: try field.append(to: &perCPU)
      default: break
      }
    }

    public func write(to writer: inout MessageWriter) {
      writer.field(1, total)
      writer.field(2, kernel)
      writer.field(3, user)
      writer.field(4, perCPU)
    }
  }

  /// When a container was held back because it had used up its processor time.
  public struct Throttling: Message, Equatable {
    /// Periods in which it wanted to run.
    public var periods: UInt64 = 0
    /// Periods in which it was held back.
    public var throttledPeriods: UInt64 = 0
    /// For how long, in nanoseconds.
    public var throttledTime: UInt64 = 0

    public init() {}

    /// Every field, at its default where none is given.
    public init(periods: UInt64 = 0, throttledPeriods: UInt64 = 0, throttledTime: UInt64 = 0) {
      self.periods = periods
      self.throttledPeriods = throttledPeriods
      self.throttledTime = throttledTime
    }

    public mutating func take(_ field: Field) throws(WireError) {
      switch field.number {
      case 1: periods = try field.uint64()
      case 2: throttledPeriods = try field.uint64()
      case 3: throttledTime = try field.uint64()
      default: break
      }
    }

    public func write(to writer: inout MessageWriter) {
      writer.field(1, periods)
      writer.field(2, throttledPeriods)
      writer.field(3, throttledTime)
    }
  }
}
