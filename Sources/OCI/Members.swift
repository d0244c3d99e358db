import JSON

/// The members of an object that is read. `null` counts as absent: writers in Go write it for what is empty.
struct Members {
  private let members: [JSONValue.Member]

  /// Reads one member's value.
  typealias Reading<Value> = (JSONValue) throws(WrongMember) -> Value

  init(_ value: JSONValue) throws(WrongMember) {
    guard case .object(let members) = value else { throw WrongMember(found: value, expected: "an object") }
    self.members = members
  }

  /// A member that may be absent.
  func optional<Value>(_ name: String, _ read: Reading<Value>) throws(WrongMember) -> Value? {
    // Of repeated names the last counts, as for the readers in Go that see the same documents.
    guard let value = members.last(where: { $0.name == name })?.value else { return nil }
    if case .null = value { return nil }
    do throws(WrongMember) { return try read(value) } catch { throw error.inside(member: name) }
  }

  /// A member without which the rest means nothing.
  func required<Value>(_ name: String, _ expected: String, _ read: Reading<Value>) throws(WrongMember) -> Value {
    guard let value = try optional(name, read) else { throw WrongMember("is missing, expected \(expected)").inside(member: name) }
    return value
  }

  /// An array of things of one kind; empty where it is absent.
  func list<Item>(_ name: String, _ read: Reading<Item>) throws(WrongMember) -> [Item] {
    try optional(name) { (value) throws(WrongMember) in
      guard case .array(let items) = value else { throw WrongMember(found: value, expected: "an array") }
      var list: [Item] = []
      list.reserveCapacity(items.count)
      for index in items.indices {
        do throws(WrongMember) { list.append(try read(items[index])) } catch { throw error.inside(item: index) }
      }
      return list
    } ?? []
  }

  /// An object whose members are names and texts; empty where it is absent.
  func texts<Item>(_ name: String, _ make: (_ name: String, _ value: String) -> Item) throws(WrongMember) -> [Item] {
    try optional(name) { (value) throws(WrongMember) in
      let inner = try Members(value)
      var list: [Item] = []
      list.reserveCapacity(inner.members.count)
      for member in inner.members {
        if case .null = member.value { continue }
        do throws(WrongMember) { list.append(make(member.name, try text(member.value))) } catch { throw error.inside(member: member.name) }
      }
      return list
    } ?? []
  }
}

/// A text of any content.
func text(_ value: JSONValue) throws(WrongMember) -> String {
  guard case .string(let text) = value else { throw WrongMember(found: value, expected: "a text") }
  return text
}

/// `true` or `false`.
func truth(_ value: JSONValue) throws(WrongMember) -> Bool {
  guard case .bool(let truth) = value else { throw WrongMember(found: value, expected: "true or false") }
  return truth
}

/// A whole number in the range of its type.
func whole<Number: FixedWidthInteger>(_ value: JSONValue) throws(WrongMember) -> Number {
  guard case .number(let number) = value, let whole = Number(number.text) else {
    throw WrongMember(found: value, expected: "a whole number from \(Number.min) to \(Number.max)")
  }
  return whole
}
