/// A message that travels inside an `AnyMessage`, where its name says what it is.
public protocol NamedMessage: Message {
  /// Package and name, as containerd writes them: without `type.googleapis.com/`.
  static var typeURL: String { get }
}

extension AnyMessage {
  /// A message and its type's name.
  @inlinable
  public init<Content: NamedMessage>(_ message: Content) { self.init(typeURL: Content.typeURL, value: message.encode()) }

  /// The message inside, or nil where it is of another type. What stands before a slash in the type's name does not count.
  /// - Throws: `WireError` where it claims to be of this type and is not.
  @inlinable
  public func unpack<Content: NamedMessage>(_ type: Content.Type = Content.self) throws(WireError) -> Content? {
    guard typeName == Content.typeURL else { return nil }
    return try Content(reading: value)
  }
}
