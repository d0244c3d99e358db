import JSON

/// Lets documents be written as Swift literals. Members keep their order, so equal inputs give equal bytes and digests.
extension JSONValue: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
  /// In the literal's order.
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  /// In the literal's order; a repeated name stays twice.
  public init(dictionaryLiteral elements: (String, JSONValue)...) { self = .object(elements.map { Member($0, $1) }) }

  init(_ texts: [String]) { self = .array(texts.map(JSONValue.string)) }

  var bytes: [UInt8] { Array(text.utf8) }
}
