import Protobuf

/// A container was thawed.
public struct TaskResumed: TaskEvent, Equatable {
  public static var topic: String { "/tasks/resumed" }
  public static var typeURL: String { "containerd.events.TaskResumed" }

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
