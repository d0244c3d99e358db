import Protobuf

extension CgroupV1 {
  /// How many processes are doing what.
  public struct ProcessStates: Message, Equatable {
    /// Wait for something.
    public var sleeping: UInt64 = 0
    /// Run or could run.
    public var running: UInt64 = 0
    /// Are stopped.
    public var stopped: UInt64 = 0
    /// Wait and cannot be woken by signals.
    public var uninterruptible: UInt64 = 0
    /// Wait for a device.
    public var waitingForIO: UInt64 = 0

    public init() {}

    /// Every field, at its default where none is given.
    public init(sleeping: UInt64 = 0, running: UInt64 = 0, stopped: UInt64 = 0, uninterruptible: UInt64 = 0, waitingForIO: UInt64 = 0) {
      self.sleeping = sleeping
      self.running = running
      self.stopped = stopped
      self.uninterruptible = uninterruptible
      self.waitingForIO = waitingForIO
    }

    public mutating func take(_ field: Field) throws(WireError) {
      switch field.number {
      case 1: sleeping = try field.uint64()
      case 2: running = try field.uint64()
      case 3: stopped = try field.uint64()
      case 4: uninterruptible = try field.uint64()
      case 5: waitingForIO = try field.uint64()
      default: break
      }
    }

    public func write(to writer: inout MessageWriter) {
      writer.field(1, sleeping)
      writer.field(2, running)
      writer.field(3, stopped)
      writer.field(4, uninterruptible)
      writer.field(5, waitingForIO)
    }
  }
}
