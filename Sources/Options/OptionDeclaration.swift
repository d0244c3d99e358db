/// One option of a command: `--name`, perhaps a letter, and a value or none.
public struct OptionDeclaration: Sendable {
  /// The long name without its dashes.
  public var name: String
  /// The short form without its dash.
  public var letter: Character?
  /// What the help text calls the value; nil for a flag.
  public var placeholder: String?
  /// One line for the help text.
  public var summary: String

  /// An option without a value.
  public static func flag(_ name: String, letter: Character? = nil, _ summary: String) -> OptionDeclaration {
    OptionDeclaration(name: name, letter: letter, placeholder: nil, summary: summary)
  }

  /// An option with a value: `--name VALUE`, `--name=VALUE`, `-n VALUE` or `-nVALUE`.
  public static func value(
    _ name: String, _ placeholder: String, letter: Character? = nil, _ summary: String
  ) -> OptionDeclaration {
    OptionDeclaration(name: name, letter: letter, placeholder: placeholder, summary: summary)
  }

  /// How the help text shows it: `-d, --dir HOST`.
  var shape: String {
    let short = letter.map { "-\($0), " } ?? "    "
    return short + "--" + name + (placeholder.map { " " + $0 } ?? "")
  }
}
