import Protobuf

extension CgroupV2 {
  /// Huge pages of one size, in bytes.
  public struct HugeTLB: Message, Equatable {
    /// How much is used.
    public var current: UInt64 = 0
    /// How much may be used.
    public var max: UInt64 = 0
    /// The size, such as `2MB`.
    public var pageSize = ""

    public init() {}

    /// Every field, at its default where none is given.
    public init(current: UInt64 = 0, max: UInt64 = 0, pageSize: String = "") {
      self.current = current
      self.max = max
      self.pageSize = pageSize
    }

    public mutating func take(_ field: Field) throws(WireError) {
      switch field.number {
      case 1: current = try field.uint64()
      case 2: max = try field.uint64()
      case 3: pageSize = try field.string()
      default: break
      }
    }

    public func write(to writer: inout MessageWriter) {
      writer.field(1, current)
      writer.field(2, max)
      writer.field(3, pageSize)
    }
  }
}
