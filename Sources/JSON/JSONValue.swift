/// A JSON document (RFC 8259), with nothing lost: objects keep their order and repeated names, numbers their text.
public enum JSONValue: Sendable, Equatable {
  /// The word `null`; an absent member is no null.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// Whole or not, as it was written.
  case number(JSONNumber)
  /// With its escapes resolved.
  case string(String)
  /// In the document's order.
  case array([JSONValue])
  /// In the document's order; names may be repeated.
  case object([Member])

  /// A name and its value in an object.
  public struct Member: Sendable, Equatable {
    /// Any text, also empty.
    public var name: String
    /// Of any kind.
    public var value: JSONValue
    /// - Parameters: as the properties of the same names.
    public init(_ name: String, _ value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// The same object with one member's value changed, or with that member at its end. What is no object stays what it is.
  public func setting(_ name: String, to value: JSONValue) -> JSONValue {
    guard case .object(var members) = self else { return self }
    if let index = members.firstIndex(where: { $0.name == name }) {
      members[index].value = value
    } else {
      members.append(.init(name, value))
    }
    return .object(members)
  }

  /// The first member with that name, if this is an object that has one.
  public subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  /// Nil for all other kinds.
  public var string: String? { if case .string(let text) = self { text } else { nil } }
  /// Nil for all other kinds.
  public var array: [JSONValue]? { if case .array(let items) = self { items } else { nil } }
  /// The members of an object in order; nil for all other kinds.
  public var members: [Member]? { if case .object(let members) = self { members } else { nil } }
  /// Nil for all other kinds; numbers are no truth values.
  public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  /// True for `.null` alone.
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
  /// The digits as they stand in the document, for instance "1e3" or "-0".
  public let text: String

  init(text: String) { self.text = text }

  /// In decimal digits.
  public init(_ value: some BinaryInteger) { text = String(value) }

  /// - Returns: nil for an infinity or NaN, which JSON cannot say.
  public init?(_ value: Double) {
    guard value.isFinite else { return nil }
    text = "\(value)"
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
  /// A text, not a document to be read.
  public init(stringLiteral value: String) { self = .string(value) }
  /// A whole number.
  public init(integerLiteral value: Int) { self = .number(JSONNumber(value)) }
  /// `true` or `false`.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
}
