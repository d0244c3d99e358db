import Protobuf

/// A process that was added was started.
public struct TaskExecStarted: TaskEvent, Equatable {
  public static var topic: String { "/tasks/exec-started" }
  public static var typeURL: String { "containerd.events.TaskExecStarted" }

  /// The container.
  public var containerID = ""
  /// The name of the process.
  public var execID = ""
  /// Its number in the host's process namespace.
  public var pid: UInt32 = 0

  public init() {}

  /// Every field, at its default where none is given.
  public init(containerID: String = "", execID: String = "", pid: UInt32 = 0) {
    self.containerID = containerID
    self.execID = execID
    self.pid = pid
  }

  public mutating func take(_ field: Field) throws(WireError) {
    switch field.number {
    case 1: containerID = try field.string()
    case 2: execID = try field.string()
    case 3: pid = try field.uint32()
    default: break
    }
  }

  public func write(to writer: inout MessageWriter) {
    writer.field(1, containerID)
    writer.field(2, execID)
    writer.field(3, pid)
  }
}
