import Protobuf

/// Changes a container's limits.
/// Answered with an empty message.
public struct UpdateTaskRequest: Message, Equatable {
  /// The container.
  public var id = ""
  /// JSON of the runtime specification's `linux.resources`.
  public var resources: AnyMessage?
  /// New annotations.
  public var annotations: [MapEntry] = []

  public init() {}

  /// Every field, at its default where none is given.
  public init(id: String = "", resources: AnyMessage? = nil, annotations: [MapEntry] = []) {
    self.id = id
    self.resources = resources
    self.annotations = annotations
  }

  public mutating func take(_ field: Field) throws(WireError) {
    switch field.number {
    case 1: id = try field.string()
    case 2: try field.merge(into: &resources)
    case 3: annotations.append(try field.message())
    default: break
    }
  }

  public func write(to writer: inout MessageWriter) {
    writer.field(1, id)
    writer.field(2, resources)
    writer.field(3, annotations)
  }
}
