import Protobuf

/// Hands an event to containerd: the request of `EventsService.method`.
/// Answered with an empty message.
public struct ForwardRequest: Message, Equatable {
  /// The event.
  public var envelope: Envelope?

  public init() {}

  /// Every field, at its default where none is given.
  public init(envelope: Envelope? = nil) {
    self.envelope = envelope
  }

  public mutating func take(_ field: Field) throws(WireError) {
    switch field.number {
    case 1: try field.merge(into: &envelope)
    default: break
    }
  }

  public func write(to writer: inout MessageWriter) {
    writer.field(1, envelope)
  }
}
