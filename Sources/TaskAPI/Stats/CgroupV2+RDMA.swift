import Protobuf

extension CgroupV2 {
  /// Remote memory adapters.
  public struct RDMA: Message, Equatable {
    /// What is in use.
    public var current: [RDMAEntry] = []
    /// What may be used.
    public var limit: [RDMAEntry] = []

    public init() {}

    /// Every field, at its default where none is given.
    public init(current: [RDMAEntry] = [], limit: [RDMAEntry] = []) {
      self.current = current
      self.limit = limit
    }

    public mutating func take(_ field: Field) throws(WireError) {
      switch field.number {
      case 1: current.append(try field.message())
      case 2: limit.append(try field.message())
      default: break
      }
    }

    public func write(to writer: inout MessageWriter) {
      writer.field(1, current)
      writer.field(2, limit)
    }
  }

  /// One remote memory adapter.
  public struct RDMAEntry: Message, Equatable {
    /// Its name.
    public var device = ""
    /// Handles.
    public var handles: UInt32 = 0
    /// Objects.
    public var objects: UInt32 = 0

    public init() {}

    /// Every field, at its default where none is given.
    public init(device: String = "", handles: UInt32 = 0, objects: UInt32 = 0) {
      self.device = device
      self.handles = handles
      self.objects = objects
    }

    public mutating func take(_ field: Field) throws(WireError) {
      switch field.number {
      case 1: device = try field.string()
      case 2: handles = try field.uint32()
      case 3: objects = try field.uint32()
      default: break
      }
    }

    public func write(to writer: inout MessageWriter) {
      writer.field(1, device)
      writer.field(2, handles)
      writer.field(3, objects)
    }
  }
}
