import Yams

extension YAMLDocument {
  /// A name that may stand in paths, tables and identifiers; nil, and a problem of the document, where it may not.
  func identifier(_ node: Node, for key: String) -> String? {
    guard let name = text(node, for: key) else { return nil }
    let allowed = name.unicodeScalars.allSatisfy {
      $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil || "-_.".unicodeScalars.contains($0))
    }
    guard allowed, !name.isEmpty, name.count <= 64, name.first != ".", name.first != "-" else {
      problem(
        "\"\(key)\" may hold letters, digits, - _ and ., at most 64 and starting with a letter or digit; "
          + "found \(String(name.prefix(80)).debugDescription)", at: node)
      return nil
    }
    return name
  }
}
