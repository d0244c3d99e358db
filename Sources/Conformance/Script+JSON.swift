import JSON
import VM

extension Script {
  /// - Throws: `ScriptError` when the document is JSON but no script.
  init(_ document: JSONValue) throws(ScriptError) {
    guard let commands = document["commands"]?.array else { throw ScriptError(description: "no member 'commands': not a converted script") }
    source = document["source_filename"]?.string ?? ""
    self.commands = []
    for command in commands { self.commands.append(try Command(command)) }
  }
}

extension Script.Command {
  init(_ json: JSONValue) throws(ScriptError) {
    guard let type = json["type"]?.string, let line = json["line"]?.integer else {
      throw ScriptError(description: "a command without 'type' or 'line'")
    }
    self.line = line
    self.type = type
    let text = json["text"]?.string ?? ""
    let file = Script.ModuleFile(json)
    guard !text.isEmpty || !Self.expectingText.contains(type) else {
      kind = .meaningless(reason: "\(type) without the text that it expects")
      return
    }
    switch type {
    case "module": kind = .module(file, name: json["name"]?.string)
    case "module_definition": kind = .definition(file, name: json["name"]?.string)
    case "module_instance": kind = .instantiate(definition: json["module"]?.string, name: json["instance"]?.string)
    case "register": kind = .register(name: json["name"]?.string, as: json["as"]?.string ?? "")
    case "action": kind = .action(try Script.Action(json["action"], line))
    case "assert_return":
      kind = .assertReturn(try Script.Action(json["action"], line), try Self.expectedValues(json, line))
    case "assert_trap": kind = .assertTrap(try Script.Action(json["action"], line), text: text)
    case "assert_exhaustion": kind = .assertExhaustion(try Script.Action(json["action"], line), text: text)
    case "assert_exception": kind = .assertException(try Script.Action(json["action"], line))
    case "assert_invalid": kind = .assertInvalid(file, text: text)
    case "assert_malformed": kind = .assertMalformed(file, text: text)
    case "assert_unlinkable": kind = .assertUnlinkable(file, text: text)
    case "assert_uninstantiable": kind = .assertUninstantiable(file, text: text)
    default: kind = .unsupported(reason: "command \(type)")
    }
  }

  /// Commands that compare words: no words would be right for whatever happens.
  private static let expectingText: Set = [
    "assert_trap", "assert_exhaustion", "assert_invalid", "assert_malformed", "assert_unlinkable", "assert_uninstantiable",
  ]

  /// The expected values; wabt's form has alternatives of a single result beside the action.
  private static func expectedValues(_ json: JSONValue, _ line: Int) throws(ScriptError) -> [ExpectedValue] {
    if let alternatives = json["either"]?.array {
      var values: [ExpectedValue] = []
      for alternative in alternatives { values.append(try ExpectedValue(alternative, line)) }
      return [.either(values)]
    }
    var values: [ExpectedValue] = []
    for value in json["expected"]?.array ?? [] { values.append(try ExpectedValue(value, line)) }
    return values
  }
}

extension Script.ModuleFile {
  /// A quoted text may come with the module that it means.
  init(_ json: JSONValue) {
    isText = json["module_type"]?.string == "text"
    if let binary = json["binary_filename"]?.string {
      path = binary
    } else if !isText {
      path = json["filename"]?.string
    }
  }
}

extension Script.Action {
  init(_ json: JSONValue?, _ line: Int) throws(ScriptError) {
    guard let json, let type = json["type"]?.string, let field = json["field"]?.string else {
      throw ScriptError(description: "line \(line): a command without an action")
    }
    module = json["module"]?.string
    self.field = field
    switch type {
    case "invoke":
      var arguments: [Script.Argument] = []
      for argument in json["args"]?.array ?? [] { arguments.append(try Script.Argument(argument, line)) }
      operation = .invoke(arguments)
    case "get": operation = .get
    default: throw ScriptError(description: "line \(line): unknown action '\(type)'")
    }
  }
}

extension Script.Argument {
  init(_ json: JSONValue, _ line: Int) throws(ScriptError) {
    switch try ExpectedValue(json, line) {
    case .value(let value): self = .value(value)
    case .internalNumber(let number): self = .internalNumber(number)
    default: self = .unsupported("a value of type \(json["type"]?.string ?? "?")")
    }
  }
}
