import JSON

extension ScriptResult {
  /// What a program reads that runs scripts in several engines: the script and every assertion of it. `Docs/formats.md` describes it.
  public var json: JSONValue {
    .object([
      .init("source", .string(source)), .init("assertions", .array(assertions.map(\.json))),
    ])
  }
}

extension ScriptResult.Assertion {
  fileprivate var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("line", .number(JSONNumber(note.line))), .init("kind", .string(command)),
      .init("outcome", .string(outcome.rawValue)),
    ]
    if !note.text.isEmpty { members.append(.init("detail", .string(note.text))) }
    return .object(members)
  }
}
