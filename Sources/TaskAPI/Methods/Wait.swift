import Protobuf

/// Asks for the end of a process; answered when it has ended.
public struct WaitRequest: Message, Equatable {
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

/// The answer to `WaitRequest`.
public struct WaitResponse: Message, Equatable {
  /// The exit code, or 128 and the number of the signal that ended it.
  public var exitStatus: UInt32 = 0
  /// When it ended.
  public var exitedAt: Timestamp?

  public init() {}

  /// Every field, at its default where none is given.
  public init(exitStatus: UInt32 = 0, exitedAt: Timestamp? = nil) {
    self.exitStatus = exitStatus
    self.exitedAt = exitedAt
  }

  public mutating func take(_ field: Field) throws(WireError) {
    switch field.number {
    case 1: exitStatus = try field.uint32()
    case 2: try field.merge(into: &exitedAt)
    default: break
    }
  }

  public func write(to writer: inout MessageWriter) {
    writer.field(1, exitStatus)
    writer.field(2, exitedAt)
  }
}
