import Yams

/// The keys and values of one mapping, read by type. Every mismatch becomes a problem of the document with its place.
struct Fields<Key: RawRepresentable & CaseIterable> where Key.RawValue == String {
  let document: YAMLDocument
  let mapping: Node.Mapping

  /// Reports keys that are no `Key`.
  init(_ mapping: Node.Mapping, in document: YAMLDocument, of what: String) {
    self.document = document
    self.mapping = mapping
    let known = Key.allCases.map(\.rawValue)
    for (key, _) in mapping {
      guard let name = key.scalar?.string else {
        document.problem("expected a key, found \(kind(of: key))", at: key)
        continue
      }
      if Key(rawValue: name) == nil {
        document.problem("unknown key \"\(name)\" in \(what)\(suggestion(for: name, among: known))", at: key)
      }
    }
  }

  func node(_ key: Key) -> Node? { mapping[key.rawValue] }

  /// A required key that is absent is a problem of the mapping.
  func required(_ key: Key, of what: String, like example: String) -> Node? {
    if let node = node(key) { return node }
    document.problem("\(what) needs the key \"\(key.rawValue)\" (for instance: \(key.rawValue): \(example))", at: mapping)
    return nil
  }

  func text(_ key: Key) -> String? { node(key).flatMap { document.text($0, for: key.rawValue) } }
  func texts(_ key: Key) -> [String]? { node(key).flatMap { document.texts($0, for: key.rawValue) } }
  func flag(_ key: Key) -> Bool? { node(key).flatMap { document.flag($0, for: key.rawValue) } }

  func whole(_ key: Key, in range: ClosedRange<Int>, like example: String) -> Int? {
    node(key).flatMap { document.whole($0, for: key.rawValue, in: range, like: example) }
  }

  /// One of the cases of an enumeration.
  func choice<Choice: RawRepresentable & CaseIterable>(_ key: Key, of: Choice.Type) -> Choice? where Choice.RawValue == String {
    guard let node = node(key), let name = document.text(node, for: key.rawValue) else { return nil }
    if let choice = Choice(rawValue: name) { return choice }
    let known = Choice.allCases.map(\.rawValue)
    document.problem("\"\(key.rawValue)\" cannot be \"\(name)\"\(suggestion(for: name, among: known))", at: node)
    return nil
  }

  /// Environment variables, or what else is handed over as `NAME=VALUE`: names that a program can be given, and texts.
  func variables(_ key: Key, like example: String = "{LANG: C}", naming what: String = "an environment variable") -> [String: String]? {
    guard let node = node(key) else { return nil }
    guard let mapping = node.mapping else {
      document.problem(
        "\"\(key.rawValue)\" must be names and values (for instance: \(key.rawValue): \(example)), found \(kind(of: node))", at: node)
      return nil
    }
    var result: [String: String] = [:]
    for (nameNode, value) in mapping {
      guard let name = document.text(nameNode, for: "a name in \(key.rawValue)"),
        let value = document.text(value, for: name, mayBeEmpty: true)
      else { continue }
      if name.isEmpty || name.contains("=") {
        document.problem("\"\(name)\" cannot name \(what): a name is not empty and has no \"=\"", at: nameNode)
      }
      result[name] = value
    }
    return result
  }
}

extension YAMLDocument {
  /// A scalar as text; numbers count as text, so that `arguments: [64]` needs no quotes.
  func text(_ node: Node, for name: String, mayBeEmpty: Bool = false) -> String? {
    guard let scalar = node.scalar, mayBeEmpty || !(scalar.string.isEmpty && scalar.style == .plain) else {
      problem("\"\(name)\" must be a text, found \(kind(of: node))", at: node)
      return nil
    }
    guard !scalar.string.unicodeScalars.contains("\0") else {
      problem("\"\(name)\" holds a NUL character, which no program can be given", at: node)
      return nil
    }
    return scalar.string
  }

  func texts(_ node: Node, for name: String) -> [String]? {
    guard let sequence = node.sequence else {
      problem("\"\(name)\" must be a list (for instance: \(name): [a, b]), found \(kind(of: node))", at: node)
      return nil
    }
    return sequence.compactMap { text($0, for: "an entry of \(name)", mayBeEmpty: $0.scalar?.style != .plain) }
  }

  func flag(_ node: Node, for name: String) -> Bool? {
    switch node.scalar?.string {
    case "true": return true
    case "false": return false
    default:
      problem("\"\(name)\" must be true or false, found \(kind(of: node))", at: node)
      return nil
    }
  }

  func whole(_ node: Node, for name: String, in range: ClosedRange<Int>, like example: String) -> Int? {
    if let scalar = node.scalar, scalar.style == .plain, let value = Int(scalar.string), range.contains(value) { return value }
    problem(
      "\"\(name)\" must be a whole number from \(range.lowerBound) to \(range.upperBound) (for instance: \(example)), found \(kind(of: node))",
      at: node)
    return nil
  }

  func decimal(_ node: Node, for name: String, in range: ClosedRange<Double>, like example: String) -> Double? {
    if let scalar = node.scalar, scalar.style == .plain, let value = quantity(scalar.string, units: [:], plain: 1), range.contains(value) {
      return value
    }
    problem(
      "\"\(name)\" must be a number from \(range.lowerBound) to \(Int(range.upperBound)) (for instance: \(example)), found \(kind(of: node))",
      at: node)
    return nil
  }

  /// Seconds, as a number or with a unit: `60`, `0.5`, `500 ms`, `2 min`.
  func seconds(_ node: Node, for name: String, in range: ClosedRange<Double>) -> Double? {
    if let value = node.scalar.flatMap({ quantity($0.string, units: ["s": 1, "ms": 1e-3, "min": 60, "h": 3600], plain: 1) }),
      range.contains(value)
    {
      return value
    }
    problem(
      "\"\(name)\" must be a time from \(range.lowerBound) s to \(Int(range.upperBound)) s (for instance: 60 s), found \(kind(of: node))",
      at: node)
    return nil
  }
}

extension YAMLDocument {
  /// A percentage as a fraction: `1 %`, `0.5%`.
  func share(_ node: Node, for name: String, in range: ClosedRange<Double>) -> Double? {
    let text = node.scalar?.string ?? ""
    if text.hasSuffix("%"), let value = quantity(text, units: ["%": 0.01], plain: 1), range.contains(value) { return value }
    problem(
      "\"\(name)\" must be from \(range.lowerBound * 100) % to \(range.upperBound * 100) % (for instance: \(name): 1 %), "
        + "found \(kind(of: node))", at: node)
    return nil
  }
}

/// A number with an optional unit, in the unit's base; nil where it is neither finite nor of a known unit.
func quantity(_ text: String, units: [String: Double], plain: Double) -> Double? {
  let number = text.prefix { $0.isNumber || $0 == "." || $0 == "-" || $0 == "+" }
  let unit = text.dropFirst(number.count).drop { $0 == " " }
  guard let value = Double(number), value.isFinite, let factor = unit.isEmpty ? plain : units[String(unit)] else { return nil }
  return value * factor
}
