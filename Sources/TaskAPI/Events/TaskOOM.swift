import Protobuf

/// The kernel killed a process of a container because there was no memory left.
public struct TaskOOM: TaskEvent, Equatable {
  public static var topic: String { "/tasks/oom" }
  public static var typeURL: String { "containerd.events.TaskOOM" }

  /// The container.
  public var containerID = ""

  public init() {}

  /// Every field, at its default where none is given.
  public init(containerID: String = "") {
    self.containerID = containerID
  }

  public mutating func take(_ field: Field) throws(WireError) {
    switch field.number {
    case 1: containerID = try field.string()
    default: break
    }
  }

  public func write(to writer: inout MessageWriter) {
    writer.field(1, containerID)
  }
}
