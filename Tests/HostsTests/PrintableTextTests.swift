import Testing

@testable import Hosts

@Suite("Text from guests")
struct PrintableTextTests {
  @Test func `harmless text stays as it is`() {
    for text in ["", "memory.grow", "größer, 大きい, 👩‍🔬", "a\u{200D}b", "tab's end: ~"] { #expect(PrintableText.of(text) == text) }
  }

  @Test func `what steers a terminal is spelled out`() {
    #expect(PrintableText.of("a\nb") == "a\\u{a}b")
    #expect(PrintableText.of("\u{1B}[31mred") == "\\u{1b}[31mred")
    #expect(PrintableText.of("\0\t\r\u{7F}") == "\\u{0}\\u{9}\\u{d}\\u{7f}")
    #expect(PrintableText.of("\u{9B}2J") == "\\u{9b}2J", "a C1 control character")
  }

  @Test func `what turns the direction of writing is spelled out`() {
    for scalar in ["\u{061C}", "\u{200E}", "\u{200F}", "\u{202A}", "\u{202E}", "\u{2066}", "\u{2069}", "\u{2028}", "\u{2029}"] {
      let text = PrintableText.of("x\(scalar)y")
      #expect(text.utf8.allSatisfy { $0 < 0x80 } && text.hasPrefix("x\\u{") && text.hasSuffix("}y"), "\(text)")
    }
    // A line's end of two characters is two control characters, however Swift counts them.
    #expect(PrintableText.of("\r\n") == "\\u{d}\\u{a}")
  }
}
