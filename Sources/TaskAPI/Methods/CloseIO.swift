import Protobuf

/// Closes the shim's end of a process' input, so that it reads the end.
/// Answered with an empty message.
public struct CloseIORequest: Message, Equatable {
  /// The container.
  public var id = ""
  /// The process that was added to the container; empty for its first process.
  public var execID = ""
  /// Whether standard input is meant; nothing else can be.
  public var stdin = false

  public init() {}

  /// Every field, at its default where none is given.
  public init(id: String = "", execID: String = "", stdin: Bool = false) {
    self.id = id
    self.execID = execID
    self.stdin = stdin
  }

  public mutating func take(_ field: Field) throws(WireError) {
    switch field.number {
    case 1: id = try field.string()
    case 2: execID = try field.string()
    case 3: stdin = try field.bool()
    default: break
    }
  }

  public func write(to writer: inout MessageWriter) {
    writer.field(1, id)
    writer.field(2, execID)
    writer.field(3, stdin)
  }
}
