import Protobuf

/// Asks the shim to end if it has no containers left.
/// Answered with an empty message.
public struct ShutdownRequest: Message, Equatable {
  /// The container.
  public var id = ""
  /// Whether it is to end at once.
  public var now = false

  public init() {}

  /// Every field, at its default where none is given.
  public init(id: String = "", now: Bool = false) {
    self.id = id
    self.now = now
  }

  public mutating func take(_ field: Field) throws(WireError) {
    switch field.number {
    case 1: id = try field.string()
    case 2: now = try field.bool()
    default: break
    }
  }

  public func write(to writer: inout MessageWriter) {
    writer.field(1, id)
    writer.field(2, now)
  }
}
