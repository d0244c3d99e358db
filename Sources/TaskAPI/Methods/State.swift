import Protobuf

/// Asks what a process is doing.
public struct StateRequest: Message, Equatable {
  /// The container.
  public var id = ""
  /// The process that was added to the container; empty for its first process.
  public var execID = ""

  public init() {}

  /// Every field, at its default where none is given.
  public init(id: String = "", execID: String = "") {
    self.id = id
    self.execID = execID
  }

  public mutating func take(_ field: Field) throws(WireError) {
    switch field.number {
    case 1: id = try field.string()
    case 2: execID = try field.string()
    default: break
    }
  }

  public func write(to writer: inout MessageWriter) {
    writer.field(1, id)
    writer.field(2, execID)
  }
}

/// The answer to `StateRequest`.
public struct StateResponse: Message, Equatable {
  /// The container.
  public var id = ""
  /// Path of the folder with `config.json`.
  public var bundle = ""
  /// Its number in the host's process namespace.
  public var pid: UInt32 = 0
  /// What it is doing.
  public var status = TaskStatus.unknown
  /// Path of the FIFO to read from, or empty for none.
  public var stdin = ""
  /// Path of the FIFO or the URI to write to, or empty for none.
  public var stdout = ""
  /// The same for errors; empty with a terminal, too.
  public var stderr = ""
  /// Whether the process has a terminal.
  public var terminal = false
  /// The exit code, or 128 and the number of the signal that ended it.
  public var exitStatus: UInt32 = 0
  /// When it ended; nil before.
  public var exitedAt: Timestamp?
  /// The process that was added to the container; empty for its first process.
  public var execID = ""

  public init() {}

  public mutating func take(_ field: Field) throws(WireError) {
    switch field.number {
    case 1: id = try field.string()
    case 2: bundle = try field.string()
    case 3: pid = try field.uint32()
    case 4: status = TaskStatus(rawValue: try field.int32()) ?? .unknown
    case 5: stdin = try field.string()
    case 6: stdout = try field.string()
    case 7: stderr = try field.string()
    case 8: terminal = try field.bool()
    case 9: exitStatus = try field.uint32()
    case 10: try field.merge(into: &exitedAt)
    case 11: execID = try field.string()
    default: break
    }
  }

  public func write(to writer: inout MessageWriter) {
    writer.field(1, id)
    writer.field(2, bundle)
    writer.field(3, pid)
    writer.field(4, status.rawValue)
    writer.field(5, stdin)
    writer.field(6, stdout)
    writer.field(7, stderr)
    writer.field(8, terminal)
    writer.field(9, exitStatus)
    writer.field(10, exitedAt)
    writer.field(11, execID)
  }
}
