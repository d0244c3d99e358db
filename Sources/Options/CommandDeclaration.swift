/// One command: what it is called, which options and operands it takes, and an example.
///
/// The declaration is the only place where a command line is described: parsing (`parse`) and the help text (`help`) come from it.
public struct CommandDeclaration: Sendable {
  /// What the user types, for example `wvm run`.
  public var name: String
  /// One sentence without a full stop.
  public var summary: String
  /// The operands' names as the usage line shows them, for example `MODULE [ARGS…]`.
  public var operands: String
  /// In the order in which the help lists them.
  public var options: [OptionDeclaration]
  /// Complete command lines.
  public var examples: [String]
  /// Everything after the first operand belongs to somebody else (a guest, a child) and is not read as options.
  public var stopsAtFirstOperand: Bool

  /// - Parameters: as the properties of the same names.
  public init(
    name: String, summary: String, operands: String = "", options: [OptionDeclaration] = [], examples: [String] = [],
    stopsAtFirstOperand: Bool = false
  ) {
    self.name = name
    self.summary = summary
    self.operands = operands
    self.options = options
    self.examples = examples
    self.stopsAtFirstOperand = stopsAtFirstOperand
  }

  /// The text of `--help`, with a line feed at its end.
  public var help: String {
    var text = "\(summary).\n\nUsage: \(name)"
    if !options.isEmpty { text += " [OPTIONS]" }
    if !operands.isEmpty { text += " \(operands)" }
    text += "\n"
    if !options.isEmpty {
      let shapes = options.map(\.shape)
      let width = shapes.map(\.count).max() ?? 0
      text += "\nOptions:\n"
      for (option, shape) in zip(options, shapes) {
        text += "  \(shape)\(String(repeating: " ", count: width - shape.count))  \(option.summary)\n"
      }
    }
    if !examples.isEmpty {
      text += "\nExample:\n"
      for example in examples { text += "  \(example)\n" }
    }
    return text
  }
}
