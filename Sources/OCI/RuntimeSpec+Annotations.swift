import JSON

extension RuntimeSpec {
  /// The annotations of a `config.json` alone, for whoever has to decide by them before anything else is of use: all other members are
  /// passed over without being read, so that a fault in one of them is not found here.
  ///
  /// - Parameter path: where the document lies, for messages.
  /// - Throws: `OCIError` where the document ends inside a value, and where `annotations` is no object of texts.
  public static func annotations(in bytes: UnsafeBufferPointer<UInt8>, path: String = "config.json") throws(OCIError) -> [Annotation] {
    var scanner = JSONScanner(bytes)
    do throws(JSONError) { return try annotations(&scanner) } catch {
      throw .wrongDocument(path: path, member: "", reason: "is no object with annotations: \(error)")
    }
  }

  private static func annotations(_ scanner: inout JSONScanner) throws(JSONError) -> [Annotation] {
    var found: [Annotation] = []
    var isFirst = true
    try scanner.expect("{")
    while let name = try scanner.memberName(isFirst: isFirst) {
      isFirst = false
      if name != "annotations" {
        _ = try scanner.value()
      } else {
        found = scanner.takeNull() ? [] : try texts(&scanner)
      }
    }
    return found
  }

  private static func texts(_ scanner: inout JSONScanner) throws(JSONError) -> [Annotation] {
    var texts: [Annotation] = []
    var isFirst = true
    try scanner.expect("{")
    while let name = try scanner.memberName(isFirst: isFirst) {
      isFirst = false
      if !scanner.takeNull() { texts.append(Annotation(name: name, value: try scanner.string())) }
    }
    return texts
  }
}
