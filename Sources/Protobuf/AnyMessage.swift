/// A message together with the name of its type: `google.protobuf.Any`.
public struct AnyMessage: Message, Equatable {
  /// The type's name. containerd writes it without `type.googleapis.com/`.
  public var typeURL = ""
  /// The message's bytes; for some of containerd's types JSON.
  public var value: [UInt8] = []

  public init() {}

  /// - Parameters:
  ///   - typeURL: the type's name.
  ///   - value: the message's bytes.
  public init(typeURL: String, value: [UInt8]) {
    self.typeURL = typeURL
    self.value = value
  }

  /// The type's full name: what stands behind the last slash of `typeURL`.
  public var typeName: Substring {
    guard let slash = typeURL.utf8.lastIndex(of: UInt8(ascii: "/")) else { return typeURL[...] }
    return typeURL[typeURL.utf8.index(after: slash)...]
  }

  public mutating func take(_ field: Field) throws(WireError) {
    switch field.number {
    case 1: typeURL = try field.string()
    case 2: value = try field.bytes()
    default: break
    }
  }

  public func write(to writer: inout MessageWriter) {
    writer.field(1, typeURL)
    writer.field(2, value)
  }
}
