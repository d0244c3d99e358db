/// How a field's value is laid out (proto3 encoding, "Message Structure"): the low three bits of its key.
public enum WireType: UInt8, Sendable {
  /// 1 to 10 bytes of seven bits each: integers, booleans, enumerations.
  case varint = 0
  /// Eight bytes, least significant first: `fixed64`, `sfixed64`, `double`.
  case eightBytes = 1
  /// A length as a varint and so many bytes: `string`, `bytes`, nested messages, packed repeated numbers.
  case lengthDelimited = 2
  /// Four bytes, least significant first: `fixed32`, `sfixed32`, `float`.
  case fourBytes = 5
}
