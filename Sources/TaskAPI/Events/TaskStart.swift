import Protobuf

/// The first process of a container was let go.
public struct TaskStart: TaskEvent, Equatable {
  public static var topic: String { "/tasks/start" }
  public static var typeURL: String { "containerd.events.TaskStart" }

  /// The container.
  public var containerID = ""
  /// Its number in the host's process namespace.
  public var pid: UInt32 = 0

  public init() {}

  /// Every field, at its default where none is given.
  public init(containerID: String = "", pid: UInt32 = 0) {
    self.containerID = containerID
    self.pid = pid
  }

  public mutating func take(_ field: Field) throws(WireError) {
    switch field.number {
    case 1: containerID = try field.string()
    case 2: pid = try field.uint32()
    default: break
    }
  }

  public func write(to writer: inout MessageWriter) {
    writer.field(1, containerID)
    writer.field(2, pid)
  }
}
