import Protobuf

/// A process ended.
public struct TaskExit: TaskEvent, Equatable {
  public static var topic: String { "/tasks/exit" }
  public static var typeURL: String { "containerd.events.TaskExit" }

  /// The container.
  public var containerID = ""
  /// The process: the container's name for its first one.
  public var id = ""
  /// Its number in the host's process namespace.
  public var pid: UInt32 = 0
  /// The exit code, or 128 and the number of the signal that ended it.
  public var exitStatus: UInt32 = 0
  /// When it ended.
  public var exitedAt: Timestamp?

  public init() {}

  /// Every field, at its default where none is given.
  public init(containerID: String = "", id: String = "", pid: UInt32 = 0, exitStatus: UInt32 = 0, exitedAt: Timestamp? = nil) {
    self.containerID = containerID
    self.id = id
    self.pid = pid
    self.exitStatus = exitStatus
    self.exitedAt = exitedAt
  }

  public mutating func take(_ field: Field) throws(WireError) {
    switch field.number {
    case 1: containerID = try field.string()
    case 2: id = try field.string()
    case 3: pid = try field.uint32()
    case 4: exitStatus = try field.uint32()
    case 5: try field.merge(into: &exitedAt)
    default: break
    }
  }

  public func write(to writer: inout MessageWriter) {
    writer.field(1, containerID)
    writer.field(2, id)
    writer.field(3, pid)
    writer.field(4, exitStatus)
    writer.field(5, exitedAt)
  }
}
