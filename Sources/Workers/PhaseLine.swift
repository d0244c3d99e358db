import Observations

/// In-process phases: one line of JSON, an object of phase name → nanoseconds in the order the phases happened.
///
/// Read by hand because the order of an object's members counts here and general readers lose it.
enum PhaseLine {
  /// The phases, or nil for text of another form.
  static func parse(_ text: String) -> [Phase]? {
    var rest = text.drop(while: \.isWhitespace)
    func skip(_ character: Character) -> Bool {
      rest = rest.drop(while: \.isWhitespace)
      guard rest.first == character else { return false }
      rest.removeFirst()
      return true
    }
    guard skip("{") else { return nil }
    if skip("}") { return [] }
    var phases: [Phase] = []
    repeat {
      guard skip("\"") else { return nil }
      let name = rest.prefix { $0 != "\"" && $0 != "\\" }
      rest = rest.dropFirst(name.count)
      guard skip("\""), skip(":") else { return nil }
      rest = rest.drop(while: \.isWhitespace)
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      guard let value = UInt64(digits) else { return nil }
      rest = rest.dropFirst(digits.count)
      phases.append(Phase(name: String(name), nanoseconds: value))
    } while skip(",")
    return skip("}") ? phases : nil
  }
}
