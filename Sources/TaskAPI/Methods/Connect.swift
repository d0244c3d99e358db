import Protobuf

/// Asks whether the shim is there and what its processes are.
public struct ConnectRequest: Message, Equatable {
  /// The container.
  public var id = ""

  public init() {}

  /// Every field, at its default where none is given.
  public init(id: String = "") {
    self.id = id
  }

  public mutating func take(_ field: Field) throws(WireError) {
    switch field.number {
    case 1: id = try field.string()
    default: break
    }
  }

  public func write(to writer: inout MessageWriter) {
    writer.field(1, id)
  }
}

/// The answer to `ConnectRequest`.
public struct ConnectResponse: Message, Equatable {
  /// The shim's own number in the host's process namespace.
  public var shimPID: UInt32 = 0
  /// The number of the container's first process; 0 where the container is unknown.
  public var taskPID: UInt32 = 0
  /// The shim's version.
  public var version = ""

  public init() {}

  /// Every field, at its default where none is given.
  public init(shimPID: UInt32 = 0, taskPID: UInt32 = 0, version: String = "") {
    self.shimPID = shimPID
    self.taskPID = taskPID
    self.version = version
  }

  public mutating func take(_ field: Field) throws(WireError) {
    switch field.number {
    case 1: shimPID = try field.uint32()
    case 2: taskPID = try field.uint32()
    case 3: version = try field.string()
    default: break
    }
  }

  public func write(to writer: inout MessageWriter) {
    writer.field(1, shimPID)
    writer.field(2, taskPID)
    writer.field(3, version)
  }
}
