import Protobuf

/// A container was cleared away.
public struct TaskDelete: TaskEvent, Equatable {
  public static var topic: String { "/tasks/delete" }
  public static var typeURL: String { "containerd.events.TaskDelete" }

  /// The container.
  public var containerID = ""
  /// Its number in the host's process namespace.
  public var pid: UInt32 = 0
  /// The exit code, or 128 and the number of the signal that ended it.
  public var exitStatus: UInt32 = 0
  /// When its first process ended.
  public var exitedAt: Timestamp?
  /// The process; empty for the first one.
  public var id = ""

  public init() {}

  /// Every field, at its default where none is given.
  public init(containerID: String = "", pid: UInt32 = 0, exitStatus: UInt32 = 0, exitedAt: Timestamp? = nil, id: String = "") {
    self.containerID = containerID
    self.pid = pid
    self.exitStatus = exitStatus
    self.exitedAt = exitedAt
    self.id = id
  }

  public mutating func take(_ field: Field) throws(WireError) {
    switch field.number {
    case 1: containerID = try field.string()
    case 2: pid = try field.uint32()
    case 3: exitStatus = try field.uint32()
    case 4: try field.merge(into: &exitedAt)
    case 5: id = try field.string()
    default: break
    }
  }

  public func write(to writer: inout MessageWriter) {
    writer.field(1, containerID)
    writer.field(2, pid)
    writer.field(3, exitStatus)
    writer.field(4, exitedAt)
    writer.field(5, id)
  }
}
