import Protobuf

/// Makes a container and its first process, which waits for `Start`.
public struct CreateTaskRequest: Message, Equatable {
  /// The container.
  public var id = ""
  /// Path of the folder with `config.json`.
  public var bundle = ""
  /// To be mounted at `rootfs` in the bundle, in this order; none where `config.json` names a root of its own.
  public var rootfs: [Mount] = []
  /// Whether the process has a terminal.
  public var terminal = false
  /// Path of the FIFO to read from, or empty for none.
  public var stdin = ""
  /// Path of the FIFO or the URI to write to, or empty for none.
  public var stdout = ""
  /// The same for errors; empty with a terminal, too.
  public var stderr = ""
  /// Path of a checkpoint to go on from, or empty.
  public var checkpoint = ""
  /// Path of the checkpoint that one builds on, or empty.
  public var parentCheckpoint = ""
  /// Options of the runtime.
  public var options: AnyMessage?

  public init() {}

  public mutating func take(_ field: Field) throws(WireError) {
    switch field.number {
    case 1: id = try field.string()
    case 2: bundle = try field.string()
    case 3: rootfs.append(try field.message())
    case 4: terminal = try field.bool()
    case 5: stdin = try field.string()
    case 6: stdout = try field.string()
    case 7: stderr = try field.string()
    case 8: checkpoint = try field.string()
    case 9: parentCheckpoint = try field.string()
    case 10: try field.merge(into: &options)
    default: break
    }
  }

  public func write(to writer: inout MessageWriter) {
    writer.field(1, id)
    writer.field(2, bundle)
    writer.field(3, rootfs)
    writer.field(4, terminal)
    writer.field(5, stdin)
    writer.field(6, stdout)
    writer.field(7, stderr)
    writer.field(8, checkpoint)
    writer.field(9, parentCheckpoint)
    writer.field(10, options)
  }
}

/// The answer to `CreateTaskRequest`.
public struct CreateTaskResponse: Message, Equatable {
  /// The first process's number in the host's process namespace.
  public var pid: UInt32 = 0

  public init() {}

  /// Every field, at its default where none is given.
  public init(pid: UInt32 = 0) {
    self.pid = pid
  }

  public mutating func take(_ field: Field) throws(WireError) {
    switch field.number {
    case 1: pid = try field.uint32()
    default: break
    }
  }

  public func write(to writer: inout MessageWriter) {
    writer.field(1, pid)
  }
}
