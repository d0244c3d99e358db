import Protobuf

/// A note that goes with a request: `ttrpc.KeyValue`. A key may come more than once.
public struct Metadatum: Message, Equatable {
  public var key = ""
  public var value = ""

  public init() {}

  public init(_ key: String, _ value: String) {
    self.key = key
    self.value = value
  }

  public mutating func take(_ field: Field) throws(WireError) {
    switch field.number {
    case 1: key = try field.string()
    case 2: value = try field.string()
    default: break
    }
  }

  public func write(to writer: inout MessageWriter) {
    writer.field(1, key)
    writer.field(2, value)
  }
}
