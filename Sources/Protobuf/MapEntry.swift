/// One entry of a `map<string, string>`, which is sent as a repeated message of key and value.
///
/// A map is a list of them here, in the order of sending; of two entries with the same key the later counts.
public struct MapEntry: Message, Equatable {
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

  /// An entry has both fields even when they are empty, as other encoders write it.
  public func write(to writer: inout MessageWriter) {
    writer.field(1, key, always: true)
    writer.field(2, value, always: true)
  }
}

extension Array where Element == MapEntry {
  /// The value of a key, or nil.
  public subscript(key: String) -> String? { last { $0.key == key }?.value }
}
