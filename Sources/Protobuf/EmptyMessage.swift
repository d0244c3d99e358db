/// A message without fields: `google.protobuf.Empty`.
public struct EmptyMessage: Message, Equatable {
  public init() {}

  public mutating func take(_ field: Field) throws(WireError) {}

  public func write(to writer: inout MessageWriter) {}
}
