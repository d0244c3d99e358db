/// One line of text without anything a terminal would obey: C0 and C1 controls, DEL, format characters (among them those that change the
/// direction of writing), line separators and code points that are no characters (XML 1.0 forbids U+FFFE and U+FFFF) become �. Programs that are measured choose much of what is printed.
public func printable(_ text: String) -> String {
  guard text.unicodeScalars.contains(where: isObeyed) else { return text }
  return String(String.UnicodeScalarView(text.unicodeScalars.map { isObeyed($0) ? "\u{FFFD}" : $0 }))
}

/// The same for several lines, whose ends stay.
public func printable(lines text: String) -> String {
  text.split(separator: "\n", omittingEmptySubsequences: false).map { printable(String($0)) }.joined(separator: "\n")
}

/// The same JSON, with such characters as escapes. Those below U+0020 are outside its strings, or escaped already (RFC 8259, section 7).
public func printable(json: String) -> String {
  guard json.unicodeScalars.contains(where: { $0.value >= 0x20 && isObeyed($0) }) else { return json }
  var escaped = ""
  for scalar in json.unicodeScalars {
    guard scalar.value >= 0x20, isObeyed(scalar) else {
      escaped.unicodeScalars.append(scalar)
      continue
    }
    for unit in String(scalar).utf16 {
      let digits = String(unit, radix: 16)
      escaped += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
  }
  return escaped
}

extension String {
  /// The text with some of its scalars in other words. Scalars and not characters: with an accent behind it `<` is another character and
  /// still markup.
  func replacing(scalars words: [Unicode.Scalar: String]) -> String {
    var replaced = UnicodeScalarView()
    for scalar in unicodeScalars {
      if let words = words[scalar] { replaced.append(contentsOf: words.unicodeScalars) } else { replaced.append(scalar) }
    }
    return String(replaced)
  }
}

private func isObeyed(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator: true
  default: scalar.properties.isNoncharacterCodePoint
  }
}
