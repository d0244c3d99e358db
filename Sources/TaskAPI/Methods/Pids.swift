import Protobuf

/// Asks for every process of a container.
public struct PidsRequest: Message, Equatable {
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

/// The answer to `PidsRequest`.
public struct PidsResponse: Message, Equatable {
  /// All of them.
  public var processes: [ProcessInfo] = []

  public init() {}

  /// Every field, at its default where none is given.
  public init(processes: [ProcessInfo] = []) {
    self.processes = processes
  }

  public mutating func take(_ field: Field) throws(WireError) {
    switch field.number {
    case 1: processes.append(try field.message())
    default: break
    }
  }

  public func write(to writer: inout MessageWriter) {
    writer.field(1, processes)
  }
}
