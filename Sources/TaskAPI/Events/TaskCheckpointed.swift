import Protobuf

/// A container's state was written into a folder.
public struct TaskCheckpointed: TaskEvent, Equatable {
  public static var topic: String { "/tasks/checkpointed" }
  public static var typeURL: String { "containerd.events.TaskCheckpointed" }

  /// The container.
  public var containerID = ""
  /// The folder.
  public var checkpoint = ""

  public init() {}

  /// Every field, at its default where none is given.
  public init(containerID: String = "", checkpoint: String = "") {
    self.containerID = containerID
    self.checkpoint = checkpoint
  }

  public mutating func take(_ field: Field) throws(WireError) {
    switch field.number {
    case 1: containerID = try field.string()
    case 2: checkpoint = try field.string()
    default: break
    }
  }

  public func write(to writer: inout MessageWriter) {
    writer.field(1, containerID)
    writer.field(2, checkpoint)
  }
}
