import Protobuf

/// Clears away a process that has ended, and with the first process the container.
public struct DeleteRequest: Message, Equatable {
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

/// How the process had ended. The shim's own verb `delete` prints it, too.
public struct DeleteResponse: Message, Equatable {
  /// Its number in the host's process namespace.
  public var pid: UInt32 = 0
  /// The exit code, or 128 and the number of the signal that ended it.
  public var exitStatus: UInt32 = 0
  /// When it ended; nil before.
  public var exitedAt: Timestamp?

  public init() {}

  /// Every field, at its default where none is given.
  public init(pid: UInt32 = 0, exitStatus: UInt32 = 0, exitedAt: Timestamp? = nil) {
    self.pid = pid
    self.exitStatus = exitStatus
    self.exitedAt = exitedAt
  }

  public mutating func take(_ field: Field) throws(WireError) {
    switch field.number {
    case 1: pid = try field.uint32()
    case 2: exitStatus = try field.uint32()
    case 3: try field.merge(into: &exitedAt)
    default: break
    }
  }

  public func write(to writer: inout MessageWriter) {
    writer.field(1, pid)
    writer.field(2, exitStatus)
    writer.field(3, exitedAt)
  }
}
