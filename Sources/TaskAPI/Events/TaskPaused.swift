import Protobuf

/// A container was frozen.
public struct TaskPaused: TaskEvent, Equatable {
  public static var topic: String { "/tasks/paused" }
  public static var typeURL: String { "containerd.events.TaskPaused" }

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
