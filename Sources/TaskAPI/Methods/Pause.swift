import Protobuf

/// Freezes a container.
/// Answered with an empty message.
public struct PauseRequest: Message, Equatable {
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
