import Protobuf

extension CgroupV1 {
  /// Block devices, by device and operation.
  public struct BlockIO: Message, Equatable {
    /// Bytes moved.
    public var serviceBytes: [BlockIOEntry] = []
    /// Operations done.
    public var serviced: [BlockIOEntry] = []
    /// Operations that wait.
    public var queued: [BlockIOEntry] = []
    /// From the start of an operation to its end, in nanoseconds.
    public var serviceTime: [BlockIOEntry] = []
    /// Time in queues, in nanoseconds.
    public var waitTime: [BlockIOEntry] = []
    /// Operations that were joined to others.
    public var merged: [BlockIOEntry] = []
    /// Time of the device, in milliseconds.
    public var time: [BlockIOEntry] = []
    /// Sectors moved.
    public var sectors: [BlockIOEntry] = []

    public init() {}

    /// Every field, at its default where none is given.
    public init(
      serviceBytes: [BlockIOEntry] = [], serviced: [BlockIOEntry] = [], queued: [BlockIOEntry] = [], serviceTime: [BlockIOEntry] = [],
      waitTime: [BlockIOEntry] = [], merged: [BlockIOEntry] = [], time: [BlockIOEntry] = [], sectors: [BlockIOEntry] = []
    ) {
      self.serviceBytes = serviceBytes
      self.serviced = serviced
      self.queued = queued
      self.serviceTime = serviceTime
      self.waitTime = waitTime
      self.merged = merged
      self.time = time
      self.sectors = sectors
    }

    public mutating func take(_ field: Field) throws(WireError) {
      switch field.number {
      case 1: serviceBytes.append(try field.message())
      case 2: serviced.append(try field.message())
      case 3: queued.append(try field.message())
      case 4: serviceTime.append(try field.message())
      case 5: waitTime.append(try field.message())
      case 6: merged.append(try field.message())
      case 7: time.append(try field.message())
      case 8: sectors.append(try field.message())
      default: break
      }
    }

    public func write(to writer: inout MessageWriter) {
      writer.field(1, serviceBytes)
      writer.field(2, serviced)
      writer.field(3, queued)
      writer.field(4, serviceTime)
      writer.field(5, waitTime)
      writer.field(6, merged)
      writer.field(7, time)
      writer.field(8, sectors)
    }
  }

  /// A figure of one device.
  public struct BlockIOEntry: Message, Equatable {
    /// `Read`, `Write`, `Sync`, `Async`, `Total` …; empty where there is only one.
    public var operation = ""
    /// The device's path.
    public var device = ""
    /// The first half of its number.
    public var major: UInt64 = 0
    /// The second half of its number.
    public var minor: UInt64 = 0
    /// The figure.
    public var value: UInt64 = 0

    public init() {}

    /// Every field, at its default where none is given.
    public init(operation: String = "", device: String = "", major: UInt64 = 0, minor: UInt64 = 0, value: UInt64 = 0) {
      self.operation = operation
      self.device = device
      self.major = major
      self.minor = minor
      self.value = value
    }

    public mutating func take(_ field: Field) throws(WireError) {
      switch field.number {
      case 1: operation = try field.string()
      case 2: device = try field.string()
      case 3: major = try field.uint64()
      case 4: minor = try field.uint64()
      case 5: value = try field.uint64()
      default: break
      }
    }

    public func write(to writer: inout MessageWriter) {
      writer.field(1, operation)
      writer.field(2, device)
      writer.field(3, major)
      writer.field(4, minor)
      writer.field(5, value)
    }
  }
}
