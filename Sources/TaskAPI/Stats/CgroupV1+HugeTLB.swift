import Protobuf

extension CgroupV1 {
  /// Huge pages of one size, in bytes.
  public struct HugeTLB: Message, Equatable {
    /// How much is used.
    public var usage: UInt64 = 0
    /// The most that was used.
    public var max: UInt64 = 0
    /// How often the limit was met.
    public var failcnt: UInt64 = 0
    /// The size, such as `2MB`.
    public var pageSize = ""

    public init() {}

    /// Every field, at its default where none is given.
    public init(usage: UInt64 = 0, max: UInt64 = 0, failcnt: UInt64 = 0, pageSize: String = "") {
      self.usage = usage
      self.max = max
      self.failcnt = failcnt
      self.pageSize = pageSize
    }

    public mutating func take(_ field: Field) throws(WireError) {
      switch field.number {
      case 1: usage = try field.uint64()
      case 2: max = try field.uint64()
      case 3: failcnt = try field.uint64()
      case 4: pageSize = try field.string()
      default: break
      }
    }

    public func write(to writer: inout MessageWriter) {
      writer.field(1, usage)
      writer.field(2, max)
      writer.field(3, failcnt)
      writer.field(4, pageSize)
    }
  }
}
