import Protobuf

/// A process was added to a container.
public struct TaskExecAdded: TaskEvent, Equatable {
  public static var topic: String { "/tasks/exec-added" }
  public static var typeURL: String { "containerd.events.TaskExecAdded" }

  /// The container.
  public var containerID = ""
  /// The name of the process.
  public var execID = ""

  public init() {}

  /// Every field, at its default where none is given.
  public init(containerID: String = "", execID: String = "") {
    self.containerID = containerID
    self.execID = execID
  }

  public mutating func take(_ field: Field) throws(WireError) {
    switch field.number {
    case 1: containerID = try field.string()
    case 2: execID = try field.string()
    default: break
    }
  }

  public func write(to writer: inout MessageWriter) {
    writer.field(1, containerID)
    writer.field(2, execID)
  }
}
