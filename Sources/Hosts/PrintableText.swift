/// Text from a guest as it may be shown.
public enum PrintableText {
  /// The text with control characters and marks that turn the direction of writing spelled out: names come from modules, and a module must
  /// neither colour the terminal nor forge a line.
  public static func of(_ text: String) -> String {
    func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
      switch scalar.value {
      case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: false
      default: true
      }
    }
    guard !text.unicodeScalars.allSatisfy(isHarmless) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if isHarmless(scalar) { result.unicodeScalars.append(scalar) } else { result += "\\u{" + String(scalar.value, radix: 16) + "}" }
    }
    return result
  }
}
