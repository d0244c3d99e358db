import Protobuf

/// An event on its way: `containerd.services.events.ttrpc.v1.Envelope`.
public struct Envelope: Message, Equatable {
  /// When it happened.
  public var timestamp: Timestamp?
  /// containerd's namespace of the container.
  public var namespace = ""
  /// What kind of event, such as `/tasks/exit`.
  public var topic = ""
  /// The event.
  public var event: AnyMessage?

  public init() {}

  /// Every field, at its default where none is given.
  public init(timestamp: Timestamp? = nil, namespace: String = "", topic: String = "", event: AnyMessage? = nil) {
    self.timestamp = timestamp
    self.namespace = namespace
    self.topic = topic
    self.event = event
  }

  public mutating func take(_ field: Field) throws(WireError) {
    switch field.number {
    case 1: try field.merge(into: &timestamp)
    case 2: namespace = try field.string()
    case 3: topic = try field.string()
    case 4: try field.merge(into: &event)
    default: break
    }
  }

  public func write(to writer: inout MessageWriter) {
    writer.field(1, timestamp)
    writer.field(2, namespace)
    writer.field(3, topic)
    writer.field(4, event)
  }
}

extension Envelope {
  /// An event with its topic and type.
  public init(_ event: some TaskEvent, namespace: String, timestamp: Timestamp) {
    self.init(timestamp: timestamp, namespace: namespace, topic: type(of: event).topic, event: AnyMessage(event))
  }
}
