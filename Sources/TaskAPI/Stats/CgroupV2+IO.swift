import Protobuf

extension CgroupV2 {
  /// Block devices: `io.stat`.
  public struct IO: Message, Equatable {
    /// By device.
    public var usage: [IOEntry] = []

    public init() {}

    /// Every field, at its default where none is given.
    public init(usage: [IOEntry] = []) {
      self.usage = usage
    }

    public mutating func take(_ field: Field) throws(WireError) {
      switch field.number {
      case 1: usage.append(try field.message())
      default: break
      }
    }

    public func write(to writer: inout MessageWriter) {
      writer.field(1, usage)
    }
  }

  /// What was read from and written to a device.
  public struct IOEntry: Message, Equatable {
    /// The first half of its number.
    public var major: UInt64 = 0
    /// The second half of its number.
    public var minor: UInt64 = 0
    /// Bytes read.
    public var readBytes: UInt64 = 0
    /// Bytes written.
    public var writtenBytes: UInt64 = 0
    /// Operations that read.
    public var reads: UInt64 = 0
    /// Operations that wrote.
    public var writes: UInt64 = 0

    public init() {}

    /// Every field, at its default where none is given.
    public init(
      major: UInt64 = 0, minor: UInt64 = 0, readBytes: UInt64 = 0, writtenBytes: UInt64 = 0, reads: UInt64 = 0, writes: UInt64 = 0
    ) {
      self.major = major
      self.minor = minor
      self.readBytes = readBytes
      self.writtenBytes = writtenBytes
      self.reads = reads
      self.writes = writes
    }

    public mutating func take(_ field: Field) throws(WireError) {
      switch field.number {
      case 1: major = try field.uint64()
      case 2: minor = try field.uint64()
      case 3: readBytes = try field.uint64()
      case 4: writtenBytes = try field.uint64()
      case 5: reads = try field.uint64()
      case 6: writes = try field.uint64()
      default: break
      }
    }

    public func write(to writer: inout MessageWriter) {
      writer.field(1, major)
      writer.field(2, minor)
      writer.field(3, readBytes)
      writer.field(4, writtenBytes)
      writer.field(5, reads)
      writer.field(6, writes)
    }
  }
}
