import Protobuf

/// A container and its first process were made.
public struct TaskCreate: TaskEvent, Equatable {
  public static var topic: String { "/tasks/create" }
  public static var typeURL: String { "containerd.events.TaskCreate" }

  /// The container.
  public var containerID = ""
  /// Path of the folder with `config.json`.
  public var bundle = ""
  /// What was mounted.
  public var rootfs: [Mount] = []
  /// Where its input and output are.
  public var io: TaskIO?
  /// Path of the checkpoint it goes on from, or empty.
  public var checkpoint = ""
  /// The first process's number in the host's process namespace.
  public var pid: UInt32 = 0

  public init() {}

  /// Every field, at its default where none is given.
  public init(
    containerID: String = "", bundle: String = "", rootfs: [Mount] = [], io: TaskIO? = nil, checkpoint: String = "", pid: UInt32 = 0
  ) {
    self.containerID = containerID
    self.bundle = bundle
    self.rootfs = rootfs
    self.io = io
    self.checkpoint = checkpoint
    self.pid = pid
  }

  public mutating func take(_ field: Field) throws(WireError) {
    switch field.number {
    case 1: containerID = try field.string()
    case 2: bundle = try field.string()
    case 3: rootfs.append(try field.message())
    case 4: try field.merge(into: &io)
    case 5: checkpoint = try field.string()
    case 6: pid = try field.uint32()
    default: break
    }
  }

  public func write(to writer: inout MessageWriter) {
    writer.field(1, containerID)
    writer.field(2, bundle)
    writer.field(3, rootfs)
    writer.field(4, io)
    writer.field(5, checkpoint)
    writer.field(6, pid)
  }
}
