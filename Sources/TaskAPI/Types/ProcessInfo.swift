import Protobuf

/// A process of a container.
public struct ProcessInfo: Message, Equatable {
  /// Its number in the host's process namespace.
  public var pid: UInt32 = 0
  /// `ProcessDetails`, for processes that were added.
  public var info: AnyMessage?

  public init() {}

  /// Every field, at its default where none is given.
  public init(pid: UInt32 = 0, info: AnyMessage? = nil) {
    self.pid = pid
    self.info = info
  }

  public mutating func take(_ field: Field) throws(WireError) {
    switch field.number {
    case 1: pid = try field.uint32()
    case 2: try field.merge(into: &info)
    default: break
    }
  }

  public func write(to writer: inout MessageWriter) {
    writer.field(1, pid)
    writer.field(2, info)
  }
}
