import Protobuf

/// Writes a container's state into a folder.
/// Answered with an empty message.
public struct CheckpointTaskRequest: Message, Equatable {
  /// The container.
  public var id = ""
  /// The folder.
  public var path = ""
  /// Options of the runtime.
  public var options: AnyMessage?

  public init() {}

  /// Every field, at its default where none is given.
  public init(id: String = "", path: String = "", options: AnyMessage? = nil) {
    self.id = id
    self.path = path
    self.options = options
  }

  public mutating func take(_ field: Field) throws(WireError) {
    switch field.number {
    case 1: id = try field.string()
    case 2: path = try field.string()
    case 3: try field.merge(into: &options)
    default: break
    }
  }

  public func write(to writer: inout MessageWriter) {
    writer.field(1, id)
    writer.field(2, path)
    writer.field(3, options)
  }
}
