import Protobuf

/// Lets the first process of a container go, or starts one that was added.
public struct StartRequest: Message, Equatable {
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

/// The answer to `StartRequest`.
public struct StartResponse: Message, Equatable {
  /// Its number in the host's process namespace.
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
