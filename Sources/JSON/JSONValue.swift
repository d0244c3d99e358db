/// A JSON document (RFC 8259), with nothing lost: objects keep their order and repeated names, numbers their text.
public enum JSONValue: Sendable, Equatable {
  case null
  case bool(Bool)
  case number(JSONNumber)
  case string(String)
  case array([JSONValue])
  case object([Member])

  public struct Member: Sendable, Equatable {
    public var name: String
    public var value: JSONValue
    public init(_ name: String, _ value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// The first member with that name, if this is an object that has one.
  public subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  public var string: String? { if case .string(let text) = self { text } else { nil } }
  public var array: [JSONValue]? { if case .array(let items) = self { items } else { nil } }
  public var members: [Member]? { if case .object(let members) = self { members } else { nil } }
  public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  public var isNull: Bool { self == .null }

  /// The number, if it is a whole one that fits.
  public var integer: Int? { if case .number(let number) = self { Int(number.text) } else { nil } }
  /// The number, if it is a whole one from 0 to 2^64 - 1.
  public var unsigned: UInt64? { if case .number(let number) = self { UInt64(number.text) } else { nil } }
  /// The number, rounded to the nearest double.
  public var double: Double? { if case .number(let number) = self { Double(number.text) } else { nil } }
}

/// A number as it was written, so that whole numbers of any size survive.
public struct JSONNumber: Sendable, Equatable {
  public let text: String

  init(text: String) { self.text = text }

  public init(_ value: some BinaryInteger) { text = String(value) }

  /// - Returns: nil for an infinity or NaN, which JSON cannot say.
  public init?(_ value: Double) {
    guard value.isFinite else { return nil }
    text = "\(value)"
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
  public init(stringLiteral value: String) { self = .string(value) }
  public init(integerLiteral value: Int) { self = .number(JSONNumber(value)) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
}
