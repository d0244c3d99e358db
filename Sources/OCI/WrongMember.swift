import JSON

/// A member of a document that is not what it must be. Its path grows on the way out, so that reading what is right costs nothing.
struct WrongMember: Error {
  /// From the member outwards: names, and indices of arrays in brackets.
  private var steps: [String] = []
  let reason: String

  init(_ reason: String) { self.reason = reason }

  /// - Parameter expected: with its article.
  init(found value: JSONValue, expected: String) { self.init("is \(Self.words(for: value)), expected \(expected)") }

  /// The same, seen from outside a member.
  func inside(member name: String) -> WrongMember {
    var error = self
    let isPlain = !name.isEmpty && name.utf8.allSatisfy { $0 | 0x20 >= UInt8(ascii: "a") && $0 | 0x20 <= UInt8(ascii: "z") }
    error.steps.append(isPlain ? "." + name : "[\(JSONValue.string(name).text)]")
    return error
  }

  /// The same, seen from outside an array.
  func inside(item index: Int) -> WrongMember {
    var error = self
    error.steps.append("[\(index)]")
    return error
  }

  /// For instance `process.args[1]`; empty for the document as a whole.
  var path: String {
    let path = steps.reversed().joined()
    return path.hasPrefix(".") ? String(path.dropFirst()) : path
  }

  /// A kind, and the value itself where it is short.
  private static func words(for value: JSONValue) -> String {
    switch value {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number(let number): "the number " + cut(number.text)
    case .string: "the text " + cut(value.text)
    case .array: "an array"
    case .object: "an object"
    }
  }

  private static func cut(_ text: String) -> String { text.count <= 60 ? text : text.prefix(60) + "…" }
}
